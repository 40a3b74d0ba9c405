"""A row a source a day: how often it was looked at, how often that went well, what was found and what failed. They are kept for good."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlite_utils import Database

from monitor.database.store import rows, stamp, writing
from scraper.reference import LONDON, london_day

MOST_FAILURES, LONGEST = 5, 200

OF_DAY = """
SELECT count(*) FILTER (WHERE scope <> 'sweep') AS rounds, count(*) FILTER (WHERE scope = 'sweep') AS sweeps,
  count(*) FILTER (WHERE verdict IN ('ok', 'empty')) AS good, coalesce(sum(found), 0) AS found, min(started) AS first, max(started) AS last
FROM crawls WHERE source = :source AND started >= :begin AND started < :end AND verdict IS NOT NULL AND scope <> 'probe'
"""
FAILURES = """
SELECT min(started) AS since, verdict, substr(coalesce(message, ''), 1, :longest) AS said, count(*) AS times FROM crawls
WHERE source = :source AND started >= :begin AND started < :end AND verdict NOT IN ('ok', 'empty') AND NOT stopped AND scope <> 'probe'
GROUP BY verdict, said ORDER BY since LIMIT :most
"""


def note_day(db: Database, source: str, when: datetime) -> None:
    """Write the row of the day, in England, on which a crawl was begun, from all crawls of that day. Can be run again."""
    day = london_day(when)
    limits = {"source": source, "begin": stamp(_midnight(day)), "end": stamp(_midnight(day + timedelta(days=1)))}
    (told,) = rows(db, OF_DAY, limits)
    if not told["first"]:
        return
    failed = [_failure(**one) for one in rows(db, FAILURES, limits | {"longest": LONGEST, "most": MOST_FAILURES})]
    values = {"source": source, "day": day.isoformat(), **told, "failed": "\n".join(failed) or None}
    with writing(db):
        marks = ", ".join(f":{name}" for name in values)
        db.conn.execute(f"INSERT OR REPLACE INTO days ({', '.join(values)}) VALUES ({marks})", values)  # noqa: S608 - names are ours


COUNTED = """
SELECT coalesce(sum(rounds + sweeps), 0) AS looks, coalesce(sum(good), 0) AS good,
  (SELECT count(*) FROM crawls WHERE source = :source AND started >= :begin AND stopped AND verdict NOT IN ('ok', 'empty') AND scope <> 'probe') AS stopped,
  (SELECT max(started) FROM crawls WHERE source = :source AND started >= :begin AND NOT stopped AND verdict NOT IN ('ok', 'empty') AND scope <> 'probe')
    AS last_failed
FROM days WHERE source = :source AND day >= :day
"""


@dataclass(frozen=True, slots=True)
class Looks:
    """How often a source was looked at, how often in vain, and when last so, where that is still known."""

    looks: int
    failed: int
    last_failed: datetime | None


def looks_since(db: Database, source: str, since: datetime) -> Looks:
    """The looks from the day, in England, of a time on; those that were stopped by us are none."""
    day = london_day(since)
    (told,) = rows(db, COUNTED, {"source": source, "day": day.isoformat(), "begin": stamp(_midnight(day))})
    looks, last = told["looks"] - told["stopped"], told["last_failed"]
    failed = max(0, looks - told["good"])
    return Looks(looks, failed, datetime.fromisoformat(last) if failed and last else None)


def days_of(db: Database, day: date) -> list[dict[str, Any]]:
    """What was looked at on a day, a row a source."""
    return rows(db, "SELECT * FROM days WHERE day = ? ORDER BY source", [day.isoformat()])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def _failure(since: str, verdict: str, said: str, times: int) -> str:
    often = f" ({times} times)" if times > 1 else ""
    return f"{_clock(since)} {verdict}{often}: {said}"


def _clock(stored: str) -> str:
    return f"{datetime.fromisoformat(stored).astimezone(LONDON):%H:%M}"
