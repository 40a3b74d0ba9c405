"""Whether an article is news of a report on an authority's children's services: what was found in it, weighed, with the reasons."""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from scraper.articles.features import HEADLINE, TEXT, WORD, features, rules_of
from scraper.articles.rules import rules
from scraper.articles.weights import models
from scraper.items import Article

RELEVANT_FROM = 5.0
"""The points that the least relevant article has: log-odds are points above it, so that at it one in two such articles is news."""

REASONS = 10
LACKING = 0.5
"""Points that a story of another country lacks at least: a reader sees it among those that were nearly kept."""

SMALLEST = 0.1
"""Points of a reason that is worth telling."""


@dataclass(frozen=True, slots=True)
class Relevance:
    """`label` is report, followup or other; `score` in points; `reasons` are what counted most for it or against it, the most first."""

    label: str
    score: float
    reasons: tuple[tuple[str, float], ...]


def judge(article: Article) -> Relevance:
    """The label of an article, with its reasons. A text may be missing or be a lede: the headline then counts alone."""
    found = features(article)
    odds, adds = models().news.weighed(found)
    if odds > -LACKING and (place := _elsewhere(found)):
        adds[place] = adds.get(place, 0.0) - odds - LACKING
        odds = -LACKING
    label = "other" if odds < 0 else "report" if models().report.weighed(found)[0] >= 0 else "followup"
    return Relevance(label, round(RELEVANT_FROM + odds, 2), _reasons(found, adds))


def _elsewhere(found: AbstractSet[str]) -> str:
    """The rule that says that it is about another country, where nothing of ours is named with it."""
    ours = any(rule.name in found for rule in rules().rules if rule.authority or rule.ours)
    return "" if ours else next((rule.name for rule in rules().rules if rule.elsewhere and rule.name in found), "")


def _reasons(found: AbstractSet[str], adds: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """What each rule adds, with where it was found first; of what two add together each has half."""
    each: defaultdict[str, float] = defaultdict(float)
    for feature, points in adds.items():
        names = rules_of(feature) or [feature]
        for name in names:
            each[name] += points / len(names)
    ordered = sorted(each.items(), key=lambda pair: (-abs(pair[1]), pair[0]))[:REASONS]
    return tuple(
        (f"{name}{_where(name, found)}", round(points, 2)) for name, points in ordered if abs(points) >= SMALLEST
    )


def _where(name: str, found: AbstractSet[str]) -> str:
    if name.startswith(WORD):
        return ""  # of the headline or the lede
    if f"{name}{HEADLINE}" in found:
        return HEADLINE
    return " (lede)" if name in found else TEXT
