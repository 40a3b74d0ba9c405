"""Which words stand for each other in reports: "reflective" beside supervision, "house" beside sufficiency.

Learnt from which words occur together in a collection of reports (bench/near_words.py): words and numbers, none of the reports' text.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel

from monitor.comparing.matching import telling_words
from scraper.reference import Number, read_rules

NEAR_WORDS = Path(__file__).with_name("near_words.json")
NOTHING: dict[str, float] = {}


class NearWords(RootModel[Annotated[dict[str, dict[str, Annotated[Number, Field(ge=0, le=1)]]], Field(min_length=1)]]):
    """For each word (stemmed) those near it, each with how near, 0 to 1."""


@cache
def near_words() -> dict[str, dict[str, float]]:
    """What near_words.json holds. Raises `RuleFileError` where it is wrong."""
    return read_rules(NEAR_WORDS, NearWords).root


class Wanted:
    """The telling words of an item, to be found in sentences, by themselves or by words near them."""

    __slots__ = ("reach", "total", "weights")

    def __init__(self, words: Iterable[str]) -> None:
        self.weights = list(telling_words(words).items())
        self.total = sum(weight for _, weight in self.weights) or 1.0
        self.reach: dict[str, list[tuple[int, float]]] = {}
        near = near_words()
        for place, (word, weight) in enumerate(self.weights):
            self.reach.setdefault(word, []).append((place, weight))
            for other, how_near in near.get(word, NOTHING).items():
                self.reach.setdefault(other, []).append((place, how_near * weight))

    def found(self, words: Iterable[str]) -> float:
        """The share of the item that these words tell, 0 to 1, a near word in part."""
        best: dict[int, float] = {}
        for word in words:
            if word in self.reach:
                for place, worth in self.reach[word]:
                    if worth > best.get(place, 0.0):
                        best[place] = worth
        return sum(best.values()) / self.total


def said_of(wanted: Wanted, telling_words: Mapping[str, float]) -> float:
    """The share of a sentence's telling words that are of the item or near one of it, 0 to 1."""
    whole = sum(telling_words.values())
    return sum([weight for word, weight in telling_words.items() if word in wanted.reach]) / whole if whole else 0.0
