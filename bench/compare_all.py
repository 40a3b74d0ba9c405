"""Every report of a folder against its authority's earlier visits: what becomes of areas, by subject and year, and which stay open.

bench/compare_all.py FOLDER [--cache FILE] [--plot FILE.svg]
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sqlite_utils import Database

from bench.compare_corpus import compare_stored, readings, store
from bench.compare_plot import bars
from monitor.comparing import areas_after
from monitor.database import rows
from monitor.facts import report_facts
from monitor.reading import ReportRef, visits_of

OWN = "children's services"
AGAIN, MIXED, IMPROVED, SILENT = "raised again or still needed", "mixed", "improved", "not mentioned"
COLUMNS = (AGAIN, MIXED, IMPROVED, SILENT)
STATUS = {"still_needs_improvement": AGAIN, "mixed": MIXED, "improved": IMPROVED, "not_mentioned": SILENT}

OUTCOMES = """
SELECT c.status, c.finding_id IS NOT NULL AS again, substr(r.published, 1, 4) AS year, r.kind AS kind,
  (SELECT subject FROM finding_subjects s WHERE s.finding_id = c.earlier_finding_id ORDER BY s.position LIMIT 1) AS subject
FROM comparisons c JOIN reports r ON r.id = c.report_id
WHERE c.earlier_finding_id IS NOT NULL AND r.kind IN ('inspection', 'focused_visit', 'monitoring_visit')
"""


class Open(NamedTuple):
    """An area that no report has said to be better."""

    authority: str
    years: float
    text: str
    raised: tuple[ReportRef, ...]


def table(
    title: str, found: list[dict[str, Any]], by: Callable[[dict[str, Any]], str], least: int = 1
) -> Iterator[str]:
    """Lines of a table: one row a value of `by`, counts of what became of areas."""
    counts: dict[str, Counter[str]] = {}
    for row in found:
        counts.setdefault(by(row), Counter())[STATUS[row["status"]]] += 1
    yield f"\n{title:55}" + "".join(f"{column:>30}" for column in COLUMNS) + f"{'areas':>8}"
    for name, counter in sorted(counts.items()):
        if counter.total() >= least:
            cells = "".join(
                f"{counter[column]:>23} {100 * counter[column] / counter.total():4.0f} %" for column in COLUMNS
            )
            yield f"{name:55}{cells}{counter.total():>8}"


def longest_open(db: Database) -> list[Open]:
    """Areas that are open after the last report, by the time since they were first asked for."""
    found = []
    for authority in rows(db, "SELECT urn, name FROM authorities ORDER BY name"):
        seen = [visit for visit in visits_of(db, authority["urn"]) if visit.chain == OWN]
        still = {area.past.key for area in areas_after(db, seen) if area.open}
        for visit in seen:
            found += list(_open(db, authority["name"], visit.report_id, still))
    return sorted(found, key=lambda one: -one.years)


def _open(db: Database, authority: str, report_id: int, still: set[int]) -> Iterator[Open]:
    ids = {row["text"]: row["id"] for row in rows(db, "SELECT id, text FROM findings WHERE report_id = ?", [report_id])}
    facts = report_facts(db, report_id)
    for ask in facts.asks:
        last = facts.report.published
        first = ask.raised[0].published if ask.raised else None
        if ids.get(ask.text) in still and first and last:
            yield Open(authority, (last - first).days / 365.25, ask.text, (*ask.raised, facts.report))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--plot", type=Path)
    args = parser.parse_args()
    found = readings(args.folder, args.cache)
    with tempfile.TemporaryDirectory() as data:
        db = store(Path(data), found)
        number, seconds = compare_stored(db)
        print(f"compared {number} reports in {seconds:.1f} s")
        outcomes = rows(db, OUTCOMES)
        for line in report(db, outcomes):
            print(line)
        if args.plot:
            args.plot.write_text(bars(outcomes, STATUS), encoding="utf-8")
        db.close()


def report(db: Database, outcomes: list[dict[str, Any]]) -> Iterator[str]:
    """Everything that is printed."""
    again = sum(row["again"] for row in outcomes)
    yield f"{len(outcomes)} earlier areas met again in later reports, {again} of them asked for again in an explicit list"
    yield from table("kind of later visit", outcomes, lambda row: row["kind"])
    yield from table("year of later report", outcomes, lambda row: row["year"])
    yield from table("main subject (10 areas or more)", outcomes, lambda row: row["subject"] or "(none)", least=10)
    yield "\nraised again for longest, and still open"
    for area in longest_open(db)[:10]:
        dates = ", ".join(f"{ref.published}" for ref in area.raised)
        yield f"{area.years:5.1f} years  {area.authority}: {area.text[:150]}  [{dates}]"


if __name__ == "__main__":
    main()
