"""What the daemon tells systemd of itself."""

import asyncio
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.config import Config
from monitor.daemon import process
from monitor.daemon.scheduler import Watch
from monitor.daemon.systemd import notify
from scraper.database import DatabaseFault, NoDatabase, opening


def hangs(_data: Path) -> None:
    threading.Event().wait(1)


def is_gone(data: Path) -> None:
    raise NoDatabase(f"{data}: gone")


@pytest.mark.parametrize(("look", "told"), [(str, b"WATCHDOG=1"), (is_gone, b"WATCHDOG=1"), (hangs, b"")])
def test_a_watch_is_called_alive_while_its_database_answers_be_it_with_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Callable[[Path], None], told: bytes
) -> None:
    monkeypatch.setattr(process, "identity", look)
    config = Config.model_validate({"contact": "a@example.org", "watch": ["Brent"], "data": tmp_path})
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("WATCHDOG_USEC", "500000")

    async def a_moment() -> None:
        await asyncio.wait({asyncio.create_task(process._say_alive(config))}, timeout=0.2)

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.setblocking(False)
        asyncio.run(a_moment())
        assert heard(listener) == told


def test_systemd_is_told_of_a_stop_before_the_crawls_in_hand_are_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    class Watched(Watch):
        def start(self) -> None:
            """Nothing is begun."""

        async def stop(self) -> None:
            done.append("the crawls have ended")

    async def stopped(config: Config) -> None:
        stop = asyncio.Event()
        stop.set()
        await process._watch(config, "name", stop, asyncio.Event(), None)

    monkeypatch.setattr(process, "Watch", Watched)
    monkeypatch.setattr(process, "notify", done.append)
    asyncio.run(stopped(Config.model_validate({"contact": "a@example.org", "watch": ["Brent"], "data": tmp_path})))
    assert done == ["STOPPING=1", "the crawls have ended"]


def heard(listener: socket.socket) -> bytes:
    try:
        return listener.recv(100)
    except BlockingIOError:
        return b""


def test_systemd_that_does_not_listen_is_no_reason_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    notify("WATCHDOG=1")
    assert "systemd is not told WATCHDOG=1" in caplog.text


def test_root_does_not_begin_to_watch_into_another_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(data: Path) -> None:
        raise DatabaseFault(f"{data}: belongs to watch")

    monkeypatch.setattr(opening, "refuse_root", refuse)
    config = Config.model_validate({"contact": "a@example.org", "watch": ["Brent"], "data": tmp_path / "data"})
    with pytest.raises(DatabaseFault, match="belongs to watch"):
        process.run_daemon(config)
    assert list(tmp_path.iterdir()) == []
