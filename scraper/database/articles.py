"""Where articles are stored, each under an address that no other one has."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database.answers import note_answer
from scraper.database.article_queue import note_attempt
from scraper.database.article_rows import columns
from scraper.database.feeds import TOO_OLD, is_of_before, of_first_look
from scraper.database.store import writing
from scraper.items import Article, ArticleReading, FeedEntry
from scraper.looks import ArticleLook
from scraper.text import alike, containment, unpack_shingles

LONG, MOST, LITTLE = 100, 0.8, 0.2
"""Runs of three words in a text that is a story's and not its site's; the share of them that an edited page keeps, and that two stories may share."""
FIRST_WORDS = 8

TOLD_AS_NEW = (
    "UPDATE articles SET baseline = 0 WHERE url = ? AND source <> ?"
    " AND julianday(first_seen) >= (SELECT julianday(first_seen) - 7 FROM feed_entries WHERE source = ? AND entry = ?)"
)


def store_article(db: Database, crawl_id: int, look: ArticleLook, now: datetime) -> int:
    """Store one attempt at an article in one transaction; 1 if it is an article we did not have."""
    with writing(db):
        note_attempt(db, look)
        note_answer(db, crawl_id, look.answer, None, look.verdict, look.problem or "", now)
        if look.article is None or look.reading is None:
            return 0
        return _insert(db, look, look.article, look.reading, now)


def _insert(db: Database, look: ArticleLook, article: Article, reading: ArticleReading, now: datetime) -> int:
    """The same article in two feeds of one outlet is one article; it stays with the feed it was first seen in.

    What one of them lists as new within a week is new, though the other's first look had it; not what the one had at its own first
    look, whose words have changed. An article whose entry could not be stored is left for the next look, which knows whether it is new.
    """
    stored = of_first_look(db, look.source, look.entry.key)
    if stored is None:
        return 0
    first, in_place = stored
    undated = look.entry.published is None  # else the feed's word counts: a page of years ago may be written anew
    old = first and not (in_place and undated)
    old = old or (undated and is_of_before(db, look.source, article.published, now, in_place=in_place))
    url, there = _address(db, look.entry, article, reading, now)
    if there:
        if not (old or first):
            db.conn.execute(TOLD_AS_NEW, [url, look.source, look.source, look.entry.key])
        return 0
    row = columns(article, reading) | {
        "url": url,
        "source": look.source,
        "first_seen": stamp(now),
        "baseline": old,
    }
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    db.conn.execute(f"INSERT INTO articles ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608
    return 1


def _address(
    db: Database, entry: FeedEntry, article: Article, reading: ArticleReading, now: datetime
) -> tuple[str, bool]:
    """The address of an article, and whether it is stored there already. One that another article has is not its own."""
    for url in _addresses(entry, article, reading):
        stored = db.conn.execute(
            "SELECT headline, shingles, coalesce(published, first_seen) FROM articles WHERE url = ?", [url]
        ).fetchone()
        if stored is None:
            return url, False
        headline, packed, when = stored
        if alike(headline, article.headline):
            if not _is_later_one(packed, reading.shingles, (article.published or now) - datetime.fromisoformat(when)):
                return url, True
        elif url == entry.url and _is_one_page(packed, reading.shingles):
            return url, True
    return url, True


def _addresses(entry: FeedEntry, article: Article, reading: ArticleReading) -> Iterator[str]:
    """What the page calls its address, where the feed leads, and the place there that has the headline, or the first words, as browsers find it."""
    yield article.url
    yield entry.url
    for words in (entry.headline.split(), reading.snippet.split()[:FIRST_WORDS]):
        text = quote(" ".join(words), safe="").replace("-", "%2D")
        yield f"{entry.url}{'' if '#' in entry.url else '#'}:~:text={text}"


def _is_later_one(packed: bytes | None, shingles: frozenset[int], after: timedelta) -> bool:
    """Whether it is another story under a headline used before: long after it, with a text of its own."""
    before = unpack_shingles(packed)
    return after >= TOO_OLD and min(len(before), len(shingles)) >= LONG and containment(before, shingles) < LITTLE


def _is_one_page(packed: bytes | None, shingles: frozenset[int]) -> bool:
    """Whether a page still has the text it had: then it is the same story under a new headline. A short one may be the site's own."""
    before = unpack_shingles(packed)
    return len(before) >= LONG and len(before & shingles) >= MOST * len(before | shingles)
