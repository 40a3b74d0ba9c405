"""Which address is an article's own: the one its page names, if that is the article's, or where it was found."""

import re
from typing import Any

from scraper.articles import plain_words
from scraper.items import FeedEntry
from scraper.reference import address_parts, entry_address, slug_words

SUBDOMAIN = re.compile(r"^(?:www|m|amp|mobile)\.")
NUMBER = re.compile(r"\d{3,}")
SLUG_FROM = 4
"""Words in the last part of an address that are a headline's; "latest-council-news" is a section."""


def leads_to(ended: str, fed: FeedEntry) -> bool:
    """Whether the address where a redirect `ended` shows that it is still that of the entry."""
    return _path(ended) == _path(fed.url) or _tells_of(ended, fed.url, fed.headline)


def _path(address: str) -> str:
    parts = address_parts(address)
    return f"{parts.path.rstrip('/').lower()}?{parts.query}"


def canonical(tree: Any, url: str, headline: str) -> str:
    """The address the publisher calls the page's own, if it is one of the same site that tells of this article.

    Some sites call their front page, a section or another site's page the address of all their articles.
    """
    for href in tree.xpath("//link[@rel='canonical']/@href"):
        address = entry_address(str(href), url)
        if address and _site(address) == _site(url) and _tells_of(address, url, headline):
            return address
    return url


def _site(address: str) -> str:
    return SUBDOMAIN.sub("", address_parts(address).hostname or "")


def _tells_of(address: str, url: str, headline: str) -> bool:
    """Whether two addresses have their last part in common, or a number, or whether one has the words of the headline."""
    here, there = address_parts(url), address_parts(address)
    last = there.path.rstrip("/").rpartition("/")[2]
    if last and last == here.path.rstrip("/").rpartition("/")[2] and (there.query or not here.query):
        return True
    if set(NUMBER.findall(f"{here.path}?{here.query}")) & set(NUMBER.findall(f"{there.path}?{there.query}")):
        return True
    words = set(plain_words(slug_words(address)))
    return len(words) >= SLUG_FROM and len(words & set(plain_words(headline))) * 2 >= len(words)
