"""What a page tells search engines (JSON-LD) of its articles: of this one, and often of its neighbours."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from scraper.pages.likeness import shared_words
from scraper.reference import entry_address

ARTICLE, LIVEBLOG, GALLERY = "article", "liveblog", "gallery"
KINDS = (
    (LIVEBLOG, re.compile(r"LiveBlogPosting|Liveblog(?:Article)?")),
    (GALLERY, re.compile(r"(?:Image|Media|Video)Gallery")),
    (
        ARTICLE,
        re.compile(r"(?:(?:News|Blog|Analysis|Background|Opinion|Review|Report(?:age)?)(?:News)?)?Article|BlogPosting"),
    ),
)
"""What a page can tell that it is, likeliest first: of an item that is called two things the first counts."""
BODY_FROM = 200
DEEPEST = 10_000
"""Objects looked at; a page has some ten."""


@dataclass(frozen=True, slots=True)
class Told:
    """One article that the page tells of; what is not told is "". `kind` is the first that holds of `KINDS`."""

    headline: str
    body: str
    published: str
    address: str
    kind: str = ARTICLE


def articles_told(tree: Any, url: str) -> list[Told]:
    """Every article in the page's data, in its order. Broken data is common, and no reason to give up the page."""
    return [
        _told(item, url) for script in tree.xpath("//script[@type='application/ld+json']") for item in _read(script)
    ]


def own(told: Sequence[Told], url: str, headline: str) -> list[Told]:
    """Those that may be the article at this address under this headline, likeliest first; a single one that says neither is it."""
    if len(told) == 1 and not (told[0].address or told[0].headline):
        return list(told)
    rated = [(one.address == url, shared_words(one.headline, headline)) for one in told]
    best = sorted(range(len(told)), key=lambda at: (rated[at], len(told[at].body)), reverse=True)
    return [told[at] for at in best if any(rated[at])]


def _read(script: Any) -> Iterator[dict[str, Any]]:
    try:
        left = [json.loads(script.text_content(), strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(DEEPEST):
        if not left:
            return
        found = left.pop()
        if isinstance(found, list):
            left.extend(reversed(found))
        elif isinstance(found, dict):
            if _kind(found):
                yield found
            left.append(found.get("@graph", []))


def _kind(item: dict[str, Any]) -> str:
    """Which of the kinds an item is; "" for none."""
    called = item.get("@type", "")
    types = [str(one) for one in (called if isinstance(called, list) else [called])]
    return next((kind for kind, names in KINDS if any(map(names.fullmatch, types))), "")


def _told(item: dict[str, Any], url: str) -> Told:
    page = item.get("mainEntityOfPage")
    address = item.get("url") or (page.get("@id") if isinstance(page, dict) else page)
    body = unescape(_text(item.get("articleBody")))
    return Told(
        headline=" ".join(unescape(_text(item.get("headline"))).split()),
        body=body if len(body) >= BODY_FROM else "",
        published=_text(item.get("datePublished")),
        address=entry_address(_text(address), url) or "",
        kind=_kind(item),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
