"""Where feeds have moved for good, as their servers said: they are asked for there from then on, and people are told to write that down."""

from datetime import datetime

from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database.store import writing


def moved_to(db: Database, url: str) -> str:
    """Where an address has moved to for good; "" where it has not."""
    row = db.conn.execute("SELECT leads_to FROM moved WHERE url = ?", [url]).fetchone()
    return str(row[0]) if row else ""


def note_moved(db: Database, url: str, leads_to: str, now: datetime) -> None:
    """Remember where an address has moved to; "": that it has not, or not any more. Since when is the first time that it was this place."""
    with writing(db):
        if leads_to:
            db.conn.execute(
                "INSERT INTO moved (url, leads_to, since) VALUES (?, ?, ?)"
                " ON CONFLICT (url) DO UPDATE SET leads_to = excluded.leads_to, since = excluded.since WHERE leads_to <> excluded.leads_to",
                [url, leads_to, stamp(now)],
            )
        else:
            db.conn.execute("DELETE FROM moved WHERE url = ?", [url])
