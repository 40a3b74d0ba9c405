"""What a report says, made ready to be set against the items of earlier ones: each statement with what it is about."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from monitor.comparing.aspects import actors_in, aspects_in
from monitor.comparing.matching import Profile, profile
from monitor.comparing.meaning import Meaning, meaning_of
from monitor.comparing.sides import credit, tells_progress, two_sided
from scraper.items import Finding
from scraper.reference import ask_kinds
from scraper.reports import stemmed_words

LEANS = re.compile(
    r"(?:\d+\. ?)?(?:However|But|Despite this|Nevertheless|This|These|They|It|Its|Their|Such|As a (?:result|consequence)|Consequently|"
    r"There (?:is|are|remains?) (?:more|still|further)|More (?:needs|work)|Further work|Weaker|Stronger|Better|Others?|Some|Where|"
    r"In (?:weaker|stronger|better|a few|some|most|other|these|many|particular))\b"
)
"""Openings of sentences that go on about what the sentence before them is about."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What a text is by itself, whatever it is set against. `pairs`: its neighbouring stems, one of them telling; `meaning`: of length 1, or empty."""

    about: Profile
    stems: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    leans: bool
    meaning: Meaning = field(compare=False, repr=False)

    @property
    def words(self) -> Mapping[str, float]:
        """Its telling stems with how telling."""
        return self.about.words


@dataclass(frozen=True)
class Said:
    """One statement of a report: a sentence that judges, or something asked for (`ask`), with its heading's profile and its place, 0 to 1.

    What only some are asked for is told when it is asked, once.
    """

    finding: Finding
    traits: Traits
    heading: Profile
    ask: bool
    place: float

    @cached_property
    def credit(self) -> float:
        """1 for praise, 0 for what is wanting, one half for both."""
        return 0.0 if self.ask else credit(self.finding.kind, self.finding.text)

    @cached_property
    def aspects(self) -> frozenset[str]:
        """What of things it speaks of."""
        return aspects_in(self.finding.text)

    @cached_property
    def actors(self) -> frozenset[str]:
        """Who it says is to act."""
        return actors_in(self.finding.text)

    @cached_property
    def progress(self) -> bool:
        """Whether it says that something has moved on since before."""
        return tells_progress(self.finding.text)

    @cached_property
    def two_sided(self) -> bool:
        """Whether one part of it praises and another finds something lacking."""
        return two_sided(self.finding.text)

    @cached_property
    def lean(self) -> float:
        """The same from -1 to 1."""
        return 2 * self.credit - 1


@lru_cache(maxsize=20_000)
def traits(text: str) -> Traits:
    """What a text is by itself."""
    stems, about = stemmed_words(text), profile(text)
    pairs = frozenset(pair for pair in itertools.pairwise(stems) if pair[0] in about.words or pair[1] in about.words)
    return Traits(about, stems, pairs, LEANS.match(text) is not None, meaning_of(text))


def all_said(findings: Iterable[Finding]) -> tuple[Said, ...]:
    """Everything that a report says of the authority, in order; what is said of the safeguarding board says nothing about it."""
    own = [finding for finding in findings if not finding.lscb]
    return tuple(
        Said(finding, traits(finding.text), profile(finding.section), finding.kind in ask_kinds(), place / len(own))
        for place, finding in enumerate(own)
    )


def same_section(said: Sequence[Said], one: int, other: int) -> bool:
    """Whether two places are there and are sentences, or asks, under one heading."""
    if not 0 <= other < len(said):
        return False
    return said[one].finding.section == said[other].finding.section and said[one].ask == said[other].ask
