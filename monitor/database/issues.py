"""Warnings as rows: what went wrong, where, since when and how often. They are a work list, not log noise."""

from datetime import datetime

from sqlite_utils import Database

from scraper.database import stamp, writing


def note_issue(db: Database, source: str, level: str, message: str, now: datetime) -> None:
    """Record an issue, or count it once more where it is known."""
    with writing(db):
        db.conn.execute(
            "INSERT INTO issues (source, level, message, first_seen, last_seen) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (source, level, message) DO UPDATE SET last_seen = excluded.last_seen, count = count + 1",
            (source, level, message, stamp(now), stamp(now)),
        )
