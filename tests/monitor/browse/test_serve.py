"""Datasette as a child process: it comes up on loopback, serves while another process writes, and goes down when told."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from monitor.browse import serve
from monitor.database import begin
from scraper import children
from tests.monitor.browse.filled import fill


def test_the_config_flag_follows_the_version() -> None:
    assert [serve._config_flag(version) for version in ("0.65.5", "1.0a20", "1.0")] == ["-m", "-c", "-c"]


def test_it_listens_on_loopback_only_unless_told_otherwise(tmp_path: Path) -> None:
    command = serve.datasette_command(tmp_path, 8001)
    assert command[command.index("--host") + 1] == "127.0.0.1"
    assert command[command.index("--port") + 1] == "8001"


def test_a_free_port_is_free() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", serve.free_port()))


def fetch(url: str) -> str:
    deadline = time.monotonic() + 30
    while True:
        try:
            with urlopen(url, timeout=5) as answer:  # noqa: S310 - loopback
                text: str = answer.read().decode()
                return text
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_a_child_serves_what_is_written_meanwhile(tmp_path: Path) -> None:
    db = begin(tmp_path)
    port = serve.free_port()
    with subprocess.Popen(
        serve.datasette_command(tmp_path, port),
        env=children.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as child:
        try:
            assert "no report is stored" in fetch(f"http://127.0.0.1:{port}/")
            fill(db)
            db.close()
            assert "Westmarch" in fetch(f"http://127.0.0.1:{port}/")
        finally:
            child.terminate()
        assert child.wait(timeout=10) is not None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_datasette_too(tmp_path: Path, number: signal.Signals) -> None:
    begin(tmp_path).close()
    port = serve.free_port()
    code = f"from pathlib import Path; from monitor.browse import run_datasette; raise SystemExit(run_datasette(Path({str(tmp_path)!r}), {port}))"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as parent:
        try:
            fetch(f"http://127.0.0.1:{port}/")
            parent.send_signal(number)
            assert parent.wait(timeout=20) == 0
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
    port = serve.free_port()
    code = f"from pathlib import Path; from monitor.browse import run_datasette; run_datasette(Path({str(tmp_path)!r}), {port}, judge={allowed})"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as parent:
        try:
            fetch(f"http://127.0.0.1:{port}/")
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


@pytest.mark.parametrize("folder", ["plugins", "templates", "static"])
def test_what_it_names_is_there(folder: str) -> None:
    assert any((serve.HERE / folder).iterdir())
