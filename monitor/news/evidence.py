"""Pure: what speaks for a report being the one that an article is about, and how much: from 0 to 1.

The weights, and from where on a link is made, are measured on labelled stories (`bench/which_visit.py`): docs/news.md has the figures.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from rapidfuzz import fuzz

from monitor.news.fits import EARLY, areas_that_fit, grade_fits, is_graded, is_visit, other_kind
from monitor.news.known_report import KnownReport
from monitor.news.visit_number import follows, inspection_before, is_anchored, possible_numbers
from scraper.items import ArticleReading, VisitClues
from scraper.reference import kind_of_document
from scraper.text import words_of

QUOTE_ALIKE = 90.0
QUOTE_WORDS = 6
QUOTED_ONCE, QUOTED_TWICE = 0.9, 0.97
SAME_DAYS, NEAR_DAYS = 0.97, 0.9
SAME_MONTH, MONTH_OF_SOMETHING = 0.9, 0.5
COUNTED_VISIT, PERHAPS_COUNTED = 0.9, 0.5
COUNTED_ALONE, PERHAPS_ALONE = 0.4, 0.1
GRADE, AREA, AREAS = 0.4, 0.4, 0.6
FOLLOWS_IT, GOES_BACK_TO_IT = 0.3, 0.75
SOON_AFTER, SOON_AFTER_ANY = 0.65, 0.4
KIND_OF_VISIT, FRESHLY_OUT, ONE_OF_SEVERAL = 0.5, 0.55, 0.4

FRESH = timedelta(days=14)
OLD = timedelta(days=180)
"""News of a report does not come so late: that an article links to one so old may be for what was said then."""
DOUBTFUL = 0.5
"""What reports say again, their words and grades, counts so much for one that is old, or follows another judgement than the one named."""
SOON = timedelta(days=100)
"""So long before a visit, at most, is what its report calls recent: visits that are counted come every three to five months."""


def evidence(
    reading: ArticleReading, day: date | None, report: KnownReport, reports: Sequence[KnownReport], quoted: int
) -> dict[str, float]:
    """What speaks for the report: method -> confidence. Nearness in time is added only to something else that fits."""
    found = dict((*_when(reading, day, report), *_counted(reading, report, reports)))
    doubtful = _is_stale(reading, day, report) or _is_of_another_judgement(reading, report, reports)
    found |= {
        method: confidence * (DOUBTFUL if doubtful else 1.0) for method, confidence in _said(reading, report, quoted)
    }
    if report.report_id in reading.clues.report_ids and not is_background(reading, day, report):
        found["link to the report"] = ONE_OF_SEVERAL
    if _is_fresh(day, report):
        if is_visit(reading.kind) and report.kind == reading.kind:
            found["kind of visit"] = KIND_OF_VISIT
        if found:
            found["published within 14 days"] = FRESHLY_OUT
    return found


def together(confidences: Sequence[float]) -> float:
    """Evidence added up: the doubt that each leaves is that of all."""
    doubt = 1.0
    for confidence in confidences:
        doubt *= 1 - confidence
    return min(0.99, 1 - doubt)


def _is_fresh(day: date | None, report: KnownReport) -> bool:
    """Whether the article came out about the days when the report did."""
    return bool(day and report.published and -EARLY <= day - report.published <= FRESH)


def is_background(reading: ArticleReading, day: date | None, report: KnownReport) -> bool:
    """Whether news links to a report that is none: of another kind than it speaks of, or old."""
    if _is_fresh(day, report):
        return False
    return other_kind(reading, report) or _is_stale(reading, day, report)


def _is_stale(reading: ArticleReading, day: date | None, report: KnownReport) -> bool:
    """Whether a report is too old for news of it."""
    return bool(reading.label == "report" and day and report.published and day - report.published > OLD)


def _is_of_another_judgement(reading: ArticleReading, report: KnownReport, reports: Sequence[KnownReport]) -> bool:
    """Whether a visit is known to follow another judgement than the one that the article names."""
    anchor, inspection = reading.clues.anchor, inspection_before(report, reports)
    known = inspection is not None or report.since_judgement is not None
    return bool(anchor and known and is_visit(report.kind)) and not follows(anchor or "", report, inspection)


def _said(reading: ArticleReading, report: KnownReport, quoted: int) -> Iterator[tuple[str, float]]:
    if quoted:
        yield "quotations", QUOTED_TWICE if quoted > 1 else QUOTED_ONCE
    if grade_fits(reading.clues, report):
        yield "grade", GRADE
    same, others = areas_that_fit(reading.clues, report) if is_graded(report.kind) else (0, 0)
    if same > others:
        yield "grades of areas", AREAS if same - others > 1 else AREA


def _when(reading: ArticleReading, day: date | None, report: KnownReport) -> Iterator[tuple[str, float]]:
    clues, start = reading.clues, report.start
    same_kind = reading.kind == report.kind
    late = day is not None and reading.label == "report" and not _is_fresh(day, report)
    if clues.start and start:
        yield "dates of the visit", SAME_DAYS if clues.start == start or clues.end == report.end else NEAR_DAYS
    elif clues.month and start:
        fieldwork = any(f"{day:%Y-%m}" == clues.month for day in (start, report.end) if day)
        yield (
            "kind and month of the visit" if same_kind else "month of the visit",
            SAME_MONTH if same_kind and fieldwork else MONTH_OF_SOMETHING,
        )
    elif clues.after and start and start <= clues.after + SOON:
        yield "soon after what it tells of", SOON_AFTER if same_kind and not late else SOON_AFTER_ANY


def _counted(
    reading: ArticleReading, report: KnownReport, reports: Sequence[KnownReport]
) -> Iterator[tuple[str, float]]:
    clues, inspection = reading.clues, inspection_before(report, reports)
    numbered = kind_of_document(report.kind).numbered
    if clues.ordinal is not None and numbered:
        yield _ordinal(clues, report, inspection, len(possible_numbers(report, reports)) == 1)
    elif clues.anchor and numbered and follows(clues.anchor, report, inspection):
        yield "the judgement it follows", FOLLOWS_IT
    elif clues.anchor and reading.label == "followup" and is_graded(report.kind) and is_anchored(clues.anchor, report):
        yield "the judgement it goes back to", GOES_BACK_TO_IT


def _ordinal(clues: VisitClues, report: KnownReport, inspection: KnownReport | None, sure: bool) -> tuple[str, float]:
    """A number counts since a judgement: without knowing which one, the third visit may be that of another year."""
    if clues.anchor and follows(clues.anchor, report, inspection):
        return "number of the visit since a judgement", COUNTED_VISIT if sure else PERHAPS_COUNTED
    return "number of the visit", COUNTED_ALONE if sure else PERHAPS_ALONE


def quotations(quotes: Sequence[str], reports: Sequence[KnownReport]) -> dict[int, int]:
    """How many quotations are found in each report's text, of those found in one of all reports only: Ofsted repeats itself."""
    found: dict[int, int] = {}
    for quote in quotes:
        if len(quote.split()) < QUOTE_WORDS:
            continue
        wanted = words_of(quote)
        having = [
            r.report_id for r in reports if r.text and fuzz.partial_ratio(wanted, words_of(r.text)) >= QUOTE_ALIKE
        ]
        if len(having) == 1:
            found[having[0]] = found.get(having[0], 0) + 1
    return found
