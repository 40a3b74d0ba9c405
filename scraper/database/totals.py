"""What all pages together have listed, from the rows of listings, which are kept for good; and what a crawl wrote that is not to stand."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlite_utils import Database

from scraper.database.baselines import authority_subject
from scraper.looks import Absence, Totals

ROUNDS = 12

ABSENT = """
SELECT l.urn, l.missing_since, l.withdrawn_at, l.accepted_at FROM listings l WHERE l.missing_since IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM listings o WHERE o.report_id = l.report_id AND o.missing_since IS NULL)
ORDER BY l.urn, l.report_id
"""
GOOD_ROUNDS = "SELECT finished FROM crawls WHERE source = ? AND scope = 'all' AND verdict = 'ok' AND finished IS NOT NULL ORDER BY id DESC LIMIT ?"
LISTED = "SELECT urn, report_id, first_seen, missing_since FROM listings"


def absences_of(db: Database, urns: Collection[str]) -> list[Absence]:
    """The reports that were on the pages of these authorities and that no page lists any more."""
    return [
        Absence(row["urn"], row["missing_since"], row["withdrawn_at"] is not None, row["accepted_at"] is not None)
        for row in db.query(ABSENT)
        if row["urn"] in urns
    ]


def watched_since(db: Database, urns: Collection[str]) -> datetime | None:
    """When the first of these authorities was first looked at with success."""
    begun = _begun(db, urns)
    return datetime.fromisoformat(min(begun.values())) if begun else None


def totals_of(db: Database, source: str, urns: Collection[str]) -> Totals:
    """What the pages of these authorities list, and listed at the end of each of the last good rounds, the newest first.

    The rounds are counted for those authorities alone that were watched in all of them.
    """
    ends = [row["finished"] for row in db.query(GOOD_ROUNDS, [source, ROUNDS])]
    since = _begun(db, urns)
    old = {urn for urn, begun in since.items() if ends and begun <= ends[-1]}
    rows = list(db.query(LISTED))
    before = tuple(_listed(rows, old, end) for end in ends) if old else ()
    now, compared = _listed(rows, urns, None), _listed(rows, old, None)
    return Totals(*now, before, compared if before and compared != now else None)


def take_back(db: Database, crawl_id: int) -> None:
    """A crawl that proves nothing: what it believed to be gone waits again, and the baselines that it began are not; inside the caller's transaction."""
    db.conn.execute(
        "UPDATE listings SET withdrawn_at = NULL WHERE accepted_at IS NULL AND EXISTS (SELECT 1 FROM page_checks p"
        " WHERE p.crawl_id = ? AND p.urn = listings.urn AND p.checked = listings.withdrawn_at)",
        [crawl_id],
    )
    db.conn.execute(
        "DELETE FROM baselines WHERE EXISTS (SELECT 1 FROM page_checks p"
        " WHERE p.crawl_id = ? AND baselines.subject = ? || p.urn AND p.checked = baselines.since)",
        [crawl_id, authority_subject("")],
    )


def _begun(db: Database, urns: Collection[str]) -> dict[str, str]:
    subjects = {authority_subject(urn): urn for urn in urns}
    rows = db.query("SELECT subject, since FROM baselines")
    return {subjects[row["subject"]]: row["since"] for row in rows if row["subject"] in subjects}


def _listed(rows: Sequence[dict[str, str | None]], urns: Collection[str], at: str | None) -> tuple[int, int]:
    """How many reports stood on how many pages, at a time as stored or now."""
    there = [
        (row["urn"], row["report_id"])
        for row in rows
        if row["urn"] in urns
        and (at is None or (row["first_seen"] or "") <= at)
        and (row["missing_since"] is None or (at is not None and row["missing_since"] > at))
    ]
    return len({report for _, report in there}), len({urn for urn, _ in there})
