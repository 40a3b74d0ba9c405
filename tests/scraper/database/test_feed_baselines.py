"""What a look at a feed tells of and what it takes for old: by source, once, and by the time that a story bears."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database import store_article, store_feed, take_over_renamed
from scraper.database.baselines import baseline_since, source_subject
from scraper.database.store import writing
from scraper.items import Article, ArticleReading, FeedEntry, Verdict, VisitClues
from scraper.looks import ArticleLook, FeedLook
from tests.scraper.database.conftest import NOW

DAY = timedelta(days=1)
URL = "https://news.example/rss"


def look(
    db: Database, now: datetime, *slugs: str, source: str = "Gazette", url: str = URL, published: datetime | None = NOW
) -> None:
    """A good look at a feed that lists these stories; without any it is empty."""
    take_over_renamed(db, source, url, now)
    with writing(db):
        row = db.conn.execute("INSERT INTO crawls (source, started) VALUES (?, ?)", [source, stamp(now)])
    entries = tuple(FeedEntry(f"https://news.example/{slug}", slug, "", published) for slug in slugs)
    verdict = Verdict.OK if slugs else Verdict.EMPTY
    store_feed(db, int(row.lastrowid or 0), FeedLook(source, url, verdict, there={}, new=entries), now)


def news(db: Database, source: str = "Gazette") -> list[str]:
    """The headlines of a source that are not of its baseline."""
    sql = "SELECT headline FROM feed_entries WHERE source = ? AND baseline = 0 ORDER BY headline"
    return [headline for (headline,) in db.conn.execute(sql, [source])]


def read(db: Database, slug: str, source: str, published: datetime = NOW, fed: datetime | None = NOW) -> int:
    url = f"https://news.example/{slug}"
    article = Article(url, slug, "text", "Gazette", published)
    reading = ArticleReading("report", None, None, None, 9.0, (), VisitClues(), "", frozenset())
    return store_article(db, 1, ArticleLook(source, FeedEntry(url, slug, "", fed), article, reading), NOW)


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


@pytest.mark.parametrize("first", [(), ("undated",)])
def test_of_a_feed_that_had_no_times_at_first_what_is_of_years_ago_is_old(db: Database, first: tuple[str, ...]) -> None:
    look(db, NOW, *first, published=None)
    look(db, NOW + DAY, "old", published=NOW - 3000 * DAY)
    look(db, NOW + 2 * DAY, "new", published=NOW - 30 * DAY)
    assert news(db) == ["new"]


def test_of_a_feed_that_was_empty_the_last_two_months_are_news_by_its_newest_story(db: Database) -> None:
    look(db, NOW)
    entries = tuple(FeedEntry(f"https://news.example/{age}", str(age), "", NOW - age * DAY) for age in (200, 261, 300))
    with writing(db):
        row = db.conn.execute("INSERT INTO crawls (source, started) VALUES ('Gazette', ?)", [stamp(NOW + DAY)])
    check = FeedLook("Gazette", URL, Verdict.OK, there={}, new=entries)
    store_feed(db, int(row.lastrowid or 0), check, NOW + DAY)
    assert news(db) == ["200"]


def test_an_entry_of_before_with_a_time_to_come_does_not_make_what_is_new_old(db: Database) -> None:
    look(db, NOW - DAY, "odd", published=NOW + 3000 * DAY)
    look(db, NOW, "new")
    assert news(db) == ["new"]


def test_a_source_added_long_after_another_one_left_its_address_begins_with_a_silent_look(db: Database) -> None:
    look(db, NOW - 400 * DAY, "ancient")
    look(db, NOW, "story", source="Herald")
    assert news(db, "Herald") == []


def test_a_source_added_at_the_address_from_which_another_one_moved_begins_with_a_silent_look(db: Database) -> None:
    look(db, NOW - 3 * DAY, "old")
    look(db, NOW - 2 * DAY, "old", "other", url="https://news.example/feed.xml")
    look(db, NOW, "story", source="Herald")
    assert news(db, "Herald") == []
    assert db.conn.execute("SELECT url FROM feed_entries WHERE source = 'Herald'").fetchall() == [
        ("https://news.example/story",)
    ]


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
    broken = FeedLook("Gazette", URL, Verdict.BROKEN, "not a feed")
    with writing(db):
        row = db.conn.execute("INSERT INTO crawls (source, started) VALUES ('Gazette', ?)", [stamp(NOW)])
    store_feed(db, int(row.lastrowid or 0), broken, NOW)
    assert baseline_since(db, source_subject("Gazette")) is None


@pytest.mark.parametrize(("age", "baseline"), [(1, 0), (59, 0), (70, 1), (4000, 1)])
def test_a_story_that_only_its_page_dates_is_old_by_that(db: Database, age: int, baseline: int) -> None:
    look(db, NOW - 5 * DAY, "first", published=NOW - 5 * DAY)
    look(db, NOW, "today", published=NOW)
    look(db, NOW, "undated", published=None)
    read(db, "undated", "Gazette", NOW - age * DAY, fed=None)
    assert db.conn.execute("SELECT baseline FROM articles").fetchall() == [(baseline,)]


def test_a_page_of_years_ago_that_its_feed_lists_as_written_anew_is_news(db: Database) -> None:
    look(db, NOW - 5 * DAY, "first", published=NOW - 5 * DAY)
    look(db, NOW, "inspections", published=NOW)
    read(db, "inspections", "Gazette", NOW - 3000 * DAY)
    assert db.conn.execute("SELECT baseline FROM articles").fetchall() == [(0,)]


def test_of_a_feed_without_times_a_page_of_years_ago_is_old(db: Database) -> None:
    look(db, NOW - DAY, "first", published=None)
    look(db, NOW, "old", "new", published=None)
    read(db, "new", "Gazette", NOW - 30 * DAY, fed=None)
    read(db, "old", "Gazette", NOW - 3000 * DAY, fed=None)
    assert db.conn.execute("SELECT baseline FROM articles ORDER BY url").fetchall() == [(0,), (1,)]


def test_a_time_that_cannot_be_and_was_stored_before_keeps_no_feed_from_being_read(db: Database) -> None:
    look(db, NOW - DAY, "first", published=datetime(1, 1, 1, tzinfo=UTC))
    look(db, NOW, "new")
    assert news(db) == ["new"]
