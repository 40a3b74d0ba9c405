"""What the daemon itself looks up in the database: as little as says whether a child is to be started."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from scraper.clock import stamp
from scraper.faults import BUSY_SECONDS, DATABASE_FILE

DUE = (
    "SELECT EXISTS (SELECT 1 FROM deliveries WHERE state IN ('pending', 'sending') AND due <= ?)"
    " OR EXISTS (SELECT 1 FROM alerts WHERE addressed IS NULL)"
)


def answers(data: Path) -> None:
    """Have the database answer something. Raises `sqlite3.Error` where it cannot."""
    _first(data, "SELECT id FROM identity")


def mail_is_due(data: Path, now: datetime) -> bool:
    """Whether there may be anything to hand over. A database that cannot be asked may have: whoever opens it then tells why."""
    try:
        return bool(_first(data, DUE, stamp(now)))
    except sqlite3.Error:
        return True


def _first(data: Path, sql: str, *values: str) -> object:
    address = f"file:{quote(str(data / DATABASE_FILE))}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as conn:
        row = conn.execute(sql, values).fetchone()
    return row[0] if row else None
