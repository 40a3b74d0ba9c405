"""The days of a visit as a text gives them; those that do not exist, cannot be or cannot be understood are a doubt and no days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz.distance import OSA

from scraper.reference import MONTHS, Days, day_runs

MISSPELT = re.compile(r"(?<![A-Za-z])[A-Z][a-z]{3,9}(?![A-Za-z])")
NUMBER_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?\s$")
NUMBER_AFTER = re.compile(r"\s\d")
JOINED = r"(?:to|and|until|through|[-–—])"
LEFT_BEFORE = re.compile(rf"\d{{1,2}}(?:st|nd|rd|th)?\s[A-Za-z]{{3,12}}(?:\s\d{{4}})?\s{{0,2}}{JOINED}\s{{0,2}}$")
"""A day of a month that nobody knows, joined to the days that were understood: "26 Brumaire to 8 March"."""
LEFT_AFTER = re.compile(rf"\s{{0,2}}{JOINED}\s{{0,2}}\d{{1,2}}(?:st|nd|rd|th)?\s[A-Za-z]{{3,12}}\b")
EARLIEST = date(2000, 1, 1)
LONG_AFTER = timedelta(days=400)
"""From the last day of a visit to the publication of its report, at most: twice what it has ever been."""
NEAR = 30
"""Characters around a run of days that may belong to it."""


@dataclass(frozen=True, slots=True)
class OnSite:
    """First and last day, or why there are none; neither where a text has no days."""

    first: date | None = None
    last: date | None = None
    doubt: str = ""


def on_site(text: str, published: date | None, today: date) -> OnSite:
    """The days of the first run that has a year, else, with the day of publication, of the first without one."""
    text = with_months_mended(text)
    run = next(day_runs(text), None) or (next(day_runs(text, published), None) if published else None)
    if run is None:
        return OnSite()
    start, end = _whole(text, run)
    said = " ".join(text[start:end].split())
    if (start, end) != (run.start, run.end) or not run.whole:
        return OnSite(doubt=f"the dates of the visit are not understood: “{said}”")
    if run.last < EARLIEST or (published and published - run.last > LONG_AFTER):
        return OnSite(doubt=f"the dates of the visit, “{said}”, are too long ago")
    if run.last > min(published or today, today):
        than = "the day of publication" if published and run.last > published else "today"
        return OnSite(doubt=f"the dates of the visit, “{said}”, are later than {than}")
    return OnSite(run.first, run.last)


def with_months_mended(text: str) -> str:
    """The text with names of months that are wrong by one letter, or by two that changed places, beside a number put right."""
    return MISSPELT.sub(lambda word: _month_like(word[0]) if _by_a_number(text, word) else word[0], text)


def _by_a_number(text: str, word: re.Match[str]) -> bool:
    before = text[max(0, word.start() - 4) : word.start()]
    return bool(NUMBER_BEFORE.search(before) or NUMBER_AFTER.match(text, word.end()))


def _month_like(word: str) -> str:
    found = [month for month in MONTHS if len(month) > 3 and OSA.distance(word.lower(), month) == 1]
    return found[0].capitalize() if len(found) == 1 and word.lower() not in MONTHS else word


def _whole(text: str, run: Days) -> tuple[int, int]:
    """Where the run begins and ends with the days beside it that belong to it and were not understood."""
    from_ = max(0, run.start - NEAR)
    before = LEFT_BEFORE.search(text[from_ : run.start])
    after = LEFT_AFTER.match(text[run.end : run.end + NEAR])
    return from_ + before.start() if before else run.start, run.end + after.end() if after else run.end
