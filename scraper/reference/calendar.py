"""Days, months and ordinals as people write them in English. A day is London's; one that does not exist is none.

"13 to 24 May 2024", "22 May 2015 – 18 June 2015", "5 and 6 September", "between January 23 and February 3". What is left out is
told by what stands around it: the month by the next day of the run, the year by the day after it, or by the latest day that can
be meant.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
"""A month as people write it; to be matched without regard to case."""
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip
LEAP_YEARS_APART = 8
"""29 February comes every four years, but for 1900 and 2100."""
LONGEST = timedelta(days=100)

WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
NUMBER = r"\d{1,2}(?:\s*(?:st|nd|rd|th)\b)?"
YEAR = r"(?:,?\s*\d{4}(?!\d))?"
DASH = r"[-–—\u2010-\u2015]"
JOIN = rf"\s*+(?:(?:,\s*+)?\band\b(?:\s++on\b)?|,|&|to\b|to(?=\d)|\buntil\b|\bthrough\b|{DASH})\s*+"
# At most sixteen days: a table of numbers on a page would else take time with the square of its length.
DAY_FIRST = (
    rf"\b(?:{WEEKDAY}{NUMBER}(?:\s*(?:of\s+)?{MONTH}(?![a-z]))?{YEAR}{JOIN}){{0,15}}"
    rf"{WEEKDAY}{NUMBER}\s*(?:of\s+)?{MONTH}(?![a-z]){YEAR}"
)
AGAIN = rf"\s*+(?:(?:,\s*+)?\band\b(?:\s++on\b)?|&|\bto\b|\buntil\b|\bthrough\b|{DASH})\s*+(?:the\s++)?"
MONTH_FIRST = (
    rf"\b{WEEKDAY}(?-i:(?=[A-Z])){MONTH}\s+(?:the\s+)?{NUMBER}(?!\d){YEAR}"
    rf"(?:{AGAIN}(?:{WEEKDAY}{MONTH}\s+)?{NUMBER}(?!\d)(?!\s*(?:of\s+)?{MONTH}(?![a-z])){YEAR}){{0,15}}"
)
RUN = re.compile(rf"(?P<day_first>{DAY_FIRST})|(?P<month_first>{MONTH_FIRST})", re.IGNORECASE)
PART = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?!\d)(?:\s*(?:st|nd|rd|th)\b)?(?:\s*(?:of\s+)?(?P<month>{MONTH})(?![a-z]))?(?:,?\s*(?P<year>\d{{4}})(?!\d))?",
    re.IGNORECASE,
)
PART_AFTER = re.compile(
    rf"(?:(?P<month>{MONTH})\s+(?:the\s+)?)?(?<!\d)(?P<day>\d{{1,2}})(?!\d)(?:\s*(?:st|nd|rd|th)\b)?(?:,?\s*(?P<year>\d{{4}})(?!\d))?",
    re.IGNORECASE,
)
A_MONTH = re.compile(rf"\b({MONTH}),?\s+(?:of\s+)?(\d{{4}})\b", re.IGNORECASE)
ONE_DAY = re.compile(rf"(?:Date:?\s*)?\d{{1,2}}(?:\s*(?:st|nd|rd|th))?\s*{MONTH},?\s*\d{{4}}\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Days:
    """A run of days in a text, `start` to `end`: the first and the last, and whether every one named is in the calendar."""

    start: int
    end: int
    first: date
    last: date
    whole: bool = True


@dataclass(slots=True)
class Part:
    """One day of a run as written; what is left out is 0."""

    day: int
    month: int
    year: int


def london_day(when: datetime) -> date:
    """The day in London at that time, which must know its zone: in summer that of 23:30 UTC is the next one."""
    try:
        return when.astimezone(LONDON).date()
    except OverflowError:  # the first or last hours that there are
        return when.date()


def stored_day(text: str | None) -> date | None:
    """The day of a stored day (YYYY-MM-DD) or time (ISO 8601 with its zone), London's; None of none."""
    if not text:
        return None
    return date.fromisoformat(text) if len(text) <= 10 else london_day(datetime.fromisoformat(text))


