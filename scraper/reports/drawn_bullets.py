"""Bullets that a page without tags draws as small shapes: browsers do, and then no character tells where an item begins."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from pypdfium2 import raw

from scraper.reports.glyphs import UNTAGGED, Run
from scraper.reports.pdfium import Box, box_of

LEAST, MOST = 1.5, 8.0
"""Points that a bullet is wide and high."""
SQUARE = 1.5
"""How much longer one of its sides may be."""
BEFORE = 30.0
"""Points from a bullet to its text."""
OBJECTS = 2_000
"""A page that draws more is a chart, and its dots are no bullets."""


def small_shapes(page: Any) -> list[Box]:
    """(left, bottom, right, top), in points, of each shape of a page that is as small as a bullet, and about square."""
    shapes = list(islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=2), OBJECTS + 1))
    return [] if len(shapes) > OBJECTS else [box for shape in shapes if _is_small(box := box_of(shape.raw))]


def _is_small(box: Box) -> bool:
    low, high = sorted((box[2] - box[0], box[3] - box[1]))
    return low >= LEAST and high <= MOST and high <= SQUARE * low


def with_bullets(runs: Sequence[Run], shapes: Iterable[Box]) -> list[Run]:
    """The runs, with a bullet before each that is the first of its line and has such a shape before it."""
    bullets = {id(run): _bullet(run, box) for box in shapes if (run := _after(runs, box))}
    found: list[Run] = []
    for run in runs:
        if bullet := bullets.get(id(run)):
            found.append(bullet)
        found.append(run)
    return found


def _after(runs: Sequence[Run], box: Box) -> Run | None:
    """The run that a shape stands before, if nothing on its line stands before the shape."""
    height = (box[1] + box[3]) / 2
    line = [run for run in runs if run.text.strip() and run.base <= height <= run.base + run.size]
    first = min(line, key=lambda run: run.left, default=None)
    return first if first and 0 < first.left - box[2] < BEFORE else None


def _bullet(run: Run, box: Box) -> Run:
    left, bottom, right, top = box
    return Run("• ", UNTAGGED, left, bottom, right, top, run.base, run.size, run.bold)
