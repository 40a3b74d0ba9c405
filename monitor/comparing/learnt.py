"""What was learnt from pairs of reports read by hand (learnt.json, made by `python -m bench.compare_fit --write`): weights of named features.

Each model is a sum of weighted features; of what it adds up to `chance` makes a probability.
"""

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from scraper.reference import Number, RuleFile, RuleModel, read_rules

LEARNT = Path(__file__).with_name("learnt.json")


class Model(RuleModel):
    """One linear model: what it starts from, and what each feature adds for each 1 of its value."""

    bias: Number
    weights: dict[str, Number]

    def score(self, features: Mapping[str, float]) -> float:
        """The sum; `KeyError` where a feature is missing that the model was taught with."""
        return self.bias + sum(weight * features[name] for name, weight in self.weights.items())

    def parts(self, features: Mapping[str, float]) -> list[tuple[str, float]]:
        """What each feature adds, the most telling first."""
        added = [(name, weight * features[name]) for name, weight in self.weights.items()]
        return sorted(added, key=lambda one: -abs(one[1]))


class Learnt(RuleFile):
    """The whole of learnt.json.

    `decisive`, `bears`: whether a sentence settles an item, and whether it bears on it at all. `same`: whether two items ask for the same
    thing, at `same_at` or more, and surely at `link_at`. `mentioned`: whether a report speaks of an item; `status`: how it then is, a model for each. `certain_at`: the
    confidence from which on nine verdicts in ten are right. `made_from`: a digest of what it was taught with.
    """

    made_from: str
    same_at: Number
    link_at: Number
    certain_at: Number
    decisive: Model
    bears: Model
    same: Model
    mentioned: Model
    status: dict[str, Model]


@cache
def learnt() -> Learnt:
    """What learnt.json holds. Raises `RuleFileError` where it is wrong."""
    return read_rules(LEARNT, Learnt)


def chance(score: float) -> float:
    """A probability, 0 to 1, of a sum of weights."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def chances(scores: Mapping[str, float]) -> dict[str, float]:
    """Probabilities that add up to 1."""
    most = max(scores.values())
    raised = {name: math.exp(score - most) for name, score in scores.items()}
    return {name: value / sum(raised.values()) for name, value in raised.items()}
