"""What a page or feed calls itself, found in its first bytes: nothing is parsed, so that the crawl itself may look, whatever has come."""

import re

from scraper.politeness import readable
from scraper.text import mended

WITHIN = 64 * 1024
LONGEST = 200
TITLE = re.compile(r"<title(?:\s[^<>]{0,200})?>\s{0,99}(?:<!\[CDATA\[)?([^<>\]]{1,999})", re.IGNORECASE)
UNKNOWN = "\ufffd"


def title_of(body: bytes) -> str:
    """The title in a line of at most 200 characters, without what is invisible; "" where there is none near the beginning."""
    start = body[:WITHIN]
    found = TITLE.search(readable(start))
    if found and UNKNOWN in found[1]:
        found = TITLE.search(start.decode("cp1252", "replace"))
    return " ".join(mended(found[1]).split())[:LONGEST] if found else ""
