"""Headlines: which grades moved, the gravest first, then priority actions, then counts; no longer than a subject shows."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.facts.headline import LONGEST, headline
from monitor.facts.values import ReportFacts
from tests.monitor.facts.test_summary import HELP, LEADERS, OVERALL, THEN, area, asked, facts, grade

WORSE_HELP = grade("Help and protection", "good", "inadequate", "declined")
WORSE_LEADERS = grade("Impact of leaders", "good", "requires improvement", "declined")
BETTER_CARE = grade("Children in care", "good", "outstanding", "improved")
SAME_LEAVERS = grade("Care leavers", "good", "good", "unchanged")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (facts("inspection", grades=(OVERALL, LEADERS, HELP)), "overall good, was inadequate; and 1 more"),
        (facts("inspection", grades=(grade("Overall effectiveness", "good", "good", "unchanged"),)), "overall still good"),
        (facts("inspection", grades=(grade("Overall effectiveness", None, "good", "new"),)), "overall good"),
        (facts("inspection", grades=(LEADERS, HELP)), "impact of leaders requires improvement, was inadequate"),
        (facts("inspection", grades=(grade("Care leavers", "good", "inadequate", "declined"), HELP)),
         "care leavers inadequate, was good"),
        (facts("inspection", grades=(grade("Help and protection", None, "good", "new"),)), "help and protection good"),
        (facts(asks=asked(1, 3), compared_with=(THEN,)), "focused visit: 4 areas for improvement now, 1 raised before and 3 new"),
        (facts(asks=asked(0, 3), compared_with=(THEN,)), "focused visit: 3 areas for improvement now, all new"),
        (facts(asks=asked(2, 0), compared_with=(THEN,)), "focused visit: 2 areas for improvement now, all raised before"),
        (facts(asks=asked(0, 1)), "focused visit: 1 area for improvement"),
        (facts("jtai", asks=asked(0, 2, "priority_action")),
         "joint targeted area inspection: 2 priority actions; 2 areas for improvement"),
        (facts(earlier=(area("improved"), area("improved"), area("not_mentioned"))),
         "focused visit: 2 of 3 earlier areas for improvement are said to have improved, 1 is not mentioned"),
        (facts("area_send", grades=(grade("Outcome", "lead to inconsistent experiences", "typically lead to positive experiences", "improved"),)),
         "arrangements typically lead to positive experiences, before: lead to inconsistent experiences"),
        (facts("area_send", grades=(grade("Outcome", None, "lead to inconsistent experiences", "new"),)),
         "arrangements lead to inconsistent experiences"),
        (facts("area_send", grades=(grade("Outcome", "systemic failings", "systemic failings", "unchanged"),)),
         "systemic failings, as before"),
        (facts("inspection", grades=(HELP, HELP)), "all grades unchanged"),
        (facts("other"), "report"),
    ],
)  # fmt: skip
def test_headline(told: ReportFacts, expected: str) -> None:
    assert headline(told) == expected


def subject(told: ReportFacts) -> str:
    return f"{told.authority}: {headline(told)}"


def test_without_an_overall_grade_the_areas_that_moved_are_named_the_gravest_first() -> None:
    told = facts("inspection", grades=(WORSE_LEADERS, WORSE_HELP, BETTER_CARE, SAME_LEAVERS), asks=asked(2, 1))
    told = replace(told, authority="Bolton")
    assert subject(told) == "Bolton: help and protection inadequate, was good; and 2 more; 3 areas for improvement"
    shorter = replace(told, grades=(WORSE_LEADERS, WORSE_HELP, SAME_LEAVERS))
    assert (
        subject(shorter) == "Bolton: help and protection inadequate, was good; impact of leaders requires improvement"
    )


def test_a_decline_comes_before_an_overall_grade_that_rose() -> None:
    assert headline(facts("inspection", grades=(OVERALL, WORSE_HELP))).startswith(
        "help and protection inadequate, was good"
    )


def test_an_area_that_stays_at_the_worst_is_named_before_what_rose() -> None:
    still = grade("Help and protection", "inadequate", "inadequate", "unchanged")
    assert headline(facts("inspection", grades=(LEADERS, still))).startswith("help and protection still inadequate; ")


def test_priority_actions_come_before_counts_and_are_never_cut_off() -> None:
    told = facts("inspection", grades=(WORSE_HELP, WORSE_LEADERS), asks=asked(0, 3, "priority_action"))
    assert headline(told) == "help and protection inadequate, was good; and 1 more; 3 priority actions"


def test_counts_are_told_where_there_is_room() -> None:
    told = facts("inspection", grades=(grade("Help and protection", "good", "good", "unchanged"),), asks=asked(0, 3))
    assert headline(told) == "all grades unchanged; 3 areas for improvement"


def test_the_grade_of_a_board_reviewed_beside_is_no_news_of_the_authority() -> None:
    board = grade("Local Safeguarding Children Board", "good", "inadequate", "declined")
    assert headline(facts("inspection", grades=(board, HELP))) == "all grades unchanged"


AREAS = (
    "Overall effectiveness",
    "Impact of leaders",
    "Help and protection",
    "Children in care",
    "Care leavers",
    "An area of a new framework",
)
WORDS = ("inadequate", "requires improvement", "good", "outstanding")
CHANGES = st.tuples(
    st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from(("improved", "declined", "unchanged", "new"))
)


@given(
    st.lists(CHANGES, min_size=2, max_size=6),
    st.integers(0, 12),
    st.sampled_from(["Bolton", "Kensington and Chelsea", "Bournemouth, Christchurch and Poole"]),
)
def test_a_subject_is_never_longer_than_it_may_be_and_ends_with_a_whole_area(
    changes: list[tuple[str, str, str]], urgent: int, name: str
) -> None:
    grades = tuple(grade(area, then, now, how) for area, (then, now, how) in zip(AREAS, changes, strict=False))
    told = replace(facts("inspection", grades=grades, asks=asked(0, urgent, "priority_action")), authority=name)
    assert len(subject(told)) <= LONGEST + (30 if urgent else 0)
    assert not headline(told).endswith((";", ",", "…"))
    assert urgent == 0 or "priority action" in headline(told)
