"""Pure: whether what an article says is so of a report: its kind, its days, its number, its grades, and when it came out."""

from collections.abc import Sequence
from datetime import date, timedelta

from monitor.news.known_report import KnownReport
from monitor.news.visit_number import other_number
from scraper.items import ArticleReading, VisitClues
from scraper.reference import grade_of, kind_of_document, taken_over

EARLY = timedelta(days=2)
"""Papers may print a day before the report is on the site, not a week."""


def contradicts(reading: ArticleReading, day: date | None, report: KnownReport, reports: Sequence[KnownReport]) -> bool:
    """Whether anything the article says is not so of this report."""
    return other_kind(reading, report) or says_otherwise(reading, day, report, reports)


def says_otherwise(
    reading: ArticleReading, day: date | None, report: KnownReport, reports: Sequence[KnownReport]
) -> bool:
    """Whether its days, month, number or grades are others, or it came out later than the article, on `day`.

    What is only inferred, or said loosely, excludes less: a time since when something is so nothing where the days are told, and a grade of
    the whole no report without one that the days or a link name.
    """
    clues = reading.clues
    named = bool(clues.start) or report.report_id in clues.report_ids
    return (
        bool(day and report.published and day < report.published - EARLY)
        or bool(clues.start and report.start and not _dates_fit(clues, report))
        or bool(clues.month and report.start and not _month_fits(clues.month, report))
        or (not clues.start and _is_out_of_window(clues, report))
        or other_number(clues, report, reports)
        or (is_graded(report.kind) and _other_grades(clues, report, named=named))
    )


def other_kind(reading: ArticleReading, report: KnownReport) -> bool:
    """Papers call any visit an inspection, but not an inspection a monitoring visit; a grade is given by inspections only."""
    there = kind_of_document(report.kind)
    if is_visit(reading.kind):
        return report.kind != reading.kind and not there.unknown
    return bool(is_graded(reading.kind) and (reading.clues.grade or reading.clues.areas)) and is_visit(report.kind)


def is_visit(kind: str | None) -> bool:
    """Whether it is a kind that is known and gives no grades."""
    return bool(kind) and not (kind_of_document(kind).graded or kind_of_document(kind).unknown)


def is_graded(kind: str | None) -> bool:
    """Whether reports of the kind tell where an authority stands."""
    return kind_of_document(kind).standing


def grade_fits(clues: VisitClues, report: KnownReport) -> bool:
    """Whether the grade said is the overall one, or, where the report gives none, that of an area."""
    given = (report.grade,) if report.grade else tuple(grade for _, grade in report.areas)
    return bool(
        clues.grade and is_graded(report.kind) and any(_same_grade(clues.grade, grade, report) for grade in given)
    )


def areas_that_fit(clues: VisitClues, report: KnownReport) -> tuple[int, int]:
    """Of the areas whose grade is said, how many the report has with this grade, and how many with another."""
    found = [_same_area(area, grade, report) for area, grade in clues.areas]
    return found.count(True), found.count(False)


def _same_area(area: str, said: str, report: KnownReport) -> bool | None:
    """None where the report does not grade it, alone or with others."""
    given = dict(report.areas)
    grades = [given[area]] if area in given else [given[other] for other in taken_over(area) if other in given]
    return any(_same_grade(said, grade, report) for grade in grades) if grades else None


def _other_grades(clues: VisitClues, report: KnownReport, *, named: bool) -> bool:
    """Whether the grade of the whole is another one or the report gives none, or more areas have other grades than these."""
    if clues.grade and report.grade and not _same_grade(clues.grade, report.grade, report):
        return True
    same, others = areas_that_fit(clues, report)
    return others > same or (not named and clues.whole and bool(report.areas) and not report.grade)


def _same_grade(said: str, given: str, report: KnownReport) -> bool:
    return said.lower() == given.lower() or grade_of(said, report.framework) == grade_of(given, report.framework)


def _is_out_of_window(clues: VisitClues, report: KnownReport) -> bool:
    """Whether the visit was over before what its report tells, or came long after."""
    last = report.end or report.start or report.published
    return bool(
        (clues.after and last and last < clues.after) or (clues.before and report.start and report.start > clues.before)
    )


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
