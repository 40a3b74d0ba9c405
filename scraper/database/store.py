"""How a write transaction is held, and what a crawl writes of itself."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlite_utils import Database

from scraper.clock import stamp
from scraper.items import Verdict


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """A transaction that takes the write lock at once: read-then-write cannot fail half way on another process's write."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()


def note_page(
    db: Database,
    crawl_id: int,
    url: str,
    urn: str | None,
    verdict: Verdict,
    message: str,
    listed: str | None,
    now: datetime,
) -> None:
    """Record how one page of a crawl ended; inside the caller's transaction."""
    db.conn.execute(
        "INSERT OR REPLACE INTO page_checks (crawl_id, url, urn, verdict, message, listed, checked)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [crawl_id, url, urn, verdict, message or None, listed, stamp(now)],
    )


def note_issues(db: Database, source: str, issues: Iterable[tuple[str, str]], now: datetime) -> None:
    """Count (level, message) pairs up in the issues of a source; inside the caller's transaction."""
    for level, message in issues:
        db.conn.execute(
            "INSERT INTO issues (source, level, message, first_seen, last_seen, opened) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (source, level, message) DO UPDATE SET count = count + 1, last_seen = excluded.last_seen,"
            " opened = CASE WHEN healed IS NULL THEN opened ELSE excluded.opened END, healed = NULL",
            [source, level, message, *[stamp(now)] * 3],
        )


def heal_issues(db: Database, source: str, crawl_id: int, now: datetime) -> None:
    """A good crawl of all that a source has: what it did not say again is over; inside the caller's transaction."""
    db.conn.execute(
        "UPDATE issues SET healed = ? WHERE source = ? AND healed IS NULL AND key IS NULL"
        " AND last_seen < (SELECT started FROM crawls WHERE id = ? AND scope = 'all')",
        [stamp(now), source, crawl_id],
    )


def finish_crawl(
    db: Database,
    crawl_id: int,
    verdict: Verdict,
    message: str,
    figures: tuple[int, int, int],
    now: datetime,
    *,
    stopped: bool = False,
) -> None:
    """Write how a crawl ended, with its figures (requests, bytes, found); inside the caller's transaction.

    `stopped`: it ended because it was asked to, which is no fault of anybody's.
    Raises `LookupError` if the crawl has no row: whoever starts a crawl writes it first.
    """
    done = db.conn.execute(
        "UPDATE crawls SET finished = ?, verdict = ?, message = ?, requests = ?, bytes = ?, found = ?, stopped = ?"
        " WHERE id = ?",
        [stamp(now), verdict, message, *figures, stopped, crawl_id],
    )
    if done.rowcount != 1:
        raise LookupError(f"crawl {crawl_id} has no row in the crawls table")
