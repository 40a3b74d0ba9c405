"""The calendar of what strangers write: London's days, months by name, and days that may not exist."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
"""A month as people write it; to be matched without regard to case."""


def london_day(when: datetime) -> date:
    """The day in London at that time, which must know its zone: in summer that of 23:30 UTC is the next one."""
    return when.astimezone(LONDON).date()


def stored_day(text: str | None) -> date | None:
    """The day of a stored day (YYYY-MM-DD) or time (ISO 8601 with its zone), London's; None of none."""
    if not text:
        return None
    return date.fromisoformat(text) if len(text) <= 10 else london_day(datetime.fromisoformat(text))


def month_number(name: str) -> int:
    """1 to 12 of a month's name, whole or cut to three letters or more, in any case. Raises `ValueError` for other words."""
    short = name.strip(". ").lower()
    if len(short) >= 3:
        for number, month in enumerate(MONTHS, 1):
            if month.startswith(short) or (short == "sept" and number == 9):
                return number
    raise ValueError(f"not the name of a month: {name!r}")


def day_in(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
