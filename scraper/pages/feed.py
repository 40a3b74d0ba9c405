"""Pure parser of news feeds: RSS, Atom and RDF as newspapers really write them, and sitemaps of news.

Bytes in, entries out. An empty feed is no entries; what is not a whole feed raises `PageChanged`. An odd entry costs only itself.
"""

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from html import unescape
from typing import Any

import feedparser

from scraper.articles import looks_relevant
from scraper.errors import PageChanged
from scraper.items import FeedEntry, FeedPage
from scraper.pages.decoding import readable
from scraper.pages.sitemap import sitemap_entries
from scraper.pages.tasks import FeedRead, Page
from scraper.pages.written import Written, plain_text
from scraper.reference import address_parts, entry_address, read_time, slug_words, web_address
from scraper.text import counted, storable

ROOT = re.compile(rb"<(?:\w+:)?(rss|feed|rdf|urlset|sitemapindex|html)[\s>/]", re.IGNORECASE)
END = re.compile(
    rb"</(?:\w+:)?(?:rss|feed|rdf|urlset)\s*>|<(?:\w+:)?(?:rss|feed|rdf|urlset)(?:\s[^<>]*)?/>\s*\Z", re.IGNORECASE
)
ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
LISTED = re.compile(rb"<(?:\w+:)?url[\s>]", re.IGNORECASE)
"""What a sitemap has for entries; in a feed it is the address of its picture or of a person."""

