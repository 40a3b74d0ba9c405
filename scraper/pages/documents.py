"""Pure: the documents that a page links and that may be a report of Ofsted's, by what they are called. Whether one is, only reading it tells."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from scraper.errors import PageChanged
from scraper.pages.news_page import tree_and_base
from scraper.pages.tasks import Page
from scraper.reference import address_parts, entry_address

A_PDF = re.compile(r"\.pdf$|/documents/s\d+", re.IGNORECASE)
"""The end of a PDF's path; and where ModernGov keeps what is attached, whatever that is."""
MAY_BE = re.compile(
    r"ofsted|inspect|monitoring|focus(?:s)?ed|visit(?!or)|(?<!news)(?<!news[\W_])letter|judg(?:e)?ment", re.IGNORECASE
)
MOST = 20


def linked_documents(page: Page) -> tuple[str, ...]:
    """Their addresses, each once, in the page's order, the first 20; none of what is no page."""
    return tuple(dict.fromkeys(_found(page)))[:MOST]


def _found(page: Page) -> Iterator[str]:
    try:
        tree, base = tree_and_base(page.body, page.url)
    except PageChanged:
        return
    for tag in tree.iter("a"):
        address = entry_address(str(tag.get("href") or ""), base)
        if address and A_PDF.search(path := address_parts(address).path):
            called = f"{tag.text_content()} {tag.get('title') or ''} {unquote(path.rsplit('/', 1)[-1])}"
            if MAY_BE.search(called):
                yield address
