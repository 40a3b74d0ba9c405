"""Stored alerts as they stand in a mail, and the reasons why it is sent."""

from dataclasses import replace
from datetime import date

import pytest
from sqlite_utils import Database

from monitor.alerts.items import Item, ReportItem, SourceItem, StoryItem
from monitor.alerts.raising import raise_alerts
from monitor.alerts.stored import items_of
from monitor.database import rows, stamp
from monitor.facts import ReportFacts
from monitor.mail.letter import subject
from monitor.mail.reasons import reasons
from monitor.mail.report_view import report_view
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.mail_facts import facts


@pytest.fixture(autouse=True)
def _authorities(db: Database) -> None:
    given.authorities(db)


def numbered(db: Database, report_id: int) -> ReportFacts:
    return replace(facts(), report=replace(facts().report, report_id=report_id))


def everything(db: Database) -> tuple[Item, ...]:
    return items_of(db, [row["id"] for row in rows(db, "SELECT id FROM alerts")], numbered)


def test_reports_come_before_news_and_news_before_the_watch_itself(db: Database, clock: Clock) -> None:
    given.crawl(db, clock(), "blocked", "HTTP 403", source="Westmarch Courier")
    given.article(db, "https://a.example.org/1", clock())
    given.ready(db, 7, clock())
    given.ready(db, 8, clock(), urn=given.OTHER_URN)
    raise_alerts(db, clock())
    found = everything(db)
    assert [type(item) for item in found] == [ReportItem, ReportItem, StoryItem, SourceItem]
    assert [item.facts.report.report_id for item in found if isinstance(item, ReportItem)] == [8, 7], "by authority"


def test_a_story_names_the_other_outlets_once_each(db: Database, clock: Clock) -> None:
    given.ready(db, 7, clock(), baseline=1)
    given.article(db, "https://a.example.org/1", clock(), report_id=7)
    for number in (1, 2):
        given.article(db, f"https://b.example.org/{number}", clock(), outlet="Marches Post")
    given.article(db, "https://c.example.org/1", clock(), outlet="Elsewhere", story="another", label="other")
    raise_alerts(db, clock())
    (story,) = everything(db)
    assert isinstance(story, StoryItem)
    assert story.elsewhere == (("Marches Post", "https://b.example.org/1"),)
    assert story.about.report and story.about.report.report_id == 7


def test_a_story_of_the_first_hour_of_a_summer_day_is_dated_that_day(db: Database, clock: Clock) -> None:
    given.article(db, "https://a.example.org/1", clock(), published="2026-06-30T23:00:00.000000+00:00")
    raise_alerts(db, clock())
    (story,) = everything(db)
    assert isinstance(story, StoryItem)
    assert story.published == date(2026, 7, 1)


def test_a_digest_tells_a_report_once_that_became_readable_meanwhile(db: Database, clock: Clock) -> None:
    given.listed(db, 7, clock())
    given.read(db, 7, clock(), error="encrypted")
    raise_alerts(db, clock())
    clock.move(hours=1)
    given.read(db, 7, clock())
    given.compared(db, 7, clock())
    raise_alerts(db, clock())
    (item,) = everything(db)
    assert isinstance(item, ReportItem)
    assert item.was_unread


def test_a_withdrawn_report_says_since_when(db: Database, clock: Clock) -> None:
    given.ready(db, 7, clock(), baseline=1)
    given.change(db, "reports", "id", 7, withdrawn_at="2026-03-02T09:00:00+00:00")
    raise_alerts(db, clock())
    (item,) = everything(db)
    assert isinstance(item, ReportItem)
    assert str(item.since) == "2026-03-02"


