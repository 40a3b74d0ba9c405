"""Grades that do not fit together are told, and those of a report as Ofsted makes them always fit."""

from collections.abc import Sequence

import pytest

from scraper.reports.blocks import Block
from scraper.reports.grade_checks import misfits
from scraper.reports.grades import judgements_of

LEADERS = "The impact of leaders on social work practice with children and families"
HELP = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"
LEAVERS = "The experiences and progress of care leavers"
AREAS = (LEADERS, HELP, CARE, LEAVERS)
GOOD = ("Good", "Good", "Requires improvement to be good", "Outstanding")


def said(lines: Sequence[str], headings: Sequence[str] = (), framework: str = "ILACS") -> list[str]:
    """What is told of a first page with these lines, and of sections with these headings."""
    blocks = [Block(1, line, size=12.0) for line in lines]
    return list(misfits(blocks, headings, judgements_of(blocks, framework), framework))


def table(*rows: Sequence[str]) -> list[str]:
    return ["Judgement", "Grade", *(cell for row in rows for cell in row)]


WHOLE = table(*zip(AREAS, GOOD, strict=True))
HEADED = [f"{area}: {grade.lower()}" for area, grade in zip(AREAS, GOOD, strict=True)]


@pytest.mark.parametrize(
    "headings",
    [
        (),
        HEADED,
        [*HEADED, "Main findings", "What needs to improve?"],
        ["The experiences and progress of children in care is good"],
    ],
)
def test_a_report_as_it_should_be_is_not_doubted(headings: Sequence[str]) -> None:
    assert said(WHOLE, headings) == []
    assert said(HEADED) == []


def test_areas_that_are_graded_together_are_none_missing() -> None:
    both = table(
        (LEADERS, "Good"),
        (HELP, "Good"),
        ("The experiences and progress of children in care and care leavers", "Good"),
        ("Overall effectiveness", "Good"),
    )
    assert said(both) == []


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (table(*((grade, area) for area, grade in zip(AREAS, GOOD, strict=True))), "a grade stands before the first area"),
        (table(*((area, "Inadequate", grade) for area, grade in zip(AREAS, GOOD, strict=True))), f"more than one grade stands beside “{LEADERS}”"),
        (table((LEADERS, "Good"), (HELP, "Good"), (CARE, "Good"), (LEAVERS, "Developing")), "no grade was found of care leavers"),
        (table((LEADERS, "Good"), (HELP, ""), (CARE, "Good"), (LEAVERS, "Good")), "no grade was found of help and protection"),
        (["Previous inspection", *table(*((area, "Inadequate") for area in AREAS)), "This inspection", *WHOLE], "is graded twice, inadequate and good"),
        ([f"{area}: not yet good" for area in AREAS], "not yet good” is not understood"),
        ([f"{area}: good, previously inadequate" for area in AREAS], "good, previously inadequate” is not understood"),
        ([f"{area} – previously inadequate, now good" for area in AREAS], "is not understood"),
    ],
    ids=["grade first", "two grades", "another scale", "an empty cell", "two tables", "not yet", "previously", "now"],
)  # fmt: skip
def test_what_cannot_be_told_for_sure_is_told(lines: Sequence[str], told: str) -> None:
    assert any(told in warning for warning in said(lines)), said(lines)


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        (f"{HELP}: inadequate", "is good in one place and “inadequate” in another"),
        (f"{HELP}: less than good", "is good in one place and “less than good” in another"),
        (
            "Family help and early support: inadequate",
            "a grade is given to “Family help and early support”, which is no area that is known: inadequate",
        ),
    ],
)
def test_headings_that_say_otherwise_than_the_table_are_told(heading: str, told: str) -> None:
    assert any(told in warning for warning in said(WHOLE, [heading])), said(WHOLE, [heading])


def test_of_a_report_that_is_not_graded_nothing_is_told() -> None:
    assert said([HELP, "Good"], framework="JTAI") == []
    assert said(["Nothing"]) == []
