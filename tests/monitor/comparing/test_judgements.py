"""Grades then and now across the frameworks."""

from datetime import date

import pytest

from monitor.comparing.judgements import Change, Graded, grade_changes
from scraper.items import Judgement
from scraper.reference import area_of, grade_step

RI = "requires improvement to be good"
SIF = (
    Judgement("Children’s services in Westmere are inadequate", "inadequate"),
    Judgement("1. Children who need help and protection", "inadequate"),
    Judgement("2. Children looked after and achieving permanence", RI),
    Judgement("2.1 Adoption performance", "good"),
    Judgement("2.2 Experiences and progress of care leavers", "good"),
    Judgement("3. Leadership, management and governance", "inadequate"),
    Judgement("The Local Safeguarding Children Board requires improvement", RI),
)
FOUR = (
    Judgement("The impact of leaders on social work practice with children and families", RI),
    Judgement("The experiences and progress of children who need help and protection", "good"),
    Judgement("The experiences and progress of children in care and care leavers", RI),
    Judgement("Overall effectiveness", RI),
)
FIVE = (
    Judgement("The impact of leaders on social work practice with children and families", "good"),
    Judgement("The experiences and progress of children who need help and protection", "good"),
    Judgement("The experiences and progress of children in care", RI),
    Judgement("The experiences and progress of care leavers", "inadequate"),
    Judgement("Overall effectiveness", "inadequate"),
)


def graded(year: int, judgements: tuple[Judgement, ...], framework: str = "ILACS") -> Graded:
    return Graded(framework, date(year, 3, 1), judgements, year)


def told(found: tuple[Change, ...]) -> dict[str, tuple[str | None, str | None, str]]:
    return {one.area: (one.earlier, one.grade, one.change) for one in found}


@pytest.mark.parametrize(
    ("heading", "key"),
    [(one.area, key) for judgements, keys in (
        (SIF, ("overall", "help", "in_care", "adoption", "leavers", "leaders", "lscb")),
        (FOUR, ("leaders", "help", "in_care_and_leavers", "overall")),
        (FIVE, ("leaders", "help", "in_care", "leavers", "overall")),
    ) for one, key in zip(judgements, keys, strict=True)]
    + [
        ("The overall judgement is that children’s services are good", "overall"),
        ("Services for children in Westmere require improvement", "overall"),
        ("Inspection outcome", "outcome"),
        ("Capacity to improve", "capacity to improve"),
    ],
)  # fmt: skip
def test_headings_of_all_frameworks(heading: str, key: str) -> None:
    assert area_of(heading) == key


def test_from_the_single_inspection_framework_to_four_rows() -> None:
    found = grade_changes(FOUR, "ILACS", [graded(2017, SIF, "SIF")])
    assert told(found) == {
        "Overall effectiveness": ("inadequate", RI, "improved"),
        "Impact of leaders": ("inadequate", RI, "improved"),
        "Help and protection": ("inadequate", "good", "improved"),
        "Children in care and care leavers": (RI, RI, "unchanged"),
        "Adoption": ("good", None, "no_longer_given"),
        "Local Safeguarding Children Board": (RI, None, "no_longer_given"),
    }
    assert found[0].note == "no longer inadequate"
    assert found[3].note == "care leavers had a grade of their own: good"


def test_from_four_rows_to_five() -> None:
    found = {one.area: one for one in grade_changes(FIVE, "ILACS", [graded(2019, FOUR)])}
    assert (found["Children in care"].change, found["Children in care"].earlier) == ("unchanged", RI)
    assert (found["Care leavers"].change, found["Care leavers"].earlier) == ("declined", RI)
    assert found["Care leavers"].note.endswith("graded together with children in care before")


def test_without_an_overall_grade() -> None:
    found = told(grade_changes(FIVE[:4], "ILACS", [graded(2023, FIVE)]))
    assert found["Overall effectiveness"] == ("inadequate", None, "no_longer_given")
    assert found["Care leavers"] == ("inadequate", "inadequate", "unchanged")


def test_inadequate_for_the_first_time_since() -> None:
    history = [graded(2014, SIF, "SIF"), graded(2019, FOUR)]
    overall = next(one for one in grade_changes(FIVE, "ILACS", history) if one.area == "Overall effectiveness")
    assert (overall.change, overall.note) == ("declined", "first inadequate since March 2014")


def test_inadequate_for_the_first_time_in_what_is_known() -> None:
    overall = next(
        one for one in grade_changes(FIVE, "ILACS", [graded(2019, FOUR)]) if one.area == "Overall effectiveness"
    )
    assert overall.note == "first inadequate in the reports known, which begin in March 2019"


def test_the_first_report_has_only_new_grades() -> None:
    assert {one.change for one in grade_changes(FOUR, "ILACS", [])} == {"new"}


def test_a_report_without_grades_changes_none() -> None:
    assert grade_changes((), "ILACS", [graded(2019, FOUR)]) == ()


def test_the_outcome_of_send_inspections_has_its_own_scale() -> None:
    then = (Judgement("Inspection outcome", "lead to inconsistent experiences and outcomes"),)
    now = (Judgement("Inspection outcome", "typically lead to positive experiences and outcomes"),)
    found = grade_changes(now, "AREA_SEND", [graded(2019, FOUR), graded(2020, then, "AREA_SEND")])
    assert [(one.area, one.change) for one in found] == [("Outcome", "improved")]


def test_frameworks_whose_grades_mean_something_else_are_not_compared() -> None:
    assert {one.change for one in grade_changes(FOUR, "ILACS", [graded(2013, SIF, "CLA")])} == {"new"}


@pytest.mark.parametrize(
    ("better", "worse"),
    [("outstanding", "good"), ("good", RI), (RI, "inadequate"), ("good", "adequate"), ("adequate", "inadequate"),
     ("typically lead to positive experiences", "lead to inconsistent experiences"),
     ("inconsistent experiences", "widespread and/or systemic failings")],
)  # fmt: skip
def test_grades_in_order(better: str, worse: str) -> None:
    assert grade_step(better) > grade_step(worse) > 0


def test_words_on_no_scale() -> None:
    assert grade_step("not judged") == 0