def day_in(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_such_day(month: int, day: int, latest: date) -> date | None:
    """The last day of that month and number up to `latest`, of 29 February perhaps years before; None where there never is one."""
    years = range(latest.year, latest.year - LEAP_YEARS_APART - 1, -1)
    found = (day_in(year, month, day) for year in years)
    return next((one for one in found if one and one <= latest), None)


def last_such_month(month: int, latest: date) -> str:
    """ "YYYY-MM" of the last such month that had begun on `latest`."""
    return f"{latest.year - (month > latest.month)}-{month:02}"


def month_number(name: str) -> int:
    """1 to 12 of a month's name, whole or cut to three letters or more, in any case. Raises `ValueError` for other words."""
    short = name.strip(". ").lower()
    if len(short) >= 3:
        for number, month in enumerate(MONTHS, 1):
            if month.startswith(short) or (short == "sept" and number == 9):
                return number
    raise ValueError(f"not the name of a month: {name!r}")


def ordinal_number(word: str) -> int | None:
    """3 of "third" and of "3rd"; None of other words."""
    if word.lower() in ORDINALS:
        return ORDINALS.index(word.lower()) + 1
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", word, re.IGNORECASE)
    return int(found[1]) if found else None


def months_in(text: str) -> Iterator[tuple[int, int, str]]:
    """(from, to, "YYYY-MM") of every month that the text gives with its year."""
    for found in A_MONTH.finditer(text):
        yield found.start(), found.end(), f"{found[2]}-{month_number(found[1]):02}"


def day_runs(text: str, latest: date | None = None) -> Iterator[Days]:
    """Every run of days in the text that has a month, in order.

    Those of which no day has a year are the last such days up to `latest`, and left out where none is given.
    """
    for found in RUN.finditer(text):
        parts = _parts(found)
        days = [day_in(part.year, part.month, part.day) for part in parts] if _dated(parts, latest) else []
        real = [day for day in days if day]
        if real:
            yield Days(found.start(), found.end(), *_mended(real[0], real[-1]), whole=len(real) == len(days))


def span_of(text: str, latest: date | None = None) -> tuple[date, date] | None:
    """First and last day of the first run of days that has a year; else, with `latest`, of the first without one; else None."""
    run = next(day_runs(text), None) or (next(day_runs(text, latest), None) if latest else None)
    return (run.first, run.last) if run else None


def day_of(text: str) -> date | None:
    """The first day of the text that has a year, or None."""
    span = span_of(text)
    return span[0] if span else None


def is_one_day(text: str) -> bool:
    """Whether the text is a day with its year and nothing else."""
    return ONE_DAY.fullmatch(text) is not None


def _parts(found: re.Match[str]) -> list[Part]:
    """A month left out is that of the day after in "5 and 6 May", of the day before in "May 5 and 6"."""
    pattern = PART if found["day_first"] else PART_AFTER
    parts = [
        Part(int(m["day"]), month_number(m["month"]) if m["month"] else 0, int(m["year"] or 0))
        for m in pattern.finditer(found[0])
    ]
    for known, part in pairwise(reversed(parts) if found["day_first"] else parts):
        part.month = part.month or known.month
    return parts


def _dated(parts: Sequence[Part], latest: date | None) -> bool:
    """Give each day its year: that of the day after it, one less where the year turns between them; False if there is none."""
    year = parts[-1].year or _year_of_last(parts, latest)
    month = parts[-1].month
    for part in reversed(parts):
        year = part.year or year - (part.month > month)
        part.year, month = year, part.month
    return bool(year)


def _year_of_last(parts: Sequence[Part], latest: date | None) -> int:
    for part in reversed(parts):
        if part.year:
            return part.year + (parts[-1].month < part.month)
    found = last_such_day(parts[-1].month, parts[-1].day, latest) if latest else None
    return found.year if found else 0


def _mended(first: date, last: date) -> tuple[date, date]:
    """First and last day; a first year that does not fit ("24 October 2022 to 25 October 2023") is taken for a slip."""
    if not timedelta() <= last - first <= LONGEST:
        same_year = day_in(last.year, first.month, first.day)
        if same_year and timedelta() <= last - same_year <= LONGEST:
            return same_year, last
    return min(first, last), max(first, last)
