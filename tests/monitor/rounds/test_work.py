"""A piece of the watch's work: what it does, how it ends in order, and that what goes wrong is told in one of two ways."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts
from monitor.config import Config
from monitor.database import rows
from monitor.errors import Stopped
from monitor.locks import locked
from monitor.mail import Delivered
from monitor.orders import Answer
from monitor.rounds import work
from monitor.rounds.crawls import Crawled
from monitor.rounds.round import Concluded
from monitor.rounds.starting import start
from monitor.rounds.stopping import Stop
from monitor.rounds.work import Work
from scraper.database import DatabaseFault
from scraper.items import Verdict
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.conftest import SAYS_ITS_JOB, Child

CONFIG = {
    "contact": "a@example.org",
    "watch": ["Brent", "Camden"],
    "sources": {
        "ofsted": {"url": "http://127.0.0.1:9", "every": "2h"},
        "news": [{"name": "Gazette", "feed": "http://127.0.0.1:9/gazette", "every": "1h"}],
    },
}
NOTHING = Concluded(0, (), Delivered(0, 0, 0), ())
WARNED = Concluded(0, (), Delivered(0, 0, 0), ("80489",))


@pytest.fixture
def config(tmp_path: Path, db: Database) -> Config:
    return Config.model_validate(CONFIG | {"data": tmp_path / "data"})


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "conclude", lambda *_: NOTHING)


def done(config: Config, clock: Clock, piece: Callable[[Work], Awaitable[tuple[str, ...]]], name: str = "x") -> Answer:
    one = Work(config, clock, Stop())
    return asyncio.run(one.do(name, lambda: piece(one)))


def test_a_story_about_a_report_that_is_not_here_yet_names_the_page_to_look_at(
    config: Config, clock: Clock, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(SAYS_ITS_JOB)
    monkeypatch.setattr(work, "conclude", lambda *_: WARNED)
    assert done(config, clock, lambda one: one.round("Gazette")).warned == ("80489",)
    assert done(config, clock, lambda one: one.round("ofsted")).warned == (), "it has just been looked at"


@pytest.mark.usefixtures("quiet")
def test_only_the_pages_that_are_asked_for_are_looked_at(
    config: Config, clock: Clock, db: Database, child: Child
) -> None:
    child(SAYS_ITS_JOB)
    done(config, clock, lambda one: one.round("ofsted", ["80489"]))
    assert [(row["scope"], row["message"]) for row in rows(db, "SELECT scope, message FROM crawls")] == [
        ("some", "Brent")
    ]


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(("others", "ours"), [("crawl Gazette", []), ("crawl ofsted", ["Gazette"])])
def test_a_crawl_that_another_process_is_at_is_left_to_it(
    config: Config, clock: Clock, db: Database, child: Child, others: str, ours: list[str]
) -> None:
    child(SAYS_ITS_JOB)
    with locked(config.data, others):
        assert done(config, clock, lambda one: one.round("Gazette")) == Answer()
    assert [row["source"] for row in rows(db, "SELECT source FROM crawls")] == ours


def test_a_piece_that_fails_is_an_issue_until_it_goes_right_again(config: Config, clock: Clock, db: Database) -> None:
    async def fails() -> tuple[str, ...]:
        raise RuntimeError("odd")

    async def succeeds() -> tuple[str, ...]:
        return ()

    assert done(config, clock, lambda _: fails(), "round Gazette").failed == "RuntimeError('odd')"
    ((message, healed),) = [(row["message"], row["healed"]) for row in rows(db, "SELECT message, healed FROM issues")]
    assert (message, healed) == ("round Gazette failed: RuntimeError('odd')", None)
    assert done(config, clock, lambda _: succeeds(), "round Gazette") == Answer()
    assert rows(db, "SELECT 1 FROM issues WHERE healed IS NULL") == []


@pytest.mark.usefixtures("quiet")
def test_a_crawl_that_cannot_be_followed_is_an_issue_of_its_own(
    config: Config, clock: Clock, db: Database, monkeypatch: pytest.MonkeyPatch, child: Child
) -> None:
    async def fails(*_: object, **__: object) -> Crawled:
        raise RuntimeError("odd")

    with monkeypatch.context() as odd:
        odd.setattr(work, "crawl", fails)
        assert done(config, clock, lambda one: one.round("Gazette")) == Answer()
    assert [row["key"] for row in rows(db, "SELECT key FROM issues WHERE healed IS NULL")] == [
        "step:daemon:crawl Gazette"
    ]
    child(SAYS_ITS_JOB)
    done(config, clock, lambda one: one.round("Gazette"))
    assert rows(db, "SELECT 1 FROM issues WHERE healed IS NULL") == []


def test_asked_to_stop_it_ends_after_the_thing_in_hand_and_that_is_no_fault(
    config: Config, clock: Clock, db: Database, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(SAYS_ITS_JOB)
    read: list[int] = []
    one = Work(config, clock, Stop())

    def many(_config: Config, _clock: Clock, stop: Stop) -> Concluded:
        for number in range(300):
            threading.Event().wait(0.02)
            read.append(number)
            if stop.is_set():
                break
        return NOTHING

    monkeypatch.setattr(work, "conclude", many)

    async def stopped_midway() -> Answer:
        piece = asyncio.create_task(one.do("round Gazette", lambda: one.round("Gazette")))
        while not read:
            await asyncio.sleep(0.01)
        one.stop.set()
        return await piece

    assert asyncio.run(stopped_midway()) == Answer()
    assert max(read) < 299
    assert rows(db, "SELECT * FROM issues") == []


def test_stopped_in_mid_crawl_it_ends_the_crawl_in_order(
    config: Config, clock: Clock, db: Database, child: Child
) -> None:
    child("import sys, time; sys.stdin.read(); time.sleep(60)")
    one = Work(config, clock, Stop())

    async def stopped_midway() -> Answer:
        asyncio.get_running_loop().call_later(1, one.stop.set)
        return await one.do("round Gazette", lambda: one.round("Gazette"))

    assert asyncio.run(stopped_midway()) == Answer()
    assert [(row["verdict"], row["stopped"]) for row in rows(db, "SELECT verdict, stopped FROM crawls")] == [
        ("crashed", 1)
    ]


def test_work_that_was_stopped_while_it_waited_is_no_fault(config: Config, clock: Clock, db: Database) -> None:
    async def waits() -> tuple[str, ...]:
        raise Stopped("stopped while another was at work")

    assert done(config, clock, lambda _: waits()) == Answer()
    assert rows(db, "SELECT * FROM issues") == []


def test_mail_that_is_due_is_sent(config: Config, clock: Clock, db: Database) -> None:
    given.crawl(db, clock(), "broken")
    raise_alerts(db, clock())
    config = config.model_copy(update={"alerts": given.config().alerts})
    make_deliveries(db, config, clock())
    assert done(config, clock, lambda one: one.mail(looking=False)) == Answer()
    assert len(list((config.data / "mail").glob("*.eml"))) == 1


@pytest.mark.parametrize("lost", ["moved", "another"])
def test_a_database_that_is_gone_or_another_one_is_lost(
    config: Config, clock: Clock, tmp_path: Path, db: Database, lost: str
) -> None:
    name = start(config, clock)
    config.data.rename(tmp_path / "moved")
    if lost == "another":
        start(config, clock)
    one = Work(config, clock, Stop(), name)
    answer = asyncio.run(one.do("mail", lambda: one.mail(looking=False)))
    assert answer.lost and answer.fault
    assert "the watch ends" in " ".join(answer.fault.split()).lower()
    assert (config.data / "ofsted-watch.db").exists() is (lost == "another"), "nothing is begun anew"


def test_any_other_fault_of_the_database_is_named_and_nothing_is_lost(config: Config, clock: Clock) -> None:
    async def fails() -> tuple[str, ...]:
        raise DatabaseFault("x.db: the disk is full: make room")

    assert done(config, clock, lambda _: fails()) == Answer(fault="x.db: the disk is full: make room")


def test_a_failure_that_cannot_be_stored_is_a_fault(
    config: Config, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DatabaseFault("x.db: has been locked by another program")

    async def fails() -> tuple[str, ...]:
        monkeypatch.setattr(work, "connect", full)
        raise ValueError("odd")

    assert done(config, clock, lambda _: fails()).fault == "x.db: has been locked by another program"


@pytest.mark.usefixtures("quiet")
def test_a_bad_verdict_is_no_failure_of_the_piece(config: Config, clock: Clock, child: Child, db: Database) -> None:
    child('import sys; sys.stdin.read(); print(\'{"verdict": "blocked", "message": "HTTP 403"}\')')
    assert done(config, clock, lambda one: one.round("Gazette")) == Answer()
    assert [row["verdict"] for row in rows(db, "SELECT verdict FROM crawls")] == [Verdict.BLOCKED]
