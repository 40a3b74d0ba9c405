"""Pure parser of news sitemaps: what an entry of a feed is made of, from the elements where it belongs."""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from lxml import etree

from scraper.pages.written import Written

NEWS = "sitemap-news"
"""In the namespace of Google's news sitemaps, in whatever version; pictures and videos have titles and addresses of their own."""

ENTITY = re.compile(rb"&(?:(#x?[0-9a-f]+|lt|gt|amp|quot|apos);|(\w{1,32});)?", re.IGNORECASE)


def sitemap_entries(markup: bytes) -> Iterator[Written]:
    """The pages that a sitemap lists, in its order; nothing where it is no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    root = etree.fromstring(ENTITY.sub(_entity, markup), parser)
    for page in root.iterfind("{*}url") if root is not None else ():
        found = {_name(tag): tag for tag in reversed(list(page.iter(etree.Element))) if _counts(tag, page)}
        told = {name: "".join(tag.itertext()) for name, tag in found.items()}
        times = tuple(filter(None, [told.get("publication_date", "").strip()]))
        yield Written(told.get("loc", "").strip(), told.get("title", ""), times=times)


def _entity(found: re.Match[bytes]) -> bytes:
    """HTML's named characters as numbers, which XML knows too; an ampersand that begins none is itself."""
    if found[1]:
        return found[0]
    known = html5.get(f"{(found[2] or b'').decode('utf-8', 'ignore')};", "")
    return "".join(f"&#{ord(char)};" for char in known).encode() or found[0].replace(b"&", b"&amp;")


def _name(tag: Any) -> str:
    return str(tag.tag).rpartition("}")[2].rpartition(":")[2]


def _counts(tag: Any, page: Any) -> bool:
    """Whether an element tells of the page itself: its address, or what the news namespace, or an element of that name, says of it."""
    if tag.getparent() is page and _name(tag) == "loc":
        return True
    space = str(tag.tag).rpartition("}")[0]
    is_news = NEWS in space or _name(tag.getparent()) == "news" or (not space and str(tag.tag).startswith("news:"))
    return is_news and _name(tag) in ("title", "publication_date")
