"""When a source was looked at."""

from datetime import datetime

from sqlite_utils import Database

from monitor.database.store import value


def last_good(db: Database, source: str) -> datetime | None:
    """When the last good crawl or sweep of a source ended: the one that was begun last, whatever the clock said."""
    sql = "SELECT coalesce(finished, started) FROM crawls WHERE source = ? AND scope IN ('all', 'sweep') AND verdict IN ('ok', 'empty') ORDER BY id DESC LIMIT 1"
    found = value(db, sql, [source])
    return datetime.fromisoformat(found) if found else None


def first_seen(db: Database, source: str) -> datetime | None:
    """When the first crawl of a source was begun."""
    found = value(db, "SELECT started FROM crawls WHERE source = ? ORDER BY id LIMIT 1", [source])
    return datetime.fromisoformat(found) if found else None
