"""What a report says about an item: its statements in the order of how much they settle it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from monitor.comparing.features import Item, features, first_sight
from monitor.comparing.learnt import Model, chance, learnt
from monitor.comparing.said import Said
from monitor.second_reader import places_around
from scraper.items import Finding

DECISIVE = 0.85
"""How much it counts for the order that a sentence settles an item, the rest that it bears on it at all."""


class Looked(NamedTuple):
    """A statement of a report set against an item, by its place in the report; `found` are its features."""

    said: Said
    place: int
    found: Mapping[str, float]


class Heard(NamedTuple):
    """The same with what the models make of it: the chances that it settles the item (`decisive`) and that it bears on it at all, 0 to 1.

    `score` orders the statements.
    """

    said: Said
    place: int
    found: Mapping[str, float]
    score: float
    decisive: float
    bears: float


def ranked(item: Item, said: Sequence[Said]) -> list[Heard]:
    """The likelier statements of a report about an item, the one that most settles it first; those that only repeat the item are left out."""
    return weighed(looked_at(item, said), learnt().decisive, learnt().bears)


def looked_at(item: Item, said: Sequence[Said]) -> list[Looked]:
    """The likelier statements of a report about an item, with their features, in the order of the report."""
    seen = first_sight(item, said)
    places = [place for place in seen.likeliest() if not repeats(item, said[place])]
    return [
        Looked(said[place], place, found)
        for place, found in zip(places, features(item, said, seen, places), strict=True)
    ]


def weighed(looked: Sequence[Looked], decisive: Model, bears: Model) -> list[Heard]:
    """The same by what these models make of them, the one that most settles the item first."""
    found = [(one, decisive.score(one.found), bears.score(one.found)) for one in looked]
    heard = [
        Heard(*one, DECISIVE * settles + (1 - DECISIVE) * about, chance(settles), chance(about))
        for one, settles, about in found
    ]
    return sorted(heard, key=lambda one: (-one.score, one.place))


SAME_WORDS = 0.9
"""Of the words of two texts, those in both, from which on one repeats the other."""


def repeats(item: Item, said: Said) -> bool:
    """Whether a sentence is what was asked for, word for word or nearly: wherever it stands, that says nothing of how the thing is."""
    one, other = frozenset(item.traits.stems), frozenset(said.traits.stems)
    return not said.ask and len(one & other) >= SAME_WORDS * len(one | other)


def around(said: Sequence[Said], heard: Sequence[Heard]) -> tuple[Finding, ...]:
    """The best-ranked statements with those beside them, in the order of the report: what someone else would need to judge by."""
    return tuple(said[place].finding for place in places_around([one.place for one in heard], len(said)))
