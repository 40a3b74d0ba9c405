"""Looks at sources as crawls leave them, for the tests of digests."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlite_utils import Database

from monitor.config import Config
from monitor.database import note_day, stamp, value, writing
from tests.monitor import mail_rows as given

HOUR = timedelta(hours=1)
NEWS = [
    {"name": "Westmarch Courier", "feed": "https://courier.example.org/rss", "covers": ["Westmarch"]},
    {"name": "Northmere Post", "feed": "https://post.example.org/rss", "covers": ["Northmere"]},
]
WEEKLY = "weekly monday 08:00"
BOARD = "board@example.org"


def config(*rules: dict[str, Any], **changes: Any) -> Config:
    """A watch on Westmarch and Northmere with a paper in each; by default a weekly digest about Westmarch, even if there is nothing."""
    rules = rules or ({"to": BOARD, "watch": ["Westmarch"], "when": f"{WEEKLY}, even if nothing"},)
    known = {"watch": [given.URN, given.OTHER_URN], "sources": {"news": NEWS}, "alerts": list(rules)}
    return given.config(**(known | changes))


def look(db: Database, when: datetime, source: str = "ofsted", verdict: str = "ok", **more: Any) -> int:
    """One look with its row of the day, from which is concluded."""
    number = given.crawl(db, when, verdict, source=source, **more)
    note_day(db, source, when)
    if verdict in ("ok", "empty"):
        given.insert(db, "source_health", source=source, verdict=verdict, since=stamp(when), crawl_id=number)
    return number


def looks(
    db: Database,
    begin: datetime,
    end: datetime,
    sources: Sequence[str] = ("ofsted", "Westmarch Courier", "Northmere Post"),
) -> None:
    """Good looks at these sources, each hour from `begin` on and before `end`, of which no page is wanting."""
    for urn in (given.URN, given.OTHER_URN):
        given.insert(db, "baselines", subject=f"authority:{urn}", since=stamp(begin))
    times = [begin + hour * HOUR for hour in range(ceil((end - begin) / HOUR))]
    with writing(db):
        db.conn.executemany(
            "INSERT INTO crawls (source, started, finished, verdict, stopped, scope) VALUES (?, ?, ?, 'ok', 0, 'all')",
            [(source, stamp(when), stamp(when)) for when in times for source in sources],
        )
    for source in sources:
        for day in range((end - begin).days + 2):
            note_day(db, source, begin + timedelta(days=day))
        last = value(db, "SELECT max(id) FROM crawls WHERE source = ?", [source])
        given.insert(db, "source_health", source=source, verdict="ok", since=stamp(begin), crawl_id=last)
