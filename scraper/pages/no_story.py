"""What a page of a paper is that is no story: a liveblog or a picture gallery; by what it says of itself, and by where its text stands.

One live entry, one gallery or the word "live" makes none: a story may have them all.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import Any

from lxml import etree

from scraper.pages.likeness import ALIKE, shared_words
from scraper.pages.linked_data import ARTICLE, GALLERY, LIVEBLOG, Told
from scraper.pages.own_address import page_addresses, place
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
    kinds = _own_kinds(tree, told, url, headline)
    typed = [(kind, depth) for script in islice(tree.iter("script"), MOST) for kind, depth in _typed(script.text or "")]
    outer = {kind for kind, depth in typed if depth == 1}
    said = ARTICLE not in kinds and bool(outer) and all(map(IS_LIVE.fullmatch, outer))
    if LIVEBLOG in kinds or _is_live(tree, said=said):
        return A_LIVEBLOG
    said = GALLERY in kinds and ARTICLE not in kinds
    path = address_parts(url).path
    hinted = CALLED.search(headline) or IN_PATH.search(path) or any(IS_PICTURES.fullmatch(kind) for kind, _ in typed)
    return A_GALLERY if (said or hinted) and _is_pictures(tree, text, said=said) else ""


def _own_kinds(tree: Any, told: Sequence[Told], url: str, headline: str) -> set[str]:
    """What the page's data call it: under its own address, else under its headline or none where they give no address.

    What has another address is another page, however like its headline is: a paper's liveblog of the same news.
    """
    places = page_addresses(tree, url)
    here = {one.kind for one in told if one.address and place(one.address) in places}
    return here or {one.kind for one in told if not one.address and _is_headed(one, headline)}


def _is_headed(told: Told, headline: str) -> bool:
    return not told.headline or shared_words(told.headline, headline) >= ALIKE


def _typed(script: str) -> Iterator[tuple[str, int]]:
    """The kinds of article that a script names, each with the number of objects around it: deeper ones are mostly of the page's neighbours."""
    depth = done = 0
    for found in TYPED.finditer(script):
        depth += script.count("{", done, found.start()) - script.count("}", done, found.start())
        done = found.start()
        yield found[1], depth


def _is_live(tree: Any, *, said: bool) -> bool:
    """Whether it has several entries of a liveblog, and is `said` to be one or has most of its text in them."""
    front = set() if (heading := next(tree.iter("h1"), None)) is None else set(heading.iterancestors())
    parts = set(_parts(tree, LIVE_PART)) - front  # what holds the headline is the page's layout, and no entry
    lengths: Counter[Any] = Counter()
    for paragraph, length in _paragraphs(tree) if parts else ():
        lengths[next((one for one in paragraph.iterancestors() if one in parts), None)] += length
    holders = {one for part in lengths if part is not None for one in part.iterancestors()}
    posts = lengths.keys() - holders - {None}
    inside = sum(lengths[part] for part in posts)
    return sum(map(_entries, posts)) >= POSTS and (said or 2 * inside > lengths.total())


def _entries(part: Any) -> int:
    """How many entries a part holds, at least one: as many as it has times with paragraphs after them."""
    told = [node for node in part.iter("time", "p") if node.tag == "time" or len(_said(node)) >= PARAGRAPH]
    return max(1, sum(1 for one, then in pairwise(told) if (one.tag, then.tag) == ("time", "p")))


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
