"""Pure parser of news feeds: RSS, Atom and RDF as newspapers really write them, and Google-News sitemaps.

Bytes in, entries out. An empty feed is no entries; what is not a whole feed raises `PageChanged`.
"""

import codecs
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import feedparser
from bs4 import BeautifulSoup
from lxml import etree

from scraper.errors import PageChanged
from scraper.items import FeedEntry
from scraper.reference import entry_address, read_time, web_address

END = re.compile(rb"</(?:\w+:)?(rss|feed|rdf|urlset)\s*>", re.IGNORECASE)
ENTRY = re.compile(rb"<(?:\w+:)?(item|entry|url)[\s>]", re.IGNORECASE)
DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|rdf|urlset|sitemapindex|html)[\s>]", re.IGNORECASE)


def parse_feed(body: bytes, url: str, now: datetime) -> tuple[FeedEntry, ...]:
    """Read a feed, entries in its order without repeats; () when it is a whole feed without entries.

    A time that cannot be at `now` (before 1990, or more than two days ahead) is none.

    Raises `PageChanged` for an empty answer, a web page, a sitemap index, XML that is cut off, and entries of which none has a link.
    """
    plain = _utf8(body)
    root = ROOT.search(plain)
    kind = root[1].lower() if root else b""
    if kind in (b"", b"html", b"sitemapindex"):
        raise PageChanged(f"{url}: {_not_a_feed(kind, plain)}")
    if not END.search(plain):
        raise PageChanged(f"{url}: the feed is cut off before its end")
    found = list(_sitemap(plain, url, now) if kind == b"urlset" else _feed(plain, url, now))
    if not found and ENTRY.search(plain):
        raise PageChanged(f"{url}: the feed has entries and not one can be read")
    entries = {entry.url: entry for entry in reversed(found) if entry.url}
    if found and not entries:
        raise PageChanged(f"{url}: {len(found)} entries and not one with a link")
    return tuple(reversed(entries.values()))


def _utf8(body: bytes) -> bytes:
    """UTF-16 as UTF-8, whatever it declares itself to be; everything else as it is."""
    if not body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body
    return DECLARATION.sub("", body.decode("utf-16", "replace")).encode()


def _not_a_feed(kind: bytes, body: bytes) -> str:
    if kind == b"html":
        return "a web page came in place of the feed"
    if kind == b"sitemapindex":
        return "a sitemap index, not a sitemap; name one of its news sitemaps"
    return "not a feed" if body.strip() else "the answer is empty"


def _feed(body: bytes, url: str, now: datetime) -> Iterator[FeedEntry]:
    """By feedparser, never letting it fetch. It repairs bare ampersands, wrong encodings and control characters, and knows xml:base."""
    parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    base = web_address(str(parsed.feed.get("link", "")), url) or url
    for entry in parsed.entries:
        identity = str(entry.get("id", ""))
        link = str(entry.get("link", "")) or (identity if identity.startswith("http") else "")
        yield FeedEntry(
            url=entry_address(link, base) or "",
            headline=plain_text(entry.get("title", "")),
            summary=plain_text(entry.get("summary", "")),
            published=_published(entry, now),
        )


def _sitemap(body: bytes, url: str, now: datetime) -> Iterator[FeedEntry]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    for item in etree.fromstring(body, parser).iterfind("{*}url"):
        news = {
            etree.QName(tag).localname: (tag.text or "")
            for tag in item.iter("{*}loc", "{*}title", "{*}publication_date")
        }
        yield FeedEntry(
            url=entry_address(news.get("loc", ""), url) or "",
            headline=plain_text(news.get("title", "")),
            summary="",
            published=read_time(news.get("publication_date", ""), now),
        )


def plain_text(markup: Any) -> str:
    """Text without tags, entities and runs of white space; titles and summaries come as any of HTML, escaped HTML and text."""
    text = str(markup)
    if "<" in text or "&" in text:
        text = BeautifulSoup(text, "lxml").get_text(" ")
    return " ".join(text.split())


def _published(entry: Any, now: datetime) -> datetime | None:
    """As written, and never feedparser's guess, which invents days. dict.get, because feedparser's own warns where it takes one of the two times for the other."""
    written = (dict.get(entry, key) for key in ("published", "updated", "created"))
    return next(filter(None, (read_time(str(text), now) for text in written if text)), None)
