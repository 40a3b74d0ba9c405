"""Days as reports write them: "13 to 24 May 2024", "22 May 2015 – 18 June 2015", "5 and 6 September 2018"."""

import re
from datetime import date, timedelta

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
DAY = rf"{WEEKDAY}\d{{1,2}}(?:\s*(?:st|nd|rd|th)\b)?(?:\s*(?:of\s+)?{MONTH}(?![a-z]))?(?:,?\s*\d{{4}}(?!\d))?"
JOIN = r"\s*(?:,?\s*\band\b(?:\s+on\b)?|,|&|to\b|to(?=\d)|\buntil\b|\bthrough\b|[-–—\u2010-\u2015])\s*"
SPAN = re.compile(
    rf"\b(?:{DAY}{JOIN})*{WEEKDAY}\d{{1,2}}(?:\s*(?:st|nd|rd|th)\b)?\s*(?:of\s+)?{MONTH},?\s*\d{{4}}(?!\d)",
    re.IGNORECASE,
)
YEARLESS = re.compile(
    rf"\b(?:{DAY}{JOIN})*{WEEKDAY}\d{{1,2}}(?:\s*(?:st|nd|rd|th)\b)?\s*(?:of\s+)?{MONTH}", re.IGNORECASE
)
SINGLE_DAY = re.compile(rf"(?:Date:?\s*)?\d{{1,2}}(?:\s*(?:st|nd|rd|th))?\s*{MONTH},?\s*\d{{4}}\.?", re.IGNORECASE)
PART = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?!\d)(?:\s*(?:st|nd|rd|th)\b)?(?:\s*(?:of\s+)?({MONTH})(?![a-z]))?(?:,?\s*(\d{{4}})(?!\d))?",
    re.IGNORECASE,
)


LONGEST = timedelta(days=100)


def span_of(text: str, year: int = 0) -> tuple[date, date] | None:
    """First and last day of the first date or run of dates in the text that has a month and a year, or None.

    With `year` given, of the first that has no year but a month.
    """
    for match in (YEARLESS if year else SPAN).finditer(text):
        days = _days(match[0], year)
        if days:
            return _mended(days[-1], days[0])
    return None


def _mended(first: date, last: date) -> tuple[date, date]:
    """First and last day; a first year that does not fit ("24 October 2022 to 25 October 2023") is taken for a slip."""
    if not timedelta() <= last - first <= LONGEST and (first.month, first.day) != (2, 29):
        same_year = first.replace(year=last.year)
        if timedelta() <= last - same_year <= LONGEST:
            return same_year, last
    return min(first, last), max(first, last)


def day_of(text: str) -> date | None:
    """The first date of the text, or None."""
    span = span_of(text)
    return span[0] if span else None


def month_of(text: str) -> str | None:
    """ "2018-01" of "January 2018", the first such in the text, or None."""
    match = re.search(rf"({MONTH})\s+(\d{{4}})\b", text, re.IGNORECASE)
    return f"{match[2]}-{_month(match[1]):02d}" if match else None


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name[:3].lower()))


def _days(text: str, year: int = 0) -> list[date]:
    """Every day named; a month or year left out is that of the day after it, and a year turns between December and January."""
    days: list[date] = []
    month = 0
    for match in reversed(list(PART.finditer(text))):
        named = _month(match[2]) if match[2] else month
        if match[3]:
            year = int(match[3])
        elif month and named > month:
            year -= 1
        month = named
        try:
            days.append(date(year, month, int(match[1])))
        except ValueError:
            continue
    return days
