"""What the rules find in an article, as the features that are weighed. Pure.

A feature is a rule found at the start (headline and lede): "Ofsted"; in the headline: "Ofsted (headline)"; or in a sentence of the rest:
"Ofsted (text)". Two rules are one too, where both are found at the start or in one sentence of the rest: "Ofsted + many councils".
So is each word of the start, whatever it is: 'the word "force"'; for the names of authorities stands `PLACE`.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import combinations

from scraper.articles.mentions import find_mentions, index
from scraper.articles.rules import rules
from scraper.items import Article
from scraper.reference import everywhere
from scraper.text import lede, plain, plain_words, sentences

AND = " + "
WORD = 'the word "'
PLACE = "placename"
HEADLINE, TEXT = " (headline)", " (text)"
MOST_SENTENCES, LONGEST_SENTENCE = 80, 1000
"""Of the rest of a text, a story says sooner what it is about; and characters of a sentence, none that is one has more."""


def features(article: Article) -> frozenset[str]:
    """All features of an article. A text may be missing or be a lede: the headline then counts alone."""
    first, rest = lede(article.summary, article.text)
    headline = found_in(plain(article.headline))
    start = headline.union(*map(found_in, sentences(first)))
    text = [found_in(sentence) for sentence in sentences(rest)[:MOST_SENTENCES]]
    in_headline = (f"{name}{HEADLINE}" for name in headline)
    return frozenset((*_weighed(start), *in_headline, *_of_text(text), *_words(plain(f"{article.headline}\n{first}"))))


def _words(start: str) -> Iterator[str]:
    """A feature for each word; numbers are none."""
    for name in sorted({mention.name for mention in find_mentions(start, index(everywhere()))}, key=len, reverse=True):
        start = start.replace(name, PLACE)
    yield from (f'{WORD}{word}"' for word in plain_words(start) if word.replace("'", "").isalpha())


def rules_of(feature: str) -> list[str]:
    """The names of the rules that a feature is of; none where it is a word."""
    if feature.startswith(WORD):
        return []
    return feature.removesuffix(HEADLINE).removesuffix(TEXT).split(AND)


def found_in(text: str) -> frozenset[str]:
    """The names of the rules that are found in a plain text, a headline or a sentence."""
    text = text[:LONGEST_SENTENCE]
    kinds = {mention.kind for mention in find_mentions(text, index(everywhere()))}
    return frozenset(
        rule.name
        for rule in rules().rules
        if not kinds.isdisjoint(rule.authority) or any(words.search(text) for words in rule.words)
    )


def _weighed(names: AbstractSet[str]) -> Iterator[str]:
    """Each alone, and each two."""
    yield from names
    yield from map(AND.join, combinations(sorted(names), 2))


def _of_text(found: Iterable[AbstractSet[str]]) -> Iterator[str]:
    for names in found:
        yield from (f"{one}{TEXT}" for one in _weighed(names))
