"""Documents that pages of stories link: each is fetched once, and read once. Those that are reports of Ofsted's are kept as such by the monitor."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database.store import writing

ATTEMPTS, AGAIN = 3, timedelta(days=1)
"""How often one is asked for, and how long lies between two: a server that is down is so for hours."""


def note_documents(db: Database, source: str, urls: Iterable[str], now: datetime, *, baseline: bool) -> None:
    """Enter those of these addresses of which nothing is known. `baseline`: the source is looked at for the first time, and they are no news."""
    with writing(db):
        db.conn.executemany(
            "INSERT INTO documents (url, source, first_seen, state, baseline) VALUES (?, ?, ?, 'failed', ?) ON CONFLICT (url) DO NOTHING",
            [(url, source, stamp(now), baseline) for url in urls],
        )


def documents_to_fetch(db: Database, source: str, now: datetime) -> list[str]:
    """The addresses of a source's documents that have not come yet and are due, whether their page is asked for again or not."""
    rows = db.conn.execute(
        "SELECT url FROM documents WHERE source = ? AND state = 'failed' AND attempts < ?"
        " AND NOT coalesce(last_reading BETWEEN ? AND ?, 0) ORDER BY attempts, first_seen, url",
        [source, ATTEMPTS, stamp(now - AGAIN), stamp(now)],
    )
    return [str(url) for (url,) in rows]


def store_document(db: Database, url: str, sha256: str | None, problem: str | None, now: datetime) -> None:
    """Store one attempt at a document: the hash of its file, or why it did not come.

    Until it has come, `last_reading` is when it was last asked for.
    """
    tried = ("unread", None) if sha256 else ("failed", stamp(now))
    with writing(db):
        db.conn.execute(
            "UPDATE documents SET state = ?, last_reading = ?, sha256 = ?, problem = ?, attempts = attempts + 1 WHERE url = ?",
            [*tried, sha256, problem, url],
        )


def documents_given_up(db: Database) -> list[tuple[str, str, str, bool]]:
    """Address, source, problem and whether it is baseline, of each that is asked for no more and that nobody has been told of."""
    rows = db.conn.execute(
        "SELECT url, source, coalesce(problem, 'it did not come'), baseline FROM documents"
        " WHERE state = 'failed' AND attempts >= ? ORDER BY first_seen, url",
        [ATTEMPTS],
    )
    return [(url, source, problem, bool(baseline)) for url, source, problem, baseline in rows]
