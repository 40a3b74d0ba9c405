"""The queue of articles: which entry's article is due, which attempts were begun, and what came of them.

An entry is `pending` until its article is `fetched`, or `failed` after so many attempts, or its page has been found to be `no_story`;
`irrelevant` ones are never fetched. An attempt counts from its beginning, so that an article that kills the crawl is not tried for ever.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database.article_rows import time_of
from scraper.database.store import writing
from scraper.items import FeedEntry
from scraper.looks import ArticleLook, Pending

ATTEMPTS = 3
TELLING = timedelta(days=14)
"""A paper that has had no story of ours for so long is not called broken for its last ones, which may just be gone."""

WAITING = (
    "SELECT entry, url, headline, summary, published, attempts FROM feed_entries WHERE source = ? AND state = 'pending'"
)


def due_articles(db: Database, source: str) -> list[Pending]:
    """Those to be fetched: the new ones first and the one that was tried most last, for it may be what ended a crawl."""
    return list(_pending(db, f"{WAITING} AND attempts < ? ORDER BY attempts, first_seen, published, rowid", source))


def worn_out_articles(db: Database, source: str) -> list[Pending]:
    """Those whose last attempt ended with its crawl: nobody could say what came of it."""
    return list(_pending(db, f"{WAITING} AND attempts >= ? ORDER BY first_seen, published, rowid", source))


def _pending(db: Database, sql: str, source: str) -> Iterator[Pending]:
    for key, url, headline, summary, published, attempts in db.conn.execute(sql, [source, ATTEMPTS]).fetchall():
        guid = key if key != url else ""
        yield Pending(FeedEntry(url, headline, summary or "", time_of(published), guid), attempts)


def begin_article(db: Database, source: str, key: str) -> None:
    """Count an attempt before it is made."""
    with writing(db):
        db.conn.execute("UPDATE feed_entries SET attempts = attempts + 1 WHERE source = ? AND entry = ?", [source, key])


def take_back_article(db: Database, source: str, key: str) -> None:
    """Count an attempt no more that ended before anything was asked for: the crawl had no time left for it."""
    with writing(db):
        db.conn.execute("UPDATE feed_entries SET attempts = attempts - 1 WHERE source = ? AND entry = ?", [source, key])


def note_attempt(db: Database, look: ArticleLook) -> None:
    """Within a transaction: what came of an attempt. The feed's summary is kept for as long as it may be needed."""
    state = "pending" if look.again else "failed" if look.problem else "no_story" if look.instead else "fetched"
    db.conn.execute(
        "UPDATE feed_entries SET state = ?, problem = ?, summary = CASE WHEN ? = 'pending' THEN summary END"
        " WHERE source = ? AND entry = ?",
        [state, look.problem or look.instead or None, state, look.source, look.entry.key],
    )


def last_tried(db: Database, source: str, count: int, now: datetime) -> list[str | None]:
    """What came of the articles tried last, newest first: why one was not read, None where it was. After a while it says nothing.

    At least `count` of them, if there are so many; more where others came with the oldest of them. What is no story says nothing either.
    """
    rows = db.conn.execute(
        "SELECT state, problem FROM feed_entries WHERE source = :source AND attempts > 0 AND state <> 'no_story' AND first_seen >= max(:since,"
        " (SELECT min(first_seen) FROM (SELECT first_seen FROM feed_entries WHERE source = :source AND attempts > 0"
        " AND state <> 'no_story' ORDER BY first_seen DESC LIMIT :count))) ORDER BY first_seen DESC, published DESC",
        {"source": source, "count": count, "since": stamp(now - TELLING)},
    ).fetchall()
    return [None if state == "fetched" else problem or "its reading was cut off" for state, problem in rows]
