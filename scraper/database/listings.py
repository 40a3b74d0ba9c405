"""Which authority's page lists which report. A report and its place on a page are two things: two pages may list one report.

A row is never deleted: `missing_since` is set while the page omits the report, `withdrawn_at` once that is believed. What the
table `reports` says of both is derived from these rows by triggers: a report is withdrawn when nobody lists it any more.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database.store import writing
from scraper.looks import Listing, PageTrust


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a person has confirmed of a page, as numbers of reports: those believed to be gone, those that belong there."""

    gone: tuple[int, ...]
    filed: tuple[int, ...]


def listings_of(db: Database, urn: str) -> dict[int, Listing]:
    """Every report that an authority's page has ever listed, by number."""
    rows = db.query("SELECT report_id, missing_since, withdrawn_at, first_seen FROM listings WHERE urn = ?", [urn])
    return {row["report_id"]: Listing(row["missing_since"], row["withdrawn_at"], row["first_seen"]) for row in rows}


def listed_elsewhere(db: Database, urn: str, numbers: Iterable[int]) -> frozenset[int]:
    """Those of these reports that the page of another authority lists, as far as is known."""
    rows = db.conn.execute(
        "SELECT report_id FROM listings WHERE report_id IN (SELECT value FROM json_each(?)) AND urn <> ?"
        " AND missing_since IS NULL",
        [json.dumps(list(numbers)), urn],
    ).fetchall()
    return frozenset(number for (number,) in rows)


def store_listing(db: Database, urn: str, report_id: int, *, baseline: bool, now: datetime) -> None:
    """Note that a page lists a report: it is neither missing there nor withdrawn from there. Inside the caller's transaction."""
    db.conn.execute(
        "INSERT INTO listings (urn, report_id, first_seen, baseline) VALUES (?, ?, ?, ?) ON CONFLICT (urn, report_id)"
        " DO UPDATE SET missing_since = NULL, accepted_at = CASE WHEN withdrawn_at IS NULL THEN accepted_at END, withdrawn_at = NULL"
        " WHERE missing_since IS NOT NULL",
        [urn, report_id, stamp(now), baseline],
    )


def store_missing(db: Database, urn: str, trust: PageTrust, now: datetime) -> None:
    """Note what a page omits, and since when; and what of that is believed. Inside the caller's transaction."""
    for number in trust.missing:
        db.conn.execute(
            "UPDATE listings SET missing_since = ? WHERE urn = ? AND report_id = ? AND missing_since IS NULL",
            [stamp(now), urn, number],
        )
    for number in trust.withdrawn:
        _withdraw(db, urn, number, now)


def _withdraw(db: Database, urn: str, report_id: int, now: datetime) -> None:
    db.conn.execute(
        "UPDATE listings SET withdrawn_at = ? WHERE urn = ? AND report_id = ? AND withdrawn_at IS NULL",
        [stamp(now), urn, report_id],
    )


def accept_page(db: Database, urn: str, now: datetime, only: Collection[int] = (), *, filing: bool = True) -> Accepted:
    """A person has looked at an authority's page: what it omits is gone, and what names another authority belongs there.

    `only` these reports, where any are given; `filing`: whether the second is meant too. In one transaction; run again it finds nothing.
    """
    with writing(db):
        gone = _chosen(db, MISSING, urn, only)
        filed = _chosen(db, MISFILED, urn, only) if filing else ()
        for number in gone:
            _withdraw(db, urn, number, now)
        for number in (*gone, *filed):
            db.conn.execute(
                "UPDATE listings SET accepted_at = ? WHERE urn = ? AND report_id = ?", [stamp(now), urn, number]
            )
    return Accepted(gone, filed)


MISSING = "SELECT report_id FROM listings WHERE urn = ? AND missing_since IS NOT NULL AND withdrawn_at IS NULL"
MISFILED = (
    "SELECT l.report_id FROM listings l JOIN reports r ON r.id = l.report_id AND r.urn = l.urn"
    " JOIN readings d ON d.report_id = l.report_id"
    " WHERE l.urn = ? AND l.missing_since IS NULL AND d.misfiled IS NOT NULL AND l.accepted_at IS NULL"
)


def _chosen(db: Database, sql: str, urn: str, only: Collection[int]) -> tuple[int, ...]:
    found = sorted(number for (number,) in db.conn.execute(sql, [urn]).fetchall())
    return tuple(number for number in found if not only or number in only)
