"""Which address is an article's own: the one its page names, if that is the article's, or where it was found."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from scraper.items import FeedEntry
from scraper.reference import STORY_WORDS, address_parts, entry_address, numbers_in, slug_words
from scraper.text import plain_words

SUBDOMAIN = re.compile(r"^(?:www|m|amp|mobile)\.")
INDEX = re.compile(r"(?:index|default|home)(?:\.\w+)?", re.IGNORECASE)
NAMES = re.compile(r"(?!sid$|\w*sess)\w*id|[anp]|art(?:icle)?|doc(?:ument)?|item|news|post|story", re.IGNORECASE)
"""Names of what in a query names a story."""


def leads_to(ended: str, fed: FeedEntry) -> bool:
    """Whether the address where a redirect `ended` shows that it is still that of the entry."""
    return place(ended) == place(fed.url) or _tells_of(ended, fed.url, fed.headline)


def place(address: str) -> str:
    """Where on its site an address is; the same with http and https, on another host of the site and with a last slash."""
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


def page_addresses(tree: Any, url: str) -> frozenset[str]:
    """The places (`place`) that are the page's: where it was found, and what it calls its address."""
    named = (entry_address(str(href), url) for href in tree.xpath("//link[@rel='canonical']/@href"))
    return frozenset(place(address) for address in (url, *named) if address)


def _site(address: str) -> str:
    return SUBDOMAIN.sub("", address_parts(address).hostname or "")


def _tells_of(address: str, url: str, headline: str) -> bool:
    """Whether an address has the words of the headline, or names the story as `url` does: by the last part of its path or a number.

    What names it in the query has to be kept, and a number in the folder where it stands, or a day, names no story.
    """
    words = set(plain_words(slug_words(address)))
    if len(words) >= STORY_WORDS and len(words & set(plain_words(headline))) * 2 >= len(words):
        return True
    here, there = address_parts(url), address_parts(address)
    asked, kept = parse_qsl(here.query), parse_qsl(there.query)
    known = {value for _, value in kept} | set(re.findall(r"\d{3,}", there.path))
    if not all(value in known for name, value in asked if NAMES.fullmatch(name)):
        return False
    parts, others = _parts(here.path), _parts(there.path)
    if any(map(numbers_in, parts)) or len(slug_words(url).split()) >= STORY_WORDS or not asked:
        return _names_it(parts, others, frozenset().union(*(numbers_in(value) for _, value in kept)))
    numbered = [value for name, value in asked if numbers_in(value) or NAMES.fullmatch(name)]
    return all(value in known for value in numbered) if numbered else bool({*asked} & {*kept}) and parts == others


def _names_it(parts: Sequence[str], others: Sequence[str], asked: frozenset[str]) -> bool:
    """Whether the path `others`, and the numbers `asked` for beside it, name the story that `parts` do."""
    if not asked and others == parts[: len(others)] != parts and not (others and others[-1].isdigit()):
        return not any(map(_tells, parts[len(others) :])) and any(map(_tells, others))
    if parts and others and parts[-1] == others[-1]:
        return True
    numbers = next(filter(None, map(numbers_in, reversed(parts))), frozenset())
    return bool(numbers & asked.union(*map(numbers_in, others)))


def _tells(part: str) -> bool:
    return bool(numbers_in(part)) or part.count("-") >= STORY_WORDS - 1


def _parts(path: str) -> list[str]:
    """Those of a path, without the name that a folder's own page has."""
    return [part for part in path.split("/") if part and not INDEX.fullmatch(part)]
