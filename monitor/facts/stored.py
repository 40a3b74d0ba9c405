"""The facts of one report, put together from stored rows alone: grades then and now, asks, earlier areas, statements."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from monitor.comparing import Graded, asks_of, awaits_comparison, grade_changes, is_compared
from monitor.database import rows
from monitor.facts.chains import wordings
from monitor.facts.headline import headline
from monitor.facts.scope import scope_of
from monitor.facts.summary import summary
from monitor.facts.values import NOT_COMPARED, Ask, EarlierArea, GradeChange, ReportFacts, Statement
from monitor.reading import (
    ReportRef,
    Stored,
    Visit,
    grades_of,
    in_part,
    misfiled_visit,
    since_inspection,
    stored_reading,
    visits_before,
    visits_of,
)
from scraper.items import Finding
from scraper.reference import area_name, ask_kinds, document_kinds, stored_day, unknown_kind


def report_facts(db: Database, report_id: int) -> ReportFacts:
    """Everything told of one report; `LookupError` for a report that is not stored. An unread one has only its name and reason."""
    row = next(iter(rows(db, REPORT, [report_id])), None)
    if row is None:
        raise LookupError(f"no report {report_id} is stored")
    known = visits_of(db, row["urn"])
    visit = next((one for one in known if one.report_id == report_id), None)
    facts = _front(row)
    if row["other_bytes"]:  # what was read before is not what is there now
        return replace(facts, unread=_why_unread(row))
    if visit is not None:
        facts = _set_against(db, _what_it_says(db, facts, visit), visit, known)
    elif alone := misfiled_visit(db, report_id):
        facts = _what_it_says(db, facts, alone)
    else:
        return replace(facts, unread=_why_unread(row))
    return replace(facts, headline=headline(facts), summary=summary(facts))


def ready(db: Database, report_id: int) -> bool:
    """Whether what is to be told of a report can be told now: not where it is read and its comparison is still to come.

    A comparison that failed is waited for by nobody: the report is told of as one that could not be compared.
    """
    return not awaits_comparison(db, report_id)


REPORT = (
    "SELECT r.*, a.name AS authority, d.misfiled, coalesce(d.sha256 <> r.sha256, 0) AS other_bytes, "
    "CASE WHEN d.sha256 = r.sha256 THEN d.error WHEN d.failed_sha256 = r.sha256 THEN d.failure END AS error FROM reports r JOIN authorities a ON a.urn = r.urn "
    "LEFT JOIN readings d ON d.report_id = r.id WHERE r.id = ?"
)


def _why_unread(row: Mapping[str, Any]) -> str | None:
    """Why there is nothing to tell of a report; None for one that was withdrawn, of which nothing is to be told."""
    if row["kind"] and row["kind"] not in document_kinds():
        return f"it is of a kind that this version of the watch does not know ({row['kind']})"
    return row["error"] or row["problem"] or (None if row["withdrawn_at"] else "not read yet")


def _front(row: Mapping[str, Any]) -> ReportFacts:
    return ReportFacts(
        report=ReportRef(
            row["id"], row["kind"] or unknown_kind(), row["label"], stored_day(row["published"]), row["url"]
        ),
        urn=row["urn"],
        authority=row["authority"],
        framework=row["framework"],
        inspection_start=stored_day(row["inspection_start"]),
        inspection_end=stored_day(row["inspection_end"]),
        lead_inspector=row["lead_inspector"],
        visit_number=row["visit_number"],
        since_judgement=row["since_judgement"],
        misfiled=row["misfiled"],
    )


def _what_it_says(db: Database, facts: ReportFacts, visit: Visit) -> ReportFacts:
    """What a report says by itself: its grades, what it asks for, and statements about the authority."""
    own = stored_reading(db, visit)
    return replace(
        facts,
        doubts=visit.doubts,
        grades=tuple(
            GradeChange(area_name(one.area, visit.framework), None, one.grade, NOT_COMPARED, framework=visit.framework)
            for one in own.reading.judgements
        ),
        asks=tuple(_ask(ask) for ask in asks_of(own.reading)),
        statements=tuple(
            Statement(one.kind, one.section, one.text, one.page)
            for one in own.reading.findings
            if one.kind not in ask_kinds() and not one.lscb
        ),
    )


def _set_against(db: Database, facts: ReportFacts, visit: Visit, known: Sequence[Visit]) -> ReportFacts:
    """With what the authority's earlier visits make of it; of a report read in part, or not compared, nothing is concluded."""
    earlier = visits_before(visit, known)
    facts = replace(facts, before=tuple(one.ref for one in earlier))
    if visit.doubts:
        return facts
    reports = {one.report_id: one for one in known}
    own = stored_reading(db, visit)
    facts = replace(facts, grades=_grades(db, own, earlier, reports))
    if earlier and not is_compared(db, visit.report_id):
        return replace(facts, uncompared=True)
    raised = raised_before(db, visit.urn)
    return replace(
        facts,
        asks=_asks_again(db, own, raised),
        earlier=_earlier(db, visit, raised),
        scope=scope_of(db, visit),
        compared_with=tuple(one.ref for one in since_inspection(earlier)),
        unseen=tuple(one.ref for one in in_part(earlier)),
    )


