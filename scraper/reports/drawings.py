"""What a page draws beside text: pictures and shapes; and whether a page on which PDFium finds nothing was meant to have something."""

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2
from pypdfium2 import raw

from scraper.reports.pdfium import box_of
from scraper.reports.streams import PACKED, parts_of

DEEPEST = 4
"""Forms within forms that are looked into."""
MOST = 5_000
"""Objects of a page that are counted: more are many, whatever they are."""
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
    left, bottom, right, top = box_of(found)
    return abs((right - left) * (top - bottom))


def has_content(pdf: pypdfium2.PdfDocument, index: int) -> bool:
    """Whether there is text in the content of a page on which PDFium finds nothing, or content that cannot be unpacked."""
    alone = io.BytesIO()
    with closing(pypdfium2.PdfDocument.new()) as one:
        one.import_pages(pdf, [index])
        one.save(alone)
    return any(_is_text(data, PACKED in dictionary) for dictionary, data in parts_of(alone.getvalue()))


def _is_text(data: bytes, packed: bool) -> bool:
    if packed:
        try:
            data = zlib.decompressobj().decompress(data, SIZE)
        except zlib.error:
            return True
    return bool(SHOWS_TEXT.search(data[:SIZE]))
