"""What heads a mail and a page: which grades moved, the gravest first, then priority actions, then counts. Pure.

No more than a subject line shows, with the authority's name before it: what does not fit is cut at an area and counted.
"""

from collections.abc import Iterator, Sequence

from monitor.facts import phrases
from monitor.facts.counts import asked, became, told_asks, urgent_asks, visit
from monitor.facts.values import GradeChange, ReportFacts
from scraper.reference import grade_of, short_name, told_order

LONGEST = 90
"""Characters of a subject, the authority's name and what joins it included."""
LEAST = 40
"""What is left for the rest however long the name is."""


def headline(facts: ReportFacts) -> str:
    """The most important change in a few words, for a subject line; without the authority's name."""
    if facts.misfiled:
        return f"{visit(facts)} whose text names {facts.misfiled}"
    if facts.doubts:
        return f"{visit(facts)}, which could only be read in part"
    room = max(LONGEST - len(f"{phrases.one_line(facts.authority)}: "), LEAST)
    urgent = urgent_asks(facts)
    pressing = told_asks(urgent) if urgent else ""
    grades = told_grades(facts.grades, room - len(f"; {pressing}" if pressing else ""))
    told = [part for part in (grades, pressing) if part]
    counts = asked(facts, urgent=False) if facts.asks else became(facts)
    if not grades:
        return f"{visit(facts)}: {'; '.join(filter(None, (*told, counts)))}" if told or counts else visit(facts)
    whole_of_it = "; ".join(filter(None, (*told, counts)))
    return whole_of_it if len(whole_of_it) <= room else "; ".join(told)


def whole(grades: Sequence[GradeChange]) -> GradeChange | None:
    """The grade that stands for the whole report, where there is one."""
    return next((change for change in grades if change.known and change.known.whole), None)


def own_services(grades: Sequence[GradeChange]) -> list[GradeChange]:
    """The grades of the authority's own services: a board that was reviewed beside them has one of its own."""
    return [change for change in grades if not (change.known and change.known.other_body)]


def is_phrase(change: GradeChange) -> bool:
    """Whether the grade is a part of a sentence ("lead to inconsistent ...") and no word for itself."""
    return bool(change.place and change.place.phrase)


def told_grades(grades: Sequence[GradeChange], room: int) -> str:
    """The grades that moved, the gravest first, in so many characters: `help and protection inadequate, was good; and 2 more`."""
    given = own_services([change for change in grades if change.grade])
    moved = sorted(_worth_telling(given), key=_gravity)
    if not moved:
        return "all grades unchanged" if given else ""
    told: list[str] = []
    for place, change in enumerate(moved):
        left = len(moved) - place - 1
        fits = next((words for words in _wordings(change) if _length([*told, words], left) <= room), None)
        if fits is None and told:
            break
        told.append(fits or _shortest(change))
    return "; ".join([*told, *_more(len(moved) - len(told))])


def _length(told: Sequence[str], left: int) -> int:
    return len("; ".join([*told, *_more(left)]))


def _more(left: int) -> Iterator[str]:
    if left:
        yield f"and {left} more"


def _worth_telling(given: Sequence[GradeChange]) -> list[GradeChange]:
    """What moved, what is at the worst, and the grade of the whole; of a report whose grades have no earlier ones, all where there is no whole."""
    lead = whole(given)
    found = [
        change for change in given if change is lead or change.change in ("improved", "declined") or _is_worst(change)
    ]
    return (
        found if lead else [change for change in given if change in found or change.change in ("new", "not_compared")]
    )


def _is_worst(change: GradeChange) -> bool:
    return change.place is not None and change.place.step == 1


def _gravity(change: GradeChange) -> tuple[int, int, bool, int]:
    """Declines first, then what is at the worst, then the others; in each the lowest grade first, then that of the whole."""
    order = 0 if change.change == "declined" else 1 if _is_worst(change) else 2 if change.change == "improved" else 3
    lead = bool(change.known and change.known.whole)
    step = change.place.step if change.place else 0
    return order, 0 if lead and order > 1 else step, not lead, told_order(change.key)


def _wordings(change: GradeChange) -> tuple[str, ...]:
    """An area's grade in words, the longest first; of a decline there is a shorter one, without what it was."""
    if is_phrase(change):
        return (_phrase(change),)
    name, now = _name(change), _plain(change.grade or "", change.framework)
    if change.earlier is None or change.change in ("new", "not_compared"):
        return (f"{name} {now}",)
    if change.change == "unchanged":
        return (f"{name} still {now}",)
    moved = f"{name} {now}, was {_plain(change.earlier, change.framework)}"
    return (moved, f"{name} {now}") if change.change == "declined" else (moved,)


def _shortest(change: GradeChange) -> str:
    return _phrase(change) if is_phrase(change) else f"{_name(change)} {_plain(change.grade or '', change.framework)}"


def _name(change: GradeChange) -> str:
    return short_name(change.key) if change.known else change.area


def _plain(words: str, framework: str | None) -> str:
    """A grade without what only its sentence needs, such as what it is required for."""
    grade = grade_of(words, framework)
    return grade.words if grade and words.lower().startswith(grade.words) else words


def _phrase(change: GradeChange) -> str:
    """Such a grade with what it is said of, where it is a verb; "as before" and what it was before."""
    grade = change.grade or ""
    told = f"{_name(change)} {grade}" if change.place and change.place.verb else grade
    if change.earlier is None or change.change in ("new", "not_compared"):
        return told
    return f"{told}, as before" if change.change == "unchanged" else f"{told}, before: {change.earlier}"
