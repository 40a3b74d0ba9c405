"""The daemon's process: what it tells systemd, how it begins and ends, and that it stays small."""

import asyncio
import socket
import sqlite3
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from monitor.daemon import process
from monitor.daemon.asking import Ask
from monitor.daemon.becoming import Begin
from monitor.daemon.scheduler import Watch
from monitor.daemon.systemd import notify
from monitor.orders import Answer, Plan
from scraper import children

PLAN = Plan("", "1", "Europe/London", 1, ())
SMALL = 40 * 1024  # kB: a bare interpreter with asyncio and APScheduler has 26


def begin(data: Path) -> Begin:
    return Begin(data / "config.yaml", data, moved=False, doubtful=False)


def hangs(_data: Path) -> None:
    threading.Event().wait(1)


def is_gone(data: Path) -> None:
    raise sqlite3.OperationalError(f"{data}: gone")


@pytest.mark.parametrize(("look", "told"), [(str, b"WATCHDOG=1"), (is_gone, b"WATCHDOG=1"), (hangs, b"")])
def test_a_watch_is_called_alive_while_its_database_answers_be_it_with_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Callable[[Path], None], told: bytes
) -> None:
    monkeypatch.setattr(process, "answers", look)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("WATCHDOG_USEC", "500000")

    async def a_moment() -> None:
        await asyncio.wait({asyncio.create_task(process._say_alive(tmp_path))}, timeout=0.2)

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.setblocking(False)
        asyncio.run(a_moment())
        assert heard(listener) == told


class Still(Watch):
    """A watch that begins nothing."""

    log: list[str]

    def start(self) -> None:
        self.log.append(f"watching {self.plan.authorities}")

    async def stop(self) -> None:
        self.log.append("the crawls have ended")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(Still, "log", told, raising=False)
    monkeypatch.setattr(process, "Watch", Still)
    monkeypatch.setattr(process, "notify", told.append)
    return told


def test_systemd_is_told_of_a_stop_before_the_crawls_in_hand_are_waited_for(tmp_path: Path, log: list[str]) -> None:
    async def stopped() -> None:
        stop = asyncio.Event()
        stop.set()
        assert await process._watch(begin(tmp_path), PLAN, "name", stop, asyncio.Event()) is None

    asyncio.run(stopped())
    assert log == ["watching 1", "STOPPING=1", "the crawls have ended"]


def test_a_config_read_anew_takes_over_where_it_is_good_and_another(
    tmp_path: Path, log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Plan("x", "2", "Europe/London", 2, ())
    answers = iter([Answer(), Answer(plan=PLAN), Answer(plan=other)])

    def asker(_path: Path, _text: str | None = None, _identity: str | None = None) -> Ask:
        async def asked(do: str, _more: dict[str, Any]) -> Answer:
            log.append(do)
            return next(answers)

        return asked

    monkeypatch.setattr(process, "asker", asker)

    async def a_while() -> Plan | None:
        reread = asyncio.Event()

        async def others() -> None:
            for _ in range(3):
                reread.set()
                while reread.is_set():
                    await asyncio.sleep(0.01)

        asked = asyncio.create_task(others())
        new = await asyncio.wait_for(process._watch(begin(tmp_path), PLAN, "x", asyncio.Event(), reread), 10)
        await asked
        return new

    assert asyncio.run(a_while()) == other
    assert log == ["watching 1", "reload", "reload", "reload", "the crawls have ended"]


def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *given: Answer) -> tuple[object, list[str]]:
    """What the start comes to with these answers of its children, and what the operators are told."""
    answers, told = iter(given), list[str]()

    def asker(_path: Path, _text: str | None = None, _identity: str | None = None) -> Ask:
        async def asked(do: str, more: dict[str, Any]) -> Answer:
            if do == "outage":
                told.append(more["subject"])
                return Answer(told=True)
            return next(answers)

        return asked

    monkeypatch.setattr(process, "asker", asker)
    monkeypatch.setattr(process, "TRY_AGAIN", 0.0)
    try:
        return asyncio.run(process._started(begin(tmp_path))), told
    except (process.Ended, process.Refused) as error:
        return error, told


def test_a_start_is_tried_until_the_database_can_be_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    locked, died = Answer(fault="x.db: is locked"), Answer(died="its process ended with status -9")
    outcome, told = started(monkeypatch, tmp_path, locked, locked, died, Answer(plan=PLAN, identity="x"))
    assert outcome == (PLAN, "x")
    assert told == ["Ofsted Watch cannot use its database"] * 2 + ["Ofsted Watch can use its database again"]


@pytest.mark.parametrize(
    ("answer", "status", "told"),
    [
        (Answer(fault="x.db: was moved", lost=True), 3, ["Ofsted Watch cannot use its database"]),
        (Answer(refused="config.yaml: is not YAML"), 2, []),
    ],
)
def test_a_start_without_its_database_or_a_good_config_ends(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: Answer, status: int, told: list[str]
) -> None:
    outcome, mailed = started(monkeypatch, tmp_path, answer)
    assert (getattr(outcome, "exit_code", None), mailed) == (status, told)


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


def test_the_daemon_is_small(tmp_path: Path) -> None:
    """All that it loads, measured in a process of its own: what opens configs, pages, PDFs and mails is its children's."""
    look = (
        "import re, sys; from pathlib import Path; import monitor.daemon.__main__, monitor.daemon.process;"
        " print(re.search(r'VmRSS:\\s+(\\d+)', Path('/proc/self/status').read_text())[1], *sys.modules)"
    )
    command = [*children.command("x")[:2], "-c", look]
    size, *modules = subprocess.run(
        command, env=children.environment(), capture_output=True, text=True, check=True
    ).stdout.split()
    assert int(size) < SMALL
    assert not {"pydantic", "sqlite_utils", "yaml", "click", "monitor.config", "scraper.reference"} & set(modules)
