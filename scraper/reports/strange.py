"""What a report has that nobody has described yet, told with its words: its title, grades that are on no scale, lists under unknown headings."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from scraper.items import Reading
from scraper.reference import kind_of_document
from scraper.reports.blocks import Block
from scraper.reports.grades import FRONT_PAGES, is_area, is_grade
from scraper.reports.layout import body_size
from scraper.reports.outline import Section
from scraper.reports.strange_lists import StrangeList

LEAST_ROWS = 3
"""Rows of a table that may be one of grades."""
LONGEST_AREA, LONGEST_GRADE = 110, 40
ENDS = re.compile(r"([^:]{3,110}): ([a-z][a-z /-]{2,39})$")
TOLD = 6
"""Things that are named in one doubt."""


def strange(
    reading: Reading, blocks: Sequence[Block], parts: Sequence[tuple[Section, Block]], lists: Sequence[StrangeList]
) -> Iterator[str]:
    """One warning for each thing that was found and is not understood, with its words."""
    kind = kind_of_document(reading.report_type)
    if kind.unknown and (title := title_of(blocks)):
        yield f"its title is “{title}”"
    if kind.unknown or kind.graded:
        rows = strange_grades(blocks, reading.framework, any_area=not reading.judgements)
        rows = rows or ([] if reading.judgements else strange_headings(parts))
        if rows:
            yield f"there are grades on no scale that is known: {told_in([f'{area}: {words}' for area, words in rows])}"
    if lists:
        yield f"there are lists under headings that are not known: {told_in([one.heading for one in lists])}"


def title_of(blocks: Sequence[Block]) -> str:
    """The largest words of the first page; nothing where none are larger than the text."""
    first = [block for block in blocks if block.page == 1 and not block.aside]
    largest = max((block.size for block in first), default=0.0)
    return (
        " ".join(block.text for block in first if block.size == largest)[:LONGEST_AREA]
        if largest > body_size(blocks)
        else ""
    )


def strange_grades(blocks: Sequence[Block], framework: str, *, any_area: bool) -> list[tuple[str, str]]:
    """(area, words) of each row of a table on the first pages that has words which are no grade in its place.

    `any_area`: of a table of short rows none of which is a grade that we know; else of areas of the framework only.
    """
    found: list[tuple[str, str]] = []
    cells = [block for block in blocks if block.cell and block.page <= FRONT_PAGES and not block.aside]
    for _, table in groupby(cells, key=lambda block: block.cell and block.cell[0]):
        rows = [pair for pair in map(_pair, _rows(list(table))) if pair]
        known = [row for row in rows if is_area(row[0], framework)]
        strange = [row for row in (rows if any_area else known) if not is_grade(row[1])]
        if len(rows) >= LEAST_ROWS:
            found.extend(strange)
    return found


def _rows(table: Sequence[Block]) -> Iterator[list[Block]]:
    for _, row in groupby(table, key=lambda block: block.cell and block.cell[:2]):
        yield list(row)


def _pair(row: Sequence[Block]) -> tuple[str, str] | None:
    """An area and what stands in the place of its grade, where a row has two cells as short as these."""
    if len({block.cell for block in row}) != 2 or row[0].bold:
        return None
    area = " ".join(block.text for block in row if block.cell == row[0].cell)
    words = " ".join(block.text for block in row if block.cell == row[-1].cell)
    return (area, words) if len(area) <= LONGEST_AREA and 0 < len(words) <= LONGEST_GRADE else None


def strange_headings(parts: Sequence[tuple[Section, Block]]) -> list[tuple[str, str]]:
    """(area, words) of headings that end with what may be a grade, where several end so: "Family help: expected standard"."""
    titles = dict.fromkeys(section.title for section, _ in parts)
    found = [(match[1], match[2]) for title in titles if (match := ENDS.match(title)) and not is_grade(match[2])]
    return found if len(found) >= LEAST_ROWS else []


def told_in(words: Sequence[str]) -> str:
    """Found words as a doubt names them."""
    more = f" and {len(words) - TOLD} more" if len(words) > TOLD else ""
    return ", ".join(f"“{each}”" for each in words[:TOLD]) + more
