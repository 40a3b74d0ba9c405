"""Pure parser of pages that list stories and have no feed: newsrooms of councils, "improvement" pages, agendas and decisions of committees.

Bytes in, entries out, as of a feed. Which of a page's links are stories is found by their looks: outside of what leads around the site, as long
as a headline, to the same host, and to addresses of one shape that several of them share. Or a selector says it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from cssselect import SelectorError
from lxml import etree, html

from scraper.articles import looks_relevant
from scraper.errors import PageChanged
from scraper.items import FeedEntry, FeedPage
from scraper.pages.decoding import readable
from scraper.pages.tasks import FeedRead, NewsPage
from scraper.reference import address_parts, entry_address, read_time, web_address
from scraper.text import mended

Tag = Any  # an element of a tree: lxml has no types
SHARED = 3
"""Links whose addresses have one shape, before these are taken for stories."""
WORDS, LETTERS = 3, 18
"""What a headline has at least: "Apply for housing" is none."""
HEADLINE_TO, SUMMARY_TO = 300, 600
CARD_UP_TO = 6
"""Levels above a link in which what belongs to it is looked for."""

AROUND = frozenset({"nav", "footer", "form", "menu", "dialog"})
ROLES = frozenset({"navigation", "banner", "contentinfo", "menu", "menubar", "search", "dialog"})
NAMED = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|footer|cookies?|consent|pagination|pager|share|social|skip(?:-?link)?)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes and ids of what leads around a site."""
UNSEEN = frozenset({"script", "style", "noscript", "template", "svg"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|csv|zip|jpe?g|png|gif|webp|svg|mp[34]|ics|rtf)$", re.IGNORECASE)
SAME_PAGE = re.compile(r"/(?:index\.\w+)?$")
TEXT = etree.XPath("descendant-or-self::text()[not(ancestor::script or ancestor::style or ancestor::template)]")


@dataclass(frozen=True, slots=True)
class Link:
    """A link with what stands around it: `shape` is what its address has in common with its like."""

    entry: FeedEntry
    shape: tuple[str, ...]


def read_news_page(asked: NewsPage) -> FeedRead:
    """The stories that a page lists, and which of them may be about a report. Raises `PageChanged`."""
    found = parse_news_page(asked.page.body, asked.page.url, asked.page.now, asked.links)
    relevant = ((entry.url, entry.headline) for entry in found.entries if looks_relevant(entry.headline, entry.summary))
    return FeedRead(found, frozenset(relevant))


def parse_news_page(body: bytes, url: str, now: datetime, selector: str = "") -> FeedPage:
    """Read a page that lists stories, each once, in its order. With a `selector` (CSS) its links, or those inside of what it selects, are the stories.

    Raises `PageChanged` for an empty answer, for what is no HTML, and for a page in which no story is found.
    """
    tree, base = tree_and_base(body, url)
    if selector:
        links = _links(_selected(tree, selector, url), base, url, now)
        entries = [one.entry for one in links if one.entry.headline]
    else:
        links = _links((tag for tag in tree.iter("a") if not _leads_around(tag)), base, url, now)
        entries = _stories(
            [one for one in links if _same_host(one.entry.url, url) and _is_headline(one.entry.headline)]
        )
    if not entries:
        what = (
            f"`{selector}` selects no link" if selector else "no links that look like stories; say which with `links:`"
        )
        raise PageChanged(f"{url}: {what}")
    return FeedPage(tuple(entries))


def tree_and_base(body: bytes, url: str) -> tuple[Tag, str]:
    """A page's elements, and what its links are relative to. Raises `PageChanged` for what is no page."""
    if not body.strip():
        raise PageChanged(f"{url}: the answer is empty")
    try:
        tree = html.document_fromstring(readable(body), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise PageChanged(f"{url}: not a web page") from error
    return tree, web_address(next(iter(tree.xpath("//base/@href")), ""), url) or url


def _selected(tree: Tag, selector: str, url: str) -> Iterator[Tag]:
    try:
        found = tree.cssselect(selector)
    except SelectorError as error:
        raise PageChanged(f"{url}: `{selector}` is no CSS selector: {error}") from error
    for tag in found:
        yield from (tag,) if tag.tag == "a" else tag.iter("a")


def _links(tags: Iterable[Tag], base: str, url: str, now: datetime) -> list[Link]:
    """Each address once, where its link has the words that are likest to a headline."""
    found: dict[str, Link] = {}
    for tag in tags:
        address = entry_address(str(tag.get("href") or ""), base)
        if not address or FILE.search(address_parts(address).path) or _is(address, url):
            continue
        before = found.get(address)
        if before and _is_headline(before.entry.headline):
            continue
        link = Link(_entry(tag, address, base, now), _shape(address))
        if before is None or _is_headline(link.entry.headline):
            found[address] = link
    return list(found.values())


def _stories(links: Sequence[Link]) -> list[FeedEntry]:
    alike: dict[tuple[str, ...], int] = defaultdict(int)
    for one in links:
        alike[one.shape] += 1
    return [one.entry for one in links if alike[one.shape] >= SHARED]


def _is_headline(text: str) -> bool:
    words = text.split()
    return len(words) >= WORDS and sum(map(str.isalpha, text)) >= LETTERS and len(text) <= HEADLINE_TO


def _same_host(address: str, url: str) -> bool:
    one, other = (address_parts(each).hostname or "" for each in (address, url))
    return one.removeprefix("www.") == other.removeprefix("www.")


def _is(address: str, url: str) -> bool:
    """Whether an address is the page itself, or another part of its list."""
    one, other = address_parts(address), address_parts(url)
    paths = [SAME_PAGE.sub("", each.path) for each in (one, other)]
    return _same_host(address, url) and paths[0] == paths[1] and (one.query == other.query or not _ids(one.query))


def _ids(query: str) -> list[str]:
    """The names of what tells one page from another: numbers but for those of pages of a list."""
    pairs = (pair.partition("=") for pair in query.split("&"))
    return sorted(
        name.lower()
        for name, _, value in pairs
        if value.isdigit() and name.lower() not in ("page", "p", "start", "offset")
    )


def _shape(address: str) -> tuple[str, ...]:
    """What addresses of one kind have in common: the file and the names of its numbers, else the first part and how many follow."""
    parts = address_parts(address)
    names = [name for name in parts.path.lower().split("/") if name]
    ids = _ids(parts.query)
    if ids and names:
        return (names[-1], *ids)
    first, *rest = names or [""]
    return (
        first if rest else "*",
        *("#" if any(map(str.isdigit, name)) else "*" for name in rest[:-1]),
        str(len(rest)),
    )


def _entry(tag: Tag, address: str, base: str, now: datetime) -> FeedEntry:
    card = _card(tag, address, base)
    heading = next((_text(one) for one in card.iter() if one.tag in HEADINGS and _text(one)), "")
    own = _text(tag) or str(tag.get("title") or tag.get("aria-label") or "").strip()
    headline = heading if heading and not _is_headline(own) else own
    summary = " ".join(_text(card).replace(headline, " ", 1).split())[:SUMMARY_TO]
    times = (read_time(str(one.get("datetime") or _text(one)), now) for one in card.iter("time"))
    return FeedEntry(address, headline[: HEADLINE_TO + 1], summary, next(filter(None, times), None))


def _card(tag: Tag, address: str, base: str) -> Tag:
    """What belongs to the link alone: the highest element around it in which each link leads to the same address."""
    card = tag
    for around in islice(tag.iterancestors(), CARD_UP_TO):
        if around.tag in ("body", "main", "ul", "ol", "table", "tbody") or not _all_lead_to(around, address, base):
            break
        card = around
    return card


def _all_lead_to(tag: Tag, address: str, base: str) -> bool:
    return all(entry_address(str(one.get("href") or ""), base) in (address, None) for one in tag.iter("a"))


def _leads_around(tag: Tag) -> bool:
    """Whether a link stands in what leads around the site, and not in its content."""
    within = [tag, *tag.iterancestors()]
    content = any(one.tag in ("main", "article") for one in within)
    return any(
        one.tag in AROUND
        or (one.tag in ("header", "aside") and not content)
        or str(one.get("role") or "").lower() in ROLES
        or (one.tag not in ("body", "html") and NAMED.search(f"{one.get('class') or ''} {one.get('id') or ''}"))
        for one in within
    )


def _text(tag: Tag) -> str:
    return " ".join(mended(" ".join(TEXT(tag))).split()) if isinstance(tag.tag, str) and tag.tag not in UNSEEN else ""
