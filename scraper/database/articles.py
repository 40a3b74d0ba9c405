"""Where articles are stored, each under an address that no other one has."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from sqlite_utils import Database

from scraper.articles import plain_words
from scraper.database.article_queue import note_attempt
from scraper.database.article_rows import columns
from scraper.database.store import stamp, writing
from scraper.items import Article, ArticleReading, FeedEntry
from scraper.looks import ArticleCheck

ALIKE = 0.8
"""Of the words of the shorter of two headlines; all that are about inspections of one council share half of them."""


def store_article(db: Database, check: ArticleCheck, now: datetime) -> int:
    """Store one attempt at an article in one transaction; 1 if it is an article we did not have."""
    with writing(db):
        note_attempt(db, check)
        if check.article is None or check.reading is None:
            return 0
        return _insert(db, check, check.article, check.reading, now)


def _insert(db: Database, check: ArticleCheck, article: Article, reading: ArticleReading, now: datetime) -> int:
    """The same article in two feeds of one outlet is one article; it stays with the feed it was first seen in.

    What one of them lists as new is new, though the other's first look had it. An article whose entry could not be stored is
    left for the next look, which knows whether it is new.
    """
    entry = db.conn.execute(
        "SELECT baseline FROM feed_entries WHERE source = ? AND entry = ?", [check.source, check.entry.key]
    ).fetchone()
    if entry is None:
        return 0
    url, there = _address(db, check.entry, article)
    if there:
        if not entry[0]:
            db.conn.execute("UPDATE articles SET baseline = 0 WHERE url = ? AND source <> ?", [url, check.source])
        return 0
    row = columns(article, reading) | {
        "url": url,
        "source": check.source,
        "first_seen": stamp(now),
        "baseline": entry[0],
    }
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    db.conn.execute(f"INSERT INTO articles ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608
    return 1


def _address(db: Database, entry: FeedEntry, article: Article) -> tuple[str, bool]:
    """The address of an article, and whether it is stored there already. One that another article has is not its own."""
    for url in _addresses(entry, article):
        stored = db.conn.execute("SELECT headline FROM articles WHERE url = ?", [url]).fetchone()
        if stored is None:
            return url, False
        if _is_same(stored[0], article.headline):
            return url, True
    return url, True


def _addresses(entry: FeedEntry, article: Article) -> Iterator[str]:
    """What the page calls its address, where the feed leads, and the place there that has the headline, as browsers find it."""
    yield article.url
    yield entry.url
    text = quote(" ".join(entry.headline.split()), safe="").replace("-", "%2D")
    yield f"{entry.url}{'' if '#' in entry.url else '#'}:~:text={text}"


def _is_same(stored: str, headline: str) -> bool:
    """Whether an article is the one stored at its address, perhaps edited since. Texts do not tell: a site's own may be all they have."""
    ours, theirs = set(plain_words(headline)), set(plain_words(stored))
    return len(ours & theirs) >= ALIKE * min(len(ours), len(theirs))
