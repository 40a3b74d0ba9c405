"""Whether a page of a report could be read: scanned, damaged and meaningless pages are known and told of, not taken for silence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import pypdfium2

from scraper.reports.characters import UNKNOWN
from scraper.reports.drawings import drawn, has_content

FEW_WORDS = 30
"""A page with fewer may be a scan with a header printed over it."""
COVERED = 0.5
"""The share of a page that pictures cover where it is a scan."""
SOME_WORDS, PICTURED = 200, 0.35
"""A page with fewer words, of which pictures cover more than this share, may have its list in one of them."""
SOME = 0.1
"""The same where there is no word beside them: more than a crest."""
MANY_PATHS = 400
"""Shapes that are drawn on a page, more than any table has on a page of a few words: its text is drawn as shapes."""
ENOUGH = 40
"""Words from which on it can be told whether a text has a meaning."""
LEAST_COMMON = 0.07
"""The share of common words that every English text has: half of that of the poorest page of any report."""
MOST_UNKNOWN = 0.2
"""The share of letters without a meaning from which on a text has none."""
WORD = re.compile(r"[^\W\d_]{3}")
COMMON = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been but by for from had has have in is it its no not of on or that the their them there they this to was "
        "were when which who will with children child young people care family families services social workers leaders plans support "
        "inspection ofsted report",
    )
)


class Unseen(StrEnum):
    """Why a page is not read."""

    DAMAGED = "damaged"
    SCAN = "scan"
    MEANINGLESS = "meaningless"


TOLD: Mapping[Unseen, tuple[str, str]] = {
    Unseen.DAMAGED: ("is damaged and was not read", "are damaged and were not read"),
    Unseen.SCAN: ("has no text: it may be a scan", "have no text: they may be scans"),
    Unseen.MEANINGLESS: (
        "has text whose letters cannot be told: it was not read",
        "have text whose letters cannot be told: they were not read",
    ),
}


def sight_of(pdf: pypdfium2.PdfDocument, index: int, page: Any, text: str) -> tuple[Unseen | None, bool]:
    """(why a page cannot be read, None where it can; whether so much of it is a picture that there may be words in it)."""
    if not has_meaning(text):
        return Unseen.MEANINGLESS, False
    words = len(text.split())
    if words >= SOME_WORDS:
        return None, False
    pictures, shapes = drawn(page)
    if words < FEW_WORDS:
        if pictures > (COVERED if WORD.search(text) else SOME) or shapes > MANY_PATHS:
            return Unseen.SCAN, False
        shown = text.strip() or pictures or shapes
        if not shown and has_content(pdf, index):  # one that is blank has been read
            return Unseen.DAMAGED, False
    return None, pictures > PICTURED


def has_meaning(text: str) -> bool:
    """Whether people can read a text, or it is made of glyphs whose letters nobody knows."""
    unknown = text.count(UNKNOWN)
    if unknown > ENOUGH and unknown > MOST_UNKNOWN * len(text):
        return False
    words = text.lower().split()
    return len(words) < ENOUGH or sum(word in COMMON for word in words) >= LEAST_COMMON * len(words)


def of_pages(
    why: Mapping[int, Unseen], askew: Sequence[int] = (), unclear: Sequence[int] = (), pictured: Sequence[int] = ()
) -> Iterator[str]:
    """In words, which pages (from 1) were not read and why: "pages 3 and 5 have no text: they may be scans"."""
    for reason in Unseen:
        if pages := sorted(page for page in why if why[page] is reason):
            yield _told(pages, *TOLD[reason])
    if askew:
        yield _told(askew, "has text that runs in several directions", "have text that runs in several directions")
    if unclear:
        yield _told(unclear, "has letters that cannot be told", "have letters that cannot be told")
    if pictured:
        yield _told(pictured, "is mostly a picture, which may hold words", "are mostly pictures, which may hold words")


def _told(pages: Sequence[int], one: str, many: str) -> str:
    if len(pages) == 1:
        return f"page {pages[0]} {one}"
    return f"pages {', '.join(map(str, pages[:-1]))} and {pages[-1]} {many}"
