"""A source from its crawls to what a mail is made of: every field of the notice, as it breaks and as it is well again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlite_utils import Database

from monitor.alerts.items import SourceItem, StoryItem
from monitor.alerts.raising import make_deliveries, raise_alerts
from monitor.alerts.stored import items_of
from monitor.database import note_issue, rows
from monitor.facts import report_facts
from monitor.reading import ReportRef
from tests.conftest import Clock
from tests.monitor import mail_rows as given

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _authorities(db: Database) -> None:
    given.authorities(db)


def told(db: Database, clock: Clock) -> SourceItem:
    (item,) = items_of(db, raise_alerts(db, clock()), report_facts)
    assert isinstance(item, SourceItem)
    return item


def test_a_page_that_breaks_and_is_well_again(db: Database, clock: Clock) -> None:
    given.crawl(db, clock(), "ok", pages={given.URN: "ok"})
    assert raise_alerts(db, clock()) == []
    clock.move(hours=2)
    given.crawl(db, clock(), "broken", "no link on the page", pages={given.URN: "broken"})
    broke = FIRST + timedelta(hours=2)
    assert told(db, clock) == SourceItem(
        "ofsted", "broken", "no link on the page", broke, well=False, authorities=("Westmarch",), last_good=FIRST,
        link=f"https://example.org/{given.URN}",
    )  # fmt: skip
    clock.move(hours=2)
    given.crawl(db, clock(), "ok", pages={given.URN: "ok"})
    assert told(db, clock) == SourceItem(
        "ofsted", "ok", "", broke + timedelta(hours=2), well=True, last_good=FIRST, broken_since=broke,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "files_only"), [("broken", True), ("blocked", True), ("timed_out", True), ("crashed", False)]
)
def test_only_a_fault_of_ours_is_never_one_of_files_alone(
    db: Database, clock: Clock, verdict: str, files_only: bool
) -> None:
    given.crawl(db, clock(), verdict, "no PDF of report 7: HTTP 503", pages={given.URN: "ok"})
    item = told(db, clock)
    assert (item.files_only, item.last_good, item.authorities, item.link) == (files_only, None, (), "")


def test_a_story_says_which_report_it_is_about(db: Database, clock: Clock) -> None:
    given.ready(db, 7, clock(), baseline=1, kind="inspection")
    given.article(db, "https://a.example.org/1", clock(), report_id=7)
    (story,) = items_of(db, raise_alerts(db, clock()), report_facts)
    assert isinstance(story, StoryItem)
    assert story.about.report == ReportRef(
        7, "inspection", "Inspection: pdf", date(2026, 3, 1), "https://files.example.org/v1/file/7"
    )


def test_a_report_never_fetched_is_told_with_what_is_known(db: Database, clock: Clock) -> None:
    given.listed(db, 7, clock(), sha256=None)
    clock.move(hours=25)
    raise_alerts(db, clock())
    (row,) = rows(db, "SELECT detail FROM alerts")
    assert row["detail"] == '{"unread": "its PDF has not been fetched within a day"}'


@pytest.mark.parametrize(("mail", "channel"), [({"host": "mail.example.org"}, "smtp"), ({}, "eml")])
def test_a_delivery_is_noted_with_the_way_it_will_take(
    db: Database, clock: Clock, mail: dict[str, str], channel: str
) -> None:
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    assert make_deliveries(db, given.config(mail=mail), clock()) == 1
    assert rows(db, "SELECT channel FROM deliveries") == [{"channel": channel}]


def test_a_notice_has_what_came_in_place_of_the_page_that_it_links(db: Database, clock: Clock) -> None:
    crawl_id = given.crawl(db, clock(), "broken", "HTTP 403", pages={given.URN: "broken"})
    given.answer(db, crawl_id, clock(), "https://example.org/robots.txt", title="another", verdict="ok")
    given.answer(db, crawl_id, clock(), f"https://example.org/{given.URN}", urn=given.URN)
    came = told(db, clock).came
    assert came is not None
    assert (came.words, came.authority) == ("HTTP 403, text/html, 16 bytes, title “Just a moment...”", "Westmarch")
    clock.move(hours=2)
    well = given.crawl(db, clock(), "ok", pages={given.URN: "ok"})
    given.answer(db, well, clock(), "https://example.org/7.pdf")
    assert told(db, clock).came is None


def test_without_a_link_it_is_the_answer_that_made_the_verdict(db: Database, clock: Clock) -> None:
    crawl_id = given.crawl(db, clock(), "broken", "the feed is no feed")
    given.answer(db, crawl_id, clock(), "https://example.org/1", title="an article", verdict="ok")
    given.answer(db, crawl_id, clock(), "https://example.org/rss", title="the feed")
    came = told(db, clock).came
    assert came is not None and came.title == "the feed"


def test_what_is_not_kept_any_more_is_not_told(db: Database, clock: Clock) -> None:
    crawl_id = given.crawl(db, clock(), "broken", "HTTP 403")
    given.answer(db, crawl_id, clock(), "https://example.org/rss")
    alerts = raise_alerts(db, clock())
    db.execute("DELETE FROM answers")
    db.conn.commit()
    (item,) = items_of(db, alerts, report_facts)
    assert isinstance(item, SourceItem) and item.came is None


def test_a_search_that_is_of_no_use_is_told_with_what_it_answered(db: Database, clock: Clock) -> None:
    crawl_id = given.crawl(db, clock(), "broken", "no count", scope="sweep")
    given.answer(db, crawl_id, clock(), "https://example.org/search", title="Find an inspection")
    note_issue(db, "sweep", "warning", "no count", clock(), key="sweep")
    came = told(db, clock).came
    assert came is not None and came.title == "Find an inspection"
