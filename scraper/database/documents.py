"""Documents that pages of stories link: each is fetched once, and read once. Those that are reports of Ofsted's are kept as such by the monitor."""

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database.store import writing

ATTEMPTS = 3
"""Crawls that try to fetch one."""


def note_documents(db: Database, source: str, urls: Iterable[str], now: datetime, *, baseline: bool) -> None:
    """Enter those of these addresses of which nothing is known. `baseline`: the source is looked at for the first time, and they are no news."""
    with writing(db):
        db.conn.executemany(
            "INSERT INTO documents (url, source, first_seen, state, baseline) VALUES (?, ?, ?, 'failed', ?) ON CONFLICT (url) DO NOTHING",
            [(url, source, stamp(now), baseline) for url in urls],
        )


def documents_to_fetch(db: Database, source: str) -> list[str]:
    """The addresses of a source's documents that have not come yet, whether their page is asked for again or not."""
    rows = db.conn.execute(
        "SELECT url FROM documents WHERE source = ? AND state = 'failed' AND attempts < ? ORDER BY attempts, first_seen, url",
        [source, ATTEMPTS],
    )
    return [str(url) for (url,) in rows]


def store_document(db: Database, url: str, sha256: str | None, problem: str | None) -> None:
    """Store one attempt at a document: the hash of its file, or why it did not come."""
    with writing(db):
        db.conn.execute(
            "UPDATE documents SET state = ?, sha256 = ?, problem = ?, attempts = attempts + 1 WHERE url = ?",
            ["unread" if sha256 else "failed", sha256, problem, url],
        )
