"""When an article was published: what the page says in its metadata, else its feed, else a guess from the page's text."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from scraper.reference import read_time, whole_days

META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate",
    "publish_date", "publish-date", "published", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.date", "dcterms.created",
    "dcterms.issued", "parsely-pub-date", "sailthru.date", "bt:pubdate", "cxenseparse:recs:publishtime",
)  # fmt: skip

IN_PATH = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/-])")
MARKED = re.compile(r"date|time|publish|posted|byline|meta|stamp|author|created|submitted", re.IGNORECASE)
SAID = re.compile(r"publish|posted|updated|date", re.IGNORECASE)
SHORT, PIECES, MOST = 100, 8, 300
"""Characters of a line that is a day and little else, and how much of a page is looked at for such lines."""


def published_time(tree: Any, told: Iterable[str], fed: datetime | None, now: datetime) -> datetime | None:
    """In UTC. `told` are the times that the page's data give for this article, `fed` is that of its feed.

    A day in the text may be any: of an inspection years ago, of a meeting. So the guess comes last.
    """
    return (
        _first((*_metadata(tree), *told), now)
        or fed
        or _first((*_marked(tree), *_only_time(tree)), now)
        or _guess(tree, now)
    )


def _first(texts: Iterable[str], now: datetime) -> datetime | None:
    return next(filter(None, (read_time(text, now) for text in texts)), None)


def _metadata(tree: Any) -> Iterator[str]:
    named: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        for key in ("property", "name", "itemprop"):
            named.setdefault(str(meta.get(key) or "").lower(), str(meta.get("content")))
    yield from (named[name] for name in META if name in named)


def _marked(tree: Any) -> Iterator[str]:
    for node in tree.xpath("//*[@itemprop='datePublished']"):
        yield str(node.get("datetime") or node.get("content") or "")


def _only_time(tree: Any) -> Iterator[str]:
    """A time marked as such, if the article has only one: among several, the others are those of its neighbours."""
    times = {str(time) for time in tree.xpath("//article//time/@datetime") or tree.xpath("//time/@datetime")}
    if len(times) == 1:
        yield times.pop()


def _guess(tree: Any, now: datetime) -> datetime | None:
    """The first whole day where one is likeliest: in the page's address, where the page marks it, where it says so, and anywhere."""
    days = (day.isoformat() for text in _likeliest(tree) for day in whole_days(text))
    return _first(days, now)


def _likeliest(tree: Any) -> Iterator[str]:
    for address in tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content"):
        yield from ("-".join(found) for found in IN_PATH.findall(str(address)))
    marked = (
        node
        for node in tree.xpath("//body//*[@class or @id]")
        if MARKED.search(f"{node.get('class')} {node.get('id')}")
    )
    yield from filter(_is_short, (" ".join(islice(node.itertext(), PIECES)) for node in islice(marked, MOST)))
    yield from map(str, tree.xpath("//time/@datetime | //abbr/@title"))
    texts = [str(text) for text in tree.xpath("//body//text()[not(parent::script or parent::style)]")]
    yield from (text for text in texts if SAID.search(text) and _is_short(text))
    yield from filter(_is_short, texts)
    yield from texts


def _is_short(text: str) -> bool:
    return len(text) <= SHORT
