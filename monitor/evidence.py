"""What a report says about a thing that an earlier one asked for: the statements about it, and what they add up to."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.matching import Profile, likeness, profile, weights
from scraper.items import ASKS, Finding, Kind

STILL, IMPROVED, MIXED, NOT_MENTIONED = "still_needs_improvement", "improved", "mixed", "not_mentioned"


@dataclass(frozen=True, slots=True)
class Heard:
    """A statement of a report that is about the item, and how much it is (1: the same subject, more with shared words)."""

    finding: Finding
    relevance: float


def heard(item: Profile, statements: Sequence[Finding]) -> list[Heard]:
    """The evaluative sentences about an item, the most relevant first."""
    least = weights()["status"]["relevant"]
    found = [
        Heard(statement, relevance)
        for statement in statements
        if statement.kind not in ASKS and (relevance := about(item, statement)) >= least
    ]
    return sorted(found, key=lambda one: -one.relevance)


def about(item: Profile, statement: Finding) -> float:
    """How much a statement is about an item; less where it is about another group of children than the item."""
    said = profile(statement.text)
    relevance = likeness(item, said)
    groups = said.groups | profile(statement.section).groups
    if item.groups and groups and not item.groups & groups:
        relevance *= weights()["status"]["other_group"]
    return relevance


def status(found: Sequence[Heard], asked: bool) -> str:
    """What the statements add up to; `asked`: the report asks for the same thing again."""
    numbers = weights()["status"]
    top = found[: int(numbers["most"])]
    good = sum(one.relevance * _good(one.finding) for one in top)
    bad = sum(one.relevance * (1 - _good(one.finding)) for one in top)
    if asked:
        return MIXED if good >= numbers["progress"] and good >= bad * numbers["progress_share"] else STILL
    if not top:
        return NOT_MENTIONED
    share = good / (good + bad)
    return IMPROVED if share >= numbers["improved"] else STILL if share <= numbers["still"] else MIXED


def _good(finding: Finding) -> float:
    return {Kind.STRENGTH: 1.0, Kind.MIXED: 0.5}.get(finding.kind, 0.0)


def quotes(found: Sequence[Heard], asked: Sequence[Finding], verdict: str) -> tuple[Finding, ...]:
    """The one or two statements that show a status best: for a mixed one, both sides."""
    kinds = {IMPROVED: (Kind.STRENGTH, Kind.MIXED), STILL: (Kind.WEAKNESS, Kind.MIXED)}.get(verdict, ())
    if verdict == MIXED:
        return _both_sides(found) or tuple(asked[:1])
    best = [one.finding for kind in kinds for one in found if one.finding.kind == kind]
    return tuple(best[:2] or asked[:1]) if verdict != NOT_MENTIONED else ()


def _both_sides(found: Sequence[Heard]) -> tuple[Finding, ...]:
    by_kind = {kind: [one for one in found if one.finding.kind == kind] for kind in Kind}
    mixed, good, bad = by_kind[Kind.MIXED][:1], by_kind[Kind.STRENGTH][:1], by_kind[Kind.WEAKNESS][:1]
    if mixed and (not (good and bad) or mixed[0].relevance >= max(good[0].relevance, bad[0].relevance)):
        return (mixed[0].finding,)
    return tuple(one.finding for one in good + bad)