def _ask(finding: Finding) -> Ask:
    return Ask(finding.kind, finding.section, finding.text, finding.page, finding.subjects)


def _asks_again(db: Database, own: Stored, raised: Mapping[int, tuple[ReportRef, ...]]) -> tuple[Ask, ...]:
    """What a report asks for, each with the earlier reports that asked for it, and in which words."""
    before = wordings(db, own.visit.urn)
    known = {row["id"] for row in rows(db, AGAIN, {"report": own.visit.report_id})}
    found = ((ask, own.id_of(ask)) for ask in asks_of(own.reading))
    return tuple(
        replace(
            _ask(ask),
            raised=raised.get(key, ()),
            perhaps=key in known and key not in raised,
            wordings=before.get(key, ()),
        )
        for ask, key in found
    )


def _grades(db: Database, own: Stored, earlier: Sequence[Visit], known: Mapping[int, Visit]) -> tuple[GradeChange, ...]:
    graded = [
        Graded(one.framework, one.published, grades_of(db, one.report_id), one.report_id)
        for one in earlier
        if one.graded
    ]
    return tuple(
        GradeChange(
            change.area,
            change.earlier,
            change.grade,
            change.change,
            _ref(change.earlier_report_id, known),
            change.note,
            change.framework,
        )
        for change in grade_changes(own.reading.judgements, own.visit.framework, graded)
    )


def _ref(report_id: int | None, known: Mapping[int, Visit]) -> ReportRef | None:
    return known[report_id].ref if report_id is not None and report_id in known else None


def _earlier(db: Database, visit: Visit, raised: Mapping[int, tuple[ReportRef, ...]]) -> tuple[EarlierArea, ...]:
    found = rows(
        db,
        "SELECT c.*, f.kind, f.text, f.page AS earlier_page, m.text AS matched FROM comparisons c JOIN areas a ON a.finding_id = c.earlier_finding_id "
        "JOIN findings f ON f.id = c.earlier_finding_id LEFT JOIN findings m ON m.id = c.finding_id "
        "WHERE c.report_id = ? ORDER BY c.position",
        [visit.report_id],
    )
    own = {row["id"]: _report(row) for row in rows(db, OWN, [visit.urn])}
    return tuple(
        EarlierArea(
            text=row["text"],
            page=row["earlier_page"],
            raised=(*raised.get(row["earlier_finding_id"], ()), own[row["earlier_finding_id"]]),
            status=row["status"],
            evidence=row["evidence"],
            evidence_page=row["page"],
            matched=row["matched"],
            kind=row["kind"],
            surely=bool(row["surely"]),
            confidence=row["confidence"],
            certain=bool(row["certain"]),
            decided_by=row["decided_by"],
            name=row["name"],
        )
        for row in found
    )


AGAIN = (
    "SELECT finding_id AS id FROM comparisons WHERE report_id = :report AND earlier_finding_id IS NOT NULL AND finding_id IS NOT NULL "
    "UNION SELECT finding_id FROM comparisons_also WHERE report_id = :report"
)
OWN = (
    "SELECT a.finding_id AS id, r.id AS report_id, r.kind, r.label, r.published, r.url FROM areas a "
    "JOIN reports r ON r.id = a.report_id WHERE a.urn = ?"
)
BEFORE = (
    "SELECT a.finding_id AS id, r.id AS report_id, r.kind, r.label, r.published, r.url FROM areas a, json_each(a.raised_before) b "
    "JOIN reports r ON r.id = b.value WHERE a.urn = ? ORDER BY a.finding_id, b.key"
)


def _report(row: Mapping[str, Any]) -> ReportRef:
    return ReportRef(row["report_id"], row["kind"], row["label"], stored_day(row["published"]), row["url"])


def raised_before(db: Database, urn: str) -> dict[int, tuple[ReportRef, ...]]:
    """For each finding of an authority's reports that asks for something again: the reports that asked before, oldest first."""
    found: dict[int, tuple[ReportRef, ...]] = {}
    for row in rows(db, BEFORE, [urn]):
        found[row["id"]] = (*found.get(row["id"], ()), _report(row))
    return found
