"""In which words a thing was asked for before: the chain of sure matches that "raised before" rests on."""

from sqlite_utils import Database

from monitor.database import rows
from monitor.facts.values import Wording
from monitor.reading import ReportRef
from scraper.reference import stored_day

CHAINS = """
WITH RECURSIVE links (ask, earlier) AS (
  SELECT finding_id, earlier_finding_id FROM comparisons
  WHERE surely AND finding_id IS NOT NULL AND earlier_finding_id IS NOT NULL AND report_id IN (SELECT id FROM reports WHERE urn = :urn)
  UNION SELECT finding_id, earlier_finding_id FROM comparisons_also
  WHERE surely AND report_id IN (SELECT id FROM reports WHERE urn = :urn)),
chain (ask, earlier) AS (
  SELECT ask, earlier FROM links UNION SELECT chain.ask, links.earlier FROM chain JOIN links ON links.ask = chain.earlier)
SELECT chain.ask, f.text, f.page, r.id AS report_id, r.kind, r.label, r.published, r.url FROM chain
JOIN findings f ON f.id = chain.earlier JOIN areas a ON a.finding_id = f.id JOIN reports r ON r.id = f.report_id
ORDER BY chain.ask, r.published, r.id, f.position
"""


def wordings(db: Database, urn: str) -> dict[int, tuple[Wording, ...]]:
    """For each finding of an authority's reports that surely asks for something again: in which words it was asked for before, oldest first."""
    found: dict[int, tuple[Wording, ...]] = {}
    for row in rows(db, CHAINS, {"urn": urn}):
        ref = ReportRef(row["report_id"], row["kind"], row["label"], stored_day(row["published"]), row["url"])
        found[row["ask"]] = (*found.get(row["ask"], ()), Wording(ref, row["text"], row["page"]))
    return found
