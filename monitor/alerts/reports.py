"""Alerts about reports: new, readable at last, amended, withdrawn, listed again. Nothing is told before it is read and compared."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from monitor.alerts.new_alert import NewAlert
from monitor.database import rows, stamp

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
  json_extract(p.detail, '$.unread') IS NOT NULL AS told_unread, json_extract(p.detail, '$.misfiled') IS NOT NULL AS told_misfiled
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

BACK = """
SELECT r.id, r.urn, json_extract(a.detail, '$.since') AS since FROM reports r
JOIN alerts a ON a.id = (SELECT max(id) FROM alerts WHERE report_id = r.id AND kind = 'withdrawn')
WHERE r.withdrawn_at IS NULL ORDER BY r.id
"""


def new_reports(db: Database, now: datetime) -> Iterator[NewAlert]:
    """Reports that appeared after the baseline and have never been told of."""
    for row in rows(db, STATE):
        if row["baseline"] or row["told"]:
            continue
        reason = why_unread(row, now)
        if reason or _ready(row):
            yield NewAlert("report", f"report:{row['id']}", row["urn"], row["id"], detail=_detail(row, reason))


def now_readable(db: Database, _now: datetime) -> Iterator[NewAlert]:
    """Reports that were last told of as unread and can now be read: told once more, with what they say."""
    for row in rows(db, STATE):
        if row["told_unread"] and _ready(row):
            key = f"report:{row['id']}:read:{row['sha256']}"
            yield NewAlert("report", key, row["urn"], row["id"], detail={"was_unread": True} | _detail(row))


def now_filed(db: Database, _now: datetime) -> Iterator[NewAlert]:
    """Reports that were last told of as naming another authority, and now belong to one: told once more, with what has changed."""
    for row in rows(db, STATE):
        if row["told_misfiled"] and not row["misfiled"] and _ready(row):
            key = f"report:{row['id']}:filed:{row['urn']}"
            yield NewAlert("report", key, row["urn"], row["id"], detail={"was_misfiled": True})


def amended(db: Database, _now: datetime) -> Iterator[NewAlert]:
    """Reports whose PDF was replaced by one that says something else, or that can no longer be read.

    Only what recipients knew before can be amended for them: a report of the baseline, or one already told of.
    """
    for row in rows(db, STATE):
        told_at = row["told_at"] or ""
        if not row["amended_at"] or not (row["baseline"] or told_at):
            continue
        error = row["reading_error"] if row["amended_at"] > told_at else None
        if error or (_ready(row) and (row["meaning_changed"] or "") > told_at):
            key = f"amended:{row['id']}:{row['amended_at']}"  # not the bytes: one may go back and forth between two
            yield NewAlert("amended", key, row["urn"], row["id"], detail=_detail(row, error))


def withdrawn(db: Database, _now: datetime) -> Iterator[NewAlert]:
    """Reports that Ofsted no longer lists. One that comes back and goes again is told of again."""
    for row in rows(db, "SELECT id, urn, withdrawn_at FROM reports WHERE withdrawn_at IS NOT NULL"):
        key = f"withdrawn:{row['id']}:{row['withdrawn_at']}"
        yield NewAlert("withdrawn", key, row["urn"], row["id"], detail={"since": row["withdrawn_at"]})


def listed_again(db: Database, _now: datetime) -> Iterator[NewAlert]:
    """Reports that were told of as withdrawn and are listed again: what was said of them does not hold any more."""
    for row in rows(db, BACK):
        detail = {"since": row["since"], "back": True}
        yield NewAlert("withdrawn", f"back:{row['id']}:{row['since']}", row["urn"], row["id"], detail=detail)


def why_unread(row: dict[str, Any], now: datetime) -> str | None:
    """Why a new report is to be told of without what it says, or None while it is readable or still worth waiting for."""
    if _ready(row):
        return None
    if row["reading_error"]:
        return str(row["reading_error"])
    if row["problem"] and (row["attempts"] >= ATTEMPTS or not PASSING.search(row["problem"])):
        return str(row["problem"])
    if row["first_seen"] < stamp(now - OVERDUE):
        return str(row["problem"] or _not_done(row))
    return None


def _ready(row: dict[str, Any]) -> bool:
    """Read, and compared unless it is compared with nothing."""
    return bool(row["was_read"] and not row["reading_error"] and (row["was_compared"] or row["misfiled"]))


def _not_done(row: dict[str, Any]) -> str:
    if not row["sha256"]:
        return "its PDF has not been fetched within a day"
    return "it has not been compared within a day" if row["was_read"] else "it has not been read within a day"


def _detail(row: dict[str, Any], unread: str | None = None) -> dict[str, Any]:
    known = {"unread": unread, "misfiled": row["misfiled"]}
    return {name: value for name, value in known.items() if value}
