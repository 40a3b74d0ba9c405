"""Each graded area then and now, across the frameworks: SIF, ILACS with four rows, with five, and without an overall grade.

Pure: readings in, changes out. The safeguarding board's grade (2013-18) and the outcome of an area SEND inspection are
compared only with their own kind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scraper.items import Judgement
from scraper.reference import (
    alike,
    area_name,
    area_of,
    earlier_areas,
    grade_of,
    grade_step,
    graded_area,
    short_name,
    taken_over,
    told_order,
)


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


def grade_changes(judgements: Sequence[Judgement], framework: str, before: Sequence[Graded]) -> tuple[Change, ...]:
    """Each area of a report against the last graded report before it; empty where the report grades nothing.

    `before` are the authority's earlier graded reports of the same chain, oldest first; of another framework only those
    whose grades mean the same are used.
    """
    if not judgements:
        return ()
    history = [past for past in before if past.judgements and alike(past.framework, framework)]
    now = {area_of(judgement.area): judgement for judgement in judgements}
    found = [_change(key, now[key], history) for key in sorted(now, key=told_order)]
    return tuple(found + _dropped(now, history[-1:]))


def _grades(past: Graded) -> dict[str, str]:
    return {area_of(judgement.area): judgement.grade for judgement in past.judgements}


def _then(key: str, past: Graded) -> str | None:
    grades = _grades(past)
    return next((grades[name] for name in (key, *earlier_areas(key)) if name in grades), None)


def _change(key: str, judgement: Judgement, history: Sequence[Graded]) -> Change:
    last = history[-1] if history else None
    earlier = _then(key, last) if last else None
    if last is None or earlier is None:
        return Change(area_name(judgement.area), None, judgement.grade, "new")
    difference = grade_step(judgement.grade) - grade_step(earlier)
    change = "improved" if difference > 0 else "declined" if difference < 0 else "unchanged"
    note = "; ".join(filter(None, (_remarkable(key, judgement.grade, earlier, history), _split(key, last))))
    return Change(area_name(judgement.area), earlier, judgement.grade, change, note, last.report_id)


def _remarkable(key: str, grade: str, earlier: str, history: Sequence[Graded]) -> str:
    """ "no longer inadequate", "inadequate for the first time since May 2014": only what the known reports show."""
    now, was_then = grade_of(grade), grade_of(earlier)
    if now is None or was_then is None or now.step == was_then.step:
        return ""
    if was_then.step == 1:
        return f"no longer {earlier}" if earlier.lower() == was_then.words else ""
    if now.step not in (1, now.best):
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
    own = [part for part in _parts(key)[1:] if part in grades]
    if own:
        return "; ".join(f"{short_name(part)} had a grade of their own: {grades[part]}" for part in own)
    together = [part for whole in earlier_areas(key) if whole in grades for part in _parts(whole) if part != key]
    return f"graded together with {' and '.join(map(short_name, together))} before" if together else ""


def _parts(key: str) -> tuple[str, ...]:
    area = graded_area(key)
    return area.parts if area else ()


def _dropped(now: Mapping[str, Judgement], last: Sequence[Graded]) -> list[Change]:
    """Areas of the last graded report that this one grades neither alone nor as part of another."""
    covered = {name for key in now for name in (key, *taken_over(key))}
    return [
        Change(area_name(judgement.area), judgement.grade, None, "no_longer_given", "", past.report_id)
        for past in last
        for judgement in past.judgements
        if area_of(judgement.area) not in covered
    ]
