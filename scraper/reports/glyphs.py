"""Pages of a PDF as runs of text: what stands where, in which font, under which marked-content id.

One run is what one text object of the page draws, with the blanks and line breaks that PDFium puts after it.
"""

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from scraper.reports.characters import UNKNOWN, characters_of, cut
from scraper.reports.turning import quarter

UNTAGGED = -1
BOLD_WEIGHT = 600
NAME_BYTES = 128

# Plain integers as handles: ctypes would otherwise build a pointer object for every character of the page.
_object_at = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
_font_of = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFTextObj_GetFont, ctypes.c_void_p).value or 0
)


@dataclass(frozen=True, slots=True)
class Run:
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
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    spans = list(_spans(handle, len(characters)))
    characters = _without_guesses(textpage.raw, characters, spans)
    fonts: dict[int, bool] = {}
    return characters, [
        _run(textpage.raw, cut(characters, start, end), start, pointer, fonts) for start, end, pointer in spans
    ]


def _without_guesses(textpage: Any, characters: str, spans: Sequence[tuple[int, int, int]]) -> str:
    """The characters, where a font does not tell which letter a glyph is: PDFium then gives its number in the font for one."""
    guessed = [
        index
        for start, end, _ in spans
        if raw.FPDFText_HasUnicodeMapError(textpage, start)
        for index in range(start, end)
        if raw.FPDFText_HasUnicodeMapError(textpage, index)
    ]
    if not guessed:
        return characters
    known = list(characters)
    for index in guessed:
        known[index] = UNKNOWN
    return "".join(known)


def _spans(handle: int | None, count: int) -> Iterator[tuple[int, int, int]]:
    """(start, end, object) of each stretch of characters drawn by one object; generated blanks go with what is before."""
    start, current = 0, None
    for index in range(count):
        pointer = _object_at(handle, index)
        if pointer and pointer != current:
            if current:
                yield start, index, current
                start = index
            current = pointer
    if current:
        yield start, count, current


def _run(textpage: Any, text: str, start: int, pointer: int, fonts: dict[int, bool]) -> Run:
    """`fonts`: which of the page's fonts, by their addresses, are bold, as far as that is known; many runs share one."""
    page_object = ctypes.cast(pointer, raw.FPDF_PAGEOBJECT)
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    raw.FPDFPageObj_GetBounds(page_object, left, bottom, right, top)
    font = _font_of(pointer)
    if not font or font not in fonts:
        fonts[font or 0] = _is_bold(textpage, start)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, start, matrix)
    return Run(
        text=text,
        mcid=raw.FPDFPageObj_GetMarkedContentID(page_object),
        left=left.value,
        bottom=bottom.value,
        right=right.value,
        top=top.value,
        base=_base(textpage, start),
        size=_size(textpage, start, matrix),
        bold=fonts[font or 0],
        way=quarter(matrix),
        hidden=raw.FPDFTextObj_GetTextRenderMode(page_object) == raw.FPDF_TEXTRENDERMODE_INVISIBLE,
    )


def _base(textpage: Any, index: int) -> float:
    """The height of the line a character stands on."""
    across, up = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage, index, across, up)
    return up.value


def _size(textpage: Any, index: int, matrix: raw.FS_MATRIX) -> float:
    """Points as printed: the size of the font, scaled as the text is."""
    return float(raw.FPDFText_GetFontSize(textpage, index) * (math.hypot(matrix.b, matrix.d) or 1))


def _is_bold(textpage: Any, index: int) -> bool:
    name = ctypes.create_string_buffer(NAME_BYTES)
    raw.FPDFText_GetFontInfo(textpage, index, name, NAME_BYTES, ctypes.c_int())
    return b"bold" in name.value.lower() or raw.FPDFText_GetFontWeight(textpage, index) >= BOLD_WEIGHT
