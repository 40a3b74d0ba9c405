"""How many things a report asks for, how many of them are new, and what became of the earlier ones: in a few words each. Pure."""

from collections.abc import Sequence

from monitor.facts import phrases
from monitor.facts.values import Ask, ReportFacts
from scraper.reference import AskRow, ask_kinds, kind_name, usual_ask


def became(facts: ReportFacts) -> str:
    """How many of the earlier ones are raised again, have improved, and are not mentioned: "2 of 7 earlier areas for improvement are ..."."""
    if not facts.earlier:
        return ""
    first, *more = phrases.counts(facts.earlier)
    number, words = first.split(" ", 1)
    total = _counted(len(facts.earlier), _words([area.kind for area in facts.earlier]), "earlier ")
    return ", ".join([f"{number} of {total} {words}", *more])


def _words(kinds: Sequence[str]) -> AskRow:
    """The kind whose words stand for all of these: the commonest that is not urgent, else the usual one."""
    known = ask_kinds()
    plain = [kind for kind in kinds if kind in known and not known[kind].urgent]
    return known[max(plain, key=plain.count)] if plain else usual_ask()


def _counted(number: int, row: AskRow, before: str = "") -> str:
    return f"{number} {before}{row.one if number == 1 else row.more}"


def urgent_asks(facts: ReportFacts) -> Sequence[Ask]:
    """Those of the things asked for that are urgent."""
    return [ask for ask in facts.asks if ask.kind in ask_kinds() and ask_kinds()[ask.kind].urgent]


def told_asks(asks: Sequence[Ask]) -> str:
    """How many things of one kind are asked for, in the words of that kind."""
    return _counted(len(asks), ask_kinds()[asks[0].kind])


def asked(facts: ReportFacts, urgent: bool = True) -> str:
    """How many things are asked for, and how many of them were raised before: "4 areas for improvement now, 1 raised before and 3 new"."""
    if not facts.asks:
        return ""
    total, new = len(facts.asks), sum(not ask.raised for ask in facts.asks)
    told = _counted(total, _words([ask.kind for ask in facts.asks]))
    if facts.unseen:
        told += " now" + (f", {total - new} raised before" if total > new else "")
    elif facts.compared_with:
        told += " now, " + _split(total - new, new)
    if urgent and (pressing := urgent_asks(facts)):
        told += f", {'all' if len(pressing) == total else len(pressing)} {ask_kinds()[pressing[0].kind].marked}"
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
