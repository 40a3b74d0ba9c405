"""Whether two items ask for the same thing: what each is mainly about, nearness of subjects, and shared words.

Measured on pairs of reports read by hand (docs/comparing.md): subjects tell most, words tell two items of one subject apart.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from scraper.reports.subjects import Mention, mentions, words

WEIGHTS = Path(__file__).with_name("compare.json")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a statement is about: subjects with how much it is about each (0 to 1), groups of children, and weighted words."""

    subjects: Mapping[str, float]
    families: Mapping[str, str]
    groups: frozenset[str]
    terms: Mapping[str, float]

    @property
    def main(self) -> str | None:
        """The subject it is most about, or None where it names none."""
        return max(self.subjects, key=lambda name: self.subjects[name], default=None)


@cache
def weights() -> dict[str, dict[str, float]]:
    """The fitted numbers of compare.json (bench/compare_fit.py) and how telling each word is."""
    loaded: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=20_000)
def profile(text: str) -> Profile:
    """What a statement is about, from its words alone."""
    tokens = words(text)
    found = mentions(tokens)
    about: dict[str, float] = {}
    for mention in sorted(found, key=_order):
        name = mention.subject.name
        if not mention.subject.group and name not in about:
            about[name] = _share(mention, about)
    families = {mention.subject.name: mention.subject.family for mention in found}
    groups = frozenset(mention.subject.name for mention in found if mention.subject.group)
    return Profile(about, families, groups, _terms(tokens))


def _order(mention: Mention) -> tuple[bool, int, int]:
    return not mention.head, mention.subject.rank, mention.start


def _share(mention: Mention, before: Mapping[str, float]) -> float:
    """How much a statement is about a subject: less outside its head, less after others, less for an aspect of practice."""
    numbers = weights()["shares"]
    share = 1.0 if mention.head else numbers["tail"]
    if before:
        share *= numbers["later"] ** min(len(before), 3)
        share *= {2: numbers["tool"], 3: numbers["broad"]}.get(mention.subject.rank, 1.0)
    return share


def _terms(tokens: tuple[str, ...]) -> dict[str, float]:
    rare, unknown = weights()["words"], weights()["shares"]["unknown_word"]
    terms = {word: weight for word in tokens if (weight := rare.get(word, unknown)) > 0}
    length = math.sqrt(sum(weight * weight for weight in terms.values()))
    return {word: weight / length for word, weight in terms.items()} if length else {}


def word_overlap(one: Profile, other: Profile) -> float:
    """Cosine of the weighted words, 0 to 1."""
    return sum(weight * other.terms.get(word, 0.0) for word, weight in one.terms.items())


def subject_overlap(one: Profile, other: Profile) -> float:
    """How far two statements are about one subject, 0 to 1; a subject of the same family counts for less."""
    near = weights()["families"]
    return max(
        (
            mine * theirs * (1.0 if a == b else near.get(one.families[a], near["other"]))
            for a, mine in one.subjects.items()
            for b, theirs in other.subjects.items()
            if a == b or one.families[a] == other.families[b]
        ),
        default=0.0,
    )


def likeness(one: Profile, other: Profile) -> float:
    """How likely two items ask for the same thing: at or above `weights()["same"]["threshold"]` they do."""
    numbers = weights()["same"]
    return numbers["subject"] * subject_overlap(one, other) + numbers["words"] * word_overlap(one, other)
