"""The parts of a PDF's bytes, and whether each that is packed can be unpacked to its end. PDFium shows what it can of one that is damaged, and says nothing."""

import re
import zlib
from collections.abc import Iterator

STREAM = re.compile(rb"stream(?<!endstream)\r?\n")
"""Looks back only where the word stands: an expression that begins by looking back does so at every byte."""
NO_TEXT = re.compile(
    rb"/(?:Length1|Image|ObjStm|XRef|Metadata|FontFile|CIDFontType0C|Type1C|OpenType|DecodeParms|N \d)"
)
"""What tells that a part is a font, a picture or a table of the file, and no text of a page."""
PACKED = b"/FlateDecode"
DICTIONARY = 600
"""Bytes before a part in which its dictionary begins."""
SIZE = 2**22
"""Bytes of a part that are unpacked: more than any page of a report has."""


def is_damaged(file: bytes) -> bool:
    """Whether a part that may be text of a page is damaged. What is encrypted cannot be told and is taken for whole."""
    return b"/Encrypt" not in file and not all(
        _is_whole(data)
        for dictionary, data in parts_of(file)
        if PACKED in dictionary and not NO_TEXT.search(dictionary)
    )


def parts_of(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(dictionary, data) of each part; a dictionary that is too long is not looked at, and empty."""
    for found in STREAM.finditer(file):
        start = file.rfind(b"obj", max(0, found.start() - DICTIONARY), found.start())
        dictionary = file[start : found.start()] if start >= 0 else b""
        yield dictionary, file[found.end() : file.find(b"endstream", found.end())]


def _is_whole(part: bytes) -> bool:
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(part, SIZE)
    except zlib.error:
        return False
    return unpacking.eof or bool(unpacking.unconsumed_tail)
