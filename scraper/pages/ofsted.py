"""Pure parsers of Ofsted's report site: the provider page of an authority, a page of search results, a missing document.

Bytes in, items out; a page without the shape expected here raises `PageChanged` and nothing of it is believed. lxml's own tree: a round reads
153 pages, and over it that of beautifulsoup4 took four times as long a page (14.4 ms of the processor, 3.5 now).
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from bs4.dammit import UnicodeDammit
from lxml import etree

from scraper.errors import PageChanged
from scraper.items import ProviderPage, ReportLink, SearchPage, SearchRow
from scraper.pages.tasks import Page
from scraper.reference import day_of, file_number, provider_urn, web_address

URN = re.compile(r"URN:\s*(\d+)")
Tag = Any  # an element of a tree: lxml has no types
RUNS = etree.XPath(
    "descendant::text()[not(ancestor::script or ancestor::style or ancestor::template)]", smart_strings=False
)
COUNT = frozenset({"results-count", "js-results-count"})
LATEST = re.compile(r"Latest report:\s*(\d{1,2} \w+ \d{4})", re.IGNORECASE)
# "<Label>, pdf - 27 October 2023", also without a space after the comma; "<Label> as pdf - ..." keeps its words. Spaces are single.
HIDDEN = re.compile(
    r"(?P<label>.*?)(?:,\s?(?:pdf|docx?|odt|rtf|html?))?\s[-–—]\s(?P<day>\d{1,2} \w+ \d{4})", re.IGNORECASE
)


class NoReports(PageChanged):
    """A whole page of an authority on which no report is linked in any way: that of a new authority. `page` is the page without links."""

    def __init__(self, reason: str, page: ProviderPage) -> None:
        super().__init__(reason)
        self.page = page


def read_provider(page: Page) -> ProviderPage:
    """An authority's page, also one on which there are no reports yet. Raises `PageChanged`."""
    try:
        return parse_provider(page.body, page.url)
    except NoReports as none:
        return none.page


def is_not_found(page: Page) -> bool:
    """Whether it is what Ofsted answers in place of a removed PDF."""
    return is_report_not_found(page.body)


def parse_provider(body: bytes, url: str) -> ProviderPage:
    """Read an authority's page: its name, URN and every report it links, at any depth, newest part first as on the page.

    A link to a report without a file number is left out, and told. Raises `PageChanged` when the page is cut off, has no heading or
    URN, or links no report by its number; `NoReports` where the page is as it should be and there are none.
    """
    page = _tree(body, url)
    name, main = _text(_first(page, "h1")), _first(page, "main")
    urn = URN.search(_text(page if main is None else main))
    if not name or not urn:
        raise PageChanged(
            f"{url}: no heading with a name and 'URN: ...' on the page (it is headed {name or 'nothing'!r})"
        )
    read = [_report_link(anchor, url) for anchor in page.iter("a") if "publication-link" in _classes(anchor)]
    links = {link.report_id: link for link in reversed(read) if isinstance(link, ReportLink)}
    odd = [link for link in read if isinstance(link, str)]
    left_out = f"{len(odd)} of {len(read)} links left out: {odd[0]}" if odd else ""
    if odd and not links:
        raise PageChanged(f"{url}: {left_out}")
    if not links:
        reason = f"{url}: the page of {name} links no report at all"
        raise NoReports(reason, ProviderPage(urn[1], name, ())) if _is_empty(page) else PageChanged(reason)
    return ProviderPage(urn=urn[1], name=name, links=tuple(reversed(links.values())), left_out=left_out)


def _is_empty(page: Tag) -> bool:
    """Whether the list is where it was and there is nothing on it: files that are linked in another way are no empty list."""
    files = (anchor for anchor in page.iter("a") if file_number(anchor.get("href", "")) is not None)
    return _first(page, "h2", "timeline__title") is not None and next(files, None) is None


