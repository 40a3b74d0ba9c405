"""A reading as JSON: the shape of `ofsted-watch read --json`, and back."""

from datetime import date
from typing import Any

from scraper.items import Finding, Judgement, Kind, Reading, ReportType


def reading_to_json(reading: Reading, file: str) -> dict[str, Any]:
    """One object a report; dates are YYYY-MM-DD or null; the text of the pages is not part of it."""
    shape: dict[str, Any] = {
        "file": file,
        "authority": reading.authority,
        "report_type": reading.report_type.value,
        "framework": reading.framework,
        "inspection_start": _day(reading.inspection_start),
        "inspection_end": _day(reading.inspection_end),
        "published": _day(reading.published),
        "lead_inspector": reading.lead_inspector,
        "judgements": [{"area": each.area, "grade": each.grade} for each in reading.judgements],
        "findings": [_finding(each) for each in reading.findings],
        "warnings": list(reading.warnings),
    }
    if reading.report_type is ReportType.MONITORING_VISIT:
        shape |= {"visit_number": reading.visit_number, "since_judgement": reading.since_judgement}
    return shape


def reading_from_json(shape: dict[str, Any], page_texts: tuple[str, ...] = ()) -> Reading:
    """The reading that `to_json` wrote, with the page texts that travel apart."""
    return Reading(
        report_type=ReportType(shape["report_type"]),
        framework=shape["framework"],
        authority=shape["authority"],
        inspection_start=_date(shape["inspection_start"]),
        inspection_end=_date(shape["inspection_end"]),
        published=_date(shape["published"]),
        lead_inspector=shape["lead_inspector"],
        judgements=tuple(Judgement(each["area"], each["grade"]) for each in shape["judgements"]),
        findings=tuple(_read_finding(each) for each in shape["findings"]),
        visit_number=shape.get("visit_number"),
        since_judgement=shape.get("since_judgement"),
        page_texts=page_texts,
        warnings=tuple(shape["warnings"]),
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind.value,
        "section": finding.section,
        "text": finding.text,
        "page": finding.page,
        "subjects": list(finding.subjects),
        "lscb": finding.lscb,
    }


def _read_finding(shape: dict[str, Any]) -> Finding:
    return Finding(
        Kind(shape["kind"]), shape["section"], shape["text"], shape["page"], tuple(shape["subjects"]), shape["lscb"]
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
