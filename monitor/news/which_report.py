"""Pure: which report an article is about, with method and confidence.

A report is excluded by anything the article says that does not fit it, and chosen by what fits. That both came out in the
same days is never enough by itself. Where nothing or several fit, the answer is `Undecided`, with the reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.news.evidence import evidence, is_background, quotations, together
from monitor.news.fits import EARLY, contradicts, says_otherwise
from monitor.news.known_report import KnownReport
from scraper.items import ArticleReading
from scraper.reference import kind_of_document, london_day

SURE_FROM = 0.7  # one weak clue (0.4 or 0.5) stays below it, and two that fit reach it
MARGIN = 0.1
LATELY = timedelta(days=42)
"""So long after a report papers tell of it as news, in all but a few cases."""


@dataclass(frozen=True, slots=True)
class Link:
    """The report an article is about. `method` says by what, `confidence` is 0..1."""

    report_id: int
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Undecided:
    """No report can be named; `awaited` where none that is known can be meant: no one fits, or none that does came out lately."""

    reason: str
    awaited: bool = False


def link(reading: ArticleReading, published: datetime | None, reports: Sequence[KnownReport]) -> Link | Undecided:
    """The one of an authority's reports that the article is about."""
    if reading.label == "other":
        return Undecided("not about a report on children's services")
    day = london_day(published) if published else None
    if named := _named(reading, day, reports):
        return named
    candidates = [
        report
        for report in reports
        if kind_of_document(report.kind).services and not contradicts(reading, day, report, reports)
    ]
    if not candidates:
        return Undecided("no known report fits what the article says", awaited=reading.label == "report")
    quoted = quotations(reading.clues.quotes, reports)
    found = [
        (report, evidence(reading, day, report, reports, quoted.get(report.report_id, 0))) for report in candidates
    ]
    awaited = _is_awaited(reading, day, candidates)
    return _best([(report, fitting) for report, fitting in found if fitting], awaited=awaited)


def _named(reading: ArticleReading, day: date | None, reports: Sequence[KnownReport]) -> Link | None:
    """The report that the article links to, the only one of which what it says is so."""
    fitting = [report for report in _linked(reading, reports) if not says_otherwise(reading, day, report, reports)]
    sure = [report for report in fitting if not is_background(reading, day, report)]
    return Link(sure[0].report_id, "link to the report", 0.99) if len(sure) == len(fitting) == 1 else None


def _linked(reading: ArticleReading, reports: Iterable[KnownReport]) -> list[KnownReport]:
    return [report for report in reports if report.report_id in reading.clues.report_ids]


def _best(found: Sequence[tuple[KnownReport, Mapping[str, float]]], *, awaited: bool) -> Link | Undecided:
    ranked = sorted(
        ((together(list(fitting.values())), report, fitting) for report, fitting in found), key=lambda row: -row[0]
    )
    if not ranked:
        return Undecided("the article says too little of the visit to name its report", awaited=awaited)
    confidence, report, fitting = ranked[0]
    if confidence < SURE_FROM:
        return Undecided(f"only {' and '.join(fitting)} for report {report.report_id}", awaited=awaited)
    if len(ranked) > 1 and confidence - ranked[1][0] < MARGIN:
        return Undecided(
            f"reports {report.report_id} and {ranked[1][1].report_id} fit alike: {', '.join(fitting)}",
            awaited=awaited,
        )
    return Link(report.report_id, ", ".join(fitting), round(confidence, 3))


def _is_awaited(reading: ArticleReading, day: date | None, candidates: Iterable[KnownReport]) -> bool:
    """Whether it is news of a report, and none of those that fit came out lately; without a day nothing is known of that."""
    if reading.label != "report" or day is None:
        return False
    return not any(report.published and -EARLY <= day - report.published <= LATELY for report in candidates)
