"""Warnings as rows: what went wrong, where, since when, how often, and whether it is over. They are a work list, not log noise.

An issue with a `key` is told to the operators, once when it is opened and once when it is healed. The key says what is wrong with what, and stays
the same while the words of the message change.
"""

from datetime import datetime

from sqlite_utils import Database

from scraper.database import note_issues, stamp, writing


def note_issue(db: Database, source: str, level: str, message: str, now: datetime, *, key: str | None = None) -> None:
    """Record an issue, or count it once more where it is known. Inside a transaction it becomes part of that."""
    if not db.conn.in_transaction:
        with writing(db):
            note_issue(db, source, level, message, now, key=key)
        return
    if key:
        db.conn.execute(
            "UPDATE OR IGNORE issues SET source = ?, level = ?, message = ? WHERE key = ?",
            (source, level, message, key),
        )
        db.conn.execute(
            "UPDATE issues SET key = NULL WHERE key = ? AND (source, level, message) <> (?, ?, ?)",
            (key, source, level, message),
        )
    note_issues(db, source, [(level, message)], now)
    if key:
        db.conn.execute(
            "UPDATE issues SET key = ? WHERE (source, level, message) = (?, ?, ?)", (key, source, level, message)
        )


def heal_issue(db: Database, key: str, now: datetime) -> None:
    """Mark an issue as over, if it is open."""
    if db.execute("SELECT 1 FROM issues WHERE key = ? AND healed IS NULL", [key]).fetchone():
        with writing(db):
            db.conn.execute("UPDATE issues SET healed = ? WHERE key = ? AND healed IS NULL", (stamp(now), key))
