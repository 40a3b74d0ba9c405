"""When the search is swept, when that is enough, and what the operators hear where it is of no use."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.config import Config, interval, seen_every, wait_of
from monitor.database import last_good, rows, stamp
from monitor.rounds import work
from monitor.rounds.crawls import Crawled
from monitor.rounds.schedule import next_crawl, plan_of
from monitor.rounds.stopping import Stop
from monitor.rounds.sweeps import note_sweep, round_every, sweep_is_due
from monitor.rounds.work import Work
from scraper.items import Verdict
from tests.conftest import Clock
from tests.monitor.rounds.test_work import NOTHING

OFSTED = "ofsted"


def config_of(folder: Path, **ofsted: object) -> Config:
    return Config.model_validate(
        {"contact": "a@example.org", "watch": ["Brent"], "data": folder / "data", "sources": {"ofsted": ofsted}}
    )


@pytest.fixture
def config(tmp_path: Path, db: Database) -> Config:
    return config_of(tmp_path)


def crawled(db: Database, when: datetime, verdict: str | None = "ok", scope: str = "sweep") -> None:
    db.table("crawls").insert(
        {"source": OFSTED, "started": stamp(when), "finished": stamp(when), "verdict": verdict, "scope": scope}
    )


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "minutes"),
    [
        ("2026-11-27T06:00", 15), ("2026-11-27T19:59", 15), ("2026-11-27T05:59", 60), ("2026-11-27T20:00", 60), ("2026-11-28T12:00", 60),
        ("2026-07-03T05:00", 15), ("2026-07-03T19:00", 60),
    ],
)  # fmt: skip
def test_every_quarter_of_an_hour_on_working_days_in_england_else_hourly(
    config: Config, when: str, minutes: int
) -> None:
    assert wait_of(config, at(when)) == timedelta(minutes=minutes)


def test_a_sweep_is_due_when_the_last_one_is_long_enough_ago(config: Config, db: Database) -> None:
    noon = at("2026-11-27T12:00")
    assert sweep_is_due(config, noon)
    crawled(db, noon)
    for minutes, due in ((1, False), (13, False), (14, True)):
        assert sweep_is_due(config, noon + timedelta(minutes=minutes)) is due
    assert sweep_is_due(config, noon - timedelta(hours=1)), "the clock was ahead"


def test_it_can_be_turned_off_and_every_page_is_looked_at_as_often_as_before(tmp_path: Path, db: Database) -> None:
    for never in (False, "off", "never"):
        config = config_of(tmp_path, sweep=never)
        assert (wait_of(config, at("2026-11-27T12:00")), interval(config, OFSTED)) == (None, timedelta(hours=2))
        assert not sweep_is_due(config, at("2026-11-27T12:00"))
        assert seen_every(config, OFSTED, at("2026-11-27T12:00")) == timedelta(hours=2)
    assert interval(config_of(tmp_path, every="90m"), OFSTED) == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("sweep", "whole", "hours"),
    [
        ("ok", "ok", 24),
        ("ok", "empty", 24),
        ("broken", "ok", 2),
        ("blocked", "ok", 2),
        (None, "ok", 2),
        ("ok", "broken", 2),
        ("ok", None, 2),
    ],
)
def test_where_the_search_or_a_page_fails_every_page_is_looked_at_every_two_hours(
    config: Config, db: Database, clock: Clock, sweep: str | None, whole: str | None, hours: int
) -> None:
    crawled(db, clock(), whole, "all")
    crawled(db, clock(), sweep)
    assert round_every(config, OFSTED) == timedelta(hours=hours)


def test_without_a_sweep_yet_nothing_is_left_to_it(config: Config, db: Database, clock: Clock) -> None:
    crawled(db, clock(), "ok", "all")
    assert next_crawl(config, OFSTED, clock()) == clock() + timedelta(hours=2)
    crawled(db, clock())
    assert next_crawl(config, OFSTED, clock()) == clock() + timedelta(hours=24)


def test_a_sweep_shows_that_the_source_was_looked_at(config: Config, db: Database, clock: Clock) -> None:
    crawled(db, clock())
    assert last_good(db, OFSTED) == clock()
    assert seen_every(config, OFSTED, clock()) == timedelta(hours=1)


def issue(db: Database) -> tuple[str, bool] | None:
    found = rows(db, "SELECT message, healed FROM issues WHERE key = 'sweep'")
    return (found[0]["message"], bool(found[0]["healed"])) if found else None


def test_a_changed_search_is_told_at_once_and_again_when_it_works(config: Config, db: Database, clock: Clock) -> None:
    crawled(db, clock())
    note_sweep(config, Crawled(1, OFSTED, Verdict.BROKEN, "no count of results on the page"), clock())
    said = issue(db)
    assert said and said[0].startswith(
        "no count of results on the page; until it works again every page is looked at every two hours"
    )
    note_sweep(config, Crawled(2, OFSTED, Verdict.OK, ""), clock())
    assert issue(db) == (said[0], True)


def test_a_search_that_cannot_be_had_is_told_after_two_hours(config: Config, db: Database, clock: Clock) -> None:
    crawled(db, clock())
    blocked = Crawled(1, OFSTED, Verdict.BLOCKED, "HTTP 403")
    note_sweep(config, blocked, clock() + timedelta(hours=2))
    assert issue(db) is None
    note_sweep(config, blocked, clock() + timedelta(hours=2, seconds=1))
    assert issue(db)


class Crawls:
    """Stands in for the crawls: each ends with the verdict that is set for its scope."""

    def __init__(self, db: Database) -> None:
        self.db, self.verdicts, self.log = db, {"sweep": Verdict.OK, "all": Verdict.OK}, list[str]()

    async def crawl(self, config: Config, source: str, clock: Clock, *, sweep: bool = False, **_: object) -> Crawled:
        scope = "sweep" if sweep else "all"
        self.log.append(scope)
        crawled(self.db, clock(), self.verdicts[scope], scope)
        return Crawled(1, source, self.verdicts[scope], "")


@pytest.fixture
def crawls(db: Database, monkeypatch: pytest.MonkeyPatch) -> Crawls:
    crawls = Crawls(db)
    monkeypatch.setattr(work, "crawl", crawls.crawl)
    monkeypatch.setattr(work, "conclude", lambda config, clock, stop: NOTHING)
    return crawls


def test_a_broken_search_is_followed_by_whole_rounds_until_it_works(
    config: Config, db: Database, clock: Clock, crawls: Crawls
) -> None:
    clock.now = at("2026-11-27T12:00")
    crawled(db, clock(), "ok", "all")
    watch = Work(config, clock, Stop())
    for minutes, verdict, done in (
        (15, Verdict.OK, ["sweep"]), (15, Verdict.BROKEN, ["sweep"]), (90, Verdict.BROKEN, ["sweep", "all"]), (15, Verdict.OK, ["sweep"]),
        (5, Verdict.OK, []),
    ):  # fmt: skip
        clock.move(minutes=minutes)
        crawls.verdicts["sweep"] = verdict
        crawls.log.clear()
        asyncio.run(watch.sweep())
        assert crawls.log == done


def test_each_round_and_each_sweep_is_told_to_who_waits_for_it(
    config: Config, db: Database, clock: Clock, crawls: Crawls, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(work, "ping", lambda config, crawled, concluded: told.append(crawled[0].verdict))
    crawled(db, clock(), "ok", "all")
    watch = Work(config, clock, Stop())
    asyncio.run(watch.sweep())
    crawls.verdicts["all"] = Verdict.BROKEN
    asyncio.run(watch.round(OFSTED))
    assert told == [Verdict.OK, Verdict.BROKEN]


@pytest.mark.parametrize(("looked_at", "wait"), [(False, timedelta()), (True, timedelta(hours=24))])
def test_an_authority_that_is_new_in_the_config_is_looked_at_when_the_watch_begins(
    config: Config, db: Database, clock: Clock, *, looked_at: bool, wait: timedelta
) -> None:
    crawled(db, clock(), "ok", "all")
    crawled(db, clock())
    if looked_at:
        urn = config.watched[0].urn
        db.table("page_checks").insert(
            {"crawl_id": 1, "url": "u", "urn": urn, "verdict": "ok", "checked": stamp(clock())}
        )
    whole, sweep = plan_of(config, "", clock()).tasks
    assert (whole.first, sweep.first) == (clock() + wait, clock() + timedelta(minutes=1))
