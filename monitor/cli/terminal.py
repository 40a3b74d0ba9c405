"""What the commands print for people. Pure: values in, lines out."""

import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from monitor.config import Config
from monitor.facts import Ask, EarlierArea, GradeChange, ReportFacts, phrases
from monitor.reading import ReportRef, of_weight
from monitor.rounds import Left, Round
from scraper.errors import ScraperError
from scraper.items import GOOD, Reading, Tone
from scraper.reference import ask_kinds
from scraper.text import counted

WIDTH = 100


def wrapped(text: str, first: str = "", rest: str | None = None) -> list[str]:
    """Text in lines of at most 100 characters, with a lead on the first line and an indent on the rest."""
    indent = " " * len(first) if rest is None else rest
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=indent) or [first.rstrip()]


def day(value: date | None) -> str:
    """A day as it is written in letters: 5 March 2019."""
    return phrases.day(value) or "?"


def days(start: date | None, end: date | None) -> str:
    """The days on site; one day is told once."""
    return phrases.days(start, end) or "?"


def round_lines(config: Config, outcome: Round) -> Iterator[str]:
    """How a round went: each crawl's verdict, what was read, alerted and mailed."""
    for crawled in outcome.crawled:
        if isinstance(crawled, Left):
            yield from wrapped(f"{crawled.source}: not crawled: {crawled.message}")
            continue
        mark = "" if crawled.verdict in GOOD else "  <-- look at this"
        yield from wrapped(f"{crawled.source}: {crawled.verdict}: {crawled.message}{mark}")
    concluded, mails = outcome.concluded, outcome.concluded.delivered
    yield f"{counted(concluded.read, 'report')} read, {counted(len(concluded.alerts), 'new alert')}"
    where = f"to {config.mail.host}" if config.mail.host else f"as files in {config.data / 'mail'}"
    yield f"mails: {mails.sent} sent {where}, {mails.pending} waiting, {mails.failed} failed"
    if concluded.failed:
        yield f"these steps failed, see the issues in `status`: {', '.join(concluded.failed)}  <-- look at this"
    if concluded.left:
        yield f"left for the next round: {', '.join(concluded.left)}"


def round_status(outcome: Round) -> int:
    """1 where something is to be looked at: a crawl that is not well, a step or a mail that failed."""
    ended = (crawled.verdict for crawled in outcome.crawled if not isinstance(crawled, Left))
    wrong = (
        any(verdict not in GOOD for verdict in ended) or outcome.concluded.failed or outcome.concluded.delivered.failed
    )
    return int(bool(wrong))


def reading_lines(path: Path, outcome: Reading | ScraperError) -> Iterator[str]:
    """One report: who, what, when, grades, what is asked for, and how much else was found."""
    if isinstance(outcome, ScraperError):
        yield f"{path}: cannot be read: {str(outcome).removeprefix(f'{path}: ')}"
        return
    kind = phrases.kind_words(outcome.report_type)
    yield f"{outcome.authority or 'authority not found'}: {kind}{phrases.of_framework(outcome.framework)}, {days(outcome.inspection_start, outcome.inspection_end)}"
    if outcome.lead_inspector:
        yield f"  lead inspector: {outcome.lead_inspector}"
    for judgement in outcome.judgements:
        yield f"  {judgement.area}: {judgement.grade}"
    for finding in outcome.findings:
        if finding.kind in ask_kinds():
            yield from wrapped(f"{finding.text} (page {finding.page})", f"  {phrases.ask_word(finding.kind)}: ", "    ")
    counts = {kind: sum(f.kind == kind for f in outcome.findings) for kind in Tone}
    yield "  sentences: " + ", ".join(f"{number} {kind}" for kind, number in counts.items())
    doubts = of_weight(outcome.warnings)
    if doubts:
        yield from wrapped(phrases.in_part(doubts), "  ")
    yield from (f"  look at this: {warning}" for warning in outcome.warnings if warning not in doubts)


