"""The grade of each area over time as small lines of steps: positions for an SVG. Pure; the same is told in words beside it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.browse.reads import Visit
from scraper.reference import Grade, area_name, area_of, grade_of, graded_area, kind_of_document, parts_of, told_order

WIDTH, LEFT, RIGHT, TOP, ROW, HEIGHT, FOOT = 800, 205, 255, 8, 44, 26, 30


@dataclass(frozen=True, slots=True)
class Point:
    """One grade; `x` and `y` in the chart's own units."""

    x: float
    y: float
    grade: str
    look: str
    when: date


@dataclass(frozen=True, slots=True)
class Line:
    """One area: `paths` are its steps, one for each scale it was graded on; `ended`: its last grade is no grade of today; `y` is its middle."""

    name: str
    y: float
    paths: tuple[str, ...]
    points: tuple[Point, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """`lines` in the order of the mails, `years` are (x, year) of the graded inspections."""

    width: int
    height: int
    lines: tuple[Line, ...]
    years: tuple[tuple[float, int], ...]


def grades_chart(told: Sequence[Visit], today: Collection[str]) -> Chart | None:
    """The chart of an authority's graded inspections in any order, or None with fewer than two to join.

    `today`: the keys of the areas that tell where it stands; the lines of all others end with their last grade.
    """
    graded = sorted(
        (v for v in told if kind_of_document(v.kind).standing and v.published and v.counted and v.grades), key=_when
    )
    if len(graded) < 2:
        return None
    areas: dict[str, list[tuple[date, Grade]]] = {}
    for visit in graded:
        for key, grade in _given(visit):
            areas.setdefault(key, []).append((_when(visit), grade))
    span = _when(graded[0]), _when(graded[-1])
    lines = tuple(
        _line(key, areas[key], TOP + place * ROW, span, ended=key not in today)
        for place, key in enumerate(sorted(areas, key=told_order))
    )
    years = {_x(_when(visit), *span): _when(visit).year for visit in graded}
    return Chart(WIDTH, TOP + len(lines) * ROW + FOOT, lines, tuple(years.items()))


def _when(visit: Visit) -> date:
    return visit.published or date.min


def _given(visit: Visit) -> Iterator[tuple[str, Grade]]:
    """The grades of a visit that are on a scale, by area; what is graded together is a grade of each."""
    for heading, words in visit.grades.items():
        area, grade = graded_area(area_of(heading, visit.framework)), grade_of(words, visit.framework)
        if area and grade and not area.other_body and (area.standing or area.whole):
            yield from ((key, grade) for key in parts_of(area.key) or (area.key,))


def _line(key: str, given: Sequence[tuple[date, Grade]], top: float, span: tuple[date, date], *, ended: bool) -> Line:
    points = tuple(Point(_x(when, *span), _y(grade, top), grade.words, grade.look, when) for when, grade in given)
    scales = [grade.scale for _, grade in given]
    runs = [[point for point, on in zip(points, scales, strict=True) if on == scale] for scale in dict.fromkeys(scales)]
    paths = tuple(_path(run, to_edge=run is runs[-1] and not ended) for run in runs)
    return Line(area_name(key), top + HEIGHT / 2, paths, points, ended)


def _x(when: date, first: date, last: date) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * (when - first).days / max((last - first).days, 1), 1)


def _y(grade: Grade, top: float) -> float:
    return round(top + HEIGHT * (grade.best - grade.step) / max(grade.best - 1, 1), 1)


def _path(points: Sequence[Point], *, to_edge: bool) -> str:
    """Flat until the next inspection, then up or down; what is the grade of today goes on to the edge."""
    start = f"M{points[0].x} {points[0].y}"
    edge = f"H{WIDTH - RIGHT + 20}" if to_edge else ""
    return start + "".join(f"H{point.x}V{point.y}" for point in points[1:]) + edge
