"""Words of a mail: dates, kinds of visit, marks. Pure functions from facts to short phrases."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from monitor.facts.values import RAISED_AGAIN, UNCLEAR, EarlierArea, ReportFacts
from monitor.reading import ReportRef
from scraper.reference import ORDINALS, ask_kinds, framework_of, kind_name, kind_of_document

IN_WORDS = 10

STATUSES = {
    "still_needs_improvement": "still needs improvement",
    "mixed": "mixed",
    "improved": "improved",
    "not_mentioned": "not mentioned",
}
TOLD = STATUSES | {UNCLEAR: "unclear"}
"""What a status is called, with that of what is not certain enough for one."""

GROUPS = {RAISED_AGAIN: "raised again"} | TOLD
"""Under what areas are told, in their order."""

COUNTED = {
    "still_needs_improvement": ("still needs improvement", "still need improvement"),
    "mixed": ("shows a mixed picture", "show a mixed picture"),
    "improved": ("is said to have improved", "are said to have improved"),
    "not_mentioned": ("is not mentioned", "are not mentioned"),
    UNCLEAR: ("is unclear", "are unclear"),
}
"""How one and how many areas of a status are counted."""

CHANGES = {
    "improved": "Better",
    "declined": "Worse",
    "unchanged": "Unchanged",
    "new": "No earlier grade",
    "no_longer_given": "No longer given",
    "not_compared": "Not compared",
}

# Ends of lines and characters that turn the direction of text: a headline with one could hide what follows it.
UNSAFE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"))
JOINERS = frozenset("\u200c\u200d")


def one_line(text: str, limit: int = 0) -> str:
    """Text as one line of visible characters, cut at a word to `limit` characters (0: not cut)."""
    clean = "".join(c if unicodedata.category(c) not in UNSAFE or c in JOINERS else " " for c in text)
    clean = " ".join(clean.split())
    if not limit or len(clean) <= limit:
        return clean
    cut = clean[: limit - 1]
    head, _, tail = cut.rpartition(" ")
    return f"{(head if head and len(tail) < 40 else cut).rstrip(' ,;:-')}…"


def paragraph(text: str) -> str:
    """Text of a report or of its summary as one clean paragraph, with arrows as people write them."""
    return one_line(text).replace(" -> ", " → ")


def sentence_case(text: str) -> str:
    """The text with its first letter as a capital; the rest as it is, for names in it."""
    return text[:1].upper() + text[1:]


def safe_url(url: str, page: int | None = None) -> str:
    """A web address that is safe to put into a mail, with the page of the PDF; empty for anything but http and https."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    address = quote(url.strip().partition("#")[0] if page else url.strip(), safe=":/?#[]@!$&'()*+,;=%~-._")
    return f"{address}#page={page}" if page else address


def source_path(source: str) -> str:
    """The path of a source's page among those of `browse`."""
    return f"/source/{quote(source, safe='')}"


def host(url: str) -> str:
    """The host of an address, to be read by people."""
    return one_line(urlsplit(url).hostname or "") if safe_url(url) else ""


def misfiled(facts: ReportFacts) -> str:
    """That a report names another authority than the page it is on, and what that means; empty where it does not."""
    if not facts.misfiled:
        return ""
    here, named = one_line(facts.authority), one_line(facts.misfiled)
    return (
        f"Ofsted's page of {here} lists this report, and its text names {named}. It is compared with no other report until someone has "
        "looked and said that it belongs there."
    )


def in_part(doubts: Sequence[str]) -> str:
    """That a report was read in part only, and why; empty where it was not."""
    if not doubts:
        return ""
    return f"This report could only be read in part: {'; '.join(one_line(doubt) for doubt in doubts)}. Nothing is concluded from it."


def unseen(facts: ReportFacts) -> str:
    """That an earlier report was read in part only, and what follows; empty where none was."""
    if not facts.unseen:
        return ""
    named = listed([f"{kind_of(ref)} of {month(ref.published)}" for ref in facts.unseen], 3)
    return f"Nothing is called new: what was asked before could only be seen in part ({named})."


def mark_of_new(facts: ReportFacts) -> str:
    """What an ask that no earlier report raised is called; empty where it cannot be told whether it is new."""
    return "new" if facts.compared_with and not facts.unseen else ""


UNCOMPARED = "This report could not be compared with the earlier visits, so that what is new in it, and what was raised before, is not told."


def filed(facts: ReportFacts) -> str:
    """That a report which named another authority than its page has been settled to belong to one."""
    here = one_line(facts.authority)
    return f"The text of this report names another authority than the page it was found on. It is settled that it belongs to {here}."


def day(when: date | None) -> str:
    """`10 December 2021`; empty for no date."""
    return f"{when.day} {when:%B %Y}" if when else ""


