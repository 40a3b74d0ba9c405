"""A reading as JSON: the shape of `ofsted-watch read --json`."""

from datetime import date
from typing import Any

from scraper.items import Finding, Reading
from scraper.reference import kind_of_document


def reading_to_json(reading: Reading, file: str) -> dict[str, Any]:
    """One object a report; dates are YYYY-MM-DD or null; the text of the pages is not part of it."""
    shape: dict[str, Any] = {
        "file": file,
        "authority": reading.authority,
        "report_type": reading.report_type,
        "framework": reading.framework,
        "inspection_start": _day(reading.inspection_start),
        "inspection_end": _day(reading.inspection_end),
        "published": _day(reading.published),
        "lead_inspector": reading.lead_inspector,
        "judgements": [{"area": each.area, "grade": each.grade} for each in reading.judgements],
        "findings": [_finding(each) for each in reading.findings],
        "warnings": list(reading.warnings),
    }
    if kind_of_document(reading.report_type).numbered:
        shape |= {"visit_number": reading.visit_number, "since_judgement": reading.since_judgement}
    return shape


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": str(finding.kind),
        "section": finding.section,
        "text": finding.text,
        "page": finding.page,
        "subjects": list(finding.subjects),
        "lscb": finding.lscb,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
