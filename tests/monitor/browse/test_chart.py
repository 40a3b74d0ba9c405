"""The chart of grades: better stands higher, later stands further right, and nothing is drawn from one inspection."""

from datetime import date

from monitor.browse.chart import Chart, grades_chart
from monitor.browse.reads import Visit

OVERALL, HELP, BOTH = (
    "Overall effectiveness",
    "Children who need help and protection",
    "Children in care and care leavers",
)


def visit(year: int, *, withdrawn: bool = False, **grades: str) -> Visit:
    areas = {"overall": OVERALL, "help_": HELP, "both": BOTH, "care": "Children in care", "leavers": "Care leavers"}
    told = {areas[key]: grade for key, grade in grades.items()}
    return Visit(year, "inspection", "", "", date(year, 1, 1), None, None, withdrawn, False, None, None, 0, told)


TODAY = ("overall", "help", "in_care", "leavers")


def chart_of(*visits: Visit) -> Chart:
    chart = grades_chart(visits, TODAY)
    assert chart is not None
    return chart


def test_better_is_higher_and_later_is_further_right_and_todays_grade_goes_on_to_the_edge() -> None:
    (line,) = chart_of(visit(2024, overall="good"), visit(2022, overall="inadequate")).lines
    first, last = line.points
    assert (first.grade, first.look, last.grade, last.look) == ("inadequate", "bad", "good", "good")
    assert first.x < last.x
    assert first.y > last.y
    assert line.paths == (f"M{first.x} {first.y}H{last.x}V{last.y}H565",)


def test_each_area_has_a_line_of_its_own_in_the_order_of_the_mails() -> None:
    told = chart_of(
        visit(2020, overall="good", both="good"), visit(2024, overall="good", care="good", leavers="inadequate")
    )
    assert [line.name for line in told.lines] == ["Overall effectiveness", "Children in care", "Care leavers"]
    assert [len(line.points) for line in told.lines] == [2, 2, 2]
    assert [line.y for line in told.lines] == sorted({line.y for line in told.lines})


def test_an_overall_grade_ends_where_it_was_given_last() -> None:
    chart = grades_chart([visit(2019, overall="good", help_="good"), visit(2026, help_="inadequate")], ["help"])
    assert chart
    overall, helped = chart.lines
    assert overall.ended and not helped.ended
    assert overall.paths[0] == f"M{overall.points[0].x} {overall.points[0].y}"
    assert helped.paths[0].endswith("H565")


def test_grades_of_two_scales_are_two_lines() -> None:
    (line,) = chart_of(visit(2019, help_="good"), visit(2026, help_="typically")).lines
    assert len(line.paths) == 2


def test_what_is_on_no_scale_is_not_drawn() -> None:
    assert [
        line.name for line in chart_of(visit(2019, help_="good"), visit(2026, help_="good", care="fair play")).lines
    ] == ["Help and protection"]


def test_one_inspection_is_no_line() -> None:
    assert grades_chart([visit(2024, overall="good"), visit(2022, overall="good", withdrawn=True)], TODAY) is None
    assert grades_chart([], TODAY) is None
