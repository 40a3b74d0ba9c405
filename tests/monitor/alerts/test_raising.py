"""What is told of the watch itself, who is told of what, and when."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies
from sqlite_utils import Database

from monitor.alerts.due import due_at
from monitor.alerts.raising import make_deliveries, raise_alerts
from monitor.config import When
from monitor.database import rows, stamp
from tests.conftest import Clock
from tests.monitor import mail_rows as given

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def _authorities(db: Database) -> None:
    given.authorities(db)


def last(db: Database) -> dict[str, Any]:
    return rows(db, "SELECT * FROM alerts ORDER BY id DESC LIMIT 1")[0]


def detail(db: Database) -> dict[str, Any]:
    return dict(json.loads(last(db)["detail"]))


def test_a_source_is_told_of_when_it_breaks_and_when_it_is_well_not_at_each_crawl(db: Database, clock: Clock) -> None:
    given.crawl(db, clock(), "ok")
    assert raise_alerts(db, clock()) == []
    clock.move(hours=2)
    broke = clock()
    given.crawl(db, clock(), "broken", "no link on the page")
    assert len(raise_alerts(db, clock())) == 1
    assert detail(db)["broken_since"] is None, "it was well till now"
    clock.move(hours=2)
    given.crawl(db, clock(), "broken", "no link on the page, again")
    assert raise_alerts(db, clock()) == []
    given.crawl(db, clock(), "blocked", "HTTP 403")
    assert len(raise_alerts(db, clock())) == 1, "broken in another way"
    assert datetime.fromisoformat(detail(db)["since"]) == broke
    clock.move(hours=2)
    given.crawl(db, clock(), "empty")
    assert len(raise_alerts(db, clock())) == 1
    assert detail(db)["well"] is True
    assert datetime.fromisoformat(detail(db)["broken_since"]) == broke
    assert raise_alerts(db, clock()) == []


def test_one_authority_more_that_breaks_is_told(db: Database, clock: Clock) -> None:
    given.crawl(db, clock(), "broken", pages={given.URN: "broken", given.OTHER_URN: "ok"})
    assert len(raise_alerts(db, clock())) == 1
    assert detail(db)["authorities"] == ["Westmarch"]
    clock.move(hours=2)
    given.crawl(db, clock(), "broken", pages={given.URN: "broken", given.OTHER_URN: "broken"})
    assert len(raise_alerts(db, clock())) == 1
    assert detail(db)["authorities"] == ["Northmere", "Westmarch"]


def test_a_source_that_fails_now_so_and_now_so_is_told_of_once_for_each(db: Database, clock: Clock) -> None:
    told = []
    for verdict in ("broken", "timed_out", "broken", "timed_out", "broken"):
        given.crawl(db, clock(), verdict)
        told.append(len(raise_alerts(db, clock())))
        clock.move(hours=2)
    assert told == [1, 1, 0, 0, 0]
    clock.move(days=1)
    given.crawl(db, clock(), "timed_out")
    assert len(raise_alerts(db, clock())) == 1, "but not kept from anybody for ever"
    given.crawl(db, clock(), "ok")
    assert len(raise_alerts(db, clock())) == 1
    clock.move(hours=2)
    given.crawl(db, clock(), "timed_out")
    assert len(raise_alerts(db, clock())) == 1, "a new failure is news whatever was told of an earlier one"


def test_authorities_that_fail_in_turns_are_told_of_once_each(db: Database, clock: Clock) -> None:
    told = []
    for pages in ({given.URN: "broken", given.OTHER_URN: "ok"}, {given.URN: "ok", given.OTHER_URN: "broken"}) * 2:
        given.crawl(db, clock(), "broken", pages=pages)
        told.append(len(raise_alerts(db, clock())))
        clock.move(hours=2)
    assert told == [1, 1, 0, 0]
    clock.move(days=1)
    given.crawl(db, clock(), "broken", pages={given.URN: "broken", given.OTHER_URN: "broken"})
    assert len(raise_alerts(db, clock())) == 1


def test_a_crawl_of_one_authority_does_not_make_the_others_well(db: Database, clock: Clock) -> None:
    given.crawl(db, clock(), "broken", pages={given.URN: "broken", given.OTHER_URN: "ok"})
    raise_alerts(db, clock())
    clock.move(hours=1)
    given.crawl(db, clock(), "ok", pages={given.OTHER_URN: "ok"}, scope="some")
    assert raise_alerts(db, clock()) == []
    clock.move(hours=1)
    given.crawl(db, clock(), "ok", pages={given.URN: "ok"})
    assert len(raise_alerts(db, clock())) == 1


def test_a_page_that_was_broken_when_the_clock_was_ahead_is_well_with_the_next_good_crawl(
    db: Database, clock: Clock
) -> None:
    given.crawl(db, clock() + timedelta(days=60), "broken", pages={given.URN: "broken"})
    raise_alerts(db, clock())
    given.crawl(db, clock(), "ok", pages={given.URN: "ok"})
    raise_alerts(db, clock())
    assert detail(db)["well"] is True


def test_an_authority_no_longer_watched_does_not_keep_the_source_broken(db: Database, clock: Clock) -> None:
    given.crawl(db, clock(), "broken", pages={given.URN: "broken"})
    raise_alerts(db, clock())
    clock.move(hours=2)
    given.crawl(db, clock(), "ok", pages={given.OTHER_URN: "ok"})
    assert len(raise_alerts(db, clock())) == 1


def test_a_pdf_that_cannot_be_had_is_not_called_a_broken_site(db: Database, clock: Clock) -> None:
    given.crawl(db, clock(), "broken", "no PDF of report 7: HTTP 503", pages={given.URN: "ok"})
    raise_alerts(db, clock())
    assert detail(db)["files_only"] is True


@pytest.mark.parametrize(("feed", "files_only"), [("ok", True), ("broken", False)])
def test_an_article_that_cannot_be_had_is_not_called_a_broken_feed(
    db: Database, clock: Clock, feed: str, files_only: bool
) -> None:
    number = given.crawl(db, clock(), "broken", "HTTP 500", source="Westmarch Courier")
    given.insert(
        db, "page_checks", crawl_id=number, url="https://a.example.org/rss", verdict=feed, checked=stamp(clock())
    )
    raise_alerts(db, clock())
    assert detail(db)["files_only"] is files_only


def test_our_own_orderly_stop_says_nothing_about_the_source(db: Database, clock: Clock) -> None:
    given.crawl(db, clock(), "ok")
    raise_alerts(db, clock())
    given.crawl(db, clock(), "crashed", "it was time to go", stopped=True)
    assert raise_alerts(db, clock()) == []


def test_a_crawl_that_was_stopped_by_anything_else_is_told_whatever_its_words(db: Database, clock: Clock) -> None:
    given.crawl(db, clock(), "ok")
    raise_alerts(db, clock())
    given.crawl(db, clock(), "crashed", "stopped before it was done (start_error); 0 of 9 authorities checked")
    assert len(raise_alerts(db, clock())) == 1


@pytest.mark.parametrize("order", [1, -1])
def test_a_recipient_of_two_rules_is_told_once_and_at_the_earlier_time(db: Database, clock: Clock, order: int) -> None:
    rules = [{"to": "a@example.org", "when": "weekly monday 08:00"}, {"to": ["A@example.org", "b@example.org"]}]
    config = given.config(alerts=rules[::order])
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    assert make_deliveries(db, config, clock()) == 2
    assert make_deliveries(db, config, clock()) == 0
    found = rows(db, "SELECT recipient, due FROM deliveries ORDER BY recipient")
    assert [row["recipient"].lower() for row in found] == ["a@example.org", "b@example.org"]
    assert {datetime.fromisoformat(row["due"]) for row in found} == {clock()}


def test_a_rule_added_later_does_not_replay(db: Database, clock: Clock) -> None:
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    make_deliveries(db, given.config(alerts=[]), clock())
    assert make_deliveries(db, given.config(), clock()) == 0


def test_rules_choose_by_authority_and_kind(db: Database, clock: Clock) -> None:
    config = given.config(
        watch=[given.URN, given.OTHER_URN],
        alerts=[
            {"to": "north@example.org", "watch": ["Northmere"]},
            {"to": "news@example.org", "about": ["news"]},
            {"to": "ops@example.org", "about": ["source"]},
        ],
    )
    given.ready(db, 7, clock(), urn=given.OTHER_URN)
    given.crawl(db, clock(), "blocked")
    raise_alerts(db, clock())
    make_deliveries(db, config, clock())
    found = rows(db, "SELECT a.kind, d.recipient FROM deliveries d JOIN alerts a ON a.id = d.alert_id ORDER BY 1")
    assert [tuple(row.values()) for row in found] == [("report", "north@example.org"), ("source", "ops@example.org")]


def test_authorities_that_are_not_watched_are_not_told_of(db: Database, clock: Clock) -> None:
    given.article(db, "https://a.example.org/1", clock(), urn=given.OTHER_URN)
    raise_alerts(db, clock())
    assert make_deliveries(db, given.config(), clock()) == 0


@pytest.mark.parametrize(
    ("when", "now", "due"),
    [
        (When(kind="daily", hour=8), "2026-01-05T07:59", "2026-01-05T08:00"),
        (When(kind="daily", hour=8), "2026-01-05T08:00", "2026-01-06T08:00"),
        (When(kind="daily", hour=8), "2026-07-05T06:00", "2026-07-05T07:00"),
        (When(kind="weekly", weekday=0, hour=8), "2026-01-05T07:00", "2026-01-05T08:00"),
        (When(kind="weekly", weekday=0, hour=8), "2026-01-05T09:00", "2026-01-12T08:00"),
        # The clocks go forward on 29 March over 01:30: it is then 02:30 summer time.
        (When(kind="daily", hour=1, minute=30), "2026-03-29T00:00", "2026-03-29T01:30"),
        # They go back on 25 October: 01:30 comes twice, and only the first has a digest.
        (When(kind="daily", hour=1, minute=30), "2026-10-25T00:00", "2026-10-25T00:30"),
        (When(kind="daily", hour=1, minute=30), "2026-10-25T00:45", "2026-10-26T01:30"),
    ],
)
def test_digests_by_the_clock_on_the_wall(when: When, now: str, due: str) -> None:
    assert due_at(when, utc(now), LONDON) == utc(due)


@hypothesis_given(
    strategies.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001
    strategies.integers(0, 23),
    strategies.integers(0, 59),
    strategies.one_of(strategies.none(), strategies.integers(0, 6)),
)
def test_a_digest_is_ahead_within_a_week_and_one_a_day(
    naive: datetime, hour: int, minute: int, weekday: int | None
) -> None:
    now = naive.replace(tzinfo=UTC)
    when = When(kind="daily" if weekday is None else "weekly", weekday=weekday, hour=hour, minute=minute)
    due = due_at(when, now, LONDON)
    assert 0 < (due - now).total_seconds() <= (25 * 3600 if weekday is None else 7 * 86400 + 3600)
    assert due_at(when, due, LONDON).astimezone(LONDON).date() > due.astimezone(LONDON).date()
    assert weekday in (None, due.astimezone(LONDON).weekday())


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
