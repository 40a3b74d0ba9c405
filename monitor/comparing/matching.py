"""Whether two items ask for the same thing: what each is mainly about, nearness of subjects, and shared words.

Measured on pairs of reports read by hand (docs/comparing.md): subjects tell most, words tell two items of one subject apart.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from monitor.comparing.numbers import Numbers, WordWeights
from scraper.reference import read_rules
from scraper.reports import SUBJECT_RANKS, SubjectMention, comma_places, mentions_in, stemmed_words, subject_catalogue

WEIGHTS = Path(__file__).with_name("numbers.json")
WORD_WEIGHTS = Path(__file__).with_name("word_weights.json")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a statement is about: subjects with how much it is about each (0 to 1), groups of children, and weighted words.

    `words` are its telling stems with how telling, `terms` the same with a length of 1. `named` says how prominently it names each subject: what it says of one it names in passing still counts.
    """

    subjects: Mapping[str, float]
    named: Mapping[str, float]
    groups: frozenset[str]
    words: Mapping[str, float]
    terms: Mapping[str, float]

    @property
    def main(self) -> str | None:
        """The subject it is most about, or None where it names none."""
        return max(self.subjects, key=lambda name: self.subjects[name], default=None)


@cache
def weights() -> dict[str, dict[str, float]]:
    """What numbers.json holds, which bench/compare_fit.py tries out; docs/comparing.md says what each is for.

    Raises `RuleFileError` where it is wrong.
    """
    loaded: dict[str, dict[str, float]] = read_rules(WEIGHTS, Numbers).model_dump()
    return loaded


@cache
def word_weights() -> dict[str, float]:
    """How telling each word is, made by bench/compare_words.py; 0 for those that every report is full of."""
    return read_rules(WORD_WEIGHTS, WordWeights).root


@lru_cache(maxsize=20_000)
def profile(text: str) -> Profile:
    """What a statement is about, from its words alone; one that names only a group of children is about the group."""
    tokens = stemmed_words(text)
    everything = mentions_in(text)
    found = [mention for mention in everything if mention.subject.rank < SUBJECT_RANKS["group"]] or everything
    joined = sum(mention.head for mention in found) > 1
    parts = _parts(found, tokens, comma_places(text) if joined else frozenset())
    about: dict[str, float] = {}
    for mention in sorted(found, key=_order):
        name = mention.subject.name
        if name in about:
            about[name] = min(1.0, about[name] * weights()["shares"]["again"])
        else:
            about[name] = _share(mention, len(about), next(iter(parts), []))
    groups = frozenset(mention.subject.name for mention in everything if mention.subject.group)
    words = telling_words(tokens)
    return Profile(about, _named(found, parts), groups, words, _terms(words))


def _parts(
    found: Sequence[SubjectMention], tokens: Sequence[str], breaks: AbstractSet[int]
) -> list[list[SubjectMention]]:
    """The subjects of the head as they hang together, the part with the main one first: "and" and commas join."""
    head = [mention for mention in found if mention.head]
    parts: list[list[SubjectMention]] = []
    for last, mention in zip([None, *head], head, strict=False):
        between = range(last.end, mention.start) if last else range(0)
        if last and (breaks & {last.end - 1, *between} or {"and", "or"} & {tokens[place] for place in between}):
            parts[-1].append(mention)
        else:
            parts.append([mention])
    return sorted(parts, key=_best_rank)


def _named(found: Sequence[SubjectMention], parts: Sequence[Sequence[SubjectMention]]) -> dict[str, float]:
    """Each subject with 1 if it is in the main part of the head, less elsewhere in it, least outside."""
    numbers, main = weights()["said"], frozenset(next(iter(parts), []))
    places = ((mention, 1.0 if mention in main else numbers["nested" if mention.head else "tail"]) for mention in found)
    named: dict[str, float] = {}
    for mention, place in places:
        named[mention.subject.name] = max(place, named.get(mention.subject.name, 0.0))
    return named


def _best_rank(part: Sequence[SubjectMention]) -> int:
    return min(mention.subject.rank for mention in part)


def _order(mention: SubjectMention) -> tuple[bool, int, int]:
    return not mention.head, mention.subject.rank, mention.start


def _share(mention: SubjectMention, before: int, main: Sequence[SubjectMention]) -> float:
    """How much a statement is about a subject, 0 to 1.

    Most for the main one and what is joined to it, less for what they are "of" or "in", least outside the head; less for what
    gives way to the main one.
    """
    numbers = weights()["shares"]
    if not before:
        return 1.0 if mention.subject.rank < SUBJECT_RANKS["group"] else numbers["broad"]
    if mention in main:
        return numbers["joined"] ** min(before, 3)
    share = numbers["nested"] if mention.head else numbers["tail"] * numbers["later"] ** min(before, 3)
    return share * (numbers["broad"] if main and mention.subject.rank > _best_rank(main) else 1.0)


def telling_words(tokens: Iterable[str]) -> dict[str, float]:
    """Those of these stemmed words that tell something, with how telling each is; not what every report is full of."""
    known, unknown = word_weights(), weights()["shares"]["unknown_word"]
    return {word: weight for word in tokens if (weight := known.get(word, unknown))}


def _terms(words: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in words.values()))
    return {word: weight / length for word, weight in words.items()}


def word_overlap(one: Profile, other: Profile) -> float:
    """Cosine of the weighted words, 0 to 1."""
    theirs = other.terms
    return sum([weight * theirs[word] for word, weight in one.terms.items() if word in theirs])


def subject_overlap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How far two statements are about the same subjects, 0 to 1: each shared subject adds to what the others leave open."""
    apart = 1.0
    for name, mine in one.items():
        nearby, best = near(name), 0.0
        for other_name, theirs in other.items():  # plain loops: this runs for every item and every sentence
            how_near = theirs * nearby.get(other_name, 0.0)
            if how_near > best:
                best = how_near
        apart *= 1.0 - mine * best
    return 1.0 - apart


@cache
def near(name: str) -> Mapping[str, float]:
    """The subjects near one: 1 for itself, what numbers.json says of a pair, a little for the others of its family."""
    numbers, subjects = weights(), subject_catalogue().subjects
    family = subjects[name].family
    found = {other: numbers["shares"]["family"] for other, subject in subjects.items() if subject.family == family}
    for pair, value in numbers["near"].items():
        one, _, other = pair.partition(" | ")
        if name in (one, other):
            found[other if name == one else one] = value
    return found | {name: 1.0}


def likeness(one: Profile, other: Profile) -> float:
    """How like two items are, by what they are about and by their words; from some .75 on they mostly ask for the same thing."""
    return subject_overlap(one.subjects, other.subjects) + weights()["same"]["words"] * word_overlap(one, other)


def relevance(item: Profile, statement: Profile) -> float:
    """How much a statement tells of what an item is about: 0 where they share no subject, more with shared words."""
    shared = subject_overlap(item.subjects, statement.named)
    return shared + weights()["said"]["words"] * word_overlap(item, statement) if shared else 0.0
