"""When an article was published: what the page says in its metadata, else its feed, else a guess from the page's text."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from htmldate import find_date
from lxml import etree

from scraper.reference import read_time

META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate",
    "publish_date", "publish-date", "published", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.date", "dcterms.created",
    "dcterms.issued", "parsely-pub-date", "sailthru.date", "bt:pubdate", "cxenseparse:recs:publishtime",
)  # fmt: skip


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
    page = etree.tostring(tree, encoding="unicode", method="html")
    try:
        found = find_date(page, original_date=True, outputformat="%Y-%m-%dT%H:%M:%S%z")
    except (ValueError, OverflowError):
        return None
    return read_time(found, now) if found else None
