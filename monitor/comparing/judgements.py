"""Each graded area then and now, across the frameworks whose grades mean the same. Pure: readings in, changes out."""

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
    parts_of,
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
    """One area then and now; `change`: improved, declined, unchanged, new, no_longer_given, not_compared. `note` says what is remarkable."""

    area: str
    earlier: str | None
    grade: str | None
    change: str
    note: str = ""
    earlier_report_id: int | None = None
    framework: str | None = None


def grade_changes(judgements: Sequence[Judgement], framework: str, before: Sequence[Graded]) -> tuple[Change, ...]:
    """Each area of a report against the last graded report before it; empty where the report grades nothing.

    `before` are the authority's earlier graded reports of the same chain, oldest first; of another framework only those
    whose grades mean the same are used.
    """
    if not judgements:
        return ()
    history = [past for past in before if past.judgements and alike(past.framework, framework)]
    now = {area_of(judgement.area, framework): judgement for judgement in judgements}
    found = [_change(key, now[key], framework, history) for key in sorted(now, key=told_order)]
    return tuple(found + _dropped(now, history[-1:]))


def _grades(past: Graded) -> dict[str, str]:
    return {area_of(judgement.area, past.framework): judgement.grade for judgement in past.judgements}


def _then(key: str, past: Graded) -> str | None:
    grades = _grades(past)
    return next((grades[name] for name in (key, *earlier_areas(key)) if name in grades), None)


def _change(key: str, judgement: Judgement, framework: str, history: Sequence[Graded]) -> Change:
    name = area_name(judgement.area, framework)
    last = history[-1] if history else None
    earlier = _then(key, last) if last else None
    if last is None or earlier is None:
        return Change(name, None, judgement.grade, "new", framework=framework)
    now, then = grade_of(judgement.grade, framework), grade_of(earlier, last.framework)
    if now is None or then is None:
        return Change(name, earlier, judgement.grade, "not_compared", "", last.report_id, framework)
    change = "improved" if now.step > then.step else "declined" if now.step < then.step else "unchanged"
    note = "; ".join(filter(None, (_remarkable(key, judgement.grade, earlier, framework, history), _split(key, last))))
    return Change(name, earlier, judgement.grade, change, note, last.report_id, framework)


def _remarkable(key: str, grade: str, earlier: str, framework: str, history: Sequence[Graded]) -> str:
    """That a grade is not the worst any more, or the worst or the best for the first time since a month: only what the known reports show."""
    now, was_then = grade_of(grade, framework), grade_of(earlier, history[-1].framework)
    if now is None or was_then is None or now.step == was_then.step:
        return ""
    if was_then.step == 1:
        return f"no longer {earlier}" if earlier.lower() == was_then.words else ""
    if now.step not in (1, now.best):
        return ""
    same = [past for past in history if (was := _then(key, past)) and grade_step(was, past.framework) == now.step]
    if same and same[-1].when:
        return f"first {grade} since {same[-1].when:%B %Y}"
    first = history[0].when
    return f"first {grade} in the reports known, which begin in {first:%B %Y}" if first and not same else ""


def _split(key: str, last: Graded) -> str:
    """Where the frameworks divide the area differently, what the other part was graded."""
    grades = _grades(last)
    if key in grades:
        return ""
    own = [part for part in parts_of(key)[1:] if part in grades]
    if own:
        return "; ".join(f"{short_name(part)} had a grade of their own: {grades[part]}" for part in own)
    together = [part for whole in earlier_areas(key) if whole in grades for part in parts_of(whole) if part != key]
    return f"graded together with {' and '.join(map(short_name, together))} before" if together else ""


def _dropped(now: Mapping[str, Judgement], last: Sequence[Graded]) -> list[Change]:
    """Areas of the last graded report that this one grades neither alone nor as part of another."""
    covered = {name for key in now for name in (key, *taken_over(key))}
    return [
        Change(
            area_name(judgement.area, past.framework),
            judgement.grade,
            None,
            "no_longer_given",
            "",
            past.report_id,
            past.framework,
        )
        for past in last
        for judgement in past.judgements
        if area_of(judgement.area, past.framework) not in covered
    ]
