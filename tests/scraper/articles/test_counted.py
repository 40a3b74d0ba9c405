"""What an article says that a report counts."""

import pytest

from scraper.articles.counted import counted
from scraper.items import Counted


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("In all, Ofsted made nine positive comments and named four areas which were in need of work.",
         {("strength", 9), ("area_for_improvement", 4)}),
        ("The report makes 11 recommendations.", {("recommendation", 11)}),
        ("Inspectors listed four key areas for improvement and one priority action.",
         {("area_for_improvement", 4), ("priority_action", 1)}),
        ("The letter praises five strengths and names three weaknesses.", {("strength", 5), ("weakness", 3)}),
        ("The watchdog found eight areas where more work is needed.", {("area_for_improvement", 8)}),
        ("Inspectors pointed to six things that still need to improve.", {("area_for_improvement", 6)}),
        ("It names twelve areas of good practice and two failings.", {("strength", 12), ("weakness", 2)}),
    ],
)  # fmt: skip
def test_counts_of_a_report(said: str, found: set[tuple[str, int]]) -> None:
    assert {(one.kind, one.number) for one in counted([said])} == found


@pytest.mark.parametrize(
    "said",
    [
        "Inspectors made 14 recommendations at the last inspection.",
        "In 2018 the report made 14 recommendations.",
        "A peer review report made nine recommendations.",
        "The scrutiny committee's report lists six areas for improvement.",
        "The council has five strengths.",
        "Ofsted inspected three areas.",
        "Ofsted found that 12 children were safe.",
        "Inspectors said that 100 areas for improvement would not help.",
        "The report names twenty-two areas for improvement.",
        "The report names twenty one areas for improvement.",
        "Inspectors gave the team a score of 3.5 strengths.",
        "The report says that one in five areas need to improve.",
        "Inspectors found that all eight areas for improvement had been addressed.",
        "Inspectors say that none of the six recommendations has been met.",
        "Ofsted found that 5 areas for improvement from the last visit had been met.",
    ],
)
def test_what_others_count_or_the_report_before_is_not_counted(said: str) -> None:
    assert counted([said]) == ()


def test_each_kind_is_counted_once_in_the_papers_words() -> None:
    said = ["The report names Seven Areas for improvement.", "It has eight areas for improvement, says the director."]
    assert counted(said) == (Counted("area_for_improvement", 7, "areas for improvement"),)
