"""Where an authority stands: the latest grade of each area, and no overall grade but the newest inspection's own."""

from datetime import date

from monitor.comparing import Graded, Standing, standing
from scraper.items import Judgement

OVERALL = "Overall effectiveness"
LEADERS = "The impact of leaders on social work practice with children and families"
HELP = "The experiences and progress of children who need help and protection"
CARE = "The experiences and progress of children in care"
LEAVERS = "The experiences and progress of care leavers"
BOTH = "The experiences and progress of children in care and care leavers"


def graded(year: int, framework: str = "ILACS", **grades: str) -> Graded:
    """An inspection of that year; grades by the names of the headings above."""
    areas = {"overall": OVERALL, "leaders": LEADERS, "help_": HELP, "care": CARE, "leavers": LEAVERS, "both": BOTH}
    judgements = tuple(Judgement(areas.get(key, key), grade) for key, grade in grades.items())
    return Graded(framework, date(year, 10, 27), judgements, year)


def told(*inspections: Graded) -> dict[str, tuple[str, int | None]]:
    return {one.area: (one.grade, one.report_id) for one in standing(inspections)}


def test_each_area_has_its_latest_grade_in_the_order_of_the_mails() -> None:
    older = graded(2020, overall="inadequate", leaders="inadequate", help_="inadequate", care="good", leavers="good")
    newer = graded(2023, overall="good", leaders="good", help_="good", care="good", leavers="outstanding")
    assert list(told(older, newer).items()) == [
        ("overall", ("good", 2023)),
        ("leaders", ("good", 2023)),
        ("help", ("good", 2023)),
        ("in_care", ("good", 2023)),
        ("leavers", ("outstanding", 2023)),
    ]


def test_an_overall_grade_that_the_newest_inspection_did_not_give_is_history() -> None:
    older = graded(2023, overall="good", leaders="good", help_="good", care="good", leavers="good")
    newer = graded(2026, leaders="requires improvement", help_="inadequate", care="good", leavers="good")
    *others, overall = standing([older, newer])
    assert overall == Standing("overall", OVERALL, "good", date(2023, 10, 27), 2023, current=False, look="good")
    assert all(one.current and one.report_id == 2026 for one in others)
    assert told(older, newer)["help"] == ("inadequate", 2026)


def test_areas_that_were_graded_together_stand_apart_and_say_so() -> None:
    found = standing([graded(2019, overall="good", leaders="good", help_="good", both="requires improvement")])
    apart = {one.area: (one.name, one.grade, one.together) for one in found if one.together}
    assert apart == {
        "in_care": ("Children in care", "requires improvement", True),
        "leavers": ("Care leavers", "requires improvement", True),
    }


def test_an_area_that_the_newest_one_leaves_out_keeps_its_grade_and_its_day() -> None:
    assert told(graded(2023, help_="good", leavers="inadequate"), graded(2026, help_="good")) == {
        "help": ("good", 2026),
        "leavers": ("inadequate", 2023),
    }


def test_the_safeguarding_board_and_adoption_tell_nothing_of_where_it_stands() -> None:
    sif = Graded(
        "SIF",
        date(2016, 5, 1),
        (
            Judgement("Children who need help and protection", "good"),
            Judgement("Adoption performance", "outstanding"),
            Judgement("The effectiveness of the Local Safeguarding Children Board", "inadequate"),
        ),
        2016,
    )
    assert told(sif) == {"help": ("good", 2016)}


def test_grades_of_a_framework_that_means_other_things_by_them_are_left_to_history() -> None:
    old = graded(2013, "LAC", overall="adequate")
    assert told(old, graded(2019, help_="good")) == {"help": ("good", 2019)}
    assert told(old) == {"overall": ("adequate", 2013)}


def test_an_area_of_no_list_is_told_of_the_newest_inspection_only() -> None:
    assert told(graded(2025, help_="good", Belonging="good"), graded(2026, help_="good", Kinship="good")) == {
        "help": ("good", 2026),
        "kinship": ("good", 2026),
    }


def test_without_a_graded_inspection_there_is_nothing_to_tell() -> None:
    assert standing([]) == ()
    assert standing([Graded("ILACS", None, (), 1)]) == ()
