"""Pure: which report an article is about, with method and confidence.

A report is excluded by anything the article says that does not fit it, and chosen by what fits. That both came out in the
same days is never enough by itself. Where nothing or several fit, the answer is `Undecided`, with the reason.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rapidfuzz import fuzz

from monitor.news.known_report import KnownReport
from monitor.news.visit_number import inspection_before, is_anchored, other_number, possible_numbers
from scraper.items import ArticleReading, VisitClues
from scraper.reference import grade_of, kind_of_document, london_day
from scraper.text import words_of

SURE_FROM = 0.7  # one weak clue (0.4 or 0.5) stays below it, and two that fit reach it
MARGIN = 0.1

QUOTE_ALIKE = 90.0
QUOTE_WORDS = 6
QUOTED_ONCE, QUOTED_TWICE = 0.9, 0.97

EARLY = timedelta(days=2)
"""Papers may print a day before the report is on the site, not a week."""

FRESH = timedelta(days=14)
OLD = timedelta(days=180)
"""News of a report does not come so late: that an article links to one so old may be for what was said then."""


@dataclass(frozen=True, slots=True)
class Link:
    """The report an article is about. `method` says by what, `confidence` is 0..1."""

    report_id: int
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Undecided:
    """No report can be named; `awaited` where the article speaks of one that is not among the known ones."""

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
        if kind_of_document(report.kind).services and not _contradicts(reading, day, report, reports)
    ]
    if not candidates:
        return Undecided("no known report fits what the article says", awaited=reading.label == "report")
    quoted = _quoted(reading.clues.quotes, candidates)
    found = [
        (report, _evidence(reading, day, report, reports, quoted.get(report.report_id, 0))) for report in candidates
    ]
    return _best(reading, [(report, evidence) for report, evidence in found if evidence])


def _named(reading: ArticleReading, day: date | None, reports: Sequence[KnownReport]) -> Link | None:
    """The report that the article links to, the only one of which what it says is so."""
    fitting = [report for report in _linked(reading, reports) if not _says_otherwise(reading, day, report, reports)]
    sure = [report for report in fitting if not _is_background(reading, day, report)]
    return Link(sure[0].report_id, "link to the report", 0.99) if len(sure) == len(fitting) == 1 else None


def _linked(reading: ArticleReading, reports: Iterable[KnownReport]) -> list[KnownReport]:
    return [report for report in reports if report.report_id in reading.clues.report_ids]


def _is_fresh(day: date | None, report: KnownReport) -> bool:
    """Whether the article came out about the days when the report did."""
    return bool(day and report.published and -EARLY <= day - report.published <= FRESH)


def _is_background(reading: ArticleReading, day: date | None, report: KnownReport) -> bool:
    """Whether news links to a report that is none: of another kind than it speaks of, or old."""
    if _is_fresh(day, report):
        return False
    old = bool(day and report.published and day - report.published > OLD)
    return _other_kind(reading, report) or (old and _is_news(reading))


def _best(reading: ArticleReading, found: Sequence[tuple[KnownReport, Mapping[str, float]]]) -> Link | Undecided:
    ranked = sorted(
        ((_together(evidence.values()), report, evidence) for report, evidence in found), key=lambda row: -row[0]
    )
    if not ranked:
        return Undecided("the article says too little of the visit to name its report", awaited=_is_news(reading))
    confidence, report, evidence = ranked[0]
    if confidence < SURE_FROM:
        return Undecided(f"only {' and '.join(evidence)} for report {report.report_id}", awaited=_is_news(reading))
    if len(ranked) > 1 and confidence - ranked[1][0] < MARGIN:
        return Undecided(f"reports {report.report_id} and {ranked[1][1].report_id} fit alike: {', '.join(evidence)}")
    return Link(report.report_id, ", ".join(evidence), round(confidence, 3))


def _is_news(reading: ArticleReading) -> bool:
    return reading.label == "report"


def _together(confidences: Iterable[float]) -> float:
    doubt = 1.0
    for confidence in confidences:
        doubt *= 1 - confidence
    return min(0.99, 1 - doubt)


def _contradicts(
    reading: ArticleReading, day: date | None, report: KnownReport, reports: Sequence[KnownReport]
) -> bool:
    """Whether anything the article says is not so of this report."""
    return _other_kind(reading, report) or _says_otherwise(reading, day, report, reports)


def _says_otherwise(
    reading: ArticleReading, day: date | None, report: KnownReport, reports: Sequence[KnownReport]
) -> bool:
    """Whether its days, month, number or grade are others, or it came out later."""
    clues = reading.clues
    return (
        bool(day and report.published and day < report.published - EARLY)
        or bool(clues.start and report.start and not _dates_fit(clues, report))
        or bool(clues.month and report.start and not _month_fits(clues.month, report))
        or other_number(clues, report, reports)
        or bool(
            clues.grade
            and report.grade
            and _is_graded(report.kind)
            and not _same_grade(clues.grade, report.grade, report)
        )
    )


def _other_kind(reading: ArticleReading, report: KnownReport) -> bool:
    """Papers call any visit an inspection, but not an inspection a monitoring visit; a grade is given by inspections only."""
    there = kind_of_document(report.kind)
    if is_visit(reading.kind):
        return report.kind != reading.kind and not there.unknown
    return bool(_is_graded(reading.kind) and reading.clues.grade) and is_visit(report.kind)


def is_visit(kind: str | None) -> bool:
    """Whether it is a kind that is known and gives no grades."""
    return bool(kind) and not (kind_of_document(kind).graded or kind_of_document(kind).unknown)


def _is_graded(kind: str | None) -> bool:
    return kind_of_document(kind).standing


def _grade_fits(clues: VisitClues, report: KnownReport) -> bool:
    """Whether the grade said is the overall one, or, where the report gives none, that of an area."""
    given = (report.grade,) if report.grade else report.area_grades
    return bool(
        clues.grade and _is_graded(report.kind) and any(_same_grade(clues.grade, grade, report) for grade in given)
    )


def _same_grade(said: str, given: str, report: KnownReport) -> bool:
    return said.lower() == given.lower() or grade_of(said, report.framework) == grade_of(given, report.framework)


def _dates_fit(clues: VisitClues, report: KnownReport) -> bool:
    """The days said lie within those of the report, give or take a weekend."""
    start, end = clues.start, clues.end or clues.start
    around = timedelta(days=3)
    first, last = report.start, report.end or report.start
    return bool(start and end and first and last and start <= last + around and end >= first - around)


def _month_fits(month: str, report: KnownReport) -> bool:
    """The month of the fieldwork, or of publication: papers give either."""
    days = (report.start, report.end, report.published)
    return any(f"{day:%Y-%m}" == month for day in days if day)


def _evidence(
    reading: ArticleReading, day: date | None, report: KnownReport, reports: Sequence[KnownReport], quoted: int
) -> dict[str, float]:
    """What speaks for the report: method -> confidence. Nearness in time is added only to something else that fits."""
    found = dict(_said(reading, report, reports))
    if report.report_id in reading.clues.report_ids and not _is_background(reading, day, report):
        found["link to the report"] = 0.4  # one of several
    if quoted:
        found["quotations"] = QUOTED_TWICE if quoted > 1 else QUOTED_ONCE
    if _is_fresh(day, report):
        if is_visit(reading.kind) and report.kind == reading.kind:
            found["kind of visit"] = 0.5
        if found:
            found["published within 14 days"] = 0.55
    return found


def _said(reading: ArticleReading, report: KnownReport, reports: Sequence[KnownReport]) -> Iterator[tuple[str, float]]:
    clues = reading.clues
    same_kind = reading.kind == report.kind
    if clues.start and report.start:
        yield "dates of the visit", 0.97 if clues.start == report.start or clues.end == report.end else 0.9
    elif clues.month and report.start:
        fieldwork = any(f"{day:%Y-%m}" == clues.month for day in (report.start, report.end) if day)
        yield (
            "kind and month of the visit" if same_kind else "month of the visit",
            0.9 if same_kind and fieldwork else 0.5,
        )
    inspection = inspection_before(report, reports)
    if clues.ordinal is not None and kind_of_document(report.kind).numbered:
        yield _ordinal(clues, report, inspection, len(possible_numbers(report, reports)) == 1)
    elif clues.anchor and reading.label == "followup" and _is_graded(report.kind) and is_anchored(clues.anchor, report):
        yield "the judgement it goes back to", 0.75
    if _grade_fits(clues, report):
        yield "grade", 0.4


def _ordinal(clues: VisitClues, report: KnownReport, inspection: KnownReport | None, sure: bool) -> tuple[str, float]:
    """A number counts since a judgement: without knowing which one, the third visit may be that of another year."""
    if clues.anchor and (
        is_anchored(clues.anchor, inspection) or (report.since_judgement or "").startswith(clues.anchor)
    ):
        return "number of the visit since a judgement", 0.9 if sure else 0.5
    return "number of the visit", 0.4


def _quoted(quotes: Sequence[str], reports: Sequence[KnownReport]) -> dict[int, int]:
    """How many quotations are found in each report's text, of those found in one report only: Ofsted repeats itself."""
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
