"""Summaries: counts, grades and dates put into words, nothing more."""

from datetime import date

import pytest

from monitor.facts.summary import summary
from monitor.facts.values import Ask, EarlierArea, GradeChange, ReportFacts
from monitor.reading import ReportRef

THEN = ReportRef(1, "inspection", "Inspection", date(2020, 3, 2), "https://reports.example/1")


def ref(kind: str) -> ReportRef:
    return ReportRef(2, kind, "label", date(2023, 4, 18), "https://reports.example/2")


def facts(kind: str = "focused_visit", **more: object) -> ReportFacts:
    return ReportFacts(ref(kind), "80999", "Westmere", "ILACS", **more)  # type: ignore[arg-type]  # fields by name


def grade(area: str, earlier: str | None, now: str | None, change: str, note: str = "") -> GradeChange:
    return GradeChange(area, earlier, now, change, THEN if earlier else None, note)


def asked(again: int, new: int, kind: str = "area_for_improvement") -> tuple[Ask, ...]:
    raised = [Ask(kind, "What needs to improve", f"again {n}", 2, (), (THEN,)) for n in range(again)]
    return (*raised, *(Ask(kind, "What needs to improve", f"new {n}", 2) for n in range(new)))


def area(status: str, matched: str | None = None) -> EarlierArea:
    return EarlierArea("an area", 2, (THEN,), status, None, None, matched)


OVERALL = grade("Overall effectiveness", "inadequate", "good", "improved", "no longer inadequate")
LEADERS = grade("Impact of leaders", "inadequate", "requires improvement", "improved")
HELP = grade("Help and protection", "good", "good", "unchanged")


def test_grades_first_then_what_became_of_areas_then_what_is_new() -> None:
    earlier = (
        area("still_needs_improvement", "again 0"),
        area("improved"),
        area("improved"),
        area("mixed"),
        area("not_mentioned"),
    )
    told = facts(
        "inspection", grades=(OVERALL, LEADERS, HELP), asks=asked(1, 2), earlier=earlier, compared_with=(THEN,)
    )
    assert summary(told) == (
        "Overall: good (inadequate in March 2020).",
        "Improved: impact of leaders.",
        (
            "1 of 5 earlier areas for improvement is raised again, 1 shows a mixed picture, 2 are said to have improved, "
            "1 is not mentioned; 3 areas for improvement now, 1 raised before and 2 new."
        ),
    )


def test_the_areas_that_moved_are_named_without_their_grades() -> None:
    worse = grade("Care leavers", "good", "inadequate", "declined")
    best = grade("Overall effectiveness", "good", "outstanding", "improved", "first outstanding since May 2014")
    care = grade("Children in care", "good", "outstanding", "improved")
    assert summary(facts("inspection", grades=(best, LEADERS, care, worse)))[:2] == (
        "Overall: outstanding (good in March 2020; first outstanding since May 2014).",
        "Improved: impact of leaders and children in care; declined: care leavers.",
    )


def test_unchanged_grades_are_told_in_one_sentence() -> None:
    same = grade("Overall effectiveness", "good", "good", "unchanged")
    assert summary(facts("inspection", grades=(same, HELP, HELP)))[:2] == (
        "Overall: good, unchanged since March 2020.",
        "The grades of the other 2 areas are unchanged.",
    )
    assert summary(facts("inspection", grades=(HELP,))) == ("All grades are unchanged.",)


def test_an_overall_grade_that_is_given_no_more() -> None:
    gone = grade("Overall effectiveness", "good", None, "no_longer_given")
    assert summary(facts("inspection", grades=(HELP, gone)))[-1] == "There is no overall grade any more."


@pytest.mark.parametrize(
    ("number", "since", "expected"),
    [
        (3, "2018-01", ("Third monitoring visit since the authority was judged inadequate in January 2018; "
                       "Ofsted does not publish the letter of the first one.")),
        (1, "2022-09", "First monitoring visit since the authority was judged inadequate in September 2022."),
        (12, None, "12th monitoring visit; Ofsted does not publish the letter of the first one."),
        (1, "2026-10", "First monitoring visit since the judgement of October 2026."),
        (2, "long ago", ("Second monitoring visit since the judgement of long ago; "
                        "Ofsted does not publish the letter of the first one.")),
        (None, None, "Monitoring visit; Ofsted does not publish the letter of the first one."),
    ],
)  # fmt: skip
def test_monitoring_visits(number: int | None, since: str | None, expected: str) -> None:
    assert summary(facts("monitoring_visit", visit_number=number, since_judgement=since))[0] == expected


def test_a_report_with_nothing_to_tell_says_so() -> None:
    assert summary(facts("inspection")) == ("Inspection: no grades and no lists of things to improve were found.",)


def test_never_more_than_four_sentences() -> None:
    gone = grade("Overall effectiveness", "good", None, "no_longer_given")
    told = facts(
        "monitoring_visit", grades=(LEADERS, gone), visit_number=2, asks=asked(0, 1), earlier=(area("improved"),)
    )
    assert len(summary(told)) == 4
