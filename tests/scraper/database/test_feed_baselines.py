"""What a look at a feed tells of and what it takes for old: by source, once, and by the time that a story bears."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlite_utils import Database

from scraper.database import source_subject, store_article, store_feed
from scraper.database.baselines import baseline_since
from scraper.database.store import stamp, writing
from scraper.items import Article, ArticleReading, FeedEntry, Verdict, VisitClues
from scraper.looks import ArticleCheck, FeedCheck
from tests.scraper.database.conftest import NOW

DAY = timedelta(days=1)
URL = "https://news.example/rss"


def look(
    db: Database, now: datetime, *slugs: str, source: str = "Gazette", url: str = URL, published: datetime | None = NOW
) -> None:
    """A good look at a feed that lists these stories; without any it is empty."""
    with writing(db):
        row = db.conn.execute("INSERT INTO crawls (source, started) VALUES (?, ?)", [source, stamp(now)])
    entries = tuple(FeedEntry(f"https://news.example/{slug}", slug, "", published) for slug in slugs)
    verdict = Verdict.OK if slugs else Verdict.EMPTY
    store_feed(db, int(row.lastrowid or 0), FeedCheck(source, url, verdict, entries=entries, new=entries), now)


def news(db: Database, source: str = "Gazette") -> list[str]:
    """The headlines of a source that are not of its baseline."""
    sql = "SELECT headline FROM feed_entries WHERE source = ? AND baseline = 0 ORDER BY headline"
    return [headline for (headline,) in db.conn.execute(sql, [source])]


def read(db: Database, slug: str, source: str) -> int:
    url = f"https://news.example/{slug}"
    article = Article(url, slug, "text", "Gazette", NOW)
    reading = ArticleReading("report", None, None, None, 9.0, (), VisitClues(), "", frozenset())
    return store_article(db, ArticleCheck(source, url, article, reading), NOW)


def test_the_first_story_of_a_feed_that_was_empty_is_news(db: Database) -> None:
    look(db, NOW - DAY)
    look(db, NOW, "first")
    assert news(db) == ["first"]


@pytest.mark.parametrize("published", [NOW, None])
def test_a_feed_that_moved_goes_on_where_it_was(db: Database, published: datetime | None) -> None:
    look(db, NOW - DAY, "old", published=published)
    look(db, NOW, "old", "new", url="https://news.example/feed.xml", published=published)
    assert news(db) == ["new"]


def test_a_feed_that_was_renamed_goes_on_where_it_was(db: Database) -> None:
    look(db, NOW - DAY, "old", published=None)
    look(db, NOW, "old", "new", source="The Gazette", published=None)
    assert news(db, "The Gazette") == ["new"]
    assert baseline_since(db, source_subject("The Gazette")) == stamp(NOW - DAY)


@pytest.mark.parametrize(("age", "told"), [(DAY, ["story"]), (3 * DAY, []), (4000 * DAY, [])])
def test_a_story_of_before_the_watch_that_comes_into_the_feed_is_old(
    db: Database, age: timedelta, told: list[str]
) -> None:
    look(db, NOW, "first")
    look(db, NOW + DAY, "story", published=NOW - age)
    assert news(db) == told


def test_a_story_of_months_ago_is_old_however_long_its_source_is_watched(db: Database) -> None:
    look(db, NOW - 900 * DAY, "first", published=NOW - 900 * DAY)
    look(db, NOW, "today")
    look(db, NOW + DAY, "story", published=NOW - 61 * DAY)
    look(db, NOW + DAY, "other", published=NOW - 50 * DAY)
    assert news(db) == ["other", "today"]


def test_without_any_time_what_is_not_of_the_first_look_is_news(db: Database) -> None:
    look(db, NOW, "first", published=None)
    look(db, NOW + DAY, "story", published=NOW - 4000 * DAY)
    assert news(db) == ["story"]


@pytest.mark.parametrize("order", [("Gazette", "Gazette council"), ("Gazette council", "Gazette")])
def test_a_second_feed_of_a_paper_does_not_swallow_the_story_that_the_first_one_has_as_news(
    db: Database, order: tuple[str, str]
) -> None:
    look(db, NOW - DAY, "old")
    look(db, NOW, "story", source="Gazette council", url=f"{URL}/council")
    look(db, NOW, "story")
    assert [read(db, "story", source) for source in order] == [1, 0]
    assert db.conn.execute("SELECT baseline FROM articles").fetchall() == [(0,)]


def test_an_article_whose_entry_could_not_be_stored_waits_for_the_next_look(db: Database) -> None:
    assert read(db, "story", "Gazette") == 0
    assert db.conn.execute("SELECT count(*) FROM articles").fetchone() == (0,)
    look(db, NOW, "story")
    assert read(db, "story", "Gazette") == 1
    assert db.conn.execute("SELECT baseline FROM articles").fetchone() == (1,)


def test_a_look_that_failed_begins_no_baseline(db: Database) -> None:
    broken = FeedCheck("Gazette", URL, Verdict.BROKEN, "not a feed")
    with writing(db):
        row = db.conn.execute("INSERT INTO crawls (source, started) VALUES ('Gazette', ?)", [stamp(NOW)])
    store_feed(db, int(row.lastrowid or 0), replace(broken), NOW)
    assert baseline_since(db, source_subject("Gazette")) is None
