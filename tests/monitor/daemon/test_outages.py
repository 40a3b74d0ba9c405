"""A database that cannot be used is told directly, once a day while it lasts, and when it is over."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from monitor.config import Config
from monitor.daemon import scheduler
from monitor.daemon.outages import Outages
from monitor.daemon.scheduler import Every, Watch
from monitor.daemon.starting import ConfigFile, looks_unmounted, start
from monitor.database import connect, rows
from monitor.mail import SendFailed, Smtp
from scraper.database import DATABASE_FILE, DatabaseFault, identity, opening
from tests.conftest import Clock
from tests.monitor import mail_rows as given


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return given.config(data=tmp_path / "data")


def mails(config: Config) -> list[tuple[str, str, str]]:
    """Who was told what, in order."""
    found = [
        message_from_bytes(file.read_bytes(), policy=policy.default) for file in (config.data / "mail").glob("*.eml")
    ]
    found.sort(key=lambda message: message["Date"].datetime)
    texts = [message.get_body(("plain",)) for message in found]
    return [
        (str(m["To"]), str(m["Subject"]), text.get_content() if text else "")
        for m, text in zip(found, texts, strict=True)
    ]


def test_a_fault_is_told_once_a_day_and_once_when_it_is_over(config: Config, clock: Clock) -> None:
    outages = Outages(config, clock)
    outages.over()
    for _ in range(3):
        outages.happened(DatabaseFault("x.db: the disk is full: make room"))
        clock.move(hours=9)
    assert [subject for _, subject, _ in mails(config)] == ["Ofsted Watch cannot use its database"]
    clock.move(hours=1)
    outages.happened(DatabaseFault("x.db: the disk is full: make room"))
    assert len(mails(config)) == 2
    for _ in range(2):
        clock.move(minutes=1)
        outages.over()
    to, subject, text = mails(config)[-1]
    assert (to, subject) == ("ops@example.org", "Ofsted Watch can use its database again")
    assert "make room" in text
    assert len(mails(config)) == 3


def test_what_nobody_could_be_told_is_told_as_soon_as_mail_works(
    config: Config, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    outages = Outages(config, clock)
    with monkeypatch.context() as down:
        down.setattr("monitor.daemon.outages.send_directly", lambda *_: iter([("ops@example.org", "refused")]))
        outages.happened(DatabaseFault("x"))
    outages.happened(DatabaseFault("x"))
    assert len(mails(config)) == 1


@pytest.mark.parametrize(("made", "there"), [("data", True), ("lost+found", True), ("", True), ("config.yaml", False)])
def test_the_first_start_where_a_disk_may_not_be_there_is_told(
    config: Config, clock: Clock, made: str, there: bool
) -> None:
    """The folder was there and empty, or is to be the first thing in an empty one."""
    if made:
        (config.data.parent / made).mkdir()
    names = {start(config, clock) for _ in range(2)}
    assert names == {identity(config.data)}
    with closing(connect(config.data)) as db:
        told = [row["dedupe_key"] for row in rows(db, "SELECT dedupe_key FROM alerts")]
    assert told == ([f"begun:{names.pop()}"] if there else [])


WRITES = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute(sys.argv[2])
db.commit()
db.execute("BEGIN IMMEDIATE")
print(flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("stale", ["UPDATE kinds SET name = 'x'", "DELETE FROM config_file"])
def test_a_start_while_another_program_writes_is_a_fault_that_is_told_and_leaves_nothing_open(
    config: Config, clock: Clock, monkeypatch: pytest.MonkeyPatch, stale: str
) -> None:
    """Everything up to the first line that a start writes can be read meanwhile."""
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    start(config, clock)
    file, named = config.data / DATABASE_FILE, ConfigFile(config.data / "config.yaml")
    command = [sys.executable, "-c", WRITES, str(file), stale]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(DatabaseFault, match=rf"has been locked by another program .*process {other.pid}") as told:
            start(config, clock, named)
        assert told.traceback  # which keeps alive what was not closed
        assert opened(file) == 0
        other.communicate(b"")
    assert start(config, clock, named)


def opened(file: Path) -> int:
    """How many descriptors we have of a file."""
    return sum(one.exists() and one.samefile(file) for one in Path("/proc/self/fd").iterdir())


def test_a_folder_that_may_not_be_listed_is_not_called_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    assert looks_unmounted(data)

    def refused(_: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    assert not looks_unmounted(data)


async def nothing() -> None:
    """Work that has nothing to do."""


@pytest.mark.parametrize("lost", ["moved", "another"])
def test_a_watch_whose_database_is_gone_says_so_and_ends(
    config: Config, clock: Clock, tmp_path: Path, lost: str
) -> None:
    name = start(config, clock)
    config.data.rename(tmp_path / "moved")
    if lost == "another":
        start(config, clock)

    async def watched() -> bool:
        watch = Watch(config, clock, name)
        await watch._watched(nothing)
        return watch.ended.is_set()

    assert asyncio.run(watched())
    assert "the watch ends" in " ".join(mails(config)[-1][2].split()).lower()


def test_a_watch_goes_on_after_any_other_fault_of_its_database(config: Config, clock: Clock) -> None:
    name = start(config, clock)

    async def watched() -> bool:
        watch = Watch(config, clock, name)
        await watch._watched(fails)
        return watch.ended.is_set()

    async def fails() -> None:
        raise explained_full(config)

    assert not asyncio.run(watched())
    assert "make room" in mails(config)[-1][2]


def explained_full(config: Config) -> DatabaseFault:
    return DatabaseFault(f"{config.data}: the disk is full: make room")


def test_a_clock_set_forward_by_years_has_missed_one_run() -> None:
    zone = ZoneInfo("Europe/London")
    every, begun = Every(seconds=60, timezone=zone), datetime(2000, 1, 1, tzinfo=zone)
    now = datetime(2026, 11, 27, tzinfo=zone)
    assert every.get_next_fire_time(begun, now) == now + timedelta(minutes=1)


def test_what_would_run_long_after_its_interval_is_pulled_back(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "LOOK_EVERY", 0.02)
    monkeypatch.setattr(scheduler, "next_crawl", lambda *_: datetime.now(UTC) + timedelta(days=365))
    start(config, lambda: datetime.now(UTC))

    async def a_moment() -> list[datetime]:
        watch = Watch(config, lambda: datetime.now(UTC))
        watch.start()
        async with asyncio.timeout(5):
            while any(
                job.next_run_time > datetime.now(UTC) + timedelta(hours=3) for job in watch._scheduler.get_jobs()
            ):
                await asyncio.sleep(0.02)
        due = [job.next_run_time for job in watch._scheduler.get_jobs()]
        await watch.stop()
        return due

    assert all(due < datetime.now(UTC) + timedelta(minutes=2) for due in asyncio.run(a_moment()))


def test_a_failure_that_cannot_be_stored_is_told_past_the_database(
    config: Config, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = start(config, clock)

    def locked(*_: object, **__: object) -> None:
        raise DatabaseFault("x.db: has been locked by another program")

    async def fails() -> None:
        monkeypatch.setattr(scheduler, "connect", locked)
        raise ValueError("odd")

    async def watched() -> None:
        await Watch(config, clock, name)._watched(fails)

    asyncio.run(watched())
    assert "has been locked" in mails(config)[-1][2]


def test_the_same_fault_with_another_process_is_no_other_one(config: Config, clock: Clock) -> None:
    outages = Outages(config, clock)
    for number in (11, 12):
        outages.happened(
            DatabaseFault(f"x.db: has been locked by another program for 30 s (sqlite3 (process {number})): end it")
        )
    assert len(mails(config)) == 1


def test_several_that_come_upon_a_fault_at_once_tell_of_it_once(
    config: Config, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []

    def slowly(*_: object) -> Iterator[tuple[str, None]]:
        time.sleep(0.2)
        told.append(1)
        yield "ops@example.org", None

    monkeypatch.setattr("monitor.daemon.outages.send_directly", slowly)
    outages = Outages(config, clock)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(outages.happened, [DatabaseFault("x.db: the disk is full")] * 3))
    assert told == [1]


def test_a_server_that_takes_nothing_is_asked_for_one_operator_and_no_more(
    config: Config, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def down(_self: object, _message: object, recipient: str) -> None:
        asked.append(recipient)
        raise SendFailed("timed out", server=True)

    monkeypatch.setattr(Smtp, "send", down)
    many = [{"to": [f"ops{n}@example.org" for n in range(5)], "about": ["source"]}]
    config = given.config(data=config.data, alerts=many, mail={"from": "watch@example.org", "host": "127.0.0.1"})
    Outages(config, clock).happened(DatabaseFault("x.db: the disk is full"))
    assert asked == ["ops0@example.org"]
