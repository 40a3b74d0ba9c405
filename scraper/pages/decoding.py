"""The bytes of a page or feed -> bytes that any parser reads alike: UTF-8 where they are that, and no impossible character.

One bad byte is no reason to guess anew what a whole page is written in: what is UTF-8 but for a few bytes is UTF-8.
"""

import codecs
import re

from scraper.text import CONTROLS, without_controls

WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before that of UTF-16, with which it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ZEROS: dict[tuple[bool, ...], str] = {
    (False, True, True, True): "utf-32-le",
    (True, True, True, False): "utf-32-be",
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
}
"""Which of the first four bytes are 0 where markup without a mark begins: with Latin characters, whichever they are."""
DECLARED = re.compile(rb"(?:charset|encoding)\s*+=\s*+[\"']?\s*+([\w-]+)", re.IGNORECASE)
DECLARED_WITHIN = 2048
LATIN = frozenset({b"iso-8859-1", b"iso8859-1", b"latin-1", b"latin1", b"windows-1252", b"cp1252", b"us-ascii"})
"""Names under which Windows-1252 is written; browsers read it under all of them."""
BAD = re.compile("[\udc80-\udcff]+")
CUT = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
"""The beginning of a character that was cut in the middle, as programs do that count bytes."""
ENDS = ("", "<", "&", "]", "…")
"""What may stand where a text was cut; there the first byte of a character is no letter of Windows-1252 either."""

DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
REFERENCES = re.compile(rb"(?:&#(?:x[0-9a-f]+|\d+);)+", re.IGNORECASE)
REFERENCE = re.compile(rb"&#(?:x([0-9a-f]+)|(\d+));", re.IGNORECASE)
DIGITS = 8


def readable(body: bytes) -> bytes:
    """The same in UTF-8 without a declaration, if it is that or UTF-16; else as it is, for its parser to guess.

    References to no character are gone.
    """
    text = utf8_text(body)
    return mended_references(body if text is None else DECLARATION.sub("", without_controls(text)).encode("utf-8"))


def utf8_text(body: bytes) -> str | None:
    """The text of UTF-8, but for a few bytes that are then taken for Windows-1252, of UTF-16 and 32, and of what says that it is Latin 1.

    None for anything else.

    It is UTF-8 if it says so, or if more of what is not ASCII is UTF-8 than is not: in any other encoding hardly anything is.
    """
    for start, encoding in WIDE:
        if body.startswith(start):
            return body.decode(encoding, "ignore")
    if unmarked := ZEROS.get(tuple(byte == 0 for byte in body[:4])):
        return body.decode(unmarked, "ignore")
    text = body.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    bad = sum(len(run) for run in BAD.findall(text))
    if not bad:
        return text
    good = sum(not char.isascii() for char in text) - bad
    declared = DECLARED.search(body[:DECLARED_WITHIN])
    named = declared[1].lower() if declared else b""
    if named not in (b"utf-8", b"utf8") and good < bad:
        return body.decode("cp1252", "ignore") if named in LATIN else None
    return BAD.sub(lambda run: _windows(run, among_utf8=good > 0), text)


def _windows(run: re.Match[str], *, among_utf8: bool) -> str:
    written = run[0].encode("utf-8", "surrogateescape")
    cut = CUT.fullmatch(written) or (run.string[run.end() : run.end() + 1] in ENDS and CUT.fullmatch(written + b"\x80"))
    return "" if among_utf8 and cut else written.decode("cp1252", "ignore")


def mended_references(markup: bytes) -> bytes:
    """Markup in which an emoji written as two references, one for each half, is one, and references to no character are left out."""
    return REFERENCES.sub(_mended_run, markup)


def _mended_run(run: re.Match[bytes]) -> bytes:
    written = [_number(found) for found in REFERENCE.finditer(run[0])]
    numbers = [ord(CONTROLS.get(number, chr(number)) or "\0") if number < 256 else number for number in written]
    if numbers == written and all(map(_is_character, numbers)):
        return run[0]
    known = "".join(chr(number) for number in numbers if _is_character(number) or 0xD800 <= number < 0xE000)
    joined = known.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return "".join(f"&#{ord(char)};" for char in joined).encode()


def _number(reference: re.Match[bytes]) -> int:
    """0, which is no character, for numbers that are too long for any."""
    digits = reference[1] or reference[2]
    return int(digits, 16 if reference[1] else 10) if len(digits) <= DIGITS else 0


def _is_character(number: int) -> bool:
    return number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0x110000
