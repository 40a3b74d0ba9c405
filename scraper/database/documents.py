"""Documents that pages of stories link: each is fetched once, and read once. Those that are reports of Ofsted's are kept as such by the monitor."""

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database.store import writing

ATTEMPTS = 3
"""Crawls that try to fetch one."""


def documents_to_fetch(db: Database, urls: Iterable[str]) -> list[str]:
    """Those of these addresses of which nothing is known, or that could not be fetched yet."""
    known = {
        str(url)
        for (url,) in db.conn.execute("SELECT url FROM documents WHERE state <> 'failed' OR attempts >= ?", [ATTEMPTS])
    }
    return [url for url in urls if url not in known]


def store_document(
    db: Database, source: str, url: str, sha256: str | None, problem: str | None, now: datetime, *, baseline: bool
) -> int:
    """Store one attempt at a document; 1 where it came. `baseline`: it was there when the source was looked at first, and is no news."""
    with writing(db):
        db.conn.execute(
            "INSERT INTO documents (url, source, first_seen, state, sha256, problem, attempts, baseline) VALUES (?, ?, ?, ?, ?, ?, 1, ?)"
            " ON CONFLICT (url) DO UPDATE SET state = excluded.state, sha256 = excluded.sha256, problem = excluded.problem,"
            " attempts = attempts + 1",
            [url, source, stamp(now), "unread" if sha256 else "failed", sha256, problem, baseline],
        )
    return int(sha256 is not None)
