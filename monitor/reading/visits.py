"""An authority's visits as stored: which belong to one chain, in which order, and each report's reading put together again."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from monitor.database import rows
from scraper.items import Finding, Judgement, Reading, Tone
from scraper.reference import ask_kinds, document_kinds, kind_of_document, stored_day

OF_NO_WEIGHT = frozenset({"no lead inspector was found"})
"""Doubts of the reader that leave what a report says as it is."""

READABLE = (
    "FROM reports r JOIN readings d ON d.report_id = r.id "
    "WHERE d.error IS NULL AND r.withdrawn_at IS NULL AND r.kind IS NOT NULL "
)
FILED = "AND d.misfiled IS NULL "
WHEN = "coalesce(r.published, r.inspection_end, substr(r.first_seen, 1, 10))"


@dataclass(frozen=True, slots=True)
class ReportRef:
    """Enough of a report to name it and link to it; `kind` is the key of a kind of document, `url` the PDF's."""

    report_id: int
    kind: str
    label: str
    published: date | None
    url: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A report that could be read. Where its PDF was replaced by one that is not read, this is what the one before says.

    `when` is its date of publication (ISO), or the nearest to it that is known; `graded`: it gives judgements; `read`
    identifies the reading: another one has other findings. `doubts`: why it was read in part only, if it was.
    """

    report_id: int
    urn: str
    kind: str
    framework: str
    when: str
    graded: bool
    read: str
    label: str
    url: str
    published: date | None
    doubts: tuple[str, ...] = ()

    @property
    def ref(self) -> ReportRef:
        """Enough to name it and link to it."""
        return ReportRef(self.report_id, self.kind, self.label, self.published, self.url)

    @property
    def chain(self) -> str:
        """The name of the chain of visits that it belongs to."""
        return kind_of_document(self.kind).chain


def visits_of(db: Database, urn: str | None = None) -> list[Visit]:
    """The readable reports of one authority, or of all, oldest first, without those whose text names another authority."""
    return _visits(db, FILED + ("AND r.urn = ? " if urn else ""), [urn] if urn else [])


def misfiled_visit(db: Database, report_id: int) -> Visit | None:
    """A readable report whose text names another authority: it stands alone."""
    return next(iter(_visits(db, "AND d.misfiled IS NOT NULL AND r.id = ? ", [report_id])), None)


def _visits(db: Database, which: str, parameters: Sequence[Any]) -> list[Visit]:
    found = rows(
        db,
        f"SELECT r.*, {WHEN} AS at, EXISTS (SELECT 1 FROM judgements j WHERE j.report_id = r.id) AS graded, "  # noqa: S608
        "d.sha256 || ' ' || d.reader || ' ' || d.pdf_library || ' ' || d.read_at AS reading, d.warnings "
        f"{READABLE}{which}ORDER BY at, r.id",
        parameters,
    )
    # A newer version may have left rows of kinds that this one does not know: such a row costs itself and nothing else.
    return [_visit(row) for row in found if row["kind"] in document_kinds()]


def _visit(row: dict[str, Any]) -> Visit:
    return Visit(
        row["id"], row["urn"], row["kind"], row["framework"] or "", row["at"], bool(row["graded"]), row["reading"],
        row["label"], row["url"], stored_day(row["published"]), weighty(row["warnings"]),
    )  # fmt: skip


def weighty(warnings: str | None) -> tuple[str, ...]:
    """Of the stored doubts of the reader (`readings.warnings`) those that forbid to conclude anything from the report."""
    return of_weight(json.loads(warnings or "[]"))


def of_weight(doubts: Iterable[str]) -> tuple[str, ...]:
    """Of the reader's doubts those that forbid to conclude anything from the report."""
    return tuple(doubt for doubt in doubts if doubt not in OF_NO_WEIGHT)


def same_chain(one: Visit, other: Visit) -> bool:
    """Children's social care visits are one chain; joint targeted and area SEND inspections are chains of their own."""
    return one.chain == other.chain


def visits_before(visit: Visit, all_visits: Sequence[Visit]) -> list[Visit]:
    """The earlier visits of a visit's chain, oldest first; `all_visits` are in order."""
    place = next(index for index, other in enumerate(all_visits) if other.report_id == visit.report_id)
    return [other for other in all_visits[:place] if other.urn == visit.urn and same_chain(visit, other)]


def since_inspection(earlier: Sequence[Visit]) -> list[Visit]:
    """The last graded inspection and every visit since; all of them where none is graded."""
    graded = [index for index, visit in enumerate(earlier) if visit.graded]
    return list(earlier[graded[-1] if graded else 0 :])


def in_part(earlier: Sequence[Visit]) -> list[Visit]:
    """Those since the last graded inspection that were read in part only: what they ask for may not have been seen."""
    return [visit for visit in since_inspection(earlier) if visit.doubts]


@dataclass(frozen=True, slots=True)
class Stored:
    """A reading as stored, with the row number of each of its findings by the place it has in `reading.findings`."""

    visit: Visit
    reading: Reading
    ids: tuple[int, ...]

    def id_of(self, finding: Finding) -> int:
        """The row number of one of this reading's own findings."""
        return next(number for number, own in zip(self.ids, self.reading.findings, strict=True) if own is finding)


def stored_reading(db: Database, visit: Visit) -> Stored:
    """What a report says, from its rows."""
    stored = rows(db, "SELECT * FROM findings WHERE report_id = ? ORDER BY position", [visit.report_id])
    found = [row for row in stored if row["kind"] in {*ask_kinds(), *Tone}]
    subjects: dict[int, list[str]] = {}
    for row in rows(
        db,
        "SELECT s.finding_id, s.subject FROM finding_subjects s JOIN findings f ON f.id = s.finding_id "
        "WHERE f.report_id = ? ORDER BY s.finding_id, s.position",
        [visit.report_id],
    ):
        subjects.setdefault(row["finding_id"], []).append(row["subject"])
    reading = Reading(
        visit.kind,
        visit.framework,
        published=visit.published,
        judgements=grades_of(db, visit.report_id),
        findings=tuple(_finding(row, subjects.get(row["id"], ())) for row in found),
    )
    return Stored(visit, reading, tuple(row["id"] for row in found))


def _finding(row: dict[str, Any], subjects: Sequence[str]) -> Finding:
    return Finding(row["kind"], row["section"], row["text"], row["page"], tuple(subjects), bool(row["lscb"]))


def grades_of(db: Database, report_id: int) -> tuple[Judgement, ...]:
    """The judgements of a report, in order."""
    found = rows(db, "SELECT area, grade FROM judgements WHERE report_id = ? ORDER BY position", [report_id])
    return tuple(Judgement(row["area"], row["grade"]) for row in found)
