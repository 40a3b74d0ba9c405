"""What a report says about a thing that an earlier one asked for: the statements about it, and what they add up to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.comparing.matching import Profile, profile, relevance, weights
from monitor.comparing.sides import credit, tells_progress
from scraper.items import Finding
from scraper.reference import ask_kinds

STILL, IMPROVED, MIXED, NOT_MENTIONED = "still_needs_improvement", "improved", "mixed", "not_mentioned"
LEANS = re.compile(
    r"(?:\d+\. ?)?(?:However|But|Despite this|Nevertheless|This|These|They|It|Its|Their|Such|As a (?:result|consequence)|Consequently|"
    r"There (?:is|are|remains?) (?:more|still|further)|More (?:needs|work)|Further work|Weaker|Stronger|Better|Others?|Some|Where|"
    r"In (?:weaker|stronger|better|a few|some|most|other|these|many|particular))\b"
)
"""Openings of sentences that go on about what the sentence before them is about."""

RESTATES = re.compile(r"(?:This|These|As a (?:result|consequence)|Consequently)\b")
"""Openings of those that mostly tell what follows from the sentence before, and so say the same thing a second time."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A statement of a report that is about the item, and how much it is (1: the same subject, more with shared words).

    `weight`: 1, or less for one that restates the sentence before it.
    """

    finding: Finding
    relevance: float
    weight: float = 1.0

    @property
    def good(self) -> float:
        """How much it speaks for the area."""
        return self.relevance * self.weight * credit_of(self)

    @property
    def bad(self) -> float:
        """How much it speaks against it."""
        return self.relevance * self.weight * (1 - credit_of(self))


def heard(item: Profile, statements: Sequence[Finding]) -> list[Heard]:
    """The evaluative sentences about an item, the most relevant first; what is much less so than the best is left out."""
    numbers = weights()["status"]
    found = [one for one in _all_heard(item, statements) if one.relevance >= numbers["relevant"]]
    found.sort(key=lambda one: -one.relevance)
    return [one for one in found if one.relevance >= found[0].relevance - numbers["within"]][: int(numbers["most"])]


def _all_heard(item: Profile, statements: Sequence[Finding]) -> Iterator[Heard]:
    """Each sentence with its relevance; one that opens with "they", "however" or the like is as relevant as the one before it.

    What is said of the safeguarding board says nothing about the authority.
    """
    last = 0.0
    for statement in statements:
        if statement.kind in ask_kinds() or statement.lscb:
            last = 0.0
            continue
        how_much = about(item, statement)
        leans = how_much < last and LEANS.match(statement.text)
        last = last if leans else how_much
        yield Heard(
            statement, last, weights()["status"]["restated"] if leans and RESTATES.match(statement.text) else 1.0
        )


def about(item: Profile, statement: Finding) -> float:
    """How much a statement is about an item; less where it is about another group of children than the item."""
    said = profile(statement.text)
    how_much = relevance(item, said)
    if not how_much or not item.groups:
        return how_much
    groups = said.groups | profile(statement.section).groups
    return how_much if not groups or item.groups & groups else how_much * weights()["status"]["other_group"]


def status(found: Sequence[Heard], asked: bool, narrow: bool = False) -> str:
    """What the statements add up to; `asked`: the report asks for the same thing again, which only progress can soften.

    `narrow`: the report looked at a part of the services only, where a passing remark settles nothing.
    """
    numbers = weights()["status"]
    good, bad = sum(one.good for one in found), sum(one.bad for one in found)
    if asked:
        progress = sum(one.good for one in found if tells_progress(one.finding.text))
        return MIXED if progress >= numbers["progress"] and good >= bad * numbers["progress_share"] else STILL
    if not found or (narrow and good + bad < numbers["passing"]):
        return NOT_MENTIONED
    share = good / (good + bad)
    return IMPROVED if share >= numbers["improved"] else STILL if share <= numbers["still"] else MIXED


def credit_of(one: Heard) -> float:
    """How far a statement is to an area's credit, 0 to 1."""
    return credit(one.finding.kind, one.finding.text)


def quotes(found: Sequence[Heard], asked: Sequence[Finding], verdict: str) -> tuple[Finding, ...]:
    """The one or two statements that show a status best: for a mixed one, both sides."""
    if verdict == NOT_MENTIONED:
        return ()
    if verdict == MIXED:
        return _both_sides(found) or tuple(asked[:1])
    wanted = 1.0 if verdict == IMPROVED else 0.0
    best = sorted(found, key=lambda one: (abs(credit_of(one) - wanted), -one.relevance))
    return tuple(one.finding for one in best[:2] if abs(credit_of(one) - wanted) < 1) or tuple(asked[:1])


def _both_sides(found: Sequence[Heard]) -> tuple[Finding, ...]:
    mixed = [one for one in found if credit_of(one) == 0.5][:1]
    good, bad = [one for one in found if credit_of(one) > 0.5][:1], [one for one in found if credit_of(one) < 0.5][:1]
    if mixed and (not (good and bad) or mixed[0].relevance >= max(good[0].relevance, bad[0].relevance)):
        return (mixed[0].finding,)
    return tuple(one.finding for one in good + bad)
