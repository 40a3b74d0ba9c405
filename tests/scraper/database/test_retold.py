"""What a source had at its first look is no news when the words of its link change, nor in another source of its site."""

from datetime import datetime, timedelta

import pytest
from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database import due_articles, recognise_links, store_article, store_feed, take_over_renamed
from scraper.database.documents import documents_to_fetch, note_documents
from scraper.database.store import writing
from scraper.items import Article, ArticleReading, FeedEntry, Verdict, VisitClues
from scraper.looks import ArticleLook, FeedLook
from tests.scraper.database.conftest import NOW

DAY = timedelta(days=1)
SITE = "https://council.example"
STORY = f"{SITE}/news/report"
PLAIN, BEFORE, AFTER = "Read the full statement", "Read what Ofsted says", "Council answers Ofsted's inspectors"


def look(
    db: Database, days: int, headline: str, source: str = "Newsroom", page: str = "/news", own: datetime | None = None
) -> None:
    """A look at a page that lists one story without a time, which is fetched and read where its link speaks of Ofsted; its page gives `own`."""
    now = NOW + days * DAY
    take_over_renamed(db, source, SITE + page, now)
    with writing(db):
        row = db.conn.execute("INSERT INTO crawls (source, started) VALUES (?, ?)", [source, stamp(now)]).lastrowid
    entry = FeedEntry(STORY, headline, "", None)
    found = recognise_links(db, source, [entry], now)
    relevant = frozenset({entry.key} if "Ofsted" in headline else ())
    check = FeedLook(source, SITE + page, Verdict.OK, there=found.there, new=found.new, renamed=found.renamed,
                     replaced=found.replaced, relevant=relevant, is_page=True)  # fmt: skip
    store_feed(db, int(row or 0), check, now)
    reading = ArticleReading("report", None, None, None, 9.0, (), VisitClues(), "", frozenset(range(200)))
    for due in due_articles(db, source):
        article = Article(STORY, due.entry.headline, "text", "Council", own)
        store_article(db, int(row or 0), ArticleLook(source, due.entry, article, reading), now)


def stored(db: Database) -> list[tuple[str, int]]:
    return list(db.conn.execute("SELECT source, baseline FROM articles"))


def test_what_a_renamed_source_had_is_not_told_when_its_words_change(db: Database) -> None:
    look(db, 0, BEFORE, "Old name")
    look(db, 1, BEFORE, "New name")
    look(db, 9, AFTER, "New name")
    assert stored(db) == [("New name", 1)]


def test_the_documents_of_a_renamed_source_are_fetched_under_its_name(db: Database) -> None:
    look(db, 0, BEFORE, "Old name")
    note_documents(db, "Old name", [f"{SITE}/letter.pdf"], NOW, baseline=True)
    look(db, 1, BEFORE, "New name")
    assert documents_to_fetch(db, "New name", NOW) == [f"{SITE}/letter.pdf"]


def test_what_two_sources_of_a_site_had_is_not_told_when_its_words_change_in_one(db: Database) -> None:
    look(db, 0, BEFORE, "Newsroom")
    look(db, 3, BEFORE, "Improvement", "/improvement")
    look(db, 10, AFTER, "Improvement", "/improvement")
    assert stored(db) == [("Newsroom", 1)]


@pytest.mark.parametrize(("days", "baseline"), [(6, 0), (8, 1)])
def test_what_another_source_of_a_site_lists_within_a_week_is_news(db: Database, days: int, baseline: int) -> None:
    look(db, -1, PLAIN, "Improvement", "/improvement")
    db.conn.execute("UPDATE feed_entries SET entry = 'other', url = 'other'")
    db.conn.commit()
    look(db, 0, BEFORE, "Newsroom")
    look(db, days, BEFORE, "Improvement", "/improvement")
    assert stored(db) == [("Newsroom", baseline)]


@pytest.mark.parametrize(
    ("days", "own", "baseline"),
    [(2, None, 1), (2, NOW - 300 * DAY, 1), (9, NOW - 300 * DAY, 1), (9, NOW + 8 * DAY, 0), (9, None, 0)],
)
def test_a_link_of_the_first_look_whose_words_change_is_news_only_as_another_story(
    db: Database, days: int, own: datetime | None, baseline: int
) -> None:
    """Within a week it is the same one; later its page tells, by its time or else by its text."""
    look(db, 0, PLAIN)
    look(db, days, AFTER, own=own)
    assert stored(db) == [("Newsroom", baseline)]


@pytest.mark.parametrize(("own", "baseline"), [(NOW - 300 * DAY, 1), (NOW + 10 * DAY, 0)])
def test_a_link_whose_words_change_twice_is_what_its_page_tells(db: Database, own: datetime, baseline: int) -> None:
    look(db, 0, PLAIN)
    look(db, 9, "Another statement")
    look(db, 11, AFTER, own=own)
    assert stored(db) == [("Newsroom", baseline)]


def test_a_link_that_came_after_the_first_look_is_news_under_other_words_too(db: Database) -> None:
    look(db, 0, PLAIN)
    db.conn.execute("UPDATE feed_entries SET entry = 'other', url = 'other'")
    db.conn.commit()
    look(db, 1, "Another statement")
    look(db, 3, AFTER, own=NOW - 30 * DAY)
    assert stored(db) == [("Newsroom", 0)]
