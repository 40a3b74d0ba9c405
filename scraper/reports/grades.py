"""The grades a report gives: by area, from tables, sentences and headings, as its framework has them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from scraper.items import Judgement
from scraper.reference import (
    FrameworkRow,
    GradedArea,
    areas_of,
    as_graded,
    framework_of,
    graded_area,
    printed_grades,
    with_grades,
)
from scraper.reports.blocks import Block

FRONT_PAGES = 3
HEADLINE_LENGTH = 150
SAME_EDGE = 30.0
LEAST_ROWS = 3


def judgements_of(blocks: Sequence[Block], framework: str) -> tuple[Judgement, ...]:
    """The graded areas in the order of the report, each once; areas are worded as printed, grades in lower case."""
    front = [block for block in blocks if block.page <= FRONT_PAGES and not block.aside]
    row = framework_of(framework)
    of_all, of_parts = _in_sentences(row, front, blocks)
    rows = front if of_all or of_parts else before_prose(front, framework)
    return (*of_all, *(_headed(blocks, row) or _once(table_rows(rows, framework))), *of_parts)


def _in_sentences(
    row: FrameworkRow, front: Sequence[Block], blocks: Sequence[Block]
) -> tuple[list[Judgement], list[Judgement]]:
    """What sentences give: the grades of the whole, and those of an area or of somebody else, who may be told of on any page."""
    found: tuple[list[Judgement], list[Judgement]] = ([], [])
    for key, words in row.sentences.items():
        area = graded_area(key)
        if area and (judgement := _sentence(front if area.whole else blocks, area, with_grades(words, row.key), row)):
            found[not area.whole].append(judgement)
    return found


def _sentence(blocks: Iterable[Block], area: GradedArea, words: re.Pattern[str], row: FrameworkRow) -> Judgement | None:
    """The first sentence that gives the grade, under its own words or under the heading that the area has."""
    for block in blocks:
        match = words.search(block.text) if area.printed or len(block.text) <= HEADLINE_LENGTH else None
        if match:
            return Judgement(area.printed or block.text, as_graded(match["grade"], row.key))
    return None


@cache
def _alone(framework: str | None) -> re.Pattern[str]:
    """A grade that stands alone, with or without a number."""
    return re.compile(rf"^(?:grade\s*\d\s*)?\(?({printed_grades(framework)})\)?\.?$", re.IGNORECASE)


@cache
def _last(framework: str | None) -> re.Pattern[str]:
    """A line that ends with a grade."""
    return re.compile(rf"^(.{{8}}|.{{8,}}?(?<![\s:–-]))[\s:–-]++({printed_grades(framework)})\.?$", re.IGNORECASE)


@cache
def _area(framework: str | None) -> re.Pattern[str]:
    """How a line of the table begins, for the areas whose grades stand in it."""
    row = framework_of(framework)
    areas = [area for area in areas_of(framework) if area.key not in row.sentences]
    begins = [area.row.pattern if area.row else rf"{re.escape(area.name)}\b" for area in areas]
    return re.compile(
        rf"^(?:\d(?:\.\d)?\.?\s*)?(?:the )?(?:{'|'.join(dict.fromkeys(begins)) or '(?!)'})", re.IGNORECASE
    )


def is_grade(text: str) -> bool:
    """Whether a text is a grade of any scale and nothing more."""
    return bool(_alone(None).match(text))


def grade_alone(text: str, framework: str) -> bool:
    """Whether a text is a grade of the framework's scale and nothing more."""
    return bool(_alone(framework).match(text))


def is_area(text: str, framework: str | None) -> bool:
    """Whether a text begins as the line of a graded area in a table does, of one framework or of any."""
    return bool(_area(framework).match(text))


def before_prose(blocks: Iterable[Block], framework: str) -> Iterator[Block]:
    """The blocks down to the first paragraph under the table; later headings that repeat a grade are no rows of it."""
    rows = 0
    for block in blocks:
        if len(block.text) > HEADLINE_LENGTH and rows >= LEAST_ROWS:
            return
        rows += bool(_alone(framework).match(block.text) or row_of(block, framework))
        yield block


def table_rows(blocks: Iterable[Block], framework: str) -> list[Judgement]:
    """Areas, as often as they are there, with the grade that follows them: in the next cell, at the end of the line, or between the area's wrapped lines."""
    found: list[Judgement] = []
    area: Block | None = None
    graded = False
    for block in (block for block in blocks if len(block.text) <= HEADLINE_LENGTH):
        alone, row = _alone(framework).match(block.text), row_of(block, framework)
        if alone and area and not graded:
            found.append(Judgement(_printed(area, area.text), as_graded(alone[1], framework)))
            graded = True
        elif row:
            found.append(Judgement(_printed(block, row[0]), row[1]))
            area = None
        elif _area(framework).match(block.text):
            area, graded = block, False
        elif graded and area and _goes_on(area, block):
            found[-1] = Judgement(f"{found[-1].area} {block.text}", found[-1].grade)
            area = None
    return found


def _once(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The first judgement of each area."""
    found: dict[str, Judgement] = {}
    for judgement in judgements:
        found.setdefault(area_key(judgement.area), judgement)
    return list(found.values())


def row_of(block: Block, framework: str) -> tuple[str, str] | None:
    """(area, grade) of a line that holds both, if it is no sentence."""
    match = _last(framework).match(block.text)
    if match and _area(framework).match(block.text) and not PROSE.search(match[1]):
        return match[1], as_graded(match[2], framework)
    return None


def _printed(block: Block, area: str) -> str:
    return f"{block.label} {area}".strip()


def _goes_on(area: Block, block: Block) -> bool:
    """Whether a line is the rest of an area whose grade stands between its lines."""
    return block.text[:1].islower() and not block.label and abs(block.left - area.left) < SAME_EDGE


PROSE = re.compile(r"\b(?:is|are|was|were|be|to be|judged)(?:\s+\w+)?$", re.IGNORECASE)
"""How what stands before a grade ends where the line is a sentence rather than a row of a table."""


def _headed(blocks: Sequence[Block], row: FrameworkRow) -> list[Judgement]:
    """Grades that stand under the heading of their area: "Capacity to improve / Grade 2 (Good)" (2013)."""
    found: dict[str, Judgement] = {}
    area = ""
    for block in blocks if row.headed else ():
        match = _numbered(row.key).match(block.text)
        if match and area:
            found.setdefault(area_key(area), Judgement(area, as_graded(match[1], row.key)))
            area = ""
        elif len(block.text) <= HEADLINE_LENGTH:
            area = block.text if row.headed and row.headed.match(block.text) else area
    return list(found.values())


@cache
def _numbered(framework: str | None) -> re.Pattern[str]:
    """A grade with its number: "Grade 2 (Good)"."""
    return re.compile(rf"^grade \d \(({printed_grades(framework)})\)$", re.IGNORECASE)


def area_key(area: str) -> str:
    """An area without its number, its article and its case."""
    return re.sub(r"^[\d. ]*(?:the )?", "", area.lower()).strip()
