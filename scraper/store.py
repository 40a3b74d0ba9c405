"""The one SQLite file: how it is opened, how a write transaction is held, and what a crawl writes into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from scraper.schema import migrations

FILE = "ofsted-watch.db"
BUSY_SECONDS = 30


def connect(data: Path) -> Database:
    """Open `<data>/ofsted-watch.db`, made if it is not there, with the scraper's tables up to date."""
    data.mkdir(parents=True, exist_ok=True)
    db = Database(str(data / FILE))
    db.conn.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    db.conn.execute("PRAGMA journal_mode = WAL")
    db.conn.execute("PRAGMA foreign_keys = ON")
    if migrations.pending(db):
        migrations.apply(db)
    return db


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
