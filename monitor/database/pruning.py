"""What is forgotten: rows that only say that nothing happened, once a day, a few in one transaction, and nobody is told.

A day's looks are counted in `days` for good. Of crawls and page checks stays what somebody still asks for: the last ones, and where a source
began to do otherwise than before.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from threading import Event

from sqlite_utils import Database

from monitor.database.days import note_day
from monitor.database.store import rows, stamp, value, writing
from scraper.reference import london_day

EVERY = timedelta(days=1)
QUIET_FOR = timedelta(days=31)
"""So long a good look that found nothing is kept as a row of its own."""
BAD_CHECKS_FOR = timedelta(days=90)
CRAWLS_FOR = timedelta(days=366)
AT_ONCE = 500
"""Rows in one transaction: the write lock is held for a fraction of a second."""
MOST = 20_000
"""Rows of a table in one round: a large database of before is gone through in several, and no round waits long for it."""
READINGS_FOR = timedelta(days=180)
"""So long it is kept what a second reader said that is not configured any more: somebody may try another one, and come back."""
PAUSE = 0.02
"""Seconds between two transactions, in which a crawl that waits gets its turn."""

OLD_CHECKS = """
WITH placed AS (
  SELECT p.rowid AS id, p.crawl_id, p.checked, p.verdict IN ('ok', 'empty') AS good, max(p.crawl_id) OVER page AS newest,
    max(p.crawl_id) FILTER (WHERE p.verdict IN ('ok', 'empty')) OVER page AS newest_good
  FROM page_checks p JOIN crawls c ON c.id = p.crawl_id WINDOW page AS (PARTITION BY c.source, p.url))
SELECT id FROM placed WHERE checked < CASE WHEN good THEN :quiet ELSE :bad END AND crawl_id NOT IN (newest, coalesce(newest_good, 0))
  AND crawl_id NOT IN (SELECT max(id) FROM crawls GROUP BY source, scope) ORDER BY id
"""
"""Never the last check of a page, nor the last believed one, nor those of the last crawls."""

OLD_CRAWLS = """
WITH ended AS (
  SELECT id, source, scope, started, coalesce(found, 0) AS found, verdict || stopped AS state, verdict IN ('ok', 'empty') AND NOT stopped AS good
  FROM crawls WHERE verdict IS NOT NULL),
placed AS (
  SELECT *, lag(state) OVER run IS state AND lead(state) OVER run IS state AS amid, min(id) OVER (PARTITION BY source) AS oldest,
    max(id) OVER (PARTITION BY source, scope, state) AS newest
  FROM ended WINDOW run AS (PARTITION BY source, scope ORDER BY id))
SELECT id, source, started FROM placed c WHERE id NOT IN (oldest, newest) AND (amid OR NOT good)
  AND started < CASE WHEN good AND found = 0 THEN :quiet ELSE :long END
  AND NOT EXISTS (SELECT 1 FROM page_checks p WHERE p.crawl_id = c.id)
  AND NOT EXISTS (SELECT 1 FROM source_health h WHERE h.crawl_id = c.id)
  AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.dedupe_key = 'source:' || c.source || ':' || c.id)
ORDER BY id
"""
"""Of good crawls that follow each other the first and the last stay: since when a feed is empty, and when a source was last well."""

OLD_READINGS = """
SELECT rowid AS id FROM second_readings WHERE asked < :old AND (host, model) IS NOT (:host, :model) ORDER BY rowid
"""

Reader = tuple[str, str]


def prune_daily(db: Database, now: datetime, stop: Event | None = None, reader: Reader | None = None) -> bool:
    """Forget what is old, unless that was done within the day; whether it was done now. `stop`: looked at between two transactions.

    `reader`: host and model of the second reader that is configured: what it said is kept.
    """
    last = value(db, "SELECT max(at) FROM pruned")
    if last and timedelta() <= now - datetime.fromisoformat(last) < EVERY:
        return False
    return prune(db, now, stop or Event(), reader)


def prune(db: Database, now: datetime, stop: Event, reader: Reader | None) -> bool:
    """Forget what is old, and note when all of it is; False where something is left for the next round."""
    host, model = reader or (None, None)
    readings = rows(db, OLD_READINGS, {"old": stamp(now - READINGS_FOR), "host": host, "model": model})
    if not _forget(db, "DELETE FROM second_readings WHERE rowid = ?", [row["id"] for row in readings], stop):
        return False
    limits = {"quiet": stamp(now - QUIET_FOR), "bad": stamp(now - BAD_CHECKS_FOR), "long": stamp(now - CRAWLS_FOR)}
    checks = [row["id"] for row in rows(db, OLD_CHECKS, limits)]
    if not _forget(db, "DELETE FROM page_checks WHERE rowid = ?", checks, stop):
        return False
    crawls = rows(db, OLD_CRAWLS, limits)
    _keep_days(db, {(row["source"], row["started"]) for row in crawls[:MOST]})
    if not _forget(db, "DELETE FROM crawls WHERE id = ?", [row["id"] for row in crawls], stop):
        return False
    with writing(db):
        db.conn.execute("DELETE FROM pruned")
        db.conn.execute("INSERT INTO pruned (at) VALUES (?)", [stamp(now)])
    return True


def _forget(db: Database, sql: str, numbers: Sequence[int], stop: Event) -> bool:
    """Delete the first of these rows, a few at a time; False where some are left."""
    for start in range(0, len(numbers[:MOST]), AT_ONCE):
        if stop.is_set():
            return False
        with writing(db):
            db.conn.executemany(sql, [(number,) for number in numbers[start : start + AT_ONCE]])
        stop.wait(PAUSE)
    return len(numbers) <= MOST


def _keep_days(db: Database, crawls: Collection[tuple[str, str]]) -> None:
    """Write the rows of those days that have none yet: the watch was older than `days` then, or was cut off."""
    known = {(row["source"], row["day"]) for row in rows(db, "SELECT source, day FROM days")}
    times = {(source, datetime.fromisoformat(started)) for source, started in crawls}
    missing = {
        (source, london_day(when)): when
        for source, when in times
        if (source, london_day(when).isoformat()) not in known
    }
    for (source, _), when in missing.items():
        note_day(db, source, when)