ENTRY_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
QUOTED = re.compile(rb"<!--|<!\[CDATA\[")
DECLARED = re.compile(rb"\]\s*+>")
DOCTYPE = re.compile(rb"<!DOCTYPE[^\[<>]{0,1000}([\[>])", re.IGNORECASE)
GZIP = b"\x1f\x8b"
PIECES = 100
UNPACKED_TO = 20 * 1024 * 1024
APART_TO = 10 * 1024 * 1024
"""Bytes, when each entry is read with all that stands around the entries."""
FAULTS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What feedparser has raised on single entries: of their character references, addresses and dates."""
LINK = re.compile(rb"<link\s([^<>]{1,2000})>", re.IGNORECASE)
ATTRIBUTE = re.compile(rb"""\b(rel|type|href)\s{0,9}=\s{0,9}(["'])([^"']{0,1000})\2""", re.IGNORECASE)
FEED_TYPE = re.compile(rb"application/(?:rss|atom)\+xml", re.IGNORECASE)
SHOWN, SHOWN_TO = 2, 80
HEADLINE_TO = 100


def read_feed(page: Page) -> FeedRead:
    """Its entries, and which of them may be about a report. Raises `PageChanged`."""
    found = parse_feed(page.body, page.url, page.now)
    relevant = ((entry.url, entry.headline) for entry in found.entries if looks_relevant(entry.headline, entry.summary))
    return FeedRead(found, frozenset(relevant))


def parse_feed(body: bytes, url: str, now: datetime) -> FeedPage:
    """Read a feed, entries in its order without repeats; none when it is a whole feed without entries.

    An entry without a web address is left out; a time that cannot be at `now` (before 1990, or more than two days ahead) is none.
    Raises `PageChanged` for an empty answer, a web page, a sitemap index, XML that is cut off, and entries of which none can be
    used.
    """
    plain = readable(_unpacked(body, url))
    bare = _without_doctype(_without_quoted(plain))
    root = ROOT.search(bare)
    kind = root[1].lower() if root else b""
    if kind in (b"", b"html", b"sitemapindex"):
        raise PageChanged(f"{url}: {_not_a_feed(kind, plain, url)}")
    if not END.search(bare):
        raise PageChanged(f"{url}: the feed is cut off before its end")
    written = list(sitemap_entries(plain) if kind == b"urlset" else _feed_entries(plain, url))
    if not written and (LISTED if kind == b"urlset" else ENTRY).search(bare):
        raise PageChanged(f"{url}: the feed has entries and not one can be read")
    read = [(one, _entry(one, url, now)) for one in written]
    left_out = _left_out(read)
    usable = _told_apart(_without_shared_guids([entry for _, entry in read if entry.url]))
    entries = {entry.key: entry for entry in reversed(usable)}
    if written and not entries:
        raise PageChanged(f"{url}: {left_out}")
    if entries and kind == b"urlset" and not any(entry.headline for entry in entries.values()):
        raise PageChanged(f"{url}: a sitemap with neither titles nor words in its addresses; name one of news")
    return FeedPage(tuple(map(_headed, reversed(entries.values()))), left_out)


def _unpacked(body: bytes, url: str) -> bytes:
    """What a file packed by gzip holds, as sitemaps often are; else the body as it is."""
    if not body.startswith(GZIP):
        return body
    plain, left = b"", body
    for _ in range(PIECES):  # what is added to a packed file is packed for itself
        if not left.startswith(GZIP):
            return plain
        unpacking = zlib.decompressobj(wbits=31)
        try:
            plain += unpacking.decompress(left, max(1, UNPACKED_TO - len(plain)))
        except zlib.error as error:
            raise PageChanged(f"{url}: packed by gzip and damaged") from error
        if len(plain) >= UNPACKED_TO:
            raise PageChanged(f"{url}: too large when unpacked")
        if not unpacking.eof:
            raise PageChanged(f"{url}: the packed feed is cut off before its end")
        left = unpacking.unused_data
    raise PageChanged(f"{url}: packed by gzip in too many pieces")


def _without_quoted(markup: bytes) -> bytes:
    """What tells which document it is: comments and CDATA may name any other. By hand: an expression would take time with the square."""
    parts, at = [], 0
    while found := QUOTED.search(markup, at):
        parts.append(markup[at : found.start()])
        ends = b"-->" if found[0] == b"<!--" else b"]]>"
        end = markup.find(ends, found.end())
        at = end + len(ends) if end >= 0 else len(markup)
    return b"".join([*parts, markup[at:]])


def _without_doctype(markup: bytes) -> bytes:
    """Without the declaration, of which there is one, and the names and texts that it may declare."""
    found = DOCTYPE.search(markup)
    if not found:
        return markup
    end = DECLARED.search(markup, found.end()) if found[1] == b"[" else found
    return markup[: found.start()] + markup[end.end() :] if end else markup


def _not_a_feed(kind: bytes, body: bytes, url: str) -> str:
    if kind == b"html":
        feeds = list(dict.fromkeys(named_feeds(body, url)))
        named = (
            f"; it names {'the feed' if len(feeds) == 1 else 'the feeds'} {' and '.join(feeds[:SHOWN])}"
            if feeds
            else ""
        )
        return f"a web page came in place of the feed{named}"
    if kind == b"sitemapindex":
        return "a sitemap index, not a sitemap; name one of its news sitemaps"
    return "not a feed" if body.strip() else "the answer is empty"


def named_feeds(markup: bytes, url: str) -> Iterator[str]:
    """The feeds that a web page says belong to it, by links that browsers look for."""
    for tag in LINK.findall(markup):
        said = {name.lower(): value for name, _, value in ATTRIBUTE.findall(tag)}
        if b"alternate" in said.get(b"rel", b"").lower().split() and FEED_TYPE.search(said.get(b"type", b"")):
            address = web_address(unescape(said.get(b"href", b"").decode("utf-8", "ignore")), url)
            if address and address != url:
                yield address


def _feed_entries(markup: bytes, url: str) -> Iterator[Written]:
    """All at once, and where that fails each for itself."""
    try:
        yield from _parsed(markup, url)
    except FAULTS:
        yield from _each_apart(markup, url)


def _parsed(markup: bytes, url: str) -> list[Written]:
    """By feedparser, never letting it fetch. It repairs bare ampersands, wrong encodings and control characters, and knows xml:base."""
    parsed = feedparser.parse(markup, sanitize_html=False, resolve_relative_uris=False)
    base = web_address(str(parsed.feed.get("link", "")), url) or url
    return [_written(entry, base) for entry in parsed.entries]


def _written(entry: Any, base: str) -> Written:
    """dict.get, because feedparser's own warns where it takes one of the two times for the other, and its guesses invent days."""
    guid = str(entry.get("id", "")).strip()
    link = str(entry.get("link", "")) or (guid if guid.startswith("http") else "")
    times = (dict.get(entry, key) for key in ("published", "updated", "created"))
    told = tuple(str(time) for time in times if time)
    return Written(link, str(entry.get("title", "")), str(entry.get("summary", "")), base, told, guid=guid)


def _each_apart(markup: bytes, url: str) -> Iterator[Written]:
    """Every entry in a feed that has no other: one that cannot be read is told as that, and the others are read."""
    left = APART_TO
    starts = [found.start() for found in ENTRY.finditer(markup)]
    ends = [found.end() for found in ENTRY_END.finditer(markup)]
    for start in starts:
        place = bisect_right(ends, start)
        if place == len(ends):
            return
        alone = markup[: starts[0]] + markup[start : ends[place]] + markup[ends[-1] :]
        left -= len(alone)
        if left < 0:
            yield Written(problem="the entries after it are too long to be read each for itself")
            return
        try:
            yield from _parsed(alone, url)
        except FAULTS as fault:
            yield Written(problem=f"cannot be read ({fault})")


def _entry(written: Written, url: str, now: datetime) -> FeedEntry:
    """With the address "" where there is none to go to, and the words of the address where there is no title."""
    address = entry_address(written.link, written.base or url) or ""
    return FeedEntry(
        url=address,
        headline=plain_text(written.title) or slug_words(address),
        summary=plain_text(written.summary),
        published=next(filter(None, (read_time(time, now) for time in written.times)), None),
        guid=storable(written.guid) or _with_fragment(written, address, url),
    )


def _with_fragment(written: Written, address: str, url: str) -> str:
    """The link as it came, where its fragment is not in the address: it may be what tells one entry of a page from another."""
    fragment = address_parts(web_address(written.link, written.base or url) or "").fragment
    return f"{address}#{fragment}" if address and fragment and "#" not in address else ""


def _told_apart(entries: Sequence[FeedEntry]) -> list[FeedEntry]:
    """Entries that have their link alone, and share it with others, are told by their headlines too."""
    headlines: dict[str, set[str]] = {}
    for entry in entries:
        headlines.setdefault(entry.key, set()).add(entry.headline)
    return [
        replace(entry, guid=f"{entry.key} {entry.headline}")
        if not entry.guid and len(headlines[entry.key]) > 1
        else entry
        for entry in entries
    ]


def _headed(entry: FeedEntry) -> FeedEntry:
    """With the beginning of its summary, or its address, for a headline where it has none."""
    shown = f"{entry.summary[:HEADLINE_TO].rsplit(' ', 1)[0]}…" if len(entry.summary) > HEADLINE_TO else entry.summary
    return entry if entry.headline else replace(entry, headline=shown or entry.url.partition("://")[2])


def _without_shared_guids(entries: Sequence[FeedEntry]) -> list[FeedEntry]:
    """What a feed calls several of its entries names none of them."""
    urls: dict[str, set[str]] = {}
    for entry in entries:
        urls.setdefault(entry.guid, set()).add(entry.url)
    return [replace(entry, guid="") if len(urls[entry.guid]) > 1 else entry for entry in entries]


def _left_out(read: Sequence[tuple[Written, FeedEntry]]) -> str:
    """One line on what was not believed, with examples; "" where all was."""
    no_link = [
        one.problem or (f"{one.link[:SHOWN_TO]!a} is no web address" if one.link else "no link")
        for one, entry in read
        if not entry.url
    ]
    no_time = [ascii(one.times[0][:SHOWN_TO]) for one, entry in read if one.times and not entry.published]
    has = "has" if len(no_time) == 1 else "have"
    told = [
        f"{len(found)} of {counted(len(read), 'entry', 'entries')} {what}: {_examples(found)}"
        for what, found in (("left out", no_link), (f"{has} no time that can be read", no_time))
        if found
    ]
    return "; ".join(told)


def _examples(found: Sequence[str]) -> str:
    shown = list(dict.fromkeys(found))
    return ", ".join(shown[:SHOWN]) + (", ..." if len(shown) > SHOWN else "")
