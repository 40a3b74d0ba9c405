"""The headline and the few sentences that tell a report, made from its facts alone: counts, grades and dates, no judgement of ours."""

from collections.abc import Iterator, Sequence

from monitor.facts import phrases
from monitor.facts.values import GradeChange, ReportFacts
from scraper.items import Kind, ReportType

LEADING = ("Overall effectiveness", "Outcome")
"""The grade that stands for the whole report, where there is one."""


def headline(facts: ReportFacts) -> str:
    """The most important change in a few words, for a subject line; without the authority's name."""
    if facts.misfiled:
        return f"{_visit(facts)} whose text names {facts.misfiled}"
    if facts.doubts:
        return f"{_visit(facts)}, which could only be read in part"
    told = "; ".join(list(_headlines(facts))[:2])
    if not told:
        return _visit(facts)
    return told if facts.grades else f"{_visit(facts)}: {told}"


def _headlines(facts: ReportFacts) -> Iterator[str]:
    """What could head a mail, the most important first."""
    if lead := _leading(facts.grades):
        yield _moved(lead)
    elif any(change.grade for change in facts.grades):
        yield _tally(facts.grades)
    if urgent := _urgent(facts):
        yield f"{phrases.counted(urgent, 'area')} for priority action"
    if facts.asks:
        yield _asked(facts, urgent=False)
    elif facts.earlier:
        yield _became(facts)


def summary(facts: ReportFacts) -> tuple[str, ...]:
    """One to four sentences: grades first, then the visit in its series, then what became of what was asked, then what is new."""
    if facts.doubts:
        return (phrases.in_part(facts.doubts),)
    found = [*_grade_sentences(facts), *_series(facts), *_area_sentence(facts)]
    if facts.uncompared:
        return (*found[:3], phrases.UNCOMPARED)
    if facts.unseen:
        return (*found[:3], phrases.unseen(facts))
    return tuple(found[:4]) or (
        f"{_visit(facts).capitalize()}: no grades and no lists of things to improve were found.",
    )


def _leading(grades: Sequence[GradeChange]) -> GradeChange | None:
    return next((change for change in grades if change.area in LEADING and change.grade), None)


def _moved(change: GradeChange) -> str:
    """ "overall good, was inadequate", "arrangements lead to inconsistent experiences, before: ..."."""
    if change.area == LEADING[1]:
        return _outcome(change)
    name = "overall"
    if change.earlier is None or change.change == "new":
        return f"{name} {change.grade}"
    if change.change == "unchanged":
        return f"{name} still {change.grade}"
    return f"{name} {change.grade}, was {change.earlier}"


def _outcome(change: GradeChange) -> str:
    """The outcome of an area SEND inspection, whose grade is a verb phrase ("lead to inconsistent ...") or a noun."""
    grade = change.grade or ""
    told = f"arrangements {grade}" if "lead to" in grade else grade
    if change.earlier is None or change.change == "new":
        return told
    return f"{told}, as before" if change.change == "unchanged" else f"{told}, before: {change.earlier}"


def _tally(grades: Sequence[GradeChange]) -> str:
    """Where no grade stands for the whole: how many areas moved, and the lowest grade given."""
    moves = {kind: sum(change.change == kind for change in grades) for kind in ("improved", "declined", "unchanged")}
    told = [f"{number} {kind}" for kind, number in moves.items() if number]
    worst = [change for change in grades if change.grade and "inadequate" in change.grade.lower()]
    if worst:
        told.insert(0, f"{worst[0].area.lower()} {worst[0].grade}")
    return "grades: " + (", ".join(told) or ", ".join(f"{change.area.lower()} {change.grade}" for change in grades))


