"""What a report says about a thing that an earlier one asked for: the statements about it, and what they add up to."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.matching import Profile, likeness, profile, weights
from monitor.sides import tells_progress, two_sided
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
    if not relevance or not item.groups:
        return relevance
    groups = said.groups | profile(statement.section).groups
    return relevance if not groups or item.groups & groups else relevance * weights()["status"]["other_group"]


def status(found: Sequence[Heard], asked: bool) -> str:
    """What the statements add up to; `asked`: the report asks for the same thing again, which only progress can soften."""
    numbers = weights()["status"]
    top = found[: int(numbers["most"])]
    good = sum(one.relevance * good_share(one.finding) for one in top)
    bad = sum(one.relevance * (1 - good_share(one.finding)) for one in top)
    if asked:
        progress = sum(one.relevance * good_share(one.finding) for one in top if tells_progress(one.finding.text))
        return MIXED if progress >= numbers["progress"] and good >= bad * numbers["progress_share"] else STILL
    if not top:
        return NOT_MENTIONED
    share = good / (good + bad)
    return IMPROVED if share >= numbers["improved"] else STILL if share <= numbers["still"] else MIXED


def good_share(finding: Finding) -> float:
    """How far a statement is to an area's credit: 1 a strength, 0 a weakness, half for one with two sides."""
    if finding.kind is Kind.MIXED or two_sided(finding.text):
        return 0.5
    return 1.0 if finding.kind is Kind.STRENGTH else 0.0


def quotes(found: Sequence[Heard], asked: Sequence[Finding], verdict: str) -> tuple[Finding, ...]:
    """The one or two statements that show a status best: for a mixed one, both sides."""
    if verdict == NOT_MENTIONED:
        return ()
    if verdict == MIXED:
        return _both_sides(found) or tuple(asked[:1])
    wanted = 1.0 if verdict == IMPROVED else 0.0
    best = sorted(found, key=lambda one: (abs(good_share(one.finding) - wanted), -one.relevance))
    return tuple(one.finding for one in best[:2] if abs(good_share(one.finding) - wanted) < 1) or tuple(asked[:1])


def _both_sides(found: Sequence[Heard]) -> tuple[Finding, ...]:
    mixed, good, bad = ([one for one in found if good_share(one.finding) == share][:1] for share in (0.5, 1.0, 0.0))
    if mixed and (not (good and bad) or mixed[0].relevance >= max(good[0].relevance, bad[0].relevance)):
        return (mixed[0].finding,)
    return tuple(one.finding for one in good + bad)
