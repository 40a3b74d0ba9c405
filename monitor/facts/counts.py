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
    total, again = len(facts.asks), sum(bool(ask.raised) for ask in facts.asks)
    told = _counted(total, _words([ask.kind for ask in facts.asks]))
    if facts.unseen:
        told += " now" + (f", {again} raised before" if again else "")
    elif facts.compared_with:
        told += " now, " + _split(again, sum(ask.perhaps for ask in facts.asks), sum(ask.new for ask in facts.asks))
    if urgent and (pressing := urgent_asks(facts)):
        told += f", {'all' if len(pressing) == total else len(pressing)} {ask_kinds()[pressing[0].kind].marked}"
    return told


def _split(again: int, perhaps: int, new: int) -> str:
    """`1 raised before and 3 new`; `all new`; of a single one only the words."""
    known = [(again, "raised before"), (perhaps, "perhaps raised before"), (new, "new")]
    found = [(number, words) for number, words in known if number]
    if len(found) == 1:
        number, words = found[0]
        return words if number == 1 else f"all {words}"
    return phrases.listed([f"{number} {words}" for number, words in found])


def visit(facts: ReportFacts) -> str:
    """What kind of visit it was, in a word or two."""
    return kind_name(facts.report.kind) or "report"
