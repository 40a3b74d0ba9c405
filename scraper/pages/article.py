"""The page of a news article -> its text, headline and time, without what the page puts around them.

Three ways, best first: the text the publisher gives to search engines (JSON-LD `articleBody`), a generic extractor
(trafilatura), and after either the filter of known junk lines. Selectors of one site are no base: they change every year.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

import trafilatura

from scraper.articles import CAPTION_TO, LONGEST, TWICE, clean_lines
from scraper.errors import NoStory, PageChanged, Walled
from scraper.items import Article, FeedEntry
from scraper.pages.decoding import readable
from scraper.pages.likeness import best_headline, shared_words, title_parts
from scraper.pages.linked_data import Told, articles_told, own
from scraper.pages.no_story import told_as
from scraper.pages.own_address import canonical
from scraper.pages.published import published_time
from scraper.reference import address_parts, is_ofsteds, web_address
from scraper.text import mended, plain_words

TEXT_FROM = 80
"""Less than this many characters is not an article: a real brief has about 200."""

BOXES = (
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' factbox ')]",
    "//*[@id='advertisement-text' or @id='hide-ad-link']",
    "//aside",
)
VISIT = re.compile(r"ofsted|inspect|\b(?:visit|judged|rated)\b", re.IGNORECASE)
SHORT, FRACTION = 1500, 3
"""A text of fewer characters than `SHORT` is compared with what stands on the page: it may be the teaser alone."""
PARAGRAPHS = ("p", "li", "h2", "h3", "h4", "blockquote")
CUT_FROM, PARAGRAPHS_TO = 25, 2000
"""Characters of a paragraph that stands in no text but as one, and how many are looked for: four times those of a long read."""
ABOUT = 0.4
"""The share of the words of two headlines that one story under two of them has at least."""
ELEMENTS, MANY = 6000, 3000
"""A page has about a thousand. What comes after so many is left; where there are many, the extractor does without its second opinion, which takes
time with their square."""
HEADLINES = 300
"""Of each kind so many are compared, each with each of the others; a page has some dozens."""

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


def extract_article(body: bytes, url: str, outlet: str, now: datetime, fed: FeedEntry | None = None) -> Article:
    """The article of a page fetched from `url`, of which its feed says what `fed` has.

    Of the headlines, texts and times on the page, those are taken that are most like the feed's and the page's own title. Times
    are UTC; London's is meant where the page gives no zone, and one that cannot be at `now` is none.
    Raises `NoStory` for a page that is none, `Walled` for a consent or pay wall and `PageChanged` where no text can be found.
    """
    tree = trafilatura.load_html(readable(body))
    if tree is None:
        raise PageChanged("not an HTML page")
    _cut_off(tree)
    for line_break in tree.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    told = articles_told(tree, url)
    headline = mended(_headline(tree, told, url, outlet, fed))
    address = _address(url, fed)
    mine = own(told, address, headline)
    published = published_time(tree, [one.published for one in mine], fed.published if fed else None, now)
    links, summary = _links(tree, url), mended(_summary(tree))  # before the boxes are dropped
    text = clean_lines(mended(_text(tree, url, mine)), headline)
    if instead := told_as(tree, mine, address, headline, text):
        raise NoStory(instead, headline)
    if len(text) < TEXT_FROM or (len(text) < STUB_TO and _wall(text)):
        raise _no_text(tree)
    own_address = address if address != url else canonical(tree, url, headline)
    return Article(own_address, headline, text, outlet, published, summary, links)


def _cut_off(tree: Any) -> None:
    """Take what comes after the last element that is looked at out of a page that is too long."""
    last = next(islice(tree.iter(), ELEMENTS, None), None)
    for node in () if last is None else (last, *last.iterancestors()):
        for after in list(node.itersiblings()):
            node.getparent().remove(after)


def _text(tree: Any, url: str, told: Sequence[Told]) -> str:
    """What the page tells search engines is the text, unless that is a fraction of what stands on the page."""
    given = next((_untagged(one.body) for one in told if one.body), "")
    if len(given) < SHORT:
        shown = _generic(tree, url)
        if len(shown) > FRACTION * len(given):
            return shown
    return given if "\n" in given.strip() else "\n".join(_cut(_said(given[:LONGEST]), tree))


def _cut(given: str, tree: Any) -> Iterator[str]:
    """A text that is told in one piece, cut where the page has paragraphs; what stands between two of these is a line too, and nothing is lost."""
    done = 0
    for node in islice(tree.iter(*PARAGRAPHS), PARAGRAPHS_TO):
        said = _said(node.text_content())
        at = given.find(said, done) if len(said) >= CUT_FROM else -1
        if at >= 0:
            yield from (given[done:at], said)
            done = at + len(said)
    yield given[done:]


def _untagged(text: str) -> str:
    broken = re.sub(r"<\s*(?:br|/p|/li|/h\d)\b[^<>]*>", "\n", text, flags=re.IGNORECASE)
    return re.sub(r"</?[a-z][^<>]*>", "", broken, flags=re.IGNORECASE)


def _generic(tree: Any, url: str) -> str:
    for path in BOXES:
        for node in tree.xpath(path):
            node.drop_tree()
    many = next(islice(tree.iter(), MANY, None), None) is not None
    text = trafilatura.extract(
        tree, url=url, include_comments=False, include_tables=False, deduplicate=False, fast=many
    )
    return str(text or "")


def _headline(tree: Any, told: Sequence[Told], url: str, outlet: str, fed: FeedEntry | None) -> str:
    """A heading of the page, for what is meant for social networks often reads otherwise; which one, that tells and the feed.

    What the page's data say of other articles counts only where nothing else is given: their headlines stand on the page too.
    """
    headed = fed.headline if fed else ""
    title, site = title_parts(_said(next(iter(tree.xpath("//title/text()")), "")), headed)
    mine = [one.headline for one in own(told, url, "")]
    given = [headed, *mine, *map(_said, _meta(tree, "og:title")), title]
    headings = [
        said
        for path in ("//h1", "//h2")
        for node in tree.xpath(path)[:HEADLINES]
        if (said := _said(node.text_content()))
    ]
    names = [site, outlet, *_meta(tree, "og:site_name")[:HEADLINES], _on_host(url, [*headings, title])]
    known = [text for text in given if text][:HEADLINES] or [one.headline for one in told[:HEADLINES] if one.headline]
    found = best_headline(headings, known, names)
    if not found:
        raise PageChanged("no headline: neither h1 nor og:title nor title")
    return found


def _on_host(url: str, texts: Sequence[str]) -> str:
    """The text that is the name of the page's host, written with spaces."""
    labels = {label.replace("-", "") for label in (address_parts(url).hostname or "").split(".")}
    return next((text for text in texts if "".join(plain_words(text)) in labels), "")


