"""Whether a report is about the authority on whose page it is: the authority that its text names against that of the page.

A misfiled report is told of as such and joins no chain of comparisons until a person accepts it (`listings.accepted_at`), or until it is found
on the page of the authority that it names.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.database import note_issue, rows, writing
from scraper.reference import Authority, find_authority, known_authorities, name_key

FILED = """
SELECT r.id, r.urn, a.name, d.authority AS named, d.misfiled, CASE WHEN l.withdrawn_at IS NULL THEN l.accepted_at END AS accepted_at FROM readings d
JOIN reports r ON r.id = d.report_id JOIN authorities a ON a.urn = r.urn
LEFT JOIN listings l ON l.urn = r.urn AND l.report_id = r.id WHERE coalesce(d.authority, '') <> '' ORDER BY r.id
"""
LISTED = "SELECT baseline FROM listings WHERE urn = ? AND report_id = ? AND missing_since IS NULL"
DOUBT = "report {id} is on the page of {name} and its text names {other}: if it belongs there, say so with `ofsted-watch accept`"


def names_another(named: str, own: Authority, known: Sequence[Authority]) -> Authority | None:
    """Which of the `known` authorities a text names, where it is another than `own`; None where it may be the same or nobody knows the name."""
    key = name_key(named)
    if key in {
        name_key(name) for name in (own.name, *own.aliases, *(one.name for one in own.names if one.kind != "town"))
    }:
        return None
    other = find_authority(named, known)
    return other if other and other.urn != own.urn else None


def file_reports(db: Database, now: datetime) -> None:
    """Mark each report whose text names another authority, and unmark it where that is settled. Can be run again with no harm.

    One that the authority it names lists too is that one's own from then on.
    """
    stored = (Authority(row["urn"], row["name"]) for row in rows(db, "SELECT urn, name FROM authorities"))
    known = {one.urn: one for one in stored} | {one.urn: one for one in known_authorities()}
    everybody = tuple(known.values())
    for row in rows(db, FILED):
        other = None if row["accepted_at"] else names_another(row["named"], known[row["urn"]], everybody)
        if other and (place := rows(db, LISTED, [other.urn, row["id"]])):
            _move(db, row["id"], other.urn, place[0]["baseline"])
        elif (other.name if other else None) != row["misfiled"]:
            _mark(db, row, other, now)


def _move(db: Database, report_id: int, urn: str, baseline: int) -> None:
    """What is compared with it, on either page, is compared anew by itself: its visits are others."""
    with writing(db):
        db.conn.execute("UPDATE reports SET urn = ?, baseline = ? WHERE id = ?", [urn, baseline, report_id])
        db.conn.execute("UPDATE readings SET misfiled = NULL WHERE report_id = ?", [report_id])


def _mark(db: Database, row: dict[str, Any], other: Authority | None, now: datetime) -> None:
    with writing(db):
        db.conn.execute(
            "UPDATE readings SET misfiled = ? WHERE report_id = ?", [other.name if other else None, row["id"]]
        )
        if other:
            for table in ("comparisons", "comparisons_also", "compared"):
                db.conn.execute(f"DELETE FROM {table} WHERE report_id = ?", [row["id"]])  # noqa: S608 - names are ours
    if other:
        note_issue(db, "read", "warning", DOUBT.format(**row | {"other": other.name}), now)
