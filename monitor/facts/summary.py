"""The few sentences that tell a report, made from its facts alone: counts, grades and dates, no judgement of ours."""

from collections.abc import Iterator

from monitor.facts import phrases
from monitor.facts.counts import asked, became, visit
from monitor.facts.headline import is_phrase, own_services, whole
from monitor.facts.values import GradeChange, ReportFacts
from scraper.reference import given_as_a_whole, grade_of, kind_of_document, short_name


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
        f"{visit(facts).capitalize()}: no grades and no lists of things to improve were found.",
    )


def _grade_sentences(facts: ReportFacts) -> Iterator[str]:
    given = [change for change in facts.grades if change.grade]
    lead = whole(given)
    if lead:
        yield _sentence(lead)
    others = [change for change in own_services(given) if change is not lead]
    moved = {way: [change.area for change in others if change.change == way] for way in ("improved", "declined")}
    if any(moved.values()):
        yield "; ".join(f"{way}: {phrases.listed(areas)}" for way, areas in moved.items() if areas).capitalize() + "."
    elif others and all(change.change == "unchanged" for change in others):
        yield f"The grades of the other {len(others)} areas are unchanged." if lead else "All grades are unchanged."
    if (gone := whole(facts.grades)) and gone.change == "no_longer_given":
        yield f"There is no {short_name(gone.key)} grade any more."


def _sentence(lead: GradeChange) -> str:
    name = lead.area if is_phrase(lead) else phrases.sentence_case(short_name(lead.key))
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
    earlier = grade_of(change.earlier or "", change.framework)
    said = f"no longer {change.earlier}" if earlier and earlier.step == 1 else ""
    return f"; {change.note}" if change.note and change.note != said else ""


def _note(change: GradeChange) -> str:
    return f" ({change.note})" if change.note else ""


def _series(facts: ReportFacts) -> Iterator[str]:
    """The place of a visit of a counted kind in its series."""
    kind = kind_of_document(facts.report.kind)
    if not kind.numbered:
        return
    number = facts.visit_number
    since = _since_judgement(facts.since_judgement, kind.since) if number and facts.since_judgement else ""
    name = f"{phrases.ordinal(number)} {kind.name}{since}" if number else kind.name
    yield phrases.sentence_case(f"{name}; {kind.first}" if kind.first and number != 1 else name) + "."


def _since_judgement(month: str, words: str | None) -> str:
    """A letter is about an authority that was judged as a whole, or, since there is no such grade, about services that were."""
    when = phrases.year_month(month)
    return f" {words} {when}" if words and given_as_a_whole(month) else f" since the judgement of {when}"


def _area_sentence(facts: ReportFacts) -> Iterator[str]:
    parts = list(filter(None, (became(facts), asked(facts))))
    if parts:
        text = "; ".join(parts)
        yield text[0].upper() + text[1:] + "."
