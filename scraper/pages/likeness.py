"""Which of several texts on a page is the headline: the one most like what others call the article."""

import re
from collections.abc import Sequence

from scraper.text import plain_words

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
LIKE, ALIKE = 0.3, 0.5
NAMED = 2
WORD = re.compile(r"[^\W\d_]+")
THANKS = re.compile(r"thank(s| you) for", re.IGNORECASE)


def shared_words(one: str, other: str) -> float:
    """The share of words that two texts have in common, 0..1, without the small ones."""
    return _share(_words(one), _words(other))


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def title_parts(title: str, fed: str = "") -> tuple[str, str]:
    """(what a page's title calls the article, the rest of it: the site and its section): what is like the feed's headline, else the longest."""
    parts = [part for part in SITE_AFTER.split(title) if part]
    chosen = max(parts, key=lambda part: (shared_words(part, fed) >= ALIKE, len(part)), default="")
    return chosen, " ".join(part for part in parts if part != chosen)


def best_headline(headings: Sequence[str], given: Sequence[str], names: Sequence[str]) -> str | None:
    """The heading that is likest to what the article is `given` out as; the first heading where nothing is given.

    Else what is given first; None where there is nothing. A heading that says no more than one of the site's `names`, with a
    town or so, is none, and neither is one that thanks for subscribing.
    """
    sites = [words for name in names if (words := _words(name))]
    real = [text for text in headings if not THANKS.match(text) and not _is_name(text, sites)]
    told = [text for text in given if not _is_name(text, sites)]
    return _likest(real, told) if told else next(iter([*real, *given]), None)


def _is_name(text: str, sites: Sequence[frozenset[str]]) -> bool:
    words = _words(text)
    return words <= frozenset().union(*sites) or any(_is_longer(site, words, text) for site in sites)


def _is_longer(site: frozenset[str], words: frozenset[str], text: str) -> bool:
    """Whether a text is a site's name and a word or two more, all of them written as in names: "Gazette", "Ayford & Beeton Gazette"."""
    return (
        site <= words
        and len(words - site) <= NAMED
        and all(word[0].isupper() for word in WORD.findall(text) if _words(word))
    )


def _likest(texts: Sequence[str], given: Sequence[str]) -> str:
    wanted = [_words(one) for one in given]
    rated = [
        max(0.0 if _is_label(words, one) else _share(words, one) for one in wanted) for words in map(_words, texts)
    ]
    likest = max(rated, default=0.0)
    return texts[rated.index(likest)] if likest >= LIKE else given[0]


def _is_label(words: frozenset[str], headline: frozenset[str]) -> bool:
    """Whether words of a headline are too few of it to be one themselves: "Children's services"."""
    return words < headline and 2 * len(words) < len(headline)


def _words(text: str) -> frozenset[str]:
    return frozenset(plain_words(text)) - SMALL
