"""In which words a thing was asked for before: the chain of sure matches that "raised before" rests on."""

from sqlite_utils import Database

from monitor.database import rows
from monitor.facts.values import Wording
from monitor.reading import ReportRef
from scraper.reference import stored_day

CHAINS = """
SELECT a.finding_id AS ask, f.text, f.page, r.id AS report_id, r.kind, r.label, r.published, r.url FROM areas a, json_each(a.line) l
JOIN findings f ON f.id = l.value JOIN reports r ON r.id = f.report_id WHERE a.urn = :urn ORDER BY a.finding_id, l.key
"""


def wordings(db: Database, urn: str) -> dict[int, tuple[Wording, ...]]:
    """For each finding of an authority's reports that surely asks for something again: in which words it was asked for before, oldest first."""
    found: dict[int, tuple[Wording, ...]] = {}
    for row in rows(db, CHAINS, {"urn": urn}):
        ref = ReportRef(row["report_id"], row["kind"], row["label"], stored_day(row["published"]), row["url"])
        found[row["ask"]] = (*found.get(row["ask"], ()), Wording(ref, row["text"], row["page"]))
    return found
