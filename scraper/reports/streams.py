"""The packed parts of a PDF's bytes: whether each can be unpacked to its end. PDFium shows what it can of one that is damaged, and says nothing."""

import re
import zlib
from collections.abc import Iterator

STREAM = re.compile(rb"stream\r?\n")
NO_TEXT = re.compile(
    rb"/(?:Length1|Image|ObjStm|XRef|Metadata|FontFile|CIDFontType0C|Type1C|OpenType|DecodeParms|N \d)"
)
"""What tells that a part is a font, a picture or a table of the file, and no text of a page."""
DICTIONARY = 600
"""Bytes before a part in which its dictionary begins."""
SIZE = 2**22
"""Bytes of a part that are unpacked: more than any page of a report has."""


def is_damaged(file: bytes) -> bool:
    """Whether a part that may be text of a page is damaged. What is encrypted cannot be told and is taken for whole."""
    return b"/Encrypt" not in file and not all(_is_whole(part) for part in _packed(file))


def _packed(file: bytes) -> Iterator[bytes]:
    for found in STREAM.finditer(file):
        start = file.rfind(b"obj", max(0, found.start() - DICTIONARY), found.start())
        head = file[start : found.start()]
        if start >= 0 and not head.endswith(b"end") and b"/FlateDecode" in head and not NO_TEXT.search(head):
            yield file[found.end() : file.find(b"endstream", found.end())]


def _is_whole(part: bytes) -> bool:
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(part, SIZE)
    except zlib.error:
        return False
    return unpacking.eof or bool(unpacking.unconsumed_tail)
