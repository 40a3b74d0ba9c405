"""The chart of overall grades: better stands higher, later stands further right, and nothing is drawn from one grade."""

from datetime import date

from monitor.browse.chart import overall_over_time
from monitor.browse.reads import Visit


def visit(year: int, grade: str | None, withdrawn: bool = False) -> Visit:
    grades = {"Overall effectiveness": grade} if grade else {}
    day = date(year, 1, 1)
    return Visit(year, "inspection", "", "", day, None, None, withdrawn, False, None, None, 0, grades)


def test_better_is_higher_and_later_is_further_right() -> None:
    chart = overall_over_time([visit(2024, "good"), visit(2022, "inadequate"), visit(2023, None)])
    assert chart is not None
    first, last = chart.points
    assert (first.grade, last.grade) == ("inadequate", "good")
    assert first.x < chart.ticks[0] < last.x
    assert first.y > last.y
    assert chart.path.startswith(f"M{first.x} {first.y}H{last.x}V{last.y}H")


def test_every_grade_stands_on_its_level() -> None:
    chart = overall_over_time(
        [visit(2020, "outstanding"), visit(2021, "requires improvement"), visit(2022, "adequate")]
    )
    assert chart is not None
    levels = {name: y for y, name in chart.levels}
    assert [point.y for point in chart.points] == [levels["outstanding"], *[levels["requires improvement"]] * 2]


def test_one_grade_is_no_line() -> None:
    assert overall_over_time([visit(2024, "good"), visit(2023, None), visit(2022, "good", withdrawn=True)]) is None
    assert overall_over_time([]) is None
