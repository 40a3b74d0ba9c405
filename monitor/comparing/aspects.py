"""What of a thing a statement speaks of (its timeliness, its quality, ...), and who it says is to act: the words of aspects.yaml.

A subject says what an item asks for, an aspect what of it: "the timeliness of assessments" and "the analysis in assessments" are two things.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from scraper.reference import Place, RuleFile, Text, read_rules
from scraper.reports import Phrases, names_in, phrase_book, stemmed_words

ASPECTS_FILE = Path(__file__).with_name("aspects.yaml")
Named = Annotated[dict[Text, Phrases], Field(min_length=1)]


class AspectRows(RuleFile):
    """The whole of aspects.yaml."""

    aspects: Named
    actors: Named

    def wrong(self) -> Iterator[tuple[Place, str]]:
        """A name that is both an aspect's and an actor's."""
        yield from ((("actors", name), "an aspect is called so too") for name in self.actors if name in self.aspects)


@cache
def aspect_rows() -> AspectRows:
    """What aspects.yaml holds. Raises `RuleFileError` where it is wrong."""
    return read_rules(ASPECTS_FILE, AspectRows)


@lru_cache(maxsize=20_000)
def aspects_in(text: str) -> frozenset[str]:
    """The aspects that a statement names; of two phrases that share a word the longer holds."""
    return names_in(stemmed_words(text), _aspect_book())


@lru_cache(maxsize=20_000)
def actors_in(text: str) -> frozenset[str]:
    """Who a statement names as acting, or as the ones whose work it is about; found as aspects are."""
    return names_in(stemmed_words(text), _actor_book())


_aspect_book = cache(lambda: phrase_book(aspect_rows().aspects))
_actor_book = cache(lambda: phrase_book(aspect_rows().actors))
