"""weights.json: what each feature of an article counts, as bench/news_fit.py found it on labelled rows."""

import math
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field

from scraper.articles.features import rules_of
from scraper.articles.rules import rules
from scraper.reference import Number, Place, RuleFile, Text, meant, read_rules

FILE = Path(__file__).with_name("weights.json")


class WeightsFile(RuleFile):
    """The whole of weights.json; each weight is a feature with (towards news of a report, towards the report rather than what followed).

    `made_from`: a digest of the rules and the labelled rows that it was made from.
    """

    made_from: Text
    news: Number
    report: Number
    weights: Annotated[tuple[tuple[str, Number, Number], ...], Field(min_length=1)]

    def wrong(self) -> Iterator[tuple[Place, str]]:
        """Features of rules that there are not."""
        names = [rule.name for rule in rules().rules]
        for index, (feature, _, _) in enumerate(self.weights):
            for name in rules_of(feature):
                if name not in names:
                    yield ("weights", index), f"no rule is called {name!r}{meant(name, names)}"


class Weights(NamedTuple):
    """A model: log-odds are `bias` and the weights of what is found, divided by the root of how many are found."""

    bias: float
    by_feature: dict[str, float]

    def weighed(self, found: AbstractSet[str]) -> tuple[float, dict[str, float]]:
        """(log-odds, what each feature adds to the bias)."""
        known = [feature for feature in found if feature in self.by_feature]
        scale = 1 / math.sqrt(len(known) or 1)
        adds = {feature: scale * self.by_feature[feature] for feature in known}
        return self.bias + math.fsum(adds.values()), adds


class Models(NamedTuple):
    """`news`: whether an article is news of a report; `report`: whether the report itself is the news, and not what followed."""

    news: Weights
    report: Weights


@cache
def models() -> Models:
    """The weights of weights.json. Raises `RuleFileError` where it is wrong."""
    found = read_rules(FILE, WeightsFile)
    return Models(
        Weights(found.news, {feature: news for feature, news, _ in found.weights}),
        Weights(found.report, {feature: report for feature, _, report in found.weights}),
    )