def parse_search(body: bytes, url: str) -> SearchPage:
    """Read one page of search results. Raises `PageChanged` when there is no count, or results are counted and none is listed with its day."""
    page = _tree(body, url)
    counted = next((tag for tag in page.iter(etree.Element) if COUNT & _classes(tag)), None)
    count = re.sub(r"\D", "", _text(counted))
    if not count and _first(page, etree.Element, "search-no-results") is None:
        raise PageChanged(f"{url}: no count of results on the page")
    found = {row.urn: row for row in _results(page)}
    if int(count or 0) and not any(row.latest for row in found.values()):
        raise PageChanged(f"{url}: {count} results are counted and none is listed with the day of its latest report")
    return SearchPage(int(count or 0), tuple(found.values()))


def read_search(page: Page) -> SearchPage:
    """A page of search results. Raises `PageChanged`."""
    return parse_search(page.body, page.url)


def is_report_not_found(body: bytes) -> bool:
    """Whether this is Ofsted's page "Report not found", which it answers, often with status 200, in place of a removed PDF."""
    if not body[:1024].lstrip().startswith(b"<"):
        return False
    return _text(_first(_parsed(_decoded(body)), "h1")).lower() == "report not found"


def _tree(body: bytes, url: str) -> Tag:
    """The page as a tree; refused when cut off, since half a list of reports looks like one from which half were withdrawn."""
    text = _decoded(body)
    if "</html>" not in text[-4096:].lower():
        raise PageChanged(f"{url}: the page is {'cut off before its end' if text.strip() else 'empty'}")
    return _parsed(text)


def _decoded(body: bytes) -> str:
    return UnicodeDammit(body, is_html=True).unicode_markup or ""


def _parsed(text: str) -> Tag:
    """The whole tree: what stands behind the end of the document counts too."""
    parser = etree.HTMLParser(huge_tree=True)  # else what stands deeper than 255 elements is left out without a word
    parser.feed(text)
    root = parser.close()
    if root is None:
        return etree.Element("html")
    root.extend(list(root.itersiblings()))
    return root


def _report_link(anchor: Tag, url: str) -> ReportLink | str:
    """The link, or in words what is wrong with it."""
    written = anchor.get("href", "").strip()
    target = web_address(written, url)
    number = file_number(target or "")
    if target is None or number is None:
        return f"a report link without a file number: {target or written} ({_text(anchor)})"
    label, published = _label_and_day(anchor)
    entry = next(anchor.iterancestors("li"), None)
    return ReportLink(
        report_id=number,
        url=target,
        label=label,
        published=published or day_of(_text(_published(entry))),
        on_site=day_of(_text(_first(entry, "p", "timeline__date"))),
    )


def _label_and_day(anchor: Tag) -> tuple[str, date | None]:
    """From the hidden text; where it has not the usual form the whole of it is the label, for no label is ever dropped."""
    hidden = _text(_first(anchor, "span", "nonvisual")) or _text(anchor)
    parts = HIDDEN.fullmatch(hidden)
    day = day_of(parts["day"]) if parts else None
    return (parts["label"].strip(" ,"), day) if parts and day else (hidden, None)


def _results(page: Tag) -> Iterator[SearchRow]:
    """Each provider that is listed, once for each of its links; what is said of it is found by its words, which have changed places before."""
    for item in (tag for tag in page.iter("li") if "search-result" in _classes(tag)):
        day = LATEST.search(_text(item))
        for anchor in item.iter("a"):
            if urn := provider_urn(anchor.get("href", "")):
                yield SearchRow(urn, _text(anchor), day_of(day[1]) if day else None)


def _first(tag: Tag | None, name: Any, of_class: str = "") -> Tag | None:
    """The first element of this name, and of this class where one is given, within another."""
    found = tag.iter(name) if tag is not None else ()
    return next((one for one in found if not of_class or of_class in _classes(one)), None)


def _published(entry: Tag | None) -> Tag | None:
    return entry.find(".//time[@pubdate]") if entry is not None else None


def _classes(tag: Tag) -> frozenset[str]:
    return frozenset(tag.get("class", "").split())


def _text(tag: Tag | None) -> str:
    """What is to be read within an element, its runs set apart by spaces; "" of none."""
    return " ".join(" ".join(RUNS(tag)).split()) if tag is not None else ""
