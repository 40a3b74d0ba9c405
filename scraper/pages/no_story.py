"""What a page of a paper is that is no story: a liveblog or a picture gallery; by what it says of itself, and by where its text stands.

One live entry, one gallery or the word "live" makes none: a story may have them all.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from lxml import etree

from scraper.pages.likeness import ALIKE, shared_words
from scraper.pages.linked_data import ARTICLE, GALLERY, LIVEBLOG, Told
from scraper.reference import address_parts

A_LIVEBLOG, A_GALLERY = "a liveblog", "a picture gallery"
LIVE_PART = re.compile(r"(?:(?<![A-Za-z])live|Live)[-_ ]?(?i:blog|event|post|update|entr|list)|lx-stream")
"""How parts of pages are called that hold entries of a liveblog."""
PICTURES_PART = re.compile(r"gallery|slide-?show", re.IGNORECASE)
IS_LIVE = re.compile(r"live[-_ ]?(?:blog|event)", re.IGNORECASE)
IS_PICTURES = re.compile(r"(?:(?:picture|photo|image|media)[-_ ]?)?gallery|slide-?show", re.IGNORECASE)
TYPED = re.compile(r"\"article_?(?:sub_?)?type\"\s{0,9}:\s{0,9}\"([^\"]{1,40})\"", re.IGNORECASE)
"""What kind of article a publisher's own data call the page."""
CALLED = re.compile(
    r"^(?:in pictures|(?:(?:picture|photo) )?gallery|pictures|photos)\s?[:|–-]|\bin pictures$|^\d+ (?:\w+ ){0,3}(?:pictures|photos|images)\b",
    re.IGNORECASE,
)
IN_PATH = re.compile(r"/(?:(?:picture|photo)-?)?galler(?:y|ies)/|/in-pictures/|/(?:pictures|photos)/", re.IGNORECASE)
NAMES = ("class", "id", "data-component", "data-testid", "data-e2e")
WHOLE, BESIDE = frozenset({"html", "body"}), frozenset({"aside", "nav", "footer", "a"})

POSTS, CAPTIONS = 3, 3
PARAGRAPH = 40
"""Characters; shorter ones are labels."""
PROSE = 1000
"""Characters; a page with so much text beside its pictures is a story with pictures."""
MOST = 2000
"""Of each kind of element so many are looked at: four times a long liveblog."""


def told_as(tree: Any, told: Sequence[Told], url: str, headline: str, text: str) -> str:
    """What the page is instead of a story, in words; "" for a story. `text` is what was found as its text, `told` what may be it."""
    kinds = {one.kind for one in told if _is_itself(one, url, headline)}
    typed = _typed(tree)
    if LIVEBLOG in kinds or _is_live(tree, said=any(map(IS_LIVE.fullmatch, typed))):
        return A_LIVEBLOG
    said = GALLERY in kinds and ARTICLE not in kinds
    path = address_parts(url).path
    hinted = CALLED.search(headline) or IN_PATH.search(path) or any(map(IS_PICTURES.fullmatch, typed))
    return A_GALLERY if (said or hinted) and _is_pictures(tree, text, said=said) else ""


def _is_itself(told: Told, url: str, headline: str) -> bool:
    unsaid = not (told.address or told.headline)
    return unsaid or told.address == url or shared_words(told.headline, headline) >= ALIKE


def _typed(tree: Any) -> list[str]:
    scripts = islice(tree.iter("script"), MOST)
    return [kind for script in scripts for kind in TYPED.findall(script.text or "")]


def _is_live(tree: Any, *, said: bool) -> bool:
    """Whether it has several entries of a liveblog, and is `said` to be one or has most of its text in them."""
    parts = set(_parts(tree, LIVE_PART))
    posts, inside, whole = set(), 0, 0
    for paragraph, length in _paragraphs(tree) if parts else ():
        part = next((one for one in paragraph.iterancestors() if one in parts), None)
        whole += length
        if part is not None:
            inside += length
            posts.add(part)
    times = sum(1 for part in posts for _ in part.iter("time"))
    return max(len(posts), times) >= POSTS and (said or 2 * inside > whole)


def _is_pictures(tree: Any, text: str, *, said: bool) -> bool:
    """Whether it has little text beside its captions; where it is not `said` to be a gallery, less than in several captions."""
    parts = _parts(tree, PICTURES_PART)
    captions = islice(tree.iter("figcaption"), MOST)
    within = (node for part in parts for node in islice(part.iter("p", "figcaption"), MOST))
    beside = set(filter(None, map(_said, chain(captions, within))))
    prose = sum(len(line) for line in text.split("\n") if line not in beside)
    return prose < PROSE if said else len(beside) >= CAPTIONS and prose < sum(map(len, beside))


def _parts(tree: Any, called: re.Pattern[str]) -> Iterator[Any]:
    """The elements of the page's content that are called so, by their tag or by their part of the layout."""
    for node in tree.iter(etree.Element):
        names = " ".join(filter(None, map(node.get, NAMES)))
        if called.search(f"{node.tag} {names}") and node.tag not in WHOLE and not _is_beside(node):
            yield node


def _is_beside(node: Any) -> bool:
    return any(one.tag in BESIDE for one in (node, *node.iterancestors()))


def _paragraphs(tree: Any) -> Iterator[tuple[Any, int]]:
    for node in islice(tree.iter("p"), MOST):
        length = len(_said(node))
        if length >= PARAGRAPH:
            yield node, length


def _said(node: Any) -> str:
    return " ".join(node.text_content().split())
