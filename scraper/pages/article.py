"""The page of a news article -> its text, headline and time, without what the page puts around them.

Three ways, best first: the text the publisher gives to search engines (JSON-LD `articleBody`), a generic extractor
(trafilatura), and after either the filter of known junk lines. Selectors of one site are no base: they change every year.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any

import trafilatura
from htmldate import find_date
from lxml import etree

from scraper.articles import CAPTION_TO, TWICE, clean_lines, mended
from scraper.errors import PageChanged, Walled
from scraper.items import Article
from scraper.pages.decoding import readable
from scraper.reference import address_parts, entry_address, is_ofsteds, read_time, web_address

BODY_FROM = 200
TEXT_FROM = 80
"""Less than this many characters is not an article: a real brief has about 200."""

BOXES = (
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' factbox ')]",
    "//*[@id='advertisement-text' or @id='hide-ad-link']",
    "//aside",
)
VISIT = re.compile(r"ofsted|inspect|\b(?:visit|judged|rated)\b", re.IGNORECASE)
ARTICLES = re.compile(r"(?:News|Report|Blog|Liveblog|Analysis|Reportage\w*)?Article|BlogPosting|LiveBlogPosting")
SLUG_FROM = 16
"""The last part of an article's address is this long, or has a number in it; "news" and "education" are sections."""

STUB_TO = 900
"""A text shorter than this that speaks of cookies or subscriptions is the wall's, not an article's."""

WALLS = {
    "a pay wall": re.compile(
        r"(subscribe (?:now |today )?to (?:read|continue|keep reading)|this (?:article|content|story) is (?:for|available to|reserved for) "
        r"(?:subscribers|members)|already a subscriber|(?:log|sign) in to (?:read|continue)|you have reached your (?:free )?(?:article )?limit|"
        r"to continue reading|premium (?:article|content))",
        re.IGNORECASE,
    ),
    "a check for robots": re.compile(
        r"(checking your browser|verify (?:that )?you are (?:a )?human|enable javascript and cookies|unusual traffic|are you a robot)",
        re.IGNORECASE,
    ),
    "a consent page": re.compile(
        r"(we (?:and our (?:\d+ )?partners )?(?:value your privacy|use cookies|store and/or access)|before you continue|"
        r"your privacy (?:choices|matters)|accept (?:all )?cookies|consent or pay|manage (?:cookie|consent))",
        re.IGNORECASE,
    ),
}


def extract_article(body: bytes, url: str, outlet: str, now: datetime) -> Article:
    """The article of a page fetched from `url`. Times are UTC; Europe/London is meant where the page gives no zone, and one that cannot be at `now` is none.

    Raises `Walled` for a consent or pay wall and `PageChanged` where no text can be found.
    """
    tree = trafilatura.load_html(readable(body))
    if tree is None:
        raise PageChanged(f"{url}: not an HTML page")
    data = list(_linked_data(tree))
    headline = mended(_headline(tree, data))
    links, summary = _links(tree, url), mended(_summary(tree))  # before the boxes are dropped
    text = clean_lines(mended(_body(data) or _generic(tree, url)), headline)
    if len(text) < TEXT_FROM or (len(text) < STUB_TO and _wall(text)):
        raise _no_text(tree, url)
    return Article(_canonical(tree, url), headline, text, outlet, _published(tree, now), summary, links)


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            found = json.loads(script.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue  # a broken block is common and no reason to give up the page: the text can come from elsewhere
        yield from _objects(found)


def _objects(found: object) -> Iterator[dict[str, Any]]:
    if isinstance(found, list):
        for item in found:
            yield from _objects(item)
    elif isinstance(found, dict):
        yield from _objects(found.get("@graph", []))
        kinds = found.get("@type", "")
        if any(ARTICLES.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield found


def _body(data: list[dict[str, Any]]) -> str:
    bodies = [unescape(item["articleBody"]) for item in data if isinstance(item.get("articleBody"), str)]
    longest = max(bodies, key=len, default="")
    return _untagged(longest) if len(longest) >= BODY_FROM else ""


def _untagged(text: str) -> str:
    broken = re.sub(r"<\s*(?:br|/p|/li|/h\d)\b[^>]*>", "\n", text, flags=re.IGNORECASE)
    return re.sub(r"</?[a-z][^<>]*>", "", broken, flags=re.IGNORECASE)


def _generic(tree: Any, url: str) -> str:
    for path in BOXES:
        for node in tree.xpath(path):
            node.drop_tree()
    text = trafilatura.extract(tree, url=url, include_comments=False, include_tables=False, deduplicate=False)
    return str(text or "")


def _headline(tree: Any, data: list[dict[str, Any]]) -> str:
    """The first `h1`; what is meant for social networks often reads otherwise, and another `h1` thanks for subscribing."""
    shown = [" ".join(node.text_content().split()) for node in tree.xpath("//h1")]
    given = (
        [unescape(str(item.get("headline", ""))) for item in data]
        + _meta(tree, "og:title")
        + tree.xpath("//title/text()")
    )
    for text in [*shown, *given]:
        if str(text).strip() and not re.match(r"thank(s| you) for", text, re.IGNORECASE):
            return " ".join(str(text).split())
    raise PageChanged("no headline: neither h1 nor og:title nor title")


def _meta(tree: Any, name: str) -> list[str]:
    return [str(value) for value in tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)]


def _summary(tree: Any) -> str:
    """The standfirst, which is often not in the text, and captions that speak of a visit: one may be the only place that does."""
    described = next(iter(_meta(tree, "description") + _meta(tree, "og:description")), "")
    captions = (" ".join(node.text_content().split())[:CAPTION_TO] for node in tree.xpath("//figcaption"))
    told = [" ".join(described.split()), *(caption for caption in captions if VISIT.search(caption))]
    return " ".join(dict.fromkeys(TWICE.sub(r"\1", text) for text in told if text))


def _canonical(tree: Any, url: str) -> str:
    """The address the publisher calls the page's own, if it is that of an article and not of a section or the front page."""
    for href in tree.xpath("//link[@rel='canonical']/@href"):
        address = entry_address(str(href), url)
        last = address_parts(address or "").path.rstrip("/").rsplit("/", 1)[-1]
        if address and (len(last) >= SLUG_FROM or any(map(str.isdigit, last))):
            return address
    return url


def _published(tree: Any, now: datetime) -> datetime | None:
    page = etree.tostring(tree, encoding="unicode", method="html")
    found = find_date(page, original_date=True, outputformat="%Y-%m-%dT%H:%M:%S%z")
    return read_time(found, now) if found else None


def _links(tree: Any, url: str) -> tuple[str, ...]:
    """The links that can name a report: to Ofsted's hosts, and to PDFs."""
    found = filter(None, (web_address(str(href), url) for href in tree.xpath("//a/@href")))
    wanted = (link for link in found if is_ofsteds(link) or address_parts(link).path.lower().endswith(".pdf"))
    return tuple(dict.fromkeys(wanted))


def _no_text(tree: Any, url: str) -> PageChanged:
    wall = _wall(" ".join(tree.text_content().split())[:20_000])
    return (
        Walled(f"{url}: {wall} stands in place of the text")
        if wall
        else PageChanged(f"{url}: no text of an article found")
    )


def _wall(text: str) -> str | None:
    return next((name for name, words in WALLS.items() if words.search(text)), None)
