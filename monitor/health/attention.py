"""What of the watch is to be looked at by a person: nothing, or a line for each thing. `status` ends with 1 where there is any."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from monitor.config import INTERVALS
from monitor.database import rows, stamp, value
from monitor.rounds import MAILED_WITHIN
from scraper.items import GOOD

FAILED_LATELY = timedelta(days=7)

UNREAD = """
SELECT count(*) FROM reports r LEFT JOIN readings d ON d.report_id = r.id LEFT JOIN listings l ON l.report_id = r.id AND l.urn = r.urn
WHERE r.withdrawn_at IS NULL AND l.accepted_at IS NULL
  AND (d.report_id IS NULL OR d.error IS NOT NULL OR (r.sha256 IS NOT NULL AND d.sha256 <> r.sha256))
"""
WAITING = "SELECT count(DISTINCT coalesce(message_id, recipient)) FROM deliveries WHERE state IN ('pending', 'sending') AND coalesce(batch, due) < ?"
FAILED = """
SELECT count(DISTINCT coalesce(d.message_id, d.id)) FROM deliveries d WHERE d.state = 'failed'
  AND EXISTS (SELECT 1 FROM attempts a WHERE a.delivery_id = d.id AND a.attempted > ?)
"""


def to_look_at(
    db: Database, state: dict[str, Any], now: datetime, max_age: timedelta | None = None, *, daemon: bool = True
) -> Iterator[str]:
    """Each thing that is not as it should be, worst first. `max_age`: how old a good crawl may be, in place of three intervals."""
    if daemon and not state["running"]:
        yield "the daemon is not running"
    for source in state["sources"]:
        yield from of_source(source, now, max_age)
    for row in rows(db, "SELECT source, message FROM issues WHERE key IS NOT NULL AND healed IS NULL ORDER BY opened"):
        yield f"{row['source']}: {row['message']}"
    yield from _counted(
        value(db, FAILED, [stamp(now - FAILED_LATELY)]),
        "mail could not be delivered in the last week",
        "mails could not be delivered in the last week",
    )
    yield from _counted(
        value(db, WAITING, [stamp(now - MAILED_WITHIN)]),
        "mail has waited for over an hour",
        "mails have waited for over an hour",
    )
    yield from _counted(value(db, UNREAD), "report is not read", "reports are not read")


def of_source(source: dict[str, Any], now: datetime, max_age: timedelta | None) -> Iterator[str]:
    """What of one source is not as it should be."""
    name, health = source["source"], source["health"]
    if health and health["verdict"] not in GOOD:
        yield f"{name}: {health['verdict']} since {health['since'][:16]} UTC"
    good = source["last_good_crawl"]
    oldest = timedelta(seconds=source["interval"] * INTERVALS) if max_age is None else max_age
    if good and now - datetime.fromisoformat(good) > oldest:
        yield f"{name}: not crawled well since {good[:16]} UTC"
    elif not good:
        yield f"{name}: never crawled well"


def _counted(number: int, one: str, many: str) -> Iterator[str]:
    if number:
        yield f"{number} {one if number == 1 else many}"
