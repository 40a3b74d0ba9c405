"""The watch: what it starts and when, that it stops in order, and that one failing round does not end it."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts
from monitor.config import Config
from monitor.daemon import rounds, scheduler
from monitor.daemon.crawls import Crawled
from monitor.daemon.locks import locked
from monitor.daemon.rounds import Concluded, Hosts
from monitor.daemon.scheduler import Watch, next_crawl
from monitor.daemon.stopping import Stop
from monitor.database import rows, stamp
from monitor.mail import Delivered
from scraper.items import Verdict
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.conftest import SAYS_ITS_JOB, Child

CONFIG = {
    "contact": "a@example.org",
    "watch": ["Brent"],
    "sources": {
        "ofsted": {"url": "http://127.0.0.1:9", "every": "2h"},
        "news": [
            {"name": "Gazette", "feed": "http://127.0.0.1:9/gazette", "every": "1h"},
            {"name": "Courier", "feed": "http://127.0.0.2:9/courier", "every": "1h"},
        ],
    },
}
NOTHING = Concluded(0, (), Delivered(0, 0, 0), ())


@pytest.fixture
def clock() -> Clock:
    """The hour that it is: the scheduler goes by the real time, and rounds begun months ago would be due again at some full hour."""
    clock = Clock()
    clock.now = datetime.now(UTC)
    return clock


@pytest.fixture
def config(tmp_path: Path, db: Database) -> Config:
    return Config.model_validate(CONFIG | {"data": tmp_path / "data"})


class Recorder:
    """Stands in for the crawls: notes what is begun and ended, and can hold or fail."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.hold = asyncio.Event()
        self.hold.set()

    async def crawl(self, config: Config, source: str, clock: Clock, **_: object) -> Crawled:
        self.log.append(f"begin {source}")
        try:
            await self.hold.wait()
        except asyncio.CancelledError:
            self.log.append(f"stopped {source}")
            raise
        self.log.append(f"end {source}")
        return Crawled(1, source, Verdict.OK, "")


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder()
    monkeypatch.setattr(rounds, "crawl", recorder.crawl)
    monkeypatch.setattr(scheduler, "conclude", lambda config, clock, stop: NOTHING)
    return recorder


def test_a_source_never_crawled_is_due_at_once_and_others_an_interval_after_their_last_crawl(
    config: Config, db: Database, clock: Clock
) -> None:
    db.table("crawls").insert({"source": "ofsted", "started": stamp(clock()), "verdict": "ok"})
    clock.move(minutes=30)
    assert next_crawl(config, "ofsted", clock()) == clock() + timedelta(minutes=90)
    assert next_crawl(config, "Gazette", clock()) == clock()


def test_a_source_does_not_wait_for_a_clock_that_was_ahead(config: Config, db: Database, clock: Clock) -> None:
    db.table("crawls").insert({"source": "ofsted", "started": stamp(clock() + timedelta(days=60)), "verdict": "ok"})
    assert next_crawl(config, "ofsted", clock()) == clock() + timedelta(hours=2)


@pytest.mark.parametrize("verdict", [None, "crashed"])
def test_a_crawl_that_was_cut_off_is_made_up_for_soon(
    config: Config, db: Database, clock: Clock, verdict: str | None
) -> None:
    db.table("crawls").insert({"source": "ofsted", "started": stamp(clock()), "verdict": verdict})
    assert next_crawl(config, "ofsted", clock()) == clock() + timedelta(minutes=1)


def test_all_sources_are_crawled_at_the_first_start(config: Config, recorder: Recorder, clock: Clock) -> None:
    async def a_moment() -> None:
        watch = Watch(config, clock)
        watch.start()
        async with asyncio.timeout(5):
            while sum(line.startswith("end") for line in recorder.log) < 3:
                await asyncio.sleep(0.01)
        await watch.stop()

    asyncio.run(a_moment())
    assert {line for line in recorder.log if line.startswith("end")} == {"end ofsted", "end Gazette", "end Courier"}


def test_stopping_cancels_crawls_in_hand_and_waits_for_them(config: Config, recorder: Recorder, clock: Clock) -> None:
    async def stopped_midway() -> None:
        recorder.hold.clear()
        watch = Watch(config, clock)
        watch.start()
        async with asyncio.timeout(5):
            while len(recorder.log) < 2:
                await asyncio.sleep(0.01)
        await watch.stop()

    asyncio.run(stopped_midway())
    begun = {line.removeprefix("begin ") for line in recorder.log if line.startswith("begin")}
    assert {line.removeprefix("stopped ") for line in recorder.log if line.startswith("stopped")} == begun


