"""What a page draws beside text: pictures and shapes; and whether a page on which PDFium finds nothing was meant to have something."""

import ctypes
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from typing import Any

import pypdfium2
from pypdfium2 import raw

DEEPEST = 4
"""Forms within forms that are looked into."""
MOST = 5_000
"""Objects of a page that are counted: more are many, whatever they are."""
STREAM = re.compile(rb"stream\r?\n")
SHOWS_TEXT = re.compile(rb"[)>\]]\s?(?:T[jJ]|['\"])")
SIZE = 2**20
"""Bytes of a stream that are unpacked."""


def drawn(page: Any) -> tuple[float, int]:
    """(the share of the page that pictures cover, how many shapes there are)."""
    area, shapes = 0.0, 0
    for kind, size in _objects(page):
        area += size if kind == raw.FPDF_PAGEOBJ_IMAGE else 0
        shapes += kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
    return area / max(1.0, page.get_width() * page.get_height()), shapes


def _objects(page: Any) -> Iterator[tuple[int, float]]:
    """(kind, square points) of what the page draws."""
    for index, found in enumerate(page.get_objects(max_depth=DEEPEST)):
        if index == MOST:
            return
        yield found.type, _area(found.raw)


def _area(found: Any) -> float:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(found, left, bottom, right, top)
    return abs((right.value - left.value) * (top.value - bottom.value))


def has_content(pdf: pypdfium2.PdfDocument, index: int) -> bool:
    """Whether there is text in the content of a page on which PDFium finds nothing, or content that cannot be unpacked."""
    alone = io.BytesIO()
    with closing(pypdfium2.PdfDocument.new()) as one:
        one.import_pages(pdf, [index])
        one.save(alone)
    return any(_is_text(part, packed) for part, packed in _streams(alone.getvalue()))


def _streams(file: bytes) -> Iterator[tuple[bytes, bool]]:
    """(data, whether it says to be packed by deflate) of each stream of a file."""
    begins = [0, *(found.end() for found in STREAM.finditer(file))]
    for before, start in pairwise(begins):
        end = file.find(b"endstream", start)
        yield file[start:end], b"/FlateDecode" in file[max(before, start - 400) : start]


def _is_text(data: bytes, packed: bool) -> bool:
    if packed:
        try:
            data = zlib.decompressobj().decompress(data, SIZE)
        except zlib.error:
            return True
    return bool(SHOWS_TEXT.search(data[:SIZE]))
