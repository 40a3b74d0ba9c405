"""Whether the grades of a report fit together: each area once, one grade beside each, and the same in the table and in the headings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from scraper.items import Judgement
from scraper.reference import (
    area_of,
    areas_of,
    as_graded,
    framework_of,
    graded_area,
    parts_of,
    printed_grades,
    short_name,
)
from scraper.reports.blocks import Block
from scraper.reports.grades import (
    FRONT_PAGES,
    HEADLINE_LENGTH,
    area_key,
    before_prose,
    grade_alone,
    is_area,
    row_of,
    table_rows,
)

JOINT = re.compile(r"[:–—]| - ")
"""What stands between an area and what is said of it."""


def misfits(
    blocks: Sequence[Block], headings: Sequence[str], judgements: Sequence[Judgement], framework: str
) -> Iterator[str]:
    """One warning for each thing that does not fit; `headings` are those of the sections, as printed."""
    row = framework_of(framework)
    if not row.grades or not judgements:
        return
    front = [block for block in blocks if block.page <= FRONT_PAGES and not block.aside]
    if not row.headed:
        yield from _beside(front, framework)
    yield from _twice(table_rows(front, framework), framework)
    yield from list(_tails(judgements, framework)) or _otherwise(headings, judgements, framework)
    missing = [short_name(key) for key in _expected(framework) - _covered(judgements, framework)]
    if missing:
        yield f"no grade was found of {', '.join(sorted(missing))}"


def _expected(framework: str) -> set[str]:
    return {area.key for area in areas_of(framework) if area.stands}


def _covered(judgements: Iterable[Judgement], framework: str) -> set[str]:
    keys = {area_of(judgement.area, framework) for judgement in judgements}
    return keys | {part for key in keys for part in parts_of(key)}


def _beside(front: Iterable[Block], framework: str) -> Iterator[str]:
    """Grades that do not stand one beside each area: which of them is whose cannot be told."""
    area, grades = "", 0
    for block in before_prose(front, framework):
        if len(block.text) > HEADLINE_LENGTH:
            continue
        if grade_alone(block.text, framework):
            grades += 1
            if not area:
                yield "in the table of grades a grade stands before the first area"
                return
            if grades == 2:
                yield f"in the table more than one grade stands beside “{area}”"
                return
        elif row_of(block, framework) or is_area(block.text, framework):
            area, grades = block.text, int(bool(row_of(block, framework)))


def _twice(rows: Iterable[Judgement], framework: str) -> Iterator[str]:
    """Areas that stand there twice with other grades: one may be of an earlier inspection."""
    given: dict[str, str] = {}
    for one in rows:
        key = area_of(one.area, framework)
        if given.setdefault(key, one.grade) != one.grade:
            yield f"“{area_key(one.area)}” is graded twice, {given[key]} and {one.grade}"
            return


def _tails(judgements: Iterable[Judgement], framework: str) -> Iterator[str]:
    """Areas with more behind them than a name: the grade that was taken may be a part of what is said, as in "less than good"."""
    for judgement in judgements:
        area, tail = _apart(judgement.area)
        if tail and graded_area(area_of(area, framework)) and not framework_of(framework).sentences:
            yield f"the grade of “{judgement.area} {judgement.grade}” is not understood"


def _otherwise(headings: Iterable[str], judgements: Sequence[Judgement], framework: str) -> Iterator[str]:
    """Headings of an area's section that give another grade than was read, or one that is not understood."""
    given = {area_of(judgement.area, framework): judgement.grade for judgement in judgements}
    for heading in dict.fromkeys(headings):
        area, tail = _apart(heading)
        key = area_of(area, framework)
        if not _grade(framework).search(tail):
            continue
        told = as_graded(tail.rstrip("."), framework)
        if key not in given and grade_alone(tail, framework):
            yield f"a grade is given to “{area}”, which is no area that is known: {told}"
        elif key in given and told != given[key]:
            yield f"the grade of “{area_key(area)}” is {given[key]} in one place and “{tail}” in another"


def _apart(text: str) -> tuple[str, str]:
    """What stands before the first colon or dash, and what after it; of a text without one, the whole and nothing."""
    joint = JOINT.search(text)
    return (text[: joint.start()].strip(), text[joint.end() :].strip()) if joint else (text, "")


@cache
def _grade(framework: str | None) -> re.Pattern[str]:
    return re.compile(rf"\b{printed_grades(framework)}\b", re.IGNORECASE)
