"""Datasette as a child process: it comes up on loopback, serves while another process writes, and goes down when told."""

import os
import signal
import socket
import sys
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from monitor.browse import serve
from monitor.database import begin
from tests.forked import FORK, as_a_process
from tests.monitor.browse.filled import fill
from tests.monitor.browse.served import fetched, serving
from tests.ports import free_port


def test_the_config_flag_follows_the_version() -> None:
    assert [serve._config_flag(version) for version in ("0.65.5", "1.0a20", "1.0")] == ["-m", "-c", "-c"]


def test_it_listens_on_loopback_only_unless_told_otherwise(tmp_path: Path) -> None:
    command = serve.datasette_command(tmp_path, 8001)
    assert command[command.index("--host") + 1] == "127.0.0.1"
    assert command[command.index("--port") + 1] == "8001"


def test_a_free_port_is_free() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", serve.free_port()))


def test_a_child_serves_what_is_written_meanwhile(tmp_path: Path) -> None:
    db = begin(tmp_path)
    with serving(tmp_path) as url:
        assert "no report is stored" in str(fetched(f"{url}/"))
        fill(db)
        db.close()
        assert "Westmarch" in str(fetched(f"{url}/"))


def browse(data: Path, port: int, judge: bool = False) -> None:
    as_a_process("", data / "said.out")
    sys.exit(serve.run_datasette(data, port, judge=judge))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_datasette_too(tmp_path: Path, number: signal.Signals) -> None:
    begin(tmp_path).close()
    port = free_port()
    parent = FORK.Process(target=browse, args=(tmp_path, port))
    parent.start()
    try:
        while fetched(f"http://127.0.0.1:{port}/") is None:
            assert parent.is_alive(), (tmp_path / "said.log").read_text()
        os.kill(parent.pid or 0, number)
        parent.join(20)
        assert parent.exitcode == 0
    finally:
        parent.kill()
    with pytest.raises(URLError):
        urlopen(f"http://127.0.0.1:{port}/", timeout=5)


@pytest.mark.parametrize(("allowed", "status"), [(True, 400), (False, 403)])
def test_corrections_are_taken_where_they_are_allowed_whatever_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: bool, status: int
) -> None:
    monkeypatch.setenv(serve.JUDGE, "0" if allowed else "1")
    begin(tmp_path).close()
    port = free_port()
    parent = FORK.Process(target=browse, args=(tmp_path, port, allowed))
    parent.start()
    try:
        while fetched(f"http://127.0.0.1:{port}/") is None:
            assert parent.is_alive(), (tmp_path / "said.log").read_text()
        form = Request(
            f"http://127.0.0.1:{port}/report/1/judge",
            data=b"comparison=ffffffff&status=mixed&by=me",
            headers={"Origin": f"http://127.0.0.1:{port}"},
        )
        with pytest.raises(HTTPError) as refused:
            urlopen(form, timeout=20)  # noqa: S310 - loopback
        assert refused.value.code == status
        refused.value.close()
    finally:
        parent.terminate()
        parent.join(20)


@pytest.mark.parametrize("folder", ["plugins", "templates", "static"])
def test_what_it_names_is_there(folder: str) -> None:
    assert any((serve.HERE / folder).iterdir())
