"""The facts of one report, put together from stored rows alone: grades then and now, asks, earlier areas, statements."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from monitor.comparing import Graded, asks_of, grade_changes
from monitor.database import rows
from monitor.facts.summary import headline, summary
from monitor.facts.values import Ask, EarlierArea, GradeChange, ReportFacts, Statement
from monitor.reading import (
    ReportRef,
    Stored,
    Visit,
    grades_of,
    misfiled_visit,
    since_inspection,
    stored_reading,
    visits_before,
    visits_of,
)
from scraper.items import ASKS
from scraper.reference import stored_day


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
        facts = _what_it_says(db, facts, visit, visits_before(visit, known), {one.report_id: one for one in known})
    elif alone := misfiled_visit(db, report_id):
        facts = replace(_what_it_says(db, facts, alone, (), {report_id: alone}), earlier=())
    else:
        return replace(facts, unread=_why_unread(row))
    return replace(facts, headline=headline(facts), summary=summary(facts))


REPORT = (
    "SELECT r.*, a.name AS authority, d.misfiled, coalesce(d.sha256 <> r.sha256, 0) AS other_bytes, "
    "CASE WHEN d.sha256 = r.sha256 THEN d.error WHEN d.failed_sha256 = r.sha256 THEN d.failure END AS error FROM reports r JOIN authorities a ON a.urn = r.urn "
    "LEFT JOIN readings d ON d.report_id = r.id WHERE r.id = ?"
)


def _why_unread(row: Mapping[str, Any]) -> str | None:
    """Why there is nothing to tell of a report; None for one that was withdrawn, of which nothing is to be told."""
    return row["error"] or row["problem"] or (None if row["withdrawn_at"] else "not read yet")


def _front(row: Mapping[str, Any]) -> ReportFacts:
    return ReportFacts(
        report=ReportRef(row["id"], row["kind"] or "other", row["label"], stored_day(row["published"]), row["url"]),
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


def _what_it_says(
    db: Database, facts: ReportFacts, visit: Visit, earlier: Sequence[Visit], known: Mapping[int, Visit]
) -> ReportFacts:
    own = stored_reading(db, visit)
    origins = _origins(db, visit.urn)
    reports = _reports_of_findings(db, visit.urn)
    raised = {key: _raised(key, origins, reports, known) for key in own.ids}
    return replace(
        facts,
        grades=_grades(db, own, earlier, known),
        asks=tuple(_ask(own, index, raised) for index in _ask_places(own)),
        earlier=_earlier(db, visit, origins, reports, known),
        statements=tuple(
            Statement(one.kind.value, one.section, one.text, one.page)
            for one in own.reading.findings
            if one.kind not in ASKS
        ),
        compared_with=tuple(one.ref for one in since_inspection(earlier)),
    )


def _ask_places(own: Stored) -> list[int]:
    asked = {id(ask) for ask in asks_of(own.reading)}
    return [index for index, finding in enumerate(own.reading.findings) if id(finding) in asked]


def _ask(own: Stored, index: int, raised: Mapping[int, tuple[ReportRef, ...]]) -> Ask:
    finding = own.reading.findings[index]
    return Ask(
        finding.kind.value, finding.section, finding.text, finding.page, finding.subjects, raised[own.ids[index]]
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
        )
        for change in grade_changes(own.reading.judgements, own.visit.framework, graded)
    )


def _ref(report_id: int | None, known: Mapping[int, Visit]) -> ReportRef | None:
    return known[report_id].ref if report_id is not None and report_id in known else None


def _origins(db: Database, urn: str) -> dict[int, list[int]]:
    """For each finding that asks for something again, the earlier findings that it asks for again."""
    found = rows(
        db,
        "SELECT c.finding_id, c.earlier_finding_id FROM ("
        "SELECT report_id, finding_id, earlier_finding_id FROM comparisons UNION SELECT report_id, finding_id, earlier_finding_id "
        "FROM comparisons_also) c JOIN reports r ON r.id = c.report_id "
        "WHERE r.urn = ? AND c.finding_id IS NOT NULL AND c.earlier_finding_id IS NOT NULL",
        [urn],
    )
    origins: dict[int, list[int]] = {}
    for row in found:
        origins.setdefault(row["finding_id"], []).append(row["earlier_finding_id"])
    return origins


def _reports_of_findings(db: Database, urn: str) -> dict[int, int]:
    found = rows(
        db, "SELECT f.id, f.report_id FROM findings f JOIN reports r ON r.id = f.report_id WHERE r.urn = ?", [urn]
    )
    return {row["id"]: row["report_id"] for row in found}


def _raised(
    key: int, origins: Mapping[int, Sequence[int]], reports: Mapping[int, int], known: Mapping[int, Visit]
) -> tuple[ReportRef, ...]:
    """The reports that asked for what finding `key` asks for before it did, oldest first."""
    seen: set[int] = set()
    queue = list(origins.get(key, ()))
    while queue:
        finding = queue.pop()
        if finding not in seen:
            seen.add(finding)
            queue.extend(origins.get(finding, ()))
    found = {reports[finding] for finding in seen if finding in reports}
    return tuple(known[report].ref for report in sorted(found & set(known), key=lambda one: (known[one].when, one)))


def _earlier(
    db: Database,
    visit: Visit,
    origins: Mapping[int, Sequence[int]],
    reports: Mapping[int, int],
    known: Mapping[int, Visit],
) -> tuple[EarlierArea, ...]:
    found = rows(
        db,
        "SELECT c.*, f.text, f.page AS earlier_page, m.text AS matched FROM comparisons c "
        "JOIN findings f ON f.id = c.earlier_finding_id LEFT JOIN findings m ON m.id = c.finding_id "
        "WHERE c.report_id = ? ORDER BY c.position",
        [visit.report_id],
    )
    return tuple(_area(row, origins, reports, known) for row in found)


def _area(
    row: Mapping[str, Any], origins: Mapping[int, Sequence[int]], reports: Mapping[int, int], known: Mapping[int, Visit]
) -> EarlierArea:
    key = row["earlier_finding_id"]
    raised = _raised(key, origins, reports, known)
    own = (known[reports[key]].ref,) if reports[key] in known else ()
    return EarlierArea(
        text=row["text"],
        page=row["earlier_page"],
        raised=raised + own,
        status=row["status"],
        evidence=row["evidence"],
        evidence_page=row["page"],
        matched=row["matched"],
    )


def raised_before(db: Database, urn: str) -> dict[int, tuple[ReportRef, ...]]:
    """For each finding of an authority's reports that asks for something again: the reports that asked before, oldest first."""
    known = {one.report_id: one for one in visits_of(db, urn)}
    origins, reports = _origins(db, urn), _reports_of_findings(db, urn)
    return {key: _raised(key, origins, reports, known) for key in origins}
