"""Pages of a PDF as runs of text: what stands where, in which font, under which marked-content id.

One run is what one text object of the page draws, with the blanks and line breaks that PDFium puts after it.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

HYPHEN_AT_LINE_END = "\ufffe"
UNTAGGED = -1
BOLD_WEIGHT = 600
NAME_BYTES = 128

# Plain integers as handles: ctypes would otherwise build a pointer object for every character of the page.
_object_at = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)


@dataclass(frozen=True, slots=True)
class Run:
    """Text drawn by one object; the box and the height of its base line are in points from the lower left corner.

    `mcid` is UNTAGGED where there is none.
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


def page_text(textpage: Any) -> str:
    """The page's text as PDFium orders it: lines end in CR LF, a hyphen that ends a line is a plain hyphen."""
    return str(textpage.get_text_range()).replace(HYPHEN_AT_LINE_END, "-").replace("\x02", "-")


def runs_of(textpage: Any, text: str) -> list[Run]:
    """The runs of one page, in the order of its content; `text` is its `page_text`."""
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    return [_run(textpage.raw, text[start:end], start, pointer) for start, end, pointer in _spans(handle, len(text))]


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


def _run(textpage: Any, text: str, start: int, pointer: int) -> Run:
    page_object = ctypes.cast(pointer, raw.FPDF_PAGEOBJECT)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(page_object, left, bottom, right, top)
    return Run(
        text=text,
        mcid=raw.FPDFPageObj_GetMarkedContentID(page_object),
        left=left.value,
        bottom=bottom.value,
        right=right.value,
        top=top.value,
        base=_base(textpage, start),
        size=_size(textpage, start),
        bold=_is_bold(textpage, start),
    )


def _base(textpage: Any, index: int) -> float:
    """The height of the line a character stands on."""
    across, up = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage, index, across, up)
    return up.value


def _size(textpage: Any, index: int) -> float:
    """Points as printed: the size of the font, scaled as the text is."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, index, matrix)
    return float(raw.FPDFText_GetFontSize(textpage, index) * (math.hypot(matrix.b, matrix.d) or 1))


def _is_bold(textpage: Any, index: int) -> bool:
    name = ctypes.create_string_buffer(NAME_BYTES)
    raw.FPDFText_GetFontInfo(textpage, index, name, NAME_BYTES, ctypes.c_int())
    return b"bold" in name.value.lower() or raw.FPDFText_GetFontWeight(textpage, index) >= BOLD_WEIGHT