def _grade_sentences(facts: ReportFacts) -> Iterator[str]:
    given = [change for change in facts.grades if change.grade]
    lead = _leading(given)
    if lead:
        yield _sentence(lead)
    others = [change for change in given if change is not lead and change.area != "Local Safeguarding Children Board"]
    moved = {way: [change.area for change in others if change.change == way] for way in ("improved", "declined")}
    if any(moved.values()):
        yield "; ".join(f"{way}: {phrases.listed(areas)}" for way, areas in moved.items() if areas).capitalize() + "."
    elif others and all(change.change == "unchanged" for change in others):
        yield f"The grades of the other {len(others)} areas are unchanged." if lead else "All grades are unchanged."
    if any(change.area == LEADING[0] and change.change == "no_longer_given" for change in facts.grades):
        yield "There is no overall grade any more."


def _sentence(lead: GradeChange) -> str:
    name = "Overall" if lead.area == LEADING[0] else lead.area
    if lead.earlier is None:
        return f"{name}: {lead.grade}{_note(lead)}."
    if lead.change == "unchanged":
        return f"{name}: {lead.grade}, unchanged{_since(lead)}{_note(lead)}."
    return f"{name}: {lead.grade} ({lead.earlier}{_in(lead)}{_besides(lead)})."


def _since(change: GradeChange) -> str:
    when = change.earlier_report.published if change.earlier_report else None
    return f" since {phrases.month(when)}" if when else ""


def _in(change: GradeChange) -> str:
    when = change.earlier_report.published if change.earlier_report else None
    return f" in {phrases.month(when)}" if when else ""


def _besides(change: GradeChange) -> str:
    """What is remarkable about a change, but for what the two grades say themselves."""
    return f"; {change.note}" if change.note and change.note != "no longer inadequate" else ""


def _note(change: GradeChange) -> str:
    return f" ({change.note})" if change.note else ""


def _series(facts: ReportFacts) -> Iterator[str]:
    """A monitoring visit's place in its series."""
    if facts.report.kind != ReportType.MONITORING_VISIT:
        return
    if facts.visit_number is None:
        yield "Monitoring visit; Ofsted does not publish the letter of the first one."
        return
    since = (
        f" since the authority was judged inadequate in {phrases.year_month(facts.since_judgement)}"
        if facts.since_judgement
        else ""
    )
    first = "" if facts.visit_number == 1 else "; the letter of the first is not published by Ofsted"
    yield f"{phrases.ordinal(facts.visit_number).capitalize()} monitoring visit{since}{first}."


def _area_sentence(facts: ReportFacts) -> Iterator[str]:
    parts = list(filter(None, (_became(facts), _asked(facts))))
    if parts:
        text = "; ".join(parts)
        yield text[0].upper() + text[1:] + "."


def _became(facts: ReportFacts) -> str:
    """ "2 of 7 earlier areas for improvement are raised again, 3 are said to have improved, 2 are not mentioned"."""
    if not facts.earlier:
        return ""
    first, *more = phrases.counts(facts.earlier)
    number, words = first.split(" ", 1)
    total = phrases.counted(len(facts.earlier), "earlier area")
    return ", ".join([f"{number} of {total} for improvement {words}", *more])


def _urgent(facts: ReportFacts) -> int:
    return sum(ask.kind == Kind.PRIORITY_ACTION for ask in facts.asks)


def _asked(facts: ReportFacts, urgent: bool = True) -> str:
    """ "4 areas for improvement now, 1 raised before and 3 new"; without an earlier report only how many there are."""
    if not facts.asks:
        return ""
    total, new = len(facts.asks), sum(not ask.raised for ask in facts.asks)
    told = f"{phrases.counted(total, 'area')} for improvement"
    if facts.unseen:
        told += " now" + (f", {total - new} raised before" if total > new else "")
    elif facts.compared_with:
        told += " now, " + _split(total - new, new)
    if urgent and (number := _urgent(facts)):
        told += f", {'all' if number == total else number} for priority action"
    return told


def _split(again: int, new: int) -> str:
    if not again:
        return "new" if new == 1 else "all new"
    if not new:
        return "raised before" if again == 1 else "all raised before"
    return f"{again} raised before and {new} new"


def _visit(facts: ReportFacts) -> str:
    return phrases.KINDS.get(facts.report.kind, "report")
