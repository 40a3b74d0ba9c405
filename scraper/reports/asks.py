"""The items of a report's explicit lists of things to improve, whole, with kind, section and page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from itertools import groupby

from scraper.items import Finding
from scraper.reference import frameworks
from scraper.reports.blocks import Block, glue
from scraper.reports.outline import Mode, Section

NESTED = 9.0
INTRODUCES = re.compile(r":$|\bthe following\b[^.]{0,60}\.$|\bshould$", re.IGNORECASE)
WORDS = re.compile(r"[a-z]{3}", re.IGNORECASE)
LISTS = re.compile(r"\bthe following\b[^.:]{0,60}\.$", re.IGNORECASE)
"""The end of a numbered sentence that introduces a list."""
NOTHING = re.compile(r"^(there (are|were) no|no|none)\b", re.IGNORECASE)


def asks_of(sections: Iterable[tuple[Section, Block]]) -> list[Finding]:
    """Every item, in order."""
    found: list[Finding] = []
    for section, members in groupby(sections, key=lambda pair: pair[0]):
        if section.mode is Mode.ASK and section.kind:
            found.extend(_findings(section, section.kind, items([block for _, block in members])))
    return found


def _findings(section: Section, kind: str, blocks: Iterable[Block]) -> Iterator[Finding]:
    for block in blocks:
        yield Finding(kind, section.name, block.text, block.page, lscb=section.lscb)


def items(blocks: list[Block]) -> list[Block]:
    """The items of one list: its bullets or numbers with what is nested in them; paragraphs where it has neither."""
    blocks = [
        block for block in blocks if WORDS.search(block.text) and not frameworks().marks.no_items.match(block.text)
    ]
    if _in_rows(blocks):
        return _rows(blocks)
    if any(block.label for block in blocks):
        return _labelled(blocks)
    return [block for block in blocks if not INTRODUCES.search(block.text) and not NOTHING.match(block.text)]


def _in_rows(blocks: list[Block]) -> bool:
    """Whether the list is a table of one item a row, not bullets that happen to stand in a table.

    A row may itself begin with "Leaders should:" and go on with bullets; then more than one row begins without a bullet.
    """
    rows = [next(members) for _, members in groupby(blocks, key=_row)]
    first = next((block for block in blocks if not INTRODUCES.search(block.text)), None)
    if first and first.cell and not first.label:
        return True
    return sum(bool(block.cell) and not block.label for block in rows) > 1


def _row(block: Block) -> tuple[int, tuple[int, ...] | None]:
    return block.page, block.cell and block.cell[:2]


def _rows(blocks: Iterable[Block]) -> list[Block]:
    """One item a row of a table: what its last column holds, bullets and all (the first names the responsible body)."""
    found: list[Block] = []
    for _, members in groupby(blocks, key=_row):
        row = list(members)
        last = [block for block in row if block.cell == row[-1].cell]
        item = reduce(_extended, last)
        if found and (item.label or item.text[0].islower()) and item.page > found[-1].page:
            found[-1] = _extended(found[-1], item)
        else:
            found.append(item)
    return found


def _labelled(blocks: Iterable[Block]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        if found and belongs(found[-1], block):
            found[-1] = _extended(found[-1], block)
        elif block.label and (found or not LISTS.search(block.text)):
            found.append(block)
    return found


def belongs(item: Block, block: Block) -> bool:
    """Whether a block is part of the item before it: nested, or a further paragraph of the same item."""
    if item.item and block.item == item.item and block.page == item.page:
        return True
    return bool(block.cell) == bool(item.cell) and block.left > item.left + NESTED


def _extended(item: Block, block: Block) -> Block:
    return replace(item, text=glue(item.text, block.text))