def test_stopping_waits_for_work_in_a_thread(
    config: Config, recorder: Recorder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered, done = threading.Event(), threading.Event()

    def slow(*_: object) -> Concluded:
        entered.set()
        threading.Event().wait(0.3)
        done.set()
        return NOTHING

    monkeypatch.setattr(scheduler, "conclude", slow)

    async def stopped_midway() -> None:
        watch = Watch(config, clock)
        watch.start()
        while not entered.is_set():
            await asyncio.sleep(0.01)
        await watch.stop()
        assert done.is_set()

    asyncio.run(stopped_midway())


def test_stopping_does_not_wait_for_all_that_is_still_to_be_read(
    config: Config, recorder: Recorder, clock: Clock, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def many(config: Config, clock: Clock, stop: Stop) -> Concluded:
        for number in range(300):
            threading.Event().wait(0.02)
            read.append(number)
            if stop.is_set():
                break
        return NOTHING

    monkeypatch.setattr(scheduler, "conclude", many)

    async def stopped_midway() -> None:
        watch = Watch(config, clock)
        watch.start()
        while not read:
            await asyncio.sleep(0.01)
        await watch.stop()

    asyncio.run(stopped_midway())
    assert max(read) < 299
    assert rows(db, "SELECT * FROM issues") == [], "an orderly stop is no fault"


def test_mail_that_is_due_between_two_crawls_is_sent(
    config: Config, recorder: Recorder, clock: Clock, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "MAIL_EVERY", timedelta(seconds=0.05))
    given.crawl(db, clock(), "broken")
    raise_alerts(db, clock())
    config = config.model_copy(update={"alerts": given.config().alerts})
    make_deliveries(db, config, clock())

    async def a_moment() -> None:
        watch = Watch(config, clock)
        watch.start()
        async with asyncio.timeout(20):
            while not rows(db, "SELECT * FROM deliveries WHERE state = 'sent'"):
                await asyncio.sleep(0.02)
        await watch.stop()

    asyncio.run(a_moment())
    assert len(list((config.data / "mail").glob("*.eml"))) == 1


def test_a_round_that_fails_is_an_issue_and_the_watch_goes_on(
    config: Config, recorder: Recorder, clock: Clock, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> Concluded:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(scheduler, "conclude", fails)

    async def a_moment() -> None:
        watch = Watch(config, clock)
        watch.start()
        async with asyncio.timeout(5):
            while not rows(db, "SELECT * FROM issues"):
                await asyncio.sleep(0.02)
        await watch.stop()

    asyncio.run(a_moment())
    assert "the disk is full" in rows(db, "SELECT message FROM issues")[0]["message"]


def test_sources_on_one_host_take_turns(config: Config, recorder: Recorder, clock: Clock) -> None:
    async def three_at_once() -> None:
        recorder.hold.clear()
        hosts = Hosts()
        crawls = [asyncio.create_task(hosts.crawl(config, name, clock)) for name in ("ofsted", "Gazette", "Courier")]
        await asyncio.sleep(0.05)
        assert sorted(recorder.log) == ["begin Courier", "begin ofsted"]
        recorder.hold.set()
        await asyncio.gather(*crawls)

    asyncio.run(three_at_once())
    assert "end Gazette" in recorder.log


def test_an_early_warning_has_the_authority_crawled_at_once(
    config: Config, recorder: Recorder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [Concluded(0, (), Delivered(0, 0, 0), ("80489",)), NOTHING]
    monkeypatch.setattr(scheduler, "conclude", lambda *_: answers.pop(0))
    asyncio.run(Watch(config, clock).round("Gazette"))
    assert [line for line in recorder.log if line.startswith("begin")] == ["begin Gazette", "begin ofsted"]


@pytest.mark.parametrize(("others", "ours"), [("crawl Gazette", ["ofsted"]), ("crawl ofsted", ["Gazette"])])
def test_a_crawl_that_another_process_is_at_is_left_to_it(
    config: Config,
    clock: Clock,
    db: Database,
    child: Child,
    monkeypatch: pytest.MonkeyPatch,
    others: str,
    ours: list[str],
) -> None:
    child(SAYS_ITS_JOB)
    monkeypatch.setattr(scheduler, "conclude", lambda *_: Concluded(0, (), Delivered(), ("80489",)))
    with locked(config.data, others):
        asyncio.run(Watch(config, clock).round("Gazette"))
    assert [row["source"] for row in rows(db, "SELECT source FROM crawls")] == ours


def test_the_watch_looks_at_itself_at_its_start_and_each_hour_by_a_clock_that_nobody_sets(
    config: Config, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds, looked = [0.0], []
    monkeypatch.setattr(scheduler, "tell", lambda *arguments: looked.append(arguments[-1]))
    monkeypatch.setattr(scheduler, "time", SimpleNamespace(monotonic=lambda: seconds[0]))

    async def minutes() -> None:
        watch = Watch(config, clock, None)
        for now in (0.0, 60.0, 3601.0, 3700.0):
            seconds[0] = now
            await watch._mail()

    asyncio.run(minutes())
    assert looked == [True, False, True, False]
