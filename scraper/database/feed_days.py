"""A row a feed and day, in England: what its looks had. What is expected of a feed is learnt from these rows, which outlast its entries."""

from datetime import datetime, timedelta

from sqlite_utils import Database

from scraper.looks import FeedDay, FeedLook
from scraper.reference import london_day, stored_day

KEEP_DAYS = timedelta(days=800)
"""Longer than what is expected looks back, for a feed that is looked at on some days only."""

NOTE = """
INSERT INTO feed_days (source, day, least, most, new, broken) VALUES (:source, :day, :entries, :entries, :new, :broken)
ON CONFLICT (source, day) DO UPDATE SET new = new + excluded.new, broken = max(broken, excluded.broken),
  least = min(coalesce(least, excluded.least), coalesce(excluded.least, least)),
  most = max(coalesce(most, excluded.most), coalesce(excluded.most, most))
"""


def note_feed_day(db: Database, look: FeedLook, now: datetime, *, baseline: bool) -> None:
    """Add a look to its day; the entries of a baseline are not new. Inside the caller's transaction."""
    day = london_day(now)
    new = 0 if baseline else len(look.new)
    values = {"day": day.isoformat(), "entries": look.entries, "new": new, "broken": look.doubted}
    db.conn.execute(NOTE, {"source": look.source} | values)
    db.conn.execute("DELETE FROM feed_days WHERE source = ? AND day < ?", [look.source, (day - KEEP_DAYS).isoformat()])


def feed_days_of(db: Database, source: str) -> list[FeedDay]:
    """The days of a feed, in their order."""
    rows = db.query("SELECT day, least, most, new, broken FROM feed_days WHERE source = ? ORDER BY day", [source])
    return [
        FeedDay(day, row["least"], row["most"], row["new"], bool(row["broken"]))
        for row in rows
        if (day := stored_day(row["day"]))
    ]
