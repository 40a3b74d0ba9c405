"""The queue of articles: new ones first, what was tried most last, nothing for ever, and the feed's words for as long as needed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlite_utils import Database

from scraper.database import (
    begin_article,
    due_articles,
    last_tried,
    store_article,
    store_feed,
    worn_out_articles,
)
from scraper.items import Article, ArticleReading, FeedEntry, Verdict, VisitClues
from scraper.looks import ArticleLook, FeedLook
from tests.scraper.database.conftest import NOW

READING = ArticleReading("report", None, None, None, 9.0, (), VisitClues(), "", frozenset())


def entry(slug: str, guid: str = "", url: str = "", headline: str = "") -> FeedEntry:
    address = url or f"https://news.example/{slug}"
    return FeedEntry(address, headline or f"Visit {slug}", f"{slug} in short", None, guid)


def look(db: Database, crawl_id: int, *entries: FeedEntry, hours: int = 0) -> None:
    """A look at a feed of these entries, all of them new and relevant."""
    relevant = frozenset(entry.key for entry in entries)
    look = FeedLook("Gazette", "https://news.example/rss", Verdict.OK, there={}, new=entries, relevant=relevant)
    store_feed(db, crawl_id + hours, look, NOW + timedelta(hours=hours))


@pytest.fixture
def queue(db: Database, crawl_id: int) -> Database:
    look(db, crawl_id, entry("a"), entry("b", guid="b-1"))
    return db


def due(db: Database) -> list[str]:
    return [one.entry.headline for one in due_articles(db, "Gazette")]


def article(one: FeedEntry, url: str = "", headline: str = "") -> ArticleLook:
    found = Article(url or one.url, headline or one.headline, "", "Gazette", NOW)
    return ArticleLook("Gazette", one, found, READING)


def addresses(db: Database) -> list[str]:
    return [url for (url,) in db.conn.execute("SELECT url FROM articles ORDER BY rowid")]


def test_a_new_article_comes_first_and_the_one_tried_most_last(queue: Database, crawl_id: int) -> None:
    begin_article(queue, "Gazette", "https://news.example/a")
    begin_article(queue, "Gazette", "https://news.example/a")
    begin_article(queue, "Gazette", "b-1")
    queue.conn.execute("INSERT INTO crawls (id, source, started) VALUES (?, 'Gazette', 'x')", [crawl_id + 1])
    queue.conn.commit()
    look(queue, crawl_id, entry("c"), hours=1)
    assert due(queue) == ["Visit c", "Visit b", "Visit a"]


def test_an_attempt_counts_from_its_beginning_and_three_are_all(queue: Database) -> None:
    for _ in range(3):
        assert "Visit b" in due(queue)
        begin_article(queue, "Gazette", "b-1")
    assert due(queue) == ["Visit a"]
    [worn_out] = worn_out_articles(queue, "Gazette")
    assert (worn_out.entry, worn_out.attempts) == (entry("b", guid="b-1"), 3)


def test_what_the_feed_says_is_kept_for_as_long_as_the_article_is_waited_for(queue: Database) -> None:
    failed = ArticleLook("Gazette", entry("a"), problem="HTTP 403", again=True)
    store_article(queue, 1, failed, NOW)
    assert [one.entry.summary for one in due_articles(queue, "Gazette")] == ["a in short", "b in short"]
    store_article(queue, 1, article(entry("a")), NOW)
    store_article(queue, 1, ArticleLook("Gazette", entry("b", "b-1"), problem="it could not be stored"), NOW)
    assert queue.conn.execute("SELECT summary, state, problem FROM feed_entries ORDER BY url").fetchall() == [
        (None, "fetched", None),
        (None, "failed", "it could not be stored"),
    ]
    assert due(queue) == []


def test_an_article_that_is_waited_for_is_asked_for_where_its_feed_has_it_now(queue: Database, crawl_id: int) -> None:
    now = {"b-1": entry("b", guid="b-1", url="https://news.example/b?token=2")}
    check = FeedLook("Gazette", "https://news.example/rss", Verdict.OK, there=now)
    queue.conn.execute("DELETE FROM page_checks")
    queue.conn.commit()
    store_feed(queue, crawl_id, check, NOW)
    assert [one.entry.url for one in due_articles(queue, "Gazette")] == [
        "https://news.example/a",
        "https://news.example/b?token=2",
    ]


def test_what_was_tried_last_is_told_with_what_came_of_it(queue: Database) -> None:
    begin_article(queue, "Gazette", "b-1")
    assert last_tried(queue, "Gazette", 3, NOW) == ["its reading was cut off"]


def test_what_is_no_story_is_done_with_and_tells_nothing_of_its_paper(queue: Database) -> None:
    begin_article(queue, "Gazette", "b-1")
    assert store_article(queue, 1, ArticleLook("Gazette", entry("b", "b-1"), instead="a liveblog"), NOW) == 0
    assert due(queue) == ["Visit a"] and last_tried(queue, "Gazette", 3, NOW) == []
    kept = "SELECT state, problem, summary FROM feed_entries WHERE entry = 'b-1'"
    assert queue.conn.execute(kept).fetchall() == [("no_story", "a liveblog", None)]
    begin_article(queue, "Gazette", "https://news.example/a")
    assert last_tried(queue, "Gazette", 1, NOW) == ["its reading was cut off"]


@pytest.mark.parametrize(("days", "told"), [(1, 2), (13, 2), (15, 0), (400, 0)])
def test_what_was_tried_long_ago_tells_nothing_of_its_paper(queue: Database, days: int, told: int) -> None:
    for due in due_articles(queue, "Gazette"):
        begin_article(queue, "Gazette", due.entry.key)
    assert len(last_tried(queue, "Gazette", 3, NOW + timedelta(days=days))) == told


def test_an_address_that_another_article_has_is_not_the_articles_own(queue: Database) -> None:
    section = "https://news.example/council-news-2026"
    assert store_article(queue, 1, article(entry("a"), section, "Council's children's services praised"), NOW) == 1
    assert store_article(queue, 1, article(entry("b", "b-1"), section, "Inspectors find failings in care"), NOW) == 1
    assert addresses(queue) == [section, "https://news.example/b"]


def test_the_same_article_edited_is_stored_once(queue: Database) -> None:
    url = "https://news.example/a"
    assert store_article(queue, 1, article(entry("a"), headline="Council's children's services praised"), NOW) == 1
    again = article(entry("b", "b-1", url=url), headline="UPDATED: Council's children's services praised")
    assert store_article(queue, 1, again, NOW) == 0
    assert addresses(queue) == [url]


@pytest.mark.parametrize(("length", "kept", "stored"), [(120, 110, 1), (120, 60, 2), (60, 60, 2)])
def test_a_page_that_keeps_its_text_is_the_same_story_under_another_headline(
    queue: Database, length: int, kept: int, stored: int
) -> None:
    before, after = frozenset(range(length)), frozenset(range(length - kept, 2 * length - kept))
    first, second = (
        article(entry("a")),
        article(entry("b", "b-1", url="https://news.example/a"), headline="Another one"),
    )
    store_article(queue, 1, replace(first, reading=replace(READING, shingles=before)), NOW)
    store_article(queue, 1, replace(second, reading=replace(READING, shingles=after)), NOW)
    assert len(addresses(queue)) == stored


def test_several_stories_of_one_page_have_each_its_place_on_it(queue: Database) -> None:
    url = "https://news.example/a"
    store_article(queue, 1, article(entry("a")), NOW)
    other = entry("b", "b-1", url=url, headline="Failings, and more - in care")
    assert store_article(queue, 1, article(other, headline="Failings, and more - in care"), NOW) == 1
    assert store_article(queue, 1, article(other, headline="Failings, and more - in care"), NOW) == 0
    assert addresses(queue) == [url, f"{url}#:~:text=Failings%2C%20and%20more%20%2D%20in%20care"]


def test_an_article_whose_entry_is_not_stored_is_left_for_the_next_look(queue: Database) -> None:
    assert store_article(queue, 1, article(entry("unknown")), NOW) == 0
    assert addresses(queue) == []