def _why(told: Mapping[str, Any]) -> Iterator[str]:
    """What spoke for a verdict, then each of the best sentences with what spoke for it."""
    likely = sorted(told["likely"].items(), key=lambda one: -one[1])
    yield f"    likely: {', '.join(f'{phrases.STATUSES[status]} {value:.0%}' for status, value in likely)}; a verdict from {told['certain_from']:.0%}"
    for title, parts in (("mentioned", told["mentioned"]), ("status", told["status"])):
        yield from wrapped(_added(parts), f"    {title}: ", "      ") if parts else ()
    for ask in told["asks"]:
        yield from wrapped(ask["text"], f"    asked for the same: {ask['same']:.0%}: ", "      ")
    for number, one in enumerate(told["sentences"], start=1):
        settles = f"settles it {one['decisive']:.0%}, bears on it {one['bears']:.0%}"
        yield from wrapped(
            f"{one['text']} (page {one['page']}, {one['kind']})", f"    {number}. {settles}: ", "       "
        )
        yield from wrapped(_added(one["because"]), "       ", "       ")


def _added(parts: Mapping[str, float]) -> str:
    return "; ".join(f"{name} {value:+.2f}" for name, value in parts.items())


def _of_pair(area: Mapping[str, Any]) -> EarlierArea:
    return EarlierArea(
        area["text"], area["page"], (), area["status"], area["evidence"], area["evidence_page"],
        str(area["matched"]) if area["matched"] else None, surely=area["surely_matched"], certain=area["certain"],
    )  # fmt: skip


def pair_lines(pair: dict[str, Any]) -> Iterator[str]:
    """A comparison of two reports, after what of either could not be read."""
    for which, doubts in pair.get("doubts", {}).items():
        yield from wrapped(phrases.in_part(doubts).replace("This report", f"The {which} report", 1))
    for grade in pair["judgements"]:
        yield f"{grade['area']}: {grade['from'] or '-'} -> {grade['to'] or '-'} ({grade['change'].replace('_', ' ')})"
    for area in pair["areas"]:
        yield from wrapped(area["text"], f"{phrases.became(_of_pair(area))}: ", "  ")
        if area["evidence"]:
            yield from wrapped(f"{phrases.lead_of(_of_pair(area))}“{area['evidence']}”", "    ")
        again = [area["matched"]] if isinstance(area["matched"], str) else area["matched"] or []
        for text in again:
            yield from wrapped(
                text, f"    {'asked for now' if area['surely_matched'] else 'perhaps asked for now'}: ", "      "
            )
        yield from _why(area["explain"]) if "explain" in area else ()
    for text in pair["new"]:
        yield from wrapped(text, "new: ", "  ")
    for text in pair.get("perhaps_new", ()):
        yield from wrapped(text, "asked for, perhaps new: ", "  ")


def facts_lines(facts: ReportFacts) -> Iterator[str]:
    """One report and what it changed: the summary, the grades, what is asked for, what earlier areas have come to."""
    kind = phrases.kind_of(facts.report)
    yield f"{facts.authority}: {kind}, {days(facts.inspection_start, facts.inspection_end)}, published {day(facts.report.published)}"
    if facts.unread:
        yield from wrapped(f"not read: {facts.unread}; {facts.report.url}", "  ")
    for sentence in filter(None, (phrases.misfiled(facts), *facts.summary)):
        yield from wrapped(sentence, "  ")
    if facts.grades:
        yield "grades:"
        yield from (f"  {_grade(grade)}" for grade in facts.grades)
    if facts.asks:
        yield "to improve:"
        yield from (line for ask in facts.asks for line in _ask(facts, ask))
    if facts.earlier:
        yield from wrapped(f"what was raised before{f' (“{facts.scope}”)' if facts.scope else ''}:", "")
        yield from (line for area in facts.earlier for line in _earlier(area))


def _grade(grade: GradeChange) -> str:
    if grade.earlier is None or grade.grade is None:
        return f"{grade.area}: {grade.grade or f'no longer given (was {grade.earlier})'}"
    then = "" if grade.change == "unchanged" else f", was {grade.earlier}"
    return f"{grade.area}: {grade.grade} ({grade.change}{then})"


def _ask(facts: ReportFacts, ask: Ask) -> Iterator[str]:
    told = _raised(ask.raised) if ask.raised else phrases.mark_of_new(facts)
    mark = f"[{told}] " if told else ""
    yield from wrapped(f"{ask.text} (page {ask.page})", f"  {mark}", "    ")


def _raised(raised: tuple[ReportRef, ...]) -> str:
    return f"raised before, first in {phrases.month(raised[0].published)}"


def _earlier(area: EarlierArea) -> Iterator[str]:
    yield from wrapped(area.text, f"  [{phrases.became(area)}] ", "    ")
    if area.evidence:
        yield from wrapped(f"{phrases.lead_of(area)}“{area.evidence}” (page {area.evidence_page})", "      ")
