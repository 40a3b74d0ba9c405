"""The one SQLite file: how it is opened, how a write transaction is held, and what a crawl writes into it."""

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from scraper.database.schema import migrations
from scraper.items import Verdict

DATABASE_FILE = "ofsted-watch.db"
BUSY_SECONDS = 30
KEEP_CHECKS = timedelta(days=90)


def connect(data: Path) -> Database:
    """Open `<data>/ofsted-watch.db`, made if it is not there, with the scraper's tables up to date."""
    data.mkdir(parents=True, exist_ok=True)
    db = Database(str(data / DATABASE_FILE))
    db.conn.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    if db.conn.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        with _alone(data):
            db.conn.execute("PRAGMA journal_mode = WAL")
    db.conn.execute("PRAGMA foreign_keys = ON")
    bring_up_to_date(db, data, migrations)
    return db


def bring_up_to_date(db: Database, data: Path, wanted: Migrations) -> None:
    """Apply the migrations that are still to come. Of several processes that start at once one does it, and the others wait."""
    if wanted.pending(db):
        with _alone(data):
            wanted.apply(db)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Hold `<data>/locks/database`: a migration begins by reading, and what it reads must still hold when it writes."""
    folder = data / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "database").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


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


def stamp(now: datetime) -> str:
    """A time as stored: UTC, ISO 8601, to the microsecond so that text order is time order."""
    return now.astimezone(UTC).isoformat(timespec="microseconds")


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
            "INSERT INTO issues (source, level, message, first_seen, last_seen) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (source, level, message) DO UPDATE SET count = count + 1, last_seen = excluded.last_seen",
            [source, level, message, stamp(now), stamp(now)],
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


def prune_checks(db: Database, now: datetime) -> None:
    """Forget page checks after three months, but never the last believed one of a page; inside the caller's transaction."""
    db.conn.execute(
        "DELETE FROM page_checks WHERE checked < ? AND rowid NOT IN"
        " (SELECT rowid FROM (SELECT rowid, max(crawl_id) FROM page_checks WHERE verdict IN ('ok', 'empty') GROUP BY url))",
        [stamp(now - KEEP_CHECKS)],
    )
