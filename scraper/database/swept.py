"""What the search has told of each authority, against what is stored of it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from scraper.clock import stamp
from scraper.looks import Newest
from scraper.reference import stored_day

NEW_FOR, AGAIN_AFTER = timedelta(days=3), timedelta(hours=1)

NEWEST = """
SELECT r.urn, r.published, max(l.first_seen) AS first_seen, s.latest FROM (
  SELECT l.urn, max(r.published) AS published FROM listings l JOIN reports r ON r.id = l.report_id
  WHERE l.missing_since IS NULL AND r.published IS NOT NULL GROUP BY l.urn) r
JOIN listings l ON l.urn = r.urn JOIN reports n ON n.id = l.report_id AND n.published = r.published
LEFT JOIN swept s ON s.urn = r.urn GROUP BY r.urn
"""


def newest_reports(db: Database, urns: Collection[str]) -> dict[str, Newest]:
    """Of each of these authorities whose page lists dated reports: the newest of them, and what the search told last."""
    return {
        row["urn"]: Newest(
            date.fromisoformat(row["published"]), datetime.fromisoformat(row["first_seen"]), stored_day(row["latest"])
        )
        for row in db.query(NEWEST)
        if row["urn"] in urns
    }


def store_swept(db: Database, latest: Mapping[str, date]) -> None:
    """Note what the search told of authorities about which there is nothing left to look at; inside the caller's transaction."""
    db.conn.executemany(
        "INSERT OR REPLACE INTO swept (urn, latest) VALUES (?, ?)",
        [(urn, day.isoformat()) for urn, day in latest.items()],
    )


WITHOUT_PDF = """
SELECT DISTINCT r.urn FROM reports r WHERE r.sha256 IS NULL AND r.baseline = 0 AND r.withdrawn_at IS NULL AND r.first_seen > ?
  AND coalesce(r.checked, '') < ?
"""


def without_pdf(db: Database, urns: Collection[str], now: datetime) -> list[str]:
    """Those of the authorities that have a new report whose PDF has not come yet and was not asked for within the hour."""
    found = db.query(WITHOUT_PDF, [stamp(now - NEW_FOR), stamp(now - AGAIN_AFTER)])
    return [row["urn"] for row in found if row["urn"] in urns]
