"""What became of the things that earlier reports asked for: pure, findings in, comparisons out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from monitor.comparing.evidence import heard, quotes, status
from monitor.comparing.judgements import Graded, grade_changes
from monitor.comparing.matching import Profile, likeness, profile, weights
from scraper.items import Finding, Reading, Tone
from scraper.reference import ask_kinds, framework_of, kind_of_document

COMPARER = "4"
"""Raise it when the method changes: what is stored with another number is compared again."""

WORD = re.compile(r"\w+")
SAME_WORDS = 0.9
"""Of the words of two texts, those in both, from which on one repeats the other."""
NOT_SEEN = "could_not_be_seen"
"""What a report that was read in part says of an area, as far as that can be told; never stored."""


@dataclass(frozen=True, slots=True)
class Past:
    """An open finding of an earlier report: `key` is what the caller knows it by, `when` that report's date of publication."""

    key: int
    finding: Finding
    report_id: int | None = None
    when: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a report says about an earlier finding: its status, which of its own asks is the same, the statements that show it.

    `also` are further asks that are clearly the same, where a later report asks for the parts of an item one by one. `confidence`: how likely
    the status is right, 0 to 1; `certain`: whether that is enough for a verdict. `decided_by`: who said so, where not this program.
    """

    past: Past
    status: str
    matched: Finding | None
    evidence: tuple[Finding, ...]
    also: tuple[Finding, ...] = ()
    confidence: float = 1.0
    certain: bool = True
    decided_by: str | None = None

    @property
    def asks(self) -> tuple[Finding, ...]:
        """Every ask of the report that is the same."""
        return (self.matched, *self.also) if self.matched else ()

    @property
    def quote(self) -> str | None:
        """The evidence as one text, or None."""
        return " [...] ".join(finding.text for finding in self.evidence) or None

    @property
    def page(self) -> int | None:
        """The page of the first piece of evidence, or None."""
        return self.evidence[0].page if self.evidence else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`areas` in the order of the past findings; `new` are the report's own asks that none of them raised."""

    areas: tuple[Outcome, ...]
    new: tuple[Finding, ...]


def asks_of(reading: Reading) -> tuple[Finding, ...]:
    """What a report asks of the authority, in order; not what it asks of the safeguarding board.

    Where its framework has a section of what is wanting (`asked_in`), what is asked there counts only if no list asks for anything.
    """
    listed = [finding for finding in reading.findings if finding.kind in ask_kinds() and not finding.lscb]
    wanting = framework_of(reading.framework).asked_in
    explicit = [finding for finding in listed if not (wanting and wanting.search(finding.section))]
    if explicit or wanting is None:
        return tuple(explicit)
    weak = (finding for finding in reading.findings if finding.kind in {Tone.WEAKNESS, Tone.MIXED})
    return tuple(listed or (finding for finding in weak if wanting.search(finding.section)))


def compare(past: Sequence[Past], later: Reading) -> Comparison:
    """Each past finding's status in a later report, and the report's asks that are new."""
    asks = asks_of(later)
    again = raised_again(past, asks)
    areas = tuple(_outcome(one, again.get(index, ()), later) for index, one in enumerate(past))
    return Comparison(areas, unraised(asks, areas))


def unraised(asks: Sequence[Finding], areas: Sequence[Outcome]) -> tuple[Finding, ...]:
    """The asks that are none of these areas asked for again."""
    raised = {id(ask) for outcome in areas for ask in outcome.asks}
    return tuple(ask for ask in asks if id(ask) not in raised)


def raised_again(past: Sequence[Past], asks: Sequence[Finding]) -> dict[int, tuple[Finding, ...]]:
    """For each past finding, by its place, the ask most like it if that is like enough, then others that are very like it."""
    profiles = [(ask, profile(ask.text)) for ask in asks]
    found = {index: _same(profile(one.finding.text), profiles) for index, one in enumerate(past)}
    return {index: same for index, same in found.items() if same}


def _same(item: Profile, asks: Sequence[tuple[Finding, Profile]]) -> tuple[Finding, ...]:
    numbers = weights()["same"]
    scored = sorted(((likeness(item, other), ask) for ask, other in asks), key=lambda pair: -pair[0])
    return tuple(ask for place, (score, ask) in enumerate(scored) if score >= numbers["also" if place else "threshold"])


def repeats(asked: Finding, said: Finding) -> bool:
    """Whether a sentence is what was asked for, word for word or nearly: wherever it stands, that says nothing of how the thing is."""
    one, other = (frozenset(WORD.findall(finding.text.lower())) for finding in (asked, said))
    return said.kind not in ask_kinds() and len(one & other) >= SAME_WORDS * len(one | other)


def _outcome(past: Past, again: Sequence[Finding], later: Reading) -> Outcome:
    said = [finding for finding in later.findings if not repeats(past.finding, finding)]
    found = heard(profile(past.finding.text), said)
    verdict = status(found, bool(again), kind_of_document(later.report_type).narrow)
    return Outcome(past, verdict, next(iter(again), None), quotes(found, again, verdict), tuple(again[1:]))


def compare_pair(earlier: Reading, later: Reading) -> dict[str, Any]:
    """Two reports of one authority as the JSON of `ofsted-watch compare`.

    `doubts` is there where some of the text of either was not read. Of the later one then nothing is concluded but what it asks for again, and
    nothing is called new but `perhaps_new`: what the earlier one asked for may not have been seen.
    """
    past = [Past(index, finding) for index, finding in enumerate(asks_of(earlier))]
    found = compare(past, later)
    graded = [Graded(earlier.framework, earlier.published, earlier.judgements)]
    doubts = {"earlier": list(earlier.missing), "later": list(later.missing)}
    perhaps: tuple[Finding, ...] = ()
    if doubts["later"]:
        found = replace(
            found, areas=tuple(one if one.matched else replace(one, status=NOT_SEEN) for one in found.areas)
        )
    if any(doubts.values()):
        perhaps, found = found.new, replace(found, new=())
    said = {
        "doubts": {which: why for which, why in doubts.items() if why},
        "perhaps_new": [ask.text for ask in perhaps],
    }
    return (said if any(doubts.values()) else {}) | {
        "areas": [_area(outcome) for outcome in found.areas],
        "new": [finding.text for finding in found.new],
        "judgements": [
            {"area": change.area, "from": change.earlier, "to": change.grade, "change": change.change}
            for change in grade_changes(later.judgements, later.framework, graded)
        ],
        "comparer": COMPARER,
    }


def _area(outcome: Outcome) -> Mapping[str, Any]:
    return {
        "text": outcome.past.finding.text,
        "page": outcome.past.finding.page,
        "subjects": list(outcome.past.finding.subjects),
        "status": outcome.status,
        "matched": [ask.text for ask in outcome.asks] if outcome.also else outcome.matched and outcome.matched.text,
        "evidence": outcome.quote,
        "evidence_page": outcome.page,
        "confidence": round(outcome.confidence, 3),
        "certain": outcome.certain,
    }
