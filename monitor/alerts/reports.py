"""Alerts about reports: new, readable at last, amended, withdrawn, listed again. Nothing is told before it is read and compared."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from monitor.alerts.new_alert import NewAlert
from monitor.comparing import uncompared
from monitor.database import rows, stamp, value

ATTEMPTS = 3  # crawls that a passing failure is given before the report is told of without its PDF
OVERDUE = timedelta(hours=24)  # after which a new report is told of in whatever state it is: silence is never success

PASSING = re.compile(
    r"\bHTTP (403|408|425|429|5\d\d)\b|\btime(d |s |-)?out\b|no complete answer|broke off|connection|reset|host name|unreachable",
    re.IGNORECASE,
)

# A reading counts for the bytes it was made from. What recipients know is found in the alerts that they were sent.
STATE = """
SELECT r.*, d.meaning_changed, d.misfiled,
  CASE WHEN d.sha256 = r.sha256 THEN d.error WHEN d.failed_sha256 = r.sha256 THEN d.failure END AS reading_error,
  coalesce(d.sha256 = r.sha256 AND d.error IS NULL, 0) AS was_read,
  c.report_id IS NOT NULL AS was_compared, t.told_at, coalesce(t.new, 0) AS told,
  json_extract(p.detail, '$.unread') IS NOT NULL AS told_unread, json_extract(p.detail, '$.uncompared') IS NOT NULL AS told_uncompared, json_extract(p.detail, '$.misfiled') IS NOT NULL AS told_misfiled
FROM reports r
LEFT JOIN readings d ON d.report_id = r.id
LEFT JOIN compared c ON c.report_id = r.id
LEFT JOIN (
  SELECT report_id, max(created) AS told_at, max(dedupe_key = 'report:' || report_id) AS new, max(id) AS last
  FROM alerts WHERE kind IN ('report', 'amended') GROUP BY report_id) t ON t.report_id = r.id
LEFT JOIN alerts p ON p.id = t.last
WHERE r.withdrawn_at IS NULL AND (r.baseline = 0 OR r.amended_at IS NOT NULL)
ORDER BY r.published, r.id
"""

NEWER = """
SELECT 1 FROM reports r JOIN reports o ON o.urn = r.urn AND o.published > r.published AND o.withdrawn_at IS NULL
WHERE r.id = ? AND o.id NOT IN (SELECT report_id FROM readings WHERE misfiled IS NOT NULL)
  AND (o.baseline OR o.id IN (SELECT report_id FROM alerts WHERE kind = 'report' AND id <= ?)) LIMIT 1
"""
"""A report of the same authority that is newer and was known, or told of, before."""

BACK = """
SELECT r.id, r.urn, json_extract(a.detail, '$.since') AS since FROM reports r
JOIN alerts a ON a.id = (SELECT max(id) FROM alerts WHERE report_id = r.id AND kind = 'withdrawn')
WHERE r.withdrawn_at IS NULL ORDER BY r.id
"""

# A crawl that is still at it may find that all pages list less, and take back what it believed of one.
WITHDRAWN = """
SELECT id, urn, withdrawn_at FROM reports r WHERE withdrawn_at IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM crawls c JOIN page_checks p ON p.crawl_id = c.id WHERE c.verdict IS NULL AND p.checked = r.withdrawn_at)
"""


def _states(db: Database) -> list[dict[str, Any]]:
    """Reports that may be told of, with what is known of each; one whose comparison is not that of today's readings is not compared."""
    old = uncompared(db)
    return [row | {"was_compared": row["was_compared"] and row["id"] not in old} for row in rows(db, STATE)]


def new_reports(db: Database, now: datetime) -> Iterator[NewAlert]:
    """Reports that appeared after the baseline and have never been told of."""
    last = value(db, "SELECT coalesce(max(id), 0) FROM alerts")
    for row in _states(db):
        if row["baseline"] or row["told"]:
            continue
        reason, late = why_unread(row, now), _late(row, now)
        if reason or late or _ready(row):
            older = {"older": True} if rows(db, NEWER, [row["id"], last]) else {}
            waiting = {"uncompared": "it has not been compared within a day"} if late and not reason else {}
            yield NewAlert(
                "report", f"report:{row['id']}", row["urn"], row["id"], detail=_detail(row, reason) | waiting | older
            )


