"""When inspectors came, among all the days and months that an article names: those of meetings, publication and people's lives.

A time is the visit's only where a visit, or inspectors who visit, stand with it in one phrase (`visit_phrases`), and the article
came out soon after it: news tells of the visits before too. A time too few leaves a report to be named by something else, a
wrong one excludes the right report.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scraper.articles.visit_phrases import Told, when_visited
from scraper.reference import MONTH, Days, day_runs, last_such_month, month_number

LONGEST = timedelta(days=60)
SINCE = 2000
LONGEST_MONTH = timedelta(days=30)
REPORTED_WITHIN = timedelta(days=180)
"""So long after a visit its report may come out: of 231 real ones 226 did within 112 days, and one after 203."""

YEAR = r"(?P<year>20\d\d)"
MONTH_SAID = rf"(?P<month>(?=[A-Z])(?i:{MONTH}))"
WHEN = re.compile(
    rf"\b(?i:in|during|of|from|on|since|last|this)\s+(?:early |late |mid-|the (?:start|end) of )?{MONTH_SAID}(?:,? (?:of )?{YEAR})?\b(?! \d)"
)
LAST_YEAR = re.compile(r"[\s,]*+(?:of\s+)?last\s+year\b")


@dataclass(frozen=True, slots=True)
class VisitTime:
    """The days of a visit, or its month as YYYY-MM."""

    start: date | None = None
    end: date | None = None
    month: str | None = None


Said = tuple[Told, VisitTime]


def visit_time(said: Sequence[str], published: date | None, *, follows: bool = False, own: str = "") -> VisitTime:
    """When the visit was that these sentences report; a time without a year is the last such one before publication.

    What they tell looking back ("after an inspection in May") counts where nothing else does, and for a visit that `follows` an
    inspection only where its `own` name stands there. Days come before a month, and of several the latest.
    """
    names_it = [one for one in said if own and own in one.lower()] if follows else said
    for wanted, where in ((Told.AS_NEWS, said), (Told.LOOKING_BACK, names_it)):
        times = [time for how, time in _told(where, published) if how is wanted]
        days = max((time for time in times if time.start), key=_month_of, default=None)
        if found := days or max(times, key=_month_of, default=None):
            return found
    return VisitTime()


def _told(said: Iterable[str], published: date | None) -> Iterator[Said]:
    for sentence in said:
        yield from _days(sentence, published)
        yield from _months(sentence, published)


def reported(first: date, last: date, published: date | None) -> bool:
    """Whether an article that came out then can report a visit of those days."""
    return published is None or (first <= published and published - last <= REPORTED_WITHIN)


def reported_month(month: str, published: date | None) -> bool:
    """The same of a visit in a month, YYYY-MM."""
    first = date.fromisoformat(f"{month}-01")
    return reported(first, first + LONGEST_MONTH, published)


def _month_of(time: VisitTime) -> str:
    return time.month or f"{time.end:%Y-%m}"


def _days(sentence: str, published: date | None) -> Iterator[Said]:
    runs = [run for run in day_runs(sentence, published) if _can_be(run, published)]
    for run in sorted(runs, key=lambda run: run.first == run.last):
        how = when_visited(sentence, run.start, run.end, one_day=run.first == run.last)
        if how and not _is_last_years(sentence, run.end, f"{run.last:%Y-%m}", published):
            yield how, VisitTime(run.first, run.last)


def _can_be(run: Days, published: date | None) -> bool:
    """Whether a visit can have been then: all days exist, few enough, and soon enough before the article that tells of it."""
    in_time = run.first.year >= SINCE and reported(run.last, run.last, published)
    return run.whole and in_time and run.last - run.first <= LONGEST


def _months(sentence: str, published: date | None) -> Iterator[Said]:
    for match in WHEN.finditer(sentence):
        month = _written(match, published)
        if month is None or not reported_month(month, published):
            continue
        how = when_visited(sentence, match.start("month"), match.end())
        if how and not _is_last_years(sentence, match.end(), month, published):
            yield how, VisitTime(month=month)


def _written(match: re.Match[str], published: date | None) -> str | None:
    month = month_number(match["month"])
    if match["year"]:
        return f"{match['year']}-{month:02}"
    return last_such_month(month, published) if published else None


def _is_last_years(sentence: str, end: int, month: str, published: date | None) -> bool:
    """Whether a time that was taken for this year's is said to be of last year."""
    return bool(published and LAST_YEAR.match(sentence, end) and month.startswith(f"{published.year}-"))
