"""What the daemon tells systemd of itself."""

import asyncio
import socket
from pathlib import Path

import pytest

from monitor.config import Config
from monitor.daemon import process
from scraper.database import DATABASE_FILE


@pytest.mark.parametrize(("content", "told"), [(b"", b"WATCHDOG=1"), (b"no database " * 999, b"")])
def test_a_watch_is_called_alive_while_its_database_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, told: bytes
) -> None:
    (tmp_path / DATABASE_FILE).write_bytes(content)
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


def heard(listener: socket.socket) -> bytes:
    try:
        return listener.recv(100)
    except BlockingIOError:
        return b""