def now_readable(db: Database, _now: datetime) -> Iterator[NewAlert]:
    """Reports that were last told of as unread, or as not compared, and now are: told once more, with what they say."""
    for row in _states(db):
        if row["told_unread"] and _ready(row):
            key = f"report:{row['id']}:read:{row['sha256']}"
            yield NewAlert("report", key, row["urn"], row["id"], detail={"was_unread": True} | _detail(row))
        elif row["told_uncompared"] and _ready(row):
            key = f"report:{row['id']}:compared:{row['sha256']}"
            yield NewAlert("report", key, row["urn"], row["id"], detail={"was_uncompared": True} | _detail(row))


def now_filed(db: Database, _now: datetime) -> Iterator[NewAlert]:
    """Reports that were last told of as naming another authority, and now belong to one: told once more, with what has changed."""
    for row in _states(db):
        if row["told_misfiled"] and not row["misfiled"] and _ready(row):
            key = f"report:{row['id']}:filed:{row['urn']}"
            yield NewAlert("report", key, row["urn"], row["id"], detail={"was_misfiled": True})


def amended(db: Database, _now: datetime) -> Iterator[NewAlert]:
    """Reports whose PDF was replaced by one that says something else, or that can no longer be read.

    Only what recipients knew before can be amended for them: a report of the baseline, or one already told of.
    """
    for row in _states(db):
        told_at = row["told_at"] or ""
        if not row["amended_at"] or not (row["baseline"] or told_at):
            continue
        error = row["reading_error"] if row["amended_at"] > told_at else None
        changed = (row["meaning_changed"] or "") > told_at and not row[
            "told_unread"
        ]  # one told of as unread is now readable
        if error or (changed and _ready(row)):
            key = f"amended:{row['id']}:{row['amended_at']}"  # not the bytes: one may go back and forth between two
            yield NewAlert("amended", key, row["urn"], row["id"], detail=_detail(row, error))


def withdrawn(db: Database, _now: datetime) -> Iterator[NewAlert]:
    """Reports that Ofsted no longer lists. One that comes back and goes again is told of again."""
    for row in rows(db, WITHDRAWN):
        key = f"withdrawn:{row['id']}:{row['withdrawn_at']}"
        yield NewAlert("withdrawn", key, row["urn"], row["id"], detail={"since": row["withdrawn_at"]})


def listed_again(db: Database, _now: datetime) -> Iterator[NewAlert]:
    """Reports that were told of as withdrawn and are listed again: what was said of them does not hold any more."""
    for row in rows(db, BACK):
        detail = {"since": row["since"], "back": True}
        yield NewAlert("withdrawn", f"back:{row['id']}:{row['since']}", row["urn"], row["id"], detail=detail)


def why_unread(row: dict[str, Any], now: datetime) -> str | None:
    """Why a new report is to be told of without what it says, or None while it is readable or still worth waiting for."""
    if _read(row):
        return None
    if row["reading_error"]:
        return str(row["reading_error"])
    if row["problem"] and (row["attempts"] >= ATTEMPTS or not PASSING.search(row["problem"])):
        return str(row["problem"])
    if row["first_seen"] < stamp(now - OVERDUE):
        return str(row["problem"] or _not_done(row))
    return None


def _read(row: dict[str, Any]) -> bool:
    return bool(row["was_read"] and not row["reading_error"])


def _ready(row: dict[str, Any]) -> bool:
    """Read, and compared unless it is compared with nothing."""
    return _read(row) and bool(row["was_compared"] or row["misfiled"])


def _late(row: dict[str, Any], now: datetime) -> bool:
    """Read, and for a day not compared: told of without what comparing it would show."""
    return _read(row) and not _ready(row) and row["first_seen"] < stamp(now - OVERDUE)


def _not_done(row: dict[str, Any]) -> str:
    return "it has not been read within a day" if row["sha256"] else "its PDF has not been fetched within a day"


def _detail(row: dict[str, Any], unread: str | None = None) -> dict[str, Any]:
    known = {"unread": unread, "misfiled": row["misfiled"]}
    return {name: value for name, value in known.items() if value}
