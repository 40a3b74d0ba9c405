"""Pure: what all pages together list against what they listed before: whether so many lose something at once that no page is believed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from scraper.looks import Absence, Totals
from scraper.text import counted

YEAR = timedelta(days=365)
PATIENCE = timedelta(days=7)
"""After which what many pages lose at once may be believed, if the files are gone too."""


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which pages that lose something are counted.

    `few` and one more for each `per` authorities are believed, and as many more as is usual. `accepted`: whether what a person accepted counts too.
    """

    span: timedelta
    few: int
    per: int
    accepted: bool


WINDOWS = (Window(timedelta(days=7), 2, 50, accepted=True), Window(timedelta(days=90), 5, 15, accepted=False))


@dataclass(frozen=True, slots=True)
class Fall:
    """More authorities than is likely, `pages` of them, that have lost something within a time, with what is still not settled."""

    pages: int
    within: timedelta


def fall_of(absences: Sequence[Absence], watched: int, since: datetime | None, now: datetime) -> Fall | None:
    """Whether more authorities have lost something at about the same time than is likely, and it is not all settled.

    `absences` are the reports that no page lists any more, `watched` is how many authorities are watched, `since` when that began.
    """
    waiting = {one.urn for one in absences if one.waits}
    for window in WINDOWS:
        lost = waiting | _lost(absences, now - window.span, accepted=window.accepted)
        if waiting and len(lost) > allowed(absences, window, watched, since, now):
            return Fall(len(lost), window.span)
    return None


def allowed(absences: Iterable[Absence], window: Window, watched: int, since: datetime | None, now: datetime) -> int:
    """How many authorities may lose something within a window: few, and what is usual by the year before it."""
    end = now - window.span
    begin = max(since or end, end - YEAR)
    past = max((end - begin) / window.span, 1.0)
    losses = {(one.urn, one.since[:10]) for one in absences if not one.waits and begin <= one.went < end}
    usual = len(losses) / past
    return window.few + watched // window.per + round(usual + 3 * sqrt(usual))


def _lost(absences: Iterable[Absence], begin: datetime, *, accepted: bool) -> set[str]:
    return {one.urn for one in absences if one.went >= begin and (accepted or not one.accepted)}


def fall_words(fall: Fall, watched: int, totals: Totals) -> str:
    """The same for people, with what is to be done."""
    return (
        f"the pages of {fall.pages} of {counted(watched, 'authority', 'authorities')} list less than before within {counted(fall.within.days, 'day')}, too many to be believed:"
        f" {listed_words(totals)}. Nothing counts as withdrawn because of it; if it is right, say so with `ofsted-watch accept all`"
    )


def listed_words(totals: Totals) -> str:
    """What is listed, and what recent good rounds listed for the same authorities."""
    now = f"{counted(totals.listed, 'report')} listed on {counted(totals.pages, 'page')}"
    if not totals.rounds:
        return f"{now}; no good round to compare with yet"
    rounds = "good round" if len(totals.rounds) == 1 else f"{len(totals.rounds)} good rounds"
    reports, pages = zip(*totals.rounds, strict=True)
    before = f"the last {rounds} listed {_range(reports)} on {_range(pages)}"
    if totals.compared is None:
        return f"{now}; {before}"
    listed, of = totals.compared
    return f"{now}; of those that were watched all the time {before}, and now it is {listed:,} on {of}"


def _range(numbers: Sequence[int]) -> str:
    least, most = min(numbers), max(numbers)
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"
