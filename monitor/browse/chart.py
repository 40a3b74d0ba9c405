"""The overall grade over time as a line of steps: positions for an SVG. Pure; the same is told in words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.browse.reads import Visit
from monitor.comparing import area_of, grade_step

WIDTH, LEFT, RIGHT, TOP, ROW = 720, 165, 60, 14, 30
LEVELS = ((4, "outstanding"), (3, "good"), (2, "requires improvement"), (1, "inadequate"))


@dataclass(frozen=True, slots=True)
class Point:
    """One overall grade; `x` and `y` in the chart's own units."""

    x: float
    y: float
    grade: str
    when: date


@dataclass(frozen=True, slots=True)
class Chart:
    """`path` is the line of steps, `levels` are (y, grade), `ticks` the x of visits that gave no overall grade."""

    width: int
    height: int
    path: str
    points: tuple[Point, ...]
    levels: tuple[tuple[float, str], ...]
    ticks: tuple[float, ...]


def overall_over_time(told: Sequence[Visit]) -> Chart | None:
    """The chart of an authority's visits in any order, or None with fewer than two overall grades to join."""
    dated = sorted((visit for visit in told if visit.published and visit.counted), key=_when)
    graded = [(visit, grade) for visit in dated if (grade := _overall(visit))]
    if len(graded) < 2:
        return None
    first, last = _when(dated[0]), _when(dated[-1])
    points = tuple(
        Point(_x(_when(visit), first, last), _y(grade_step(grade)), grade, _when(visit)) for visit, grade in graded
    )
    ticks = tuple(_x(_when(visit), first, last) for visit in dated if not _overall(visit))
    levels = tuple((_y(level), name) for level, name in LEVELS)
    return Chart(WIDTH, TOP + 5 * ROW, _path(points), points, levels, ticks)


def _when(visit: Visit) -> date:
    return visit.published or date.min


def _overall(visit: Visit) -> str | None:
    """The overall grade of a visit, if it gave one that is on the scale."""
    found = next((grade for area, grade in visit.grades.items() if area_of(area) == "overall"), None)
    return found if found and grade_step(found) else None


def _x(when: date, first: date, last: date) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * (when - first).days / max((last - first).days, 1), 1)


def _y(level: int) -> float:
    return TOP + (4 - level) * ROW


def _path(points: Sequence[Point]) -> str:
    """Flat until the next inspection, then up or down; after the last one on to the edge."""
    start = f"M{points[0].x} {points[0].y}"
    return start + "".join(f"H{point.x}V{point.y}" for point in points[1:]) + f"H{WIDTH - RIGHT + 20}"