def month(when: date | None) -> str:
    """`December 2021`; without a date, words that stand in a sentence in its place."""
    return f"{when:%B %Y}" if when else "an earlier report"


def days(start: date | None, end: date | None) -> str:
    """A range of dates as people write it: 29 November to 10 December 2021."""
    if not start or not end or start == end:
        return day(start or end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {day(end)}"
    return f"{start.day} {start:%B}{f' {start.year}' if start.year != end.year else ''} to {day(end)}"


def moment(when: datetime, zone: ZoneInfo) -> str:
    """A time, which must know its zone, on the clocks of `zone`: `10 December 2021 at 09:30`."""
    local = when.astimezone(zone)
    return f"{day(local.date())} at {local:%H:%M}"


def kind_of(report: ReportRef) -> str:
    """What kind of visit a report is about; for one of no known kind, what the site calls it."""
    return (
        kind_name(report.kind)
        or one_line(re.sub(r"(?::|(?<![\s:]))\s*+pdf$", "", report.label, flags=re.IGNORECASE), 80)
        or "report"
    )


def visit(facts: ReportFacts) -> str:
    """The visit in a few words: its number and since when, and the name of its kind."""
    words = kind_of(facts.report)
    counted = kind_of_document(facts.report.kind).numbered
    if counted and facts.visit_number:
        words = f"{ordinal(facts.visit_number)} {words}"
    if counted and facts.since_judgement:
        words += f" since the judgement of {year_month(facts.since_judgement)}"
    return words


def year_month(text: str) -> str:
    """`2018-01` as January 2018; anything else as it is."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    return f"{date(int(match[1]), int(match[2]), 1):%B %Y}" if match else one_line(text)


def ordinal(number: int) -> str:
    """`third`, from the eleventh on `11th`; for numbers from 1."""
    return ORDINALS[number - 1] if 0 < number <= IN_WORDS else f"{number}th"


def counts(earlier: Sequence[EarlierArea]) -> list[str]:
    """What has become of earlier areas, each in a few words with its number: `2 are raised again`, `1 is not mentioned`."""
    left = [area.told for area in earlier if not area.again]
    numbers = [(len(earlier) - len(left), ("is raised again", "are raised again"))]
    numbers += [(left.count(status), words) for status, words in COUNTED.items()]
    return [f"{number} {one if number == 1 else many}" for number, (one, many) in numbers if number]


def listed(names: Sequence[str], limit: int = 0) -> str:
    """`A, B and C`; beyond the limit `A, B and 3 more`."""
    shown = list(names) if not limit or len(names) <= limit else [*names[: limit - 1], f"{len(names) - limit + 1} more"]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def raised_words(raised: Sequence[ReportRef], before: Sequence[ReportRef]) -> str:
    """`first in March 2019 (3 visits running)`; `running` only where no visit of those `before` left it out since the first."""
    order = [ref.report_id for ref in before]
    asked = [ref.report_id for ref in raised]
    running = " running" if asked[0] in order and order[order.index(asked[0]) :] == asked else ""
    return f"first in {month(raised[0].published)} ({len(raised) + 1} visits{running})"


def became(area: EarlierArea) -> str:
    """What has become of an earlier area, in the fewest words: `raised again` only where the report surely asks for it again.

    Where that is not certain the sentences speak for themselves.
    """
    if not area.again:
        return mark_of(area)
    alone = area.told in ("still_needs_improvement", "not_mentioned", UNCLEAR)
    return "raised again" if alone else f"raised again, {mark_of(area)}"


def mark_of(area: EarlierArea) -> str:
    """The same, whether it is asked for again or not; and who says so, where not this program."""
    told = area.status if area.decided_by else area.told
    said = TOLD.get(told, told.replace("_", " "))
    return f"{said} ({one_line(area.decided_by)})" if area.decided_by else said


def lead_of(area: EarlierArea) -> str:
    """What stands before the sentences of an area, where they stand for a verdict."""
    return "The report says: " if area.told == UNCLEAR and area.evidence else ""


def kind_words(kind: str, label: str = "") -> str:
    """What a stored kind of document is called; for one of no known kind what the site calls it."""
    return kind_name(kind) or label or kind.replace("_", " ")


def of_framework(key: str | None) -> str:
    """The name of a framework in brackets, after a kind of visit; nothing where the kind says it."""
    name = framework_of(key).name
    return f" ({name})" if name else ""


def list_titles(kinds: Iterable[str]) -> dict[str, str]:
    """The title of each list that a report may have, in their order, then of those that we have no words for."""
    titles = {row.key: row.title for row in ask_kinds().values()}
    return titles | {kind: sentence_case(kind.replace("_", " ")) for kind in kinds if kind not in titles}


def ask_word(kind: str) -> str:
    """What one item of a kind of list is called in a sentence."""
    row = ask_kinds().get(kind)
    return row.one if row else kind.replace("_", " ")
