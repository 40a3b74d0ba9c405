"""Pages of a PDF as runs of text: what stands where, in which font, under which marked-content id.

One run is what one text object of the page draws, with the blanks and line breaks that PDFium puts after it.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from pypdfium2 import raw

from scraper.reports import pdfium
from scraper.reports.characters import UNKNOWN, characters_of, cut
from scraper.reports.turning import quarter

UNTAGGED = -1
BOLD_WEIGHT = 600


class Run(NamedTuple):
    """Text drawn by one object; the box and the height of its base line are in points from the lower left corner.

    `mcid` is UNTAGGED where there is none; `way` counts the quarter turns, against the clock, by which the text is turned on its page;
    `hidden` text is there to be searched and not to be seen.
    """

    text: str
    mcid: int
    left: float
    bottom: float
    right: float
    top: float
    base: float
    size: float
    bold: bool
    way: int = 0
    hidden: bool = False


def written(textpage: Any) -> tuple[str, list[Run]]:
    """What is written on a page: its characters by PDFium's index, and its runs in the order of its content."""
    characters = characters_of(textpage)
    letters = pdfium.handle(textpage.raw)
    spans = list(_spans(map(pdfium.object_at, repeat(letters), range(len(characters)))))
    characters = _without_guesses(letters, characters, spans)
    fonts: dict[int, bool] = {}
    return characters, [
        _run(letters, cut(characters, start, end), start, pointer, fonts) for start, end, pointer in spans
    ]


def _without_guesses(letters: Any, characters: str, spans: Sequence[tuple[int, int, int]]) -> str:
    """The characters, where a font does not tell which letter a glyph is: PDFium then gives its number in the font for one."""
    guessed = [
        index
        for start, end, _ in spans
        if pdfium.is_guessed(letters, start)
        for index in range(start, end)
        if pdfium.is_guessed(letters, index)
    ]
    if not guessed:
        return characters
    known = list(characters)
    for index in guessed:
        known[index] = UNKNOWN
    return "".join(known)


def _spans(pointers: Iterable[int | None]) -> Iterator[tuple[int, int, int]]:
    """(start, end, object) of each stretch of characters drawn by one object; generated blanks go with what is before."""
    start, end, current = 0, 0, None
    for end, pointer in enumerate(pointers, 1):
        if pointer != current and pointer:
            if current:
                yield start, end - 1, current
                start = end - 1
            current = pointer
    if current:
        yield start, end, current


def _run(letters: Any, text: str, start: int, pointer: int, fonts: dict[int, bool]) -> Run:
    """`fonts`: which of the page's fonts, by their addresses, are bold, as far as that is known; many runs share one."""
    drawn = pdfium.handle(pointer)
    font = pdfium.font_of(drawn)
    if not font or font not in fonts:
        fonts[font or 0] = _is_bold(letters, start)
    matrix = pdfium.matrix_of(letters, start)
    return Run(
        text,
        pdfium.mcid_of(drawn),
        *pdfium.box_of(drawn),
        base=pdfium.base_of(letters, start),
        size=_size(letters, start, matrix),
        bold=fonts[font or 0],
        way=quarter(matrix),
        hidden=pdfium.mode_of(drawn) == raw.FPDF_TEXTRENDERMODE_INVISIBLE,
    )


def _size(letters: Any, index: int, matrix: raw.FS_MATRIX) -> float:
    """Points as printed: the size of the font, scaled as the text is."""
    return float(pdfium.font_size(letters, index) * (math.hypot(matrix.b, matrix.d) or 1))


def _is_bold(letters: Any, index: int) -> bool:
    return b"bold" in pdfium.font_name(letters, index).lower() or pdfium.font_weight(letters, index) >= BOLD_WEIGHT
