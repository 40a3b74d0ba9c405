"""How many things a report asks for, how many of them are new, and what became of the earlier ones: in a few words each. Pure."""

from monitor.facts import phrases
from monitor.facts.values import ReportFacts
from scraper.items import Kind
from scraper.reference import kind_name


def became(facts: ReportFacts) -> str:
    """ "2 of 7 earlier areas for improvement are raised again, 3 are said to have improved, 2 are not mentioned"."""
    if not facts.earlier:
        return ""
    first, *more = phrases.counts(facts.earlier)
    number, words = first.split(" ", 1)
    total = phrases.counted(len(facts.earlier), "earlier area")
    return ", ".join([f"{number} of {total} for improvement {words}", *more])


def urgent_asks(facts: ReportFacts) -> int:
    """How many of the things asked for are for priority action."""
    return sum(ask.kind == Kind.PRIORITY_ACTION for ask in facts.asks)


def asked(facts: ReportFacts, urgent: bool = True) -> str:
    """ "4 areas for improvement now, 1 raised before and 3 new"; without an earlier report only how many there are."""
    if not facts.asks:
        return ""
    total, new = len(facts.asks), sum(not ask.raised for ask in facts.asks)
    told = f"{phrases.counted(total, 'area')} for improvement"
    if facts.unseen:
        told += " now" + (f", {total - new} raised before" if total > new else "")
    elif facts.compared_with:
        told += " now, " + _split(total - new, new)
    if urgent and (number := urgent_asks(facts)):
        told += f", {'all' if number == total else number} for priority action"
    return told


def _split(again: int, new: int) -> str:
    if not again:
        return "new" if new == 1 else "all new"
    if not new:
        return "raised before" if again == 1 else "all raised before"
    return f"{again} raised before and {new} new"


def visit(facts: ReportFacts) -> str:
    """What kind of visit it was, in a word or two."""
    return kind_name(facts.report.kind) or "report"
