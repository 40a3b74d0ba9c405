"""Each graded area then and now, across the frameworks: SIF, ILACS with four rows, with five, and without an overall grade.

Pure: readings in, changes out. The safeguarding board's grade (2013-18) and the outcome of an area SEND inspection are
compared only with their own kind.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scraper.items import Judgement

KEYS: Sequence[tuple[str, re.Pattern[str]]] = tuple(
    (key, re.compile(words))
    for key, words in (
        ("lscb", r"safeguarding children board|\blscb\b"),
        ("outcome", r"inspection outcome|^outcome"),
        ("adoption", r"\badoption"),
        ("in_care_and_leavers", r"children in care and care leavers"),
        ("leavers", r"care leavers"),
        ("in_care", r"children in care|looked after|achieving permanence"),
        ("leaders", r"\bleader|governance"),
        ("help", r"help and protection|need protection"),
        ("overall", r"overall|\A(?>.*?services (?:for children )?in ).+ (?:are|require|is)\b"),
    )
)
AREA_NAMES: Mapping[str, str] = {
    "overall": "Overall effectiveness",
    "leaders": "Impact of leaders",
    "help": "Help and protection",
    "in_care_and_leavers": "Children in care and care leavers",
    "in_care": "Children in care",
    "leavers": "Care leavers",
    "adoption": "Adoption",
    "outcome": "Outcome",
    "lscb": "Local Safeguarding Children Board",
}
"""How each area is called in mails, in the order in which they are told."""

FORMERLY: Mapping[str, Sequence[str]] = {
    "in_care_and_leavers": ("in_care",),
    "in_care": ("in_care_and_leavers",),
    "leavers": ("in_care_and_leavers",),
}
"""An area that an earlier framework graded under another heading: what to compare it with if its own is not there."""

STEPS: Sequence[tuple[str, int]] = (
    ("outstanding", 4),
    ("inadequate", 1),
    ("require", 2),
    ("adequate", 2),
    ("good", 3),
    ("typically", 3),
    ("positive", 3),
    ("inconsistent", 2),
    ("widespread", 1),
    ("systemic", 1),
)
COMPARABLE = frozenset({"SIF", "ILACS"})


@dataclass(frozen=True, slots=True)
class Graded:
    """The grades of one earlier report, and when it was published."""

    framework: str
    when: date | None
    judgements: Sequence[Judgement]
    report_id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One area then and now; `change`: improved, declined, unchanged, new, no_longer_given. `note` says what is remarkable."""

    area: str
    earlier: str | None
    grade: str | None
    change: str
    note: str = ""
    earlier_report_id: int | None = None


def area_of(heading: str) -> str:
    """The key of a graded area from its heading as printed; the heading itself in lower case where it is none we know."""
    plain = " ".join(re.sub(r"[^a-z ]", " ", heading.lower().replace("-", " ")).split())
    return next((key for key, words in KEYS if words.search(plain)), plain)


def grade_step(grade: str) -> int:
    """The place of a grade on its scale, 4 the best, 0 for words that are on none."""
    text = grade.lower()
    return next((value for word, value in STEPS if word in text), 0)


def grade_changes(judgements: Sequence[Judgement], framework: str, before: Sequence[Graded]) -> tuple[Change, ...]:
    """Each area of a report against the last graded report before it; empty where the report grades nothing.

    `before` are the authority's earlier graded reports of the same chain, oldest first; of another framework only those
    whose grades mean the same are used.
    """
    if not judgements:
        return ()
    history = [past for past in before if past.judgements and _comparable(past.framework, framework)]
    now = {area_of(judgement.area): judgement for judgement in judgements}
    found = [_change(key, now[key], history) for key in sorted(now, key=_place)]
    return tuple(found + _dropped(now, history[-1:]))


def _comparable(one: str, other: str) -> bool:
    return one == other or {one, other} <= COMPARABLE


def _place(key: str) -> int:
    return list(AREA_NAMES).index(key) if key in AREA_NAMES else len(AREA_NAMES)


def _name(key: str, judgement: Judgement) -> str:
    return AREA_NAMES.get(key, judgement.area)


def _grades(past: Graded) -> dict[str, str]:
    return {area_of(judgement.area): judgement.grade for judgement in past.judgements}


def _then(key: str, past: Graded) -> str | None:
    grades = _grades(past)
    return next((grades[name] for name in (key, *FORMERLY.get(key, ())) if name in grades), None)


def _change(key: str, judgement: Judgement, history: Sequence[Graded]) -> Change:
    last = history[-1] if history else None
    earlier = _then(key, last) if last else None
    if last is None or earlier is None:
        return Change(_name(key, judgement), None, judgement.grade, "new")
    difference = grade_step(judgement.grade) - grade_step(earlier)
    change = "improved" if difference > 0 else "declined" if difference < 0 else "unchanged"
    note = "; ".join(filter(None, (_remarkable(key, judgement.grade, earlier, history), _split(key, last))))
    return Change(_name(key, judgement), earlier, judgement.grade, change, note, last.report_id)


def _remarkable(key: str, grade: str, earlier: str, history: Sequence[Graded]) -> str:
    """ "no longer inadequate", "inadequate for the first time since May 2014": only what the known reports show."""
    worst, best = grade_step(grade) == 1, grade_step(grade) == 4
    if grade_step(earlier) == 1 and grade_step(grade) > 1:
        return "no longer inadequate" if "inadequate" in earlier.lower() else ""
    if not (worst or best) or grade_step(earlier) == grade_step(grade):
        return ""
    same = [past for past in history if (was := _then(key, past)) and grade_step(was) == grade_step(grade)]
    if same and same[-1].when:
        return f"first {grade} since {same[-1].when:%B %Y}"
    first = history[0].when
    return f"first {grade} in the reports known, which begin in {first:%B %Y}" if first and not same else ""


def _split(key: str, last: Graded) -> str:
    """Where the frameworks divide the area differently, what the other part was graded."""
    grades = _grades(last)
    if key in grades:
        return ""
    if key == "in_care_and_leavers" and "leavers" in grades:
        return f"care leavers had a grade of their own: {grades['leavers']}"
    return (
        "graded together with care leavers before"
        if key == "in_care"
        else "graded together with children in care before"
    )


def _dropped(now: Mapping[str, Judgement], last: Sequence[Graded]) -> list[Change]:
    """Areas of the last graded report that this one grades neither alone nor as part of another."""
    covered = {name for key in now for name in (key, *FORMERLY.get(key, ()))}
    if "in_care_and_leavers" in now:
        covered.add("leavers")
    return [
        Change(_name(key, judgement), judgement.grade, None, "no_longer_given", "", past.report_id)
        for past in last
        for judgement in past.judgements
        if (key := area_of(judgement.area)) not in covered
    ]
