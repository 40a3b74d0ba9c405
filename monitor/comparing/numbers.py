"""The shape of numbers.json and word_weights.json; docs/comparing.md says what each number is for."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, RootModel

from scraper.reference import Number, Place, RuleFile, RuleModel, meant
from scraper.reports import subject_catalogue

BETWEEN = " | "
Positive = Annotated[Number, Field(ge=0)]
Share = Annotated[Number, Field(ge=0, le=1)]


class Shares(RuleModel):
    """How much a statement is about each of the subjects that it names."""

    tail: Share
    later: Share
    broad: Share
    unknown_word: Positive
    family: Share
    again: Positive
    joined: Share
    nested: Share


class Same(RuleModel):
    """How like two items are: what shared words add to shared subjects."""

    words: Positive


class Said(RuleModel):
    """How near a statement is to an item: how much it counts where it names a subject in passing, and what shared words add."""

    nested: Share
    tail: Share
    words: Positive


class Numbers(RuleFile):
    """The whole of numbers.json; `near` has pairs of subjects, "one | other", and how near they are."""

    shares: Shares
    same: Same
    said: Said
    near: dict[str, Share]

    def wrong(self) -> Iterator[tuple[Place, str]]:
        """Pairs that are none, are given twice, or name what is no subject."""
        seen: set[frozenset[str]] = set()
        for pair in self.near:
            names = pair.split(BETWEEN)
            if len(set(names)) != 2 or len(names) != 2 or frozenset(names) in seen:
                yield ("near", pair), "two subjects are expected, `one | other`, and each pair once"
            seen.add(frozenset(names))
            subjects = subject_catalogue().subjects
            for name in names:
                if name not in subjects:
                    yield ("near", pair), f"no subject is called {name!r}{meant(name, subjects)}"


class WordWeights(RootModel[Annotated[dict[str, Positive], Field(min_length=1)]]):
    """How telling each word is."""
