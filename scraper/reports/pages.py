"""One page of a report: its text and blocks as somebody sees them who turns it the right way up, or why it cannot be read."""

from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import pypdfium2

from scraper.reports import layout
from scraper.reports.blocks import Block, tagged_blocks
from scraper.reports.characters import cut
from scraper.reports.drawn_bullets import small_shapes, with_bullets
from scraper.reports.glyphs import Run, written
from scraper.reports.layers import without_copies
from scraper.reports.seen import Unseen, sight_of
from scraper.reports.tags import Role, roles_of
from scraper.reports.turning import lies_turned, turn, ways

LEAST_TAGGED = 0.5


@dataclass(frozen=True, slots=True)
class Page:
    """A page's plain text and its blocks; both are empty where it is `unseen`. `askew`: its text runs in several directions; `pictured`: much of it is a picture."""

    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    unseen: Unseen | None = None
    askew: bool = False
    pictured: bool = False


def page_of(pdf: pypdfium2.PdfDocument, index: int) -> Page:
    """Read one page, counted from 0. A damaged one costs itself."""
    try:
        with closing(pdf[index]) as page:
            characters, runs = _written(page)
            way, askew = ways((run.way, len(run.text.strip())) for run in runs)
            if not lies_turned(page, way):
                return _read(pdf, index, page, characters, runs, askew=askew)
            turn(page, way)
        with closing(pdf[index]) as page:
            return _read(pdf, index, page, *_written(page), askew=askew)
    except pypdfium2.PdfiumError:
        return Page(unseen=Unseen.DAMAGED)


def _written(page: Any) -> tuple[str, list[Run]]:
    with closing(page.get_textpage()) as textpage:
        return written(textpage)


def _read(pdf: pypdfium2.PdfDocument, index: int, page: Any, characters: str, runs: list[Run], *, askew: bool) -> Page:
    text = cut(characters)
    why, pictured = sight_of(pdf, index, page, text)
    if why:
        return Page(unseen=why)
    blocks = _blocks(page, index + 1, without_copies(runs), roles_of(page))
    return Page(text, blocks, askew=askew, pictured=pictured)


def _blocks(page: Any, number: int, runs: list[Run], roles: dict[int, Role]) -> list[Block]:
    """By the tags where most of the text has one, else by the layout."""
    letters = sum(len(run.text.strip()) for run in runs)
    tagged = sum(len(run.text.strip()) for run in runs if run.mcid in roles)
    if letters and tagged < LEAST_TAGGED * letters:
        return layout.in_reading_order(layout.blocks_of(number, with_bullets(runs, small_shapes(page))))
    return layout.in_reading_order(tagged_blocks(number, runs, roles))
