"""What speaks for two items asking for the same thing: numbers with names, of an earlier item and each ask of a later report."""

from collections.abc import Mapping, Sequence

from monitor.comparing.features import Item
from monitor.comparing.learnt import Model, chance
from monitor.comparing.matching import likeness, near, subject_overlap, word_overlap
from monitor.comparing.meaning import nearness
from monitor.comparing.near_words import said_of
from scraper.reports import SUBJECT_RANKS, subject_catalogue

AGREE = 0.15
"""How far the subjects of two items must agree for them to be the same thing: the stability of staff is not that of placements, whatever the words."""


def likely_same(found: Mapping[str, float], model: Model) -> float:
    """How likely two items with these features ask for the same thing, 0 to 1."""
    return chance(model.score(found)) if found["subjects"] >= AGREE else 0.0


def likenesses(item: Item, asks: Sequence[Item]) -> list[float]:
    """How like an item each ask is, by subjects and words."""
    return [likeness(item.about, ask.about) for ask in asks]


def same_features(items: Sequence[Item], asks: Sequence[Item]) -> list[list[dict[str, float]]]:
    """For each item, and in it for each ask, the features of the two."""
    like = [likenesses(item, asks) for item in items]
    best = [max((row[place] for row in like), default=0.0) for place in range(len(asks))]
    meaning = [[nearness(item.traits.meaning, ask.traits.meaning) for ask in asks] for item in items]
    return [
        [
            _two(item, ask) | _ranked(row, place, best[place]) | _meaning(item, ask, in_meaning, place)
            for place, ask in enumerate(asks)
        ]
        for item, row, in_meaning in zip(items, like, meaning, strict=True)
    ]


def _meaning(one: Item, other: Item, row: Sequence[float], place: int) -> dict[str, float]:
    return {
        "meaning": row[place],
        "meaning of the heads": nearness(one.meanings[0], other.meanings[0]),
        "behind in meaning": row[place] - max(row),
    }


def _ranked(row: Sequence[float], place: int, best_of_ask: float) -> dict[str, float]:
    own = row[place]
    better = sum(other > own for other in row)
    return {
        "likeness": own,
        "behind the item's best": own - max(row),
        "behind the ask's best": own - best_of_ask,
        "rank": 1 / (1 + better),
        "likely": float(own >= 0.75),
        "few asks": 1 / len(row),
    }


def _two(one: Item, other: Item) -> dict[str, float]:
    mine, theirs = one.about, other.about
    catalogue = subject_catalogue().subjects
    a, b = mine.main, theirs.main
    service = a is not None and catalogue[a].rank < SUBJECT_RANKS["broad"]
    service_too = b is not None and catalogue[b].rank < SUBJECT_RANKS["broad"]
    same = float(a is not None and a == b)
    return {
        "subjects": subject_overlap(mine.subjects, theirs.subjects),
        "same main subject": same,
        "same service": same * service,
        "near main subjects": near(a).get(b, 0.0) if a and b else 0.0,
        "main in the other": max(theirs.subjects.get(a or "", 0.0), mine.subjects.get(b or "", 0.0)),
        "main in both": min(theirs.subjects.get(a or "", 0.0), mine.subjects.get(b or "", 0.0)),
        "other services": float(service and service_too and a != b),
        "words": word_overlap(mine, theirs),
        "words near": one.whole.found(other.traits.words),
        "words near, back": other.whole.found(one.traits.words),
        "head near": one.head.found(other.traits.words),
        "head near, back": other.head.found(one.traits.words),
        "its words near": said_of(one.whole, other.traits.words),
        "same group": float(bool(mine.groups & theirs.groups)),
        "other group": float(bool(mine.groups and theirs.groups and not mine.groups & theirs.groups)),
        "one group": float(bool(mine.groups) != bool(theirs.groups)),
        "same aspect": len(one.aspects & other.aspects) / max(1, len(one.aspects | other.aspects)),
        "other aspect": float(bool(one.aspects and other.aspects and not one.aspects & other.aspects)),
        "same actor": float(bool(one.actors & other.actors)),
        "other actor": float(bool(one.actors and other.actors and not one.actors & other.actors)),
        "pairs of words": min(len(one.traits.pairs & other.traits.pairs), 4) / 4,
        "best parts": max(word_overlap(x, y) for x in one.parts for y in other.parts),
        "subjects of parts": max(subject_overlap(x.subjects, y.subjects) for x in one.parts for y in other.parts),
        "longer": min(len(one.traits.stems), 60) / 60,
        "longer, back": min(len(other.traits.stems), 60) / 60,
    }
