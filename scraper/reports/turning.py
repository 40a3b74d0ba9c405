"""Pages that are turned: whichever way a page lies in its file, it is read with its lines from left to right."""

import math
from collections import Counter
from collections.abc import Iterable
from typing import Any

from pypdfium2 import raw

QUARTER = math.pi / 2
MIXED = 0.2
"""The share of a page's letters that may run another way than the others."""


def quarter(matrix: raw.FS_MATRIX) -> int:
    """Which way a text runs, in quarter turns against the clock: 0 to the right, 1 upwards."""
    if not matrix.b and matrix.a > 0:
        return 0
    return round(math.atan2(matrix.b, matrix.a) / QUARTER) % 4


def ways(written: Iterable[tuple[int, int]]) -> tuple[int, bool]:
    """(the way in which most letters run, whether many run another way) of (way, letters) of each piece of text."""
    letters: Counter[int] = Counter()
    for way, count in written:
        letters[way] += count
    most, count = letters.most_common(1)[0] if letters else (0, 0)
    return most, count < (1 - MIXED) * letters.total()


def lies_turned(page: Any, way: int) -> bool:
    """Whether a page has to be turned before PDFium can tell its words: it guesses at blanks by how the page is shown."""
    return way != 0 or raw.FPDFPage_GetRotation(page) != 0


def turn(page: Any, way: int) -> None:
    """Turn a page's content so that text of this way runs to the right. To be seen, the page must be opened anew."""
    left, bottom, right, top = page.get_mediabox()
    width, height = left + right, bottom + top
    matrix = (
        (1, 0, 0, 1, 0, 0),
        (0, -1, 1, 0, 0, width),
        (-1, 0, 0, -1, width, height),
        (0, 1, -1, 0, height, 0),
    )[way]
    raw.FPDFPage_SetRotation(page, 0)
    raw.FPDFPage_TransFormWithClip(page, raw.FS_MATRIX(*matrix), None)
