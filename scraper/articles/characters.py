"""Text as strangers' programs garble it, mended: before any rule looks at it, and before it is stored or mailed."""

import re
import unicodedata

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Soft hyphens, characters without width, those that turn the direction of text, and controls but for tabs and ends of lines."""

SURROGATE = re.compile("[\ud800-\udfff]")
HALVES = re.compile("[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")  # noqa: RUF001 - as wrong reading makes them
"""What a second or later byte of UTF-8 looks like when it is read as Windows-1252."""
_HALF = HALVES.pattern
WINDOWS = re.compile(rf"[ÂÃÄÅ]{_HALF}|[âï]{_HALF}{{2}}|ð{_HALF}{{3}}")
MAC = re.compile("‚Ä[ôòúùìî¶]|¬£")  # noqa: RUF001 - as wrong reading makes them
CUT_QUOTE = re.compile(rf"â€(?!{_HALF})")
"""A closing quotation mark, of whose three bytes Windows-1252 does not know the last."""

APOSTROPHES = "’‘‛`´ʼʻʹʽˈˊˋ′‵՚＇ꞌ"  # noqa: RUF001 - all that stand for one
QUOTATIONS = "“”„‟«»″‶＂〝〞"  # noqa: RUF001 - all that stand for one
DASHES = "–—‐‑‒―−﹘﹣－"  # noqa: RUF001 - all that stand for one
STRAIGHT = str.maketrans(
    dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(QUOTATIONS, '"') | dict.fromkeys(DASHES, "-") | {"…": "..."}
)


CONTROLS = {number: bytes([number]).decode("cp1252", "ignore") for number in range(0x80, 0xA0)}
"""What nobody writes and many programs leave: Windows-1252 under the numbers of Unicode, in which they are no characters."""


def mended(text: str) -> str:
    """The text as its writer meant it, to be shown to people: characters whole, none invisible, and none read in a wrong encoding."""
    if SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    for _ in range(2):  # some are garbled twice
        text = MAC.sub(_from_mac, CUT_QUOTE.sub("”", WINDOWS.sub(_from_windows, text)))
    return INVISIBLE.sub("", text.translate(CONTROLS))


def compared(text: str) -> str:
    """The text as rules compare it: mended, with one kind of apostrophe, quotation mark and dash, and letters without ligatures."""
    return unicodedata.normalize("NFKC", mended(text).translate(STRAIGHT)).translate(STRAIGHT)


def _from_windows(found: re.Match[str]) -> str:
    return _again(b"".join(_byte(char) for char in found[0]), found[0])


def _byte(char: str) -> bytes:
    return char.encode("latin-1") if ord(char) < 256 else char.encode("cp1252")


def _from_mac(found: re.Match[str]) -> str:
    return _again(found[0].encode("mac_roman"), found[0])


def _again(read: bytes, otherwise: str) -> str:
    try:
        return read.decode("utf-8")
    except UnicodeDecodeError:
        return otherwise
