"""Whether bytes are a whole PDF: the one judge, asked by the crawl before it believes a file and by the reader before it opens one."""

import re

BEGINS = b"%PDF-"
WITHIN = 1024
"""Bytes before which the beginning stands; some servers and mail programs put something before it."""
LENGTH = re.compile(rb"/Linearized\b[^>]{0,200}?/L\s{1,4}([0-9]{1,12})\b")
"""How long a file is that is laid out to be shown before all of it has come: such a one has an end near its beginning."""


def is_pdf(body: bytes) -> bool:
    """Whether a PDF begins within the first bytes, of which there may be no more."""
    return BEGINS in body[:WITHIN]


def is_cut(body: bytes) -> bool:
    """Whether a PDF has no end, or one that is not its own; what stands behind its end does not matter."""
    length = LENGTH.search(body[: 2 * WITHIN])
    if length and len(body) < int(length[1]):
        return True
    return b"%%EOF" not in body
