"""What became of the things that earlier reports asked for: pure, findings in, comparisons out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from monitor.comparing.evidence import around, ranked
from monitor.comparing.features import item_of
from monitor.comparing.judgements import Graded, grade_changes
from monitor.comparing.learnt import learnt
from monitor.comparing.said import Said, all_said
from monitor.comparing.same import likely_same, same_features
from monitor.comparing.showing import earned, shown
from monitor.comparing.verdict import NOT_MENTIONED, verdict
from scraper.items import Finding, Reading, Tone
from scraper.reference import ask_kinds, framework_of, kind_of_document

COMPARER = "6"
"""Raise it when the method changes: what is stored with another number is compared again."""

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
    the status is right, 0 to 1; `certain`: whether that is enough for a verdict. `decided_by`: who said so, where not this program, and `own`:
    the status and certainty that this program gives it then.
    `same`: how likely each of the asks is the same thing, 0 to 1. `near`: of what is not certain, the statements around the best-ranked ones, in
    the order of the report.
    """

    past: Past
    status: str
    matched: Finding | None
    evidence: tuple[Finding, ...]
    also: tuple[Finding, ...] = ()
    confidence: float = 1.0
    certain: bool = True
    decided_by: str | None = None
    own: tuple[str, bool] | None = None
    same: tuple[float, ...] = ()
    near: tuple[Finding, ...] = ()

    @property
    def asks(self) -> tuple[Finding, ...]:
        """Every ask of the report that is the same."""
        return (self.matched, *self.also) if self.matched else ()

    @property
    def surely(self) -> tuple[bool, ...]:
        """Of each of the asks whether it is surely the same thing: "raised before" counts only what is."""
        return tuple(chance >= learnt().link_at for chance in self.same) or (True,) * len(self.asks)

    @property
    def ours(self) -> tuple[str, bool]:
        """The status that this program gives it, whoever said otherwise, and whether that is certain."""
        return self.own or (self.status, self.certain)

    @property
    def quote(self) -> str | None:
        """The evidence as one text, or None."""
        return " [...] ".join(finding.text for finding in self.evidence) or None

    @property
    def page(self) -> int | None:
        """The page of the first piece of evidence, or None."""
        return self.evidence[0].page if self.evidence else None


class Asked(NamedTuple):
    """An ask of a report and how likely it is an earlier item asked for again, 0 to 1."""

    finding: Finding
    chance: float


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
    asks, said = asks_of(later), all_said(later.findings)
    narrow = kind_of_document(later.report_type).narrow
    same = likely_same_asks([one.finding for one in past], asks)
    areas = tuple(_outcome(one, likely, said, narrow) for one, likely in zip(past, same, strict=True))
    return Comparison(areas, unraised(asks, areas))


def unraised(asks: Sequence[Finding], areas: Sequence[Outcome]) -> tuple[Finding, ...]:
    """The asks that are none of these areas asked for again."""
    raised = {id(ask) for outcome in areas for ask in outcome.asks}
    return tuple(ask for ask in asks if id(ask) not in raised)


def raised_again(past: Sequence[Past], asks: Sequence[Finding]) -> dict[int, tuple[Asked, ...]]:
    """For each past finding, by its place, the asks that are likely enough the same thing, the likeliest first."""
    found = map(_enough, likely_same_asks([one.finding for one in past], asks))
    return {index: same for index, same in enumerate(found) if same}


def likely_same_asks(items: Sequence[Finding], asks: Sequence[Finding]) -> list[list[Asked]]:
    """For each item every ask with how likely it is the same thing, the likeliest first."""
    model = learnt().same
    found = same_features([item_of(item.text) for item in items], [item_of(ask.text) for ask in asks])
    return [
        sorted(
            (Asked(ask, likely_same(two, model)) for ask, two in zip(asks, row, strict=True)),
            key=lambda one: -one.chance,
        )
        for row in found
    ]


def _enough(same: Sequence[Asked]) -> tuple[Asked, ...]:
    return tuple(one for one in same if one.chance >= learnt().same_at)


def _outcome(past: Past, same: Sequence[Asked], said: Sequence[Said], narrow: bool) -> Outcome:
    item = item_of(past.finding.text)
    heard = ranked(item, said)
    found = verdict(item, said, heard, same[0].chance if same else 0.0, narrow)
    asked = _enough(same)
    again = tuple(one.finding for one in asked)
    told = shown([one for one in heard if not any(one.said.finding is ask for ask in again)], found)
    evidence = tuple(one.said.finding for one in told) or again[:1]
    confidence = earned(found, [*(one.said.credit for one in told), *[0.0] * len(again[:1])])
    certain = confidence >= learnt().certain_at
    return Outcome(
        past, found.status, next(iter(again), None), () if certain and found.status == NOT_MENTIONED else evidence, again[1:],
        confidence, certain,
        same=tuple(one.chance for one in asked), near=() if certain else around(said, heard),
    )  # fmt: skip


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
            found,
            areas=tuple(
                one if one.matched else replace(one, status=NOT_SEEN, evidence=(), certain=True) for one in found.areas
            ),
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
        "surely_matched": all(outcome.surely[:1]) and bool(outcome.matched),
        "confidence": round(outcome.confidence, 3),
        "certain": outcome.certain,
    }
