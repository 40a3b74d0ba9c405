"""Pure: which visit of a counted kind, since which judgement, a report may be."""

from collections.abc import Iterable, Sequence
from datetime import date

from monitor.news.known_report import KnownReport
from scraper.items import VisitClues
from scraper.reference import kind_of_document

UNSEEN = 2
"""So many letters since a judgement may not be here."""


def other_number(clues: VisitClues, report: KnownReport, reports: Sequence[KnownReport]) -> bool:
    """Whether the article counts another visit, or counts from another judgement."""
    if clues.ordinal is None:
        return False
    if not kind_of_document(report.kind).numbered:
        return True
    inspection = inspection_before(report, reports)
    unknown = inspection is None and not report.since_judgement
    if clues.anchor and not (unknown or follows(clues.anchor, report, inspection)):
        return True
    numbers = possible_numbers(report, reports)
    return bool(numbers) and clues.ordinal not in numbers


def follows(anchor: str, report: KnownReport, inspection: KnownReport | None) -> bool:
    """Whether a visit follows the judgement meant: as the letter says, or by the inspection before it."""
    return is_anchored(anchor, inspection) or (report.since_judgement or "").startswith(anchor)


def inspection_before(report: KnownReport, reports: Iterable[KnownReport]) -> KnownReport | None:
    """The inspection that a visit follows."""
    if not report.published:
        return None
    earlier = [
        r for r in reports if kind_of_document(r.kind).standing and r.published and r.published <= report.published
    ]
    return max(earlier, key=lambda r: r.published or date.min, default=None)


def possible_numbers(report: KnownReport, reports: Sequence[KnownReport]) -> frozenset[int]:
    """Which visit since the inspection this may be: as its letter says, or counted from those around it that do.

    Some more than counted it may be where no later letter says otherwise: Ofsted does not publish the letter of every first visit,
    and one that is not here is not counted. Empty for what is not counted.
    """
    if report.visit_number:
        return frozenset({report.visit_number})
    visits = _since_inspection(report, reports)
    if report not in visits:
        return frozenset()
    place = visits.index(report)
    numbered = [(place - other, visit.visit_number) for other, visit in enumerate(visits) if visit.visit_number]
    least = max((number + apart for apart, number in numbered if apart > 0), default=place + 1)
    most = min((number + apart for apart, number in numbered if apart < 0), default=least + UNSEEN)
    return frozenset(range(least, max(least, most) + 1))


def _since_inspection(report: KnownReport, reports: Sequence[KnownReport]) -> list[KnownReport]:
    """The monitoring visits between the inspection a visit follows and the next one, in the order of their letters."""
    inspection = inspection_before(report, reports)
    visits = [
        r
        for r in reports
        if kind_of_document(r.kind).numbered and r.published and inspection_before(r, reports) == inspection
    ]
    return sorted(visits, key=lambda r: (r.published or date.min, r.report_id)) if inspection else []


def is_anchored(anchor: str, inspection: KnownReport | None) -> bool:
    """Whether the inspection is the judgement meant: papers date it by its fieldwork or by its publication."""
    days = (inspection.start, inspection.end, inspection.published) if inspection else ()
    return any(f"{day:%Y-%m}".startswith(anchor) for day in days if day)
