"""An entry as a feed or sitemap writes it, before any of it is believed; and markup as text."""

import re
from dataclasses import dataclass
from html import unescape

from bs4 import BeautifulSoup

from scraper.pages.decoding import mended_references
from scraper.text import mended

BREAKS = re.compile(r"<(?=/?(?:br|p|div|li|ul|ol|h[1-6]|t[dhr]|table|blockquote)\b)", re.IGNORECASE)
"""Tags that end a word; others, such as those of emphasis, may stand within one."""


@dataclass(frozen=True, slots=True)
class Written:
    """Texts as they came; `base` is what a relative link is relative to. `problem` is why the entry could not be read."""

    link: str = ""
    title: str = ""
    summary: str = ""
    base: str = ""
    times: tuple[str, ...] = ()
    problem: str = ""
    guid: str = ""


def plain_text(markup: str) -> str:
    """Text without tags, entities and runs of white space; titles and summaries come as any of HTML, escaped HTML and text."""
    text = markup
    if "&#" in text:
        text = mended_references(text.encode("utf-8", "ignore")).decode("utf-8")
    if "<" in text:
        text = BeautifulSoup(BREAKS.sub(" <", text), "lxml").get_text()
    elif "&" in text:
        text = unescape(text)
    return " ".join(mended(text).split())
