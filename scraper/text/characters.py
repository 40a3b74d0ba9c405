"""Text as strangers' programs garble it, mended: before any rule looks at it, and before it is stored or mailed."""

import re
import unicodedata
from html import unescape
from html.entities import html5

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

REFERENCE = re.compile(r"&(?:amp;){0,3}(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
MARKUP = frozenset("<>")
"""What stays a reference: text is not to become a tag."""

LOST = "\ufffd"
LOST_MARK = r"(?:\?(?:\?\?)?|\ufffd{1,3})"
"""What programs write for a character they do not know, or for each of its three bytes."""
BROKEN = re.compile(
    rf"""(?<![\w/.?=&%#@])(?:(?:
      (?!(?:attach|caf|canap|clich|expos|fianc|pur|r[eé]sum|prot[eé]g|saut|touch){LOST_MARK})[^\W\d_]{{2,}}+{LOST_MARK}s
    | (?:ai|are|ca|could|dare|did|do|does|had|has|have|is|may|might|must|need|ought|sha|should|was|were|wo|would)n{LOST_MARK}t
    | (?:he|how|i|it|she|that|there|these|they|this|we|what|who|you){LOST_MARK}(?:d|ll)
    | i{LOST_MARK}m | (?:how|there|these|they|those|we|what|who|you){LOST_MARK}re
    | (?:could|i|might|must|should|there|they|we|who|would|you){LOST_MARK}ve
    | o{LOST_MARK}clock | ma{LOST_MARK}am | y{LOST_MARK}all
    )(?![\w/=&?]) | (?-i:[OD]{LOST_MARK}(?=[A-Z][a-z])))""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words with an apostrophe and what stands there instead: a question mark has no such word's end after it. "Cafés" has another letter."""
MAY_BE_BROKEN = re.compile("[?\ufffd][a-z]|\ufffd", re.IGNORECASE)
"""Soon found or not: most texts have none, and looking at each word takes five times as long as all else."""
LOST_LAST = re.compile(r"(?<=[^\W\d_]s)\ufffd{1,3}(?=\s)", re.IGNORECASE)
"""That of several owners: "councils' services"."""

APOSTROPHES = "’‘‛`´ʼʻʹʽˈˊˋ′‵՚＇ꞌ"  # noqa: RUF001 - all that stand for one
QUOTATIONS = "“”„‟«»″‶＂〝〞\ufffd"  # noqa: RUF001 - all that stand for one
DASHES = "–—‐‑‒―−﹘﹣－"  # noqa: RUF001 - all that stand for one
STRAIGHT = str.maketrans(
    dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(QUOTATIONS, '"') | dict.fromkeys(DASHES, "-") | {"…": "..."}
)


CONTROLS = {number: bytes([number]).decode("cp1252", "ignore") for number in range(0x80, 0xA0)}
"""What nobody writes and many programs leave: Windows-1252 under the numbers of Unicode, in which they are no characters."""
CONTROL = re.compile("[\x80-\x9f]")


def mended(text: str) -> str:
    """The text as its writer meant it, to be shown to people: characters whole, none invisible, and none read in a wrong encoding."""
    if "&" in text:
        text = REFERENCE.sub(_referred, text)
    for _ in range(2):  # some are garbled twice
        text = MAC.sub(_from_mac, CUT_QUOTE.sub("”", WINDOWS.sub(_from_windows, text)))
    if MAY_BE_BROKEN.search(text):
        text = LOST_LAST.sub("’", BROKEN.sub(_with_apostrophe, text))
    return storable(without_controls(text))


def without_controls(text: str) -> str:
    """The text with what is meant by characters that are none; to look for one is quicker by far than to translate a text without any."""
    return text.translate(CONTROLS) if CONTROL.search(text) else text


def storable(text: str) -> str:
    """The text without what is invisible and without halves of characters, which cannot be stored; two that belong together are one."""
    if SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return INVISIBLE.sub("", text)


def compared(text: str) -> str:
    """The text as rules compare it: mended, with one kind of apostrophe, quotation mark and dash, and letters without ligatures."""
    return unicodedata.normalize("NFKC", mended(text).translate(STRAIGHT)).translate(STRAIGHT)


def _referred(found: re.Match[str]) -> str:
    name = found[1]
    char = unescape(f"&{name};") if name.startswith("#") else html5.get(f"{name};", "")
    return found[0] if not char or char in MARKUP else char.replace(LOST, "")


def _with_apostrophe(found: re.Match[str]) -> str:
    return re.sub(LOST_MARK, "’", found[0])


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
