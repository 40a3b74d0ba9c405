"""The characters of a page by PDFium's own index, which is no index of its text.

PDFium leaves out of a page's text what has no Unicode, counts a character beyond the first 65,536 as two, and a half of such a one alone
comes to nothing. Text cut by one index and told by the other is wrong from there to the end of the page.
"""

import re
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

UNKNOWN = "\ufffd"
"""Stands for a glyph that is drawn and has no meaning, such as a bullet of a font of pictures."""
FILLER = "\x00"
"""Stands in the place of the second half of a character that PDFium counts as two; to be taken out of what is cut."""
HYPHENS_AT_LINE_END = ("\ufffe", "\x02")
APOSTROPHES, QUOTES, DASHES = "\u02bc\u02b9\u2032\u00b4`\u201b\uff07", "\u2033\u201f\uff02", "\u2010\u2011\ufe63\uff0d"
ALIKE = {**dict.fromkeys(APOSTROPHES, "’"), **dict.fromkeys(QUOTES, "”"), **dict.fromkeys(DASHES, "-")}
ODD = re.compile(f"[{APOSTROPHES}{QUOTES}{DASHES}]")
"""What fonts and word processors put for a plain mark: the rules that come after know one of each."""


def characters_of(textpage: Any) -> str:
    """One character for each that PDFium counts, so that its indices hold; lines end in CR LF, a hyphen that ends one is plain."""
    text = str(textpage.get_text_range())
    count = raw.FPDFText_CountChars(textpage)
    if len(text) != count or (count and raw.FPDFText_GetTextIndexFromCharIndex(textpage, count - 1) != count - 1):
        text = _one_by_one([raw.FPDFText_GetUnicode(textpage, index) for index in range(count)])
    for hyphen in HYPHENS_AT_LINE_END:
        text = text.replace(hyphen, "-")
    return ODD.sub(lambda mark: ALIKE[mark[0]], text)


def cut(characters: str, start: int = 0, end: int | None = None) -> str:
    """The text of a stretch of them."""
    return characters[start:end].replace(FILLER, "")


def _one_by_one(codes: list[int]) -> str:
    """The characters of these UTF-16 codes, each at its own place; 0 is what has no meaning."""
    found = [chr(code) if code and not _is_half(code) else UNKNOWN for code in codes]
    for index, (high, low) in enumerate(pairwise(codes)):
        if 0xD800 <= high < 0xDC00 <= low < 0xE000:
            found[index : index + 2] = [chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00), FILLER]
    return "".join(found)


def _is_half(code: int) -> bool:
    return 0xD800 <= code < 0xE000
