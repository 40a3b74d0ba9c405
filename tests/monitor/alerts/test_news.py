"""What is told of news: each story once, with the report it is about."""

from datetime import timedelta

import pytest
from sqlite_utils import Database

from monitor.alerts.raising import raise_alerts
from monitor.database import rows, stamp
from tests.conftest import Clock
from tests.monitor import mail_rows as given


@pytest.fixture(autouse=True)
def _authorities(db: Database) -> None:
    given.authorities(db)


def told(db: Database) -> list[tuple[str, int | None]]:
    """The article and the report of each alert about news."""
    found = rows(db, "SELECT article_url, report_id FROM alerts WHERE kind = 'news' ORDER BY id")
    return [(row["article_url"], row["report_id"]) for row in found]


def test_a_story_in_two_outlets_is_told_once(db: Database, clock: Clock) -> None:
    given.article(db, "https://a.example.org/1", clock())
    given.article(db, "https://b.example.org/1", clock(), outlet="Marches Post")
    assert len(raise_alerts(db, clock())) == 1
    given.article(db, "https://c.example.org/1", clock(), outlet="Third")
    assert raise_alerts(db, clock()) == []


def test_a_story_whose_id_changes_is_not_told_again(db: Database, clock: Clock) -> None:
    given.article(db, "https://a.example.org/1", clock())
    assert len(raise_alerts(db, clock())) == 1
    given.change(db, "articles", "url", "https://a.example.org/1", story="s2")
    given.article(db, "https://b.example.org/1", clock(), story="s2")
    assert raise_alerts(db, clock()) == []


def test_baseline_and_other_articles_are_silent(db: Database, clock: Clock) -> None:
    given.article(db, "https://a.example.org/1", clock(), baseline=1)
    given.article(db, "https://a.example.org/2", clock(), story="s2", label="other")
    assert raise_alerts(db, clock()) == []


def test_an_article_joins_the_report_it_is_about(db: Database, clock: Clock) -> None:
    given.ready(db, 7, clock(), baseline=1)
    given.article(db, "https://a.example.org/1", clock(), report_id=7)
    raise_alerts(db, clock())
    assert told(db) == [("https://a.example.org/1", 7)]


def test_of_a_storys_articles_the_one_that_names_its_report_is_told_though_it_is_later(
    db: Database, clock: Clock
) -> None:
    given.ready(db, 7, clock(), baseline=1)
    given.article(db, "https://a.example.org/1", clock(), published=stamp(clock() - timedelta(hours=3)))
    given.article(db, "https://b.example.org/1", clock(), report_id=7, outlet="Marches Post")
    raise_alerts(db, clock())
    assert told(db) == [("https://b.example.org/1", 7)]


def test_an_article_that_is_not_grouped_yet_waits_for_its_story_though_not_for_ever(db: Database, clock: Clock) -> None:
    """A copy that is stored between grouping and telling may be another outlet's copy of a story that is told already."""
    given.article(db, "https://a.example.org/1", clock())
    assert len(raise_alerts(db, clock())) == 1
    given.article(db, "https://b.example.org/1", clock(), outlet="Marches Post", story=None)
    assert raise_alerts(db, clock()) == []
    clock.move(hours=13)
    assert len(raise_alerts(db, clock())) == 1
