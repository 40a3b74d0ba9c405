"""Rows that only say that nothing happened are forgotten, and everything that is asked of the others is answered as before."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.alerts import raise_alerts
from monitor.alerts.sources import BAD_PAGES, source_changes
from monitor.database import days_of, first_seen, last_good, prune_daily, pruning, rows, stamp, writing
from monitor.news.stored_articles import EARLY
from monitor.rounds.crawls import LAST_CRAWL
from monitor.rounds.look import EMPTY_SINCE, FULL
from monitor.rounds.sweeps import LAST_GOOD
from scraper.database.feeds import FORMER
from scraper.database.reports import least_recently_checked
from scraper.reference import london_day
from tests.monitor import mail_rows as given

SOURCES = ("ofsted", "Gazette", "Courier")
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
URNS = (given.URN, given.OTHER_URN)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def crawl(
    db: Database,
    days: float,
    verdict: str | None = "ok",
    source: str = "ofsted",
    scope: str = "all",
    *,
    found: int = 0,
    **more: Any,
) -> int:
    """A crawl of so many days ago, as it ended; its number."""
    told = {
        "source": source,
        "scope": scope,
        "verdict": verdict,
        "found": found,
        "started": stamp(ago(days)),
        "finished": stamp(ago(days)),
    }
    return int(db.table("crawls").insert(told | more).last_pk or 0)


def check(
    db: Database, crawl_id: int, days: float, verdict: str = "ok", urn: str | None = URNS[0], url: str | None = None
) -> None:
    told = {
        "crawl_id": crawl_id,
        "url": url or f"https://x.example/{urn}",
        "urn": urn,
        "verdict": verdict,
        "checked": stamp(ago(days)),
    }
    db.table("page_checks").insert(told)


def kept(db: Database) -> list[int]:
    return [row["id"] for row in rows(db, "SELECT id FROM crawls ORDER BY id")]


def test_of_quiet_crawls_the_first_the_last_and_the_last_month_stay(db: Database) -> None:
    numbers = [crawl(db, days) for days in (80, 70, 60, 50, 40, 30, 20, 10)]
    assert prune_daily(db, NOW)
    assert kept(db) == [numbers[0], *numbers[5:]]


def test_of_a_source_that_stands_still_the_first_and_the_last_stay(db: Database) -> None:
    numbers = [crawl(db, days) for days in (80, 70, 60)]
    assert prune_daily(db, NOW)
    assert kept(db) == [numbers[0], numbers[2]]


def test_crawls_that_found_something_or_failed_stay_a_year_and_the_last_of_each_kind_longer(db: Database) -> None:
    first, old_bad, old_found, edge, bad, found, stopped = (
        crawl(db, 500), crawl(db, 490, "blocked"), crawl(db, 480, found=3), crawl(db, 470), crawl(db, 200, "blocked"),
        crawl(db, 190, found=1), crawl(db, 180, "crashed", stopped=1),
    )  # fmt: skip
    last = crawl(db, 1)
    assert prune_daily(db, NOW)
    assert old_bad not in kept(db)
    assert kept(db) == [first, old_found, edge, bad, found, stopped, last]
    assert prune_daily(db, NOW + timedelta(days=2))
    assert kept(db) == [first, edge, bad, found, stopped, last], "no edge any more: the fault beside it is forgotten"


def test_sweeps_and_rounds_and_sources_are_apart(db: Database) -> None:
    for days in (90, 80, 70, 60):
        for source, scope in (("ofsted", "all"), ("ofsted", "sweep"), ("Gazette", "all")):
            crawl(db, days, source=source, scope=scope)
    prune_daily(db, NOW)
    assert rows(db, "SELECT source, scope, count(*) AS n FROM crawls GROUP BY 1, 2 ORDER BY 1, 2") == [
        {"source": "Gazette", "scope": "all", "n": 2},
        {"source": "ofsted", "scope": "all", "n": 2},
        {"source": "ofsted", "scope": "sweep", "n": 1 + 1},
    ]


def test_a_crawl_that_a_notice_a_check_or_the_health_of_its_source_names_stays(db: Database) -> None:
    numbers = [crawl(db, days) for days in (90, 80, 70, 60, 50)]
    check(db, numbers[1], 80, "ok")
    given.insert(
        db, "alerts", kind="source", source="ofsted", created=stamp(ago(70)), dedupe_key=f"source:ofsted:{numbers[2]}"
    )
    given.insert(db, "source_health", source="ofsted", verdict="ok", since=stamp(ago(60)), crawl_id=numbers[3])
    prune_daily(db, NOW)
    assert kept(db) == numbers


def test_one_that_is_under_way_stays(db: Database) -> None:
    numbers = [crawl(db, days, verdict) for days, verdict in ((90, "ok"), (80, None), (70, "ok"), (60, "ok"))]
    prune_daily(db, NOW)
    assert kept(db) == [numbers[0], numbers[1], numbers[3]]


def test_since_when_a_feed_is_empty_is_known_after_months(db: Database) -> None:
    full = crawl(db, 120, "ok", "Gazette")
    empty = [crawl(db, days, "empty", "Gazette") for days in (110, 100, 90, 80, 2)]
    prune_daily(db, NOW)
    assert kept(db) == [full, empty[0], empty[-1]]


def test_the_last_check_of_a_page_and_the_last_believed_one_stay_good_ones_a_month_and_others_three(
    db: Database,
) -> None:
    history = (
        ("ok", 300),
        ("ok", 200),
        ("broken", 150),
        ("broken", 80),
        ("ok", 40),
        ("ok", 20),
        ("broken", 10),
        ("blocked", 5),
    )
    for verdict, days in history:
        number = crawl(db, days, verdict)
        check(db, number, days, verdict)
        check(db, number, days, "broken" if days > 100 else "ok", URNS[1]) if days > 190 else None
    prune_daily(db, NOW)
    left = rows(db, "SELECT urn, verdict, checked FROM page_checks ORDER BY crawl_id, urn DESC")
    stay = [(row["urn"], row["verdict"], (NOW - datetime.fromisoformat(row["checked"])).days) for row in left]
    assert stay == [
        (URNS[1], "broken", 200), (URNS[0], "broken", 80), (URNS[0], "ok", 20), (URNS[0], "broken", 10), (URNS[0], "blocked", 5),
    ]  # fmt: skip


def test_the_last_believed_check_is_that_of_the_last_crawl_whatever_the_clock_said(db: Database) -> None:
    early, late = crawl(db, 200), crawl(db, 300)
    check(db, early, 200)
    check(db, late, 300)
    crawl(db, 1)
    prune_daily(db, NOW)
    assert [row["crawl_id"] for row in rows(db, "SELECT crawl_id FROM page_checks")] == [late]


def test_days_that_have_no_row_get_it_before_their_crawls_go(db: Database) -> None:
    """A database of before `days` has crawls and no days."""
    for days in (90.0, 80.3, 80.2, 80.1, 70.0):
        crawl(db, days)
    given.insert(
        db,
        "days",
        source="ofsted",
        day=london_day(ago(70)).isoformat(),
        rounds=7,
        sweeps=0,
        good=7,
        found=0,
        first="x",
        last="x",
    )
    prune_daily(db, NOW)
    (row,) = days_of(db, london_day(ago(80.2)))
    assert (row["rounds"], row["good"]) == (3, 3)
    (told,) = days_of(db, london_day(ago(70)))
    assert told["rounds"] == 7, "what a day has is not made anew from what is left of its crawls"


def test_it_is_done_once_a_day_and_again_where_the_clock_was_ahead(db: Database) -> None:
    assert prune_daily(db, NOW)
    assert not prune_daily(db, NOW + timedelta(hours=23))
    assert prune_daily(db, NOW + timedelta(hours=25))
    assert prune_daily(db, NOW)


def test_a_stop_is_heeded_between_two_transactions_and_the_rest_is_done_next_time(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "AT_ONCE", 2)
    stop = Event()
    monkeypatch.setattr(stop, "wait", lambda _seconds: stop.set())
    numbers = [crawl(db, 90 - n) for n in range(9)]
    assert not prune_daily(db, NOW, stop)
    assert kept(db) == [numbers[0], *numbers[3:]]
    assert prune_daily(db, NOW, Event())
    assert kept(db) == [numbers[0], numbers[-1]]


def test_a_large_database_of_before_is_gone_through_in_several_rounds(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "AT_ONCE", 2)
    monkeypatch.setattr(pruning, "MOST", 4)
    numbers = [crawl(db, 90 - n) for n in range(9)]
    assert not prune_daily(db, NOW)
    assert kept(db) == [numbers[0], *numbers[5:]]
    assert prune_daily(db, NOW)
    assert kept(db) == [numbers[0], numbers[-1]]


def made_up(chance: random.Random) -> Iterator[tuple[str, str, str, float]]:
    """(source, scope, verdict, days ago) of some 500 days of crawls of a site and two papers, one of which ends; most well, in streaks."""
    verdicts = dict.fromkeys(SOURCES, "ok")
    for day in range(500, -1, -2):
        for source, scope in (
            ("ofsted", "all"),
            ("ofsted", "sweep"),
            ("ofsted", "some"),
            ("Gazette", "all"),
            ("Courier", "all"),
        ):
            if chance.random() < 0.04:
                verdicts[source] = chance.choice(("ok", "ok", "empty", "broken", "timed_out", "blocked"))
            if chance.random() > 0.3 and (source != "Gazette" or day > 60):
                yield source, scope, verdicts[source], day - chance.random()


def history(db: Database, chance: random.Random) -> list[tuple[str, str]]:
    """Rows of crawls with their checks, some of which found something, or were stopped; their sources and times."""
    crawls = [(number, *told) for number, told in enumerate(made_up(chance), 1)]
    rare = [(int(chance.random() < 0.1), int(chance.random() < 0.02)) for _ in crawls]
    pages: dict[tuple[str, str], Sequence[str | None]] = {
        ("ofsted", "all"): URNS,
        ("ofsted", "some"): URNS[:1],
        ("ofsted", "sweep"): (),
    }
    with writing(db):
        for (number, source, scope, verdict, days), (found, stopped) in zip(crawls, rare, strict=True):
            when = stamp(ago(days))
            db.conn.execute(CRAWL, [number, source, scope, verdict, when, found, stopped])
            looks = [
                [number, f"https://x.example/{urn or 'rss'}", urn, verdict, when]
                for urn in pages.get((source, scope), [None])
            ]
            db.conn.executemany(CHECK, looks)
    for n, urn in enumerate(URNS):
        given.article(db, f"https://a.example/{n}", ago(chance.choice((400, 100, 3))), urn=urn)
    for source in SOURCES[1:]:
        given.insert(db, "baselines", subject=f"source:{source}", since=stamp(ago(500)))
    return [(source, stamp(ago(days))) for _, source, _, _, days in crawls]


CRAWL = "INSERT INTO crawls (id, source, scope, verdict, started, found, stopped) VALUES (?, ?, ?, ?, ?, ?, ?)"
CHECK = "INSERT INTO page_checks (crawl_id, url, urn, verdict, checked) VALUES (?, ?, ?, ?, ?)"


def looked_at(crawls: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """How often each source was looked at on each day, from (source, time)."""
    return dict(Counter((source, london_day(datetime.fromisoformat(when)).isoformat()) for source, when in crawls))


def answers(db: Database) -> Iterator[Any]:
    """What the rest of the watch asks of crawls and page checks."""
    db.conn.execute("BEGIN")
    yield list(source_changes(db, NOW))
    db.conn.execute("ROLLBACK")
    for source in SOURCES:
        yield last_good(db, source), first_seen(db, source), rows(db, LAST_GOOD, [source])
        yield [rows(db, LAST_CRAWL, [source, scope]) for scope in ("all", "sweep", "some")]
        full = rows(db, FULL, [source])
        yield full, rows(db, EMPTY_SINCE, [source, next(iter(full[0].values())) or 0])
        yield rows(db, BAD_PAGES, {"source": source})
    yield least_recently_checked(db, URNS)
    yield rows(db, EARLY, [3, 14])
    yield rows(db, FORMER, {"url": "https://x.example/rss", "source": "New", "since": stamp(ago(90))})
    yield rows(db, "SELECT max(id) FROM crawls")


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happened_the_answers_stay_the_same(db: Database, seed: int) -> None:
    given.authorities(db)
    crawls = history(db, random.Random(seed))
    if seed % 2:
        raise_alerts(db, ago(250))
    before = list(answers(db))
    for later in (0, 1):
        assert prune_daily(db, NOW + timedelta(days=later))
        assert list(answers(db)) == before
    left = rows(db, "SELECT source, started FROM crawls")
    assert len(left) < len(crawls) * 0.6
    days = {(row["source"], row["day"]): row["rounds"] + row["sweeps"] for row in rows(db, "SELECT * FROM days")}
    assert looked_at((row["source"], row["started"]) for row in left) | days == looked_at(crawls)
    assert rows(db, "PRAGMA foreign_key_check") == []


READING = (
    "INSERT INTO second_readings (key, host, model, prompt, status, sentences, asked, day, times)"
    " VALUES (?, ?, ?, 'p', 'mixed', '[0]', ?, '2026-01-01', 1)"
)


@pytest.mark.parametrize(
    ("reader", "left"), [(("h", "m"), "abc"), (("h", "n"), "bc"), (("other", "m"), "bc"), (None, "bc")]
)
def test_what_a_second_reader_said_that_is_configured_no_more_is_forgotten_after_180_days(
    db: Database, reader: tuple[str, str] | None, left: str
) -> None:
    for key, model, days in (("a", "m", 181), ("b", "m", 179), ("c", "n", 179), ("d", "x", 181)):
        db.execute(READING, [key, "h", model, stamp(ago(days))])
    assert prune_daily(db, NOW, reader=reader)
    assert "".join(row["key"] for row in rows(db, "SELECT key FROM second_readings ORDER BY key")) == left
