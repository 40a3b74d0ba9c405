"""Which graded area a grade is said of, and whether that of the whole."""

from datetime import UTC, datetime

import pytest

from scraper.articles.clues import clues
from scraper.articles.grade import reported_grades
from scraper.items import Article

WHOLE, LEADERS, CARE, LEAVERS = "overall", "leaders", "in_care", "leavers"
RI = "requires improvement to be good"


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("Services rated 'good'", [("", "good")]),
        ("Overall, inspectors judged the council's services inadequate.", [(WHOLE, "inadequate")]),
        ("Inspectors gave the services the overall grade of good.", [(WHOLE, "good")]),
        ("They are now rated good overall, with leadership judged outstanding and care leavers found to require improvement.",
         [(WHOLE, "good"), (LEADERS, "outstanding"), (LEAVERS, RI)]),
        ("Services are rated outstanding for leadership and good for children in care.",
         [(LEADERS, "outstanding"), (CARE, "good")]),
        ("The experiences of children in care and care leavers are good.", [("in_care_and_leavers", "good")]),
        ("The council's leadership has changed, and its services are now rated good.", [("", "good")]),
    ],
)  # fmt: skip
def test_the_area_of_a_grade(said: str, given: list[tuple[str, str]]) -> None:
    assert [(one.area, one.grade) for one in reported_grades([said])] == given


def read(text: str, day: datetime | None = None) -> tuple[str | None, bool, dict[str, str]]:
    found = clues(Article("", "Ofsted report", text, "", day), "inspection")
    return found.grade, found.whole, dict(found.areas)


def test_a_grade_of_an_area_is_not_that_of_the_whole() -> None:
    assert read("Inspectors rated leadership inadequate.") == (None, False, {LEADERS: "inadequate"})
    assert read("It is now rated good. Leadership is outstanding.") == ("good", False, {LEADERS: "outstanding"})
    assert read("It is now rated good. Overall, it is rated good.") == ("good", True, {})


def test_a_grade_of_long_ago_is_not_new() -> None:
    said = "Ofsted rated the services inadequate in March 2018, and has come back since."
    assert read(said, datetime(2019, 1, 5, tzinfo=UTC)) == (None, False, {})
    assert read(said, datetime(2018, 4, 5, tzinfo=UTC)) == ("inadequate", False, {})