def test_why_a_mail_is_sent() -> None:
    config = given.config(
        alerts=[
            {
                "to": ["lead@example.org", "b@example.org"],
                "about": ["report", "news"],
                "watch": ["Westmarch", "Northmere"],
            },
            {"to": "LEAD@example.org", "when": "weekly monday 08:00"},
            {"to": "ops@example.org", "about": ["source"], "when": "daily 07:30"},
        ]
    )
    assert reasons(config, "lead@example.org") == (
        "about new reports and news of Westmarch and Northmere, at once",
        "about new reports, amended reports, withdrawn reports and news of Westmarch, weekly on Monday at 08:00",
    )
    assert reasons(config, "ops@example.org") == ("about faults of the watch, daily at 07:30",)
    assert reasons(config, "gone@example.org") == ("by a rule that is not in config.yaml any more",)


def test_all_authorities_are_not_listed_by_name() -> None:
    assert reasons(given.config(watch=["all"]), "lead@example.org")[0].endswith("of all authorities, at once")


def sent(db: Database, alert_id: int, recipient: str, state: str = "sent") -> None:
    given.insert(
        db, "deliveries", alert_id=alert_id, recipient=recipient, channel="smtp", state=state, due="2026-03-02"
    )


def became_readable(db: Database, clock: Clock) -> tuple[int, int]:
    """The alerts of a report that could not be read, and then could."""
    given.listed(db, 7, clock())
    given.read(db, 7, clock(), error="encrypted")
    (first,) = raise_alerts(db, clock())
    clock.move(hours=1)
    given.read(db, 7, clock())
    given.compared(db, 7, clock())
    (second,) = raise_alerts(db, clock())
    return first, second


@pytest.mark.parametrize(
    ("first", "recipient", "expected"),
    [
        ({"lead@example.org": "sent"}, "lead@example.org", True),
        ({"lead@example.org": "sent"}, "LEAD@example.org", True),
        ({"lead@example.org": "pending"}, "lead@example.org", False),
        ({"lead@example.org": "failed"}, "lead@example.org", False),
        ({"other@example.org": "sent"}, "lead@example.org", False),
        ({}, "lead@example.org", False),
        ({"lead@example.org": "sent"}, None, True),
        ({"other@example.org": "sent"}, None, False),
    ],
)
def test_only_who_was_told_before_is_said_to_have_been(
    db: Database, clock: Clock, first: dict[str, str], recipient: str | None, expected: bool
) -> None:
    unread, readable = became_readable(db, clock)
    for address, state in first.items():
        sent(db, unread, address, state)
    sent(db, readable, "lead@example.org", "pending")
    (item,) = items_of(db, [readable], numbered, recipient)
    assert isinstance(item, ReportItem)
    assert (item.was_unread, item.told_before) == (True, expected)
    view = report_view(item)
    assert ("You were told" in view.notice) is expected
    assert view.title == ("Now readable" if expected else "New report")


def test_a_digest_tells_a_report_once_that_was_new_and_amended_meanwhile_and_as_new(db: Database, clock: Clock) -> None:
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    clock.move(hours=1)
    given.change(db, "reports", "id", 7, sha256="new bytes", amended_at=stamp(clock()))
    given.read(db, 7, clock(), sha256="new bytes", meaning_changed=stamp(clock()))
    raise_alerts(db, clock())
    (item,) = everything(db)
    assert isinstance(item, ReportItem)
    assert item.kind == "report"


def test_an_older_report_listed_only_now_comes_after_the_others_and_is_not_called_new(
    db: Database, clock: Clock
) -> None:
    given.ready(db, 6, clock(), baseline=1, published="2026-02-01")
    given.ready(db, 7, clock(), published="2013-05-03")
    given.ready(db, 8, clock(), urn=given.OTHER_URN)
    given.change(db, "reports", "id", 6, withdrawn_at=None)
    given.article(db, "https://a.example.org/1", clock())
    raise_alerts(db, clock())
    found = everything(db)
    assert [item.older for item in found if isinstance(item, ReportItem)] == [False, True]
    assert isinstance(found[-1], StoryItem)
    old = found[1]
    assert isinstance(old, ReportItem)
    assert report_view(old).title == "Older report, listed only now"
    assert "an older report of 11 February 2022, listed only now" in subject((old,))
    assert "2 reports" not in subject(found)
    assert subject(found).endswith("(and 1 older report and 1 news story)")