def _said(text: str) -> str:
    return " ".join(str(text).split())


def _address(url: str, fed: FeedEntry | None) -> str:
    """Where the page is, with the fragment by which its feed tells it from others of its site."""
    return fed.url if fed and "#" in fed.url and fed.url.partition("#")[0] == url.partition("#")[0] else url


def _meta(tree: Any, name: str) -> list[str]:
    return [str(value) for value in tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)]


def _summary(tree: Any) -> str:
    """The standfirst, which is often not in the text, and captions that speak of a visit: one may be the only place that does."""
    described = next(iter(_meta(tree, "description") + _meta(tree, "og:description")), "")
    captions = (_said(" ".join(node.itertext()))[:CAPTION_TO] for node in tree.xpath("//figcaption"))
    told = [_said(described), *(caption for caption in captions if VISIT.search(caption))]
    return " ".join(dict.fromkeys(TWICE.sub(r"\1", text) for text in told if text))


def is_about(headline: str, fed: str) -> bool:
    """Whether the headline of a page may be that of the story that its feed has under another one; "" tells nothing."""
    return not fed or shared_words(headline, fed) >= ABOUT


def _links(tree: Any, url: str) -> tuple[str, ...]:
    """The links that can name a report: to Ofsted's hosts, and to PDFs."""
    found = filter(None, (web_address(str(href), url) for href in tree.xpath("//a/@href")))
    wanted = (link for link in found if is_ofsteds(link) or address_parts(link).path.lower().endswith(".pdf"))
    return tuple(dict.fromkeys(wanted))


def _no_text(tree: Any) -> PageChanged:
    wall = _wall(" ".join(tree.text_content().split())[:20_000])
    return Walled(f"{wall} stands in place of the text") if wall else PageChanged("no text of an article found")


def _wall(text: str) -> str | None:
    return next((name for name, words in WALLS.items() if words.search(text)), None)
