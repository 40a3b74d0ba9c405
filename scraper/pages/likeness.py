"""Which of several texts on a page is the headline: the one most like what others call the article."""

import re
from collections.abc import Iterable, Sequence

from scraper.articles import plain_words

SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "s",
        "than",
        "that",
        "the",
        "this",
        "to",
        "was",
        "were",
        "will",
        "with",
        "you",
        "your",
    ]
)
SITE_AFTER = re.compile(r"(?<!\s)\s+[|–—-]\s+|(?:(?<!\s)\s+)?[|»]\s*")
LIKE = 0.2
THANKS = re.compile(r"thank(s| you) for", re.IGNORECASE)


def shared_words(one: str, other: str) -> float:
    """The share of words that two texts have in common, 0..1, without the small ones."""
    return _share(_words(one), _words(other))


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def title_parts(title: str) -> tuple[str, str]:
    """(what a page's title calls the article, the rest of it: the site and its section)."""
    parts = [part for part in SITE_AFTER.split(title) if part]
    longest = max(parts, key=len, default="")
    return longest, " ".join(part for part in parts if part != longest)


def best_headline(shown: Sequence[str], below: Sequence[str], given: Sequence[str], site: str) -> str | None:
    """The first of the `shown` headings that is like what the article is `given` out as; None where there is nothing.

    Else the likest of the headings `below` them, else the first that is given, else the first shown. A heading that says no more
    than the name of the `site` is none, and neither is one that thanks for subscribing.
    """
    named = _words(site)
    headings = [text for text in shown if not THANKS.match(text) and not _words(text) <= named]
    if found := _likest(headings, given):
        return found
    if not any(given):
        return next(iter([*headings, *shown]), None)
    return _likest([text for text in below if not _words(text) <= named], given[:1]) or next(filter(None, given))


def _likest(texts: Iterable[str], given: Sequence[str]) -> str | None:
    wanted = [_words(one) for one in given]
    told = [(_words(text), text) for text in texts]
    rated = [(max((_share(words, one) for one in wanted), default=0.0), text) for words, text in told]
    likest, text = max(rated, key=lambda pair: pair[0], default=(0.0, ""))
    return text if likest >= LIKE else None


def _words(text: str) -> frozenset[str]:
    return frozenset(plain_words(text)) - SMALL
