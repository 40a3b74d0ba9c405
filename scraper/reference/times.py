"""A time as feeds and pages write it -> UTC. Days come before months, as in Britain; what cannot be is none."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from scraper.reference.calendar import LONDON, MONTH, day_in, month_number

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=2)
"""A clock may be wrong by hours, and an embargo may end tomorrow; later than that nothing can have been published."""
LONGEST = 80

NEVER = datetime.min.replace(tzinfo=UTC)

EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")
ASCTIME = re.compile(rf"\b({MONTH}) (\d{{1,2}}) (\d\d:\d\d(?::\d\d)?(?: \w{{3,4}})?) (\d{{4}})$", re.IGNORECASE)
ISO = re.compile(r"\d{4}-?\d\d-?\d\d(?!\d)")
WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?", re.IGNORECASE)
ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
ZONE_IN_WORDS = re.compile(r"(?<=[+-]\d{4}) \([a-z ]+\)$", re.IGNORECASE)
"""As browsers write it behind the offset, "GMT+0100 (British Summer Time)"."""

FILLING = re.compile(r"\b(?:at|of|on)\b|[,()|]| - ", re.IGNORECASE)
DATES = (
    re.compile(r"\b(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"),
    re.compile(r"\b(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})(?!\d)"),
    re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{2})(?!\d)"),
    re.compile(rf"\b(?P<day>\d{{1,2}})[ -](?P<name>{MONTH})[ -](?P<year>\d{{4}}|\d{{2}})(?![\d:.])", re.IGNORECASE),
    re.compile(rf"\b(?P<name>{MONTH}) (?P<day>\d{{1,2}}) (?P<year>\d{{4}})(?!\d)", re.IGNORECASE),
)
NO_RUN = r"(?<!\d to )(?<!\d and )(?<![\d&] )(?<!\d [-–—&] )(?<![\d/.–—-])"
WHOLE_DAYS = (
    re.compile(r"(?<![\d/.-])(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?![\d/-])"),
    re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})(?![\d/-])"),
    re.compile(
        rf"{NO_RUN}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of )?(?P<name>{MONTH}),?[ -](?P<year>\d{{4}})(?!\d)"
        rf"(?! (?:[-–—]|to|until) \d{{1,2}}(?:st|nd|rd|th)? {MONTH})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![a-z])(?P<name>{MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})(?!\d)", re.IGNORECASE
    ),
)
"""Day, month and year as they stand in a text with single spaces, and no part of a run of days: those are of a visit."""
CLOCK = re.compile(
    r"(?<![\d:+-])[Tt]?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?)?"
    r"(?: ?(?P<half>[ap])\.?m\b\.?)?(?![\d:])",
    re.IGNORECASE,
)
OFFSET = re.compile(r"(?:GMT|UTC)? ?([+-])(\d\d):?(\d\d)", re.IGNORECASE)
ZONES = {"z": 0, "gmt": 0, "ut": 0, "utc": 0, "wet": 0, "bst": 1, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3} | {
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
"""Hours ahead of UTC of the zones that feeds name."""


def read_time(text: str, now: datetime) -> datetime | None:
    """The time that a stranger wrote, in UTC; None for what is no time, or one before 1990 or more than two days after `now`.

    Read are ISO 8601, RFC 822, days and months as numbers in the British order, and seconds since 1970. Without a zone it is
    London's; a day alone is its first moment in London.
    """
    return believable(written_time(text), now)


PERIOD = re.compile(r"(?P<year>(?:19|20)\d\d)(?:-(?P<month>0[1-9]|1[0-2]))?")


def written_time(text: str) -> datetime | None:
    """As `read_time`, of any time in whatever year, one that UTC cannot hold as the first there is; None for what is no time."""
    tidy = " ".join(text.strip()[: LONGEST + 1].split())
    if len(tidy) > LONGEST or not tidy.isascii():
        return None
    try:
        found = _epoch(tidy) or _iso(tidy) or _written(tidy)
        return (found if found.tzinfo else found.replace(tzinfo=LONDON)).astimezone(UTC) if found else None
    except OverflowError:
        return NEVER
    except ValueError:
        return None


def last_moment(text: str) -> datetime | None:
    """The end of a year or a month that stands alone (`2016`, `2016-12`), by London's clock; None for anything else."""
    match = PERIOD.fullmatch(text.strip())
    if match is None:
        return None
    year, month = int(match["year"]), int(match["month"] or 12)
    return datetime(year, month, monthrange(year, month)[1], 23, 59, tzinfo=LONDON).astimezone(UTC)


def whole_days(text: str) -> list[date]:
    """Every single day that a text gives with its month and year, in the text's order; nothing is made of a part of one."""
    tidy = " ".join(text.split())
    found = sorted((one for pattern in WHOLE_DAYS for one in pattern.finditer(tidy)), key=re.Match.start)
    days = (day_in(int(one["year"]), _month(one.groupdict()), int(one["day"])) for one in found)
    return [day for day in days if day]


def _month(parts: Mapping[str, str]) -> int:
    return month_number(parts["name"]) if parts.get("name") else int(parts["month"])


def believable(when: datetime | None, now: datetime) -> datetime | None:
    """The time, unless nothing can have been published then."""
    return when if when and EARLIEST <= when <= now + AHEAD else None


def _epoch(text: str) -> datetime | None:
    found = EPOCH.fullmatch(text)
    return datetime.fromtimestamp(int(found[1] or found[2][:-3]), UTC) if found else None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if ISO.match(text) else None
    except ValueError:
        return None


def _written(text: str) -> datetime | None:
    """Date, clock and zone, each taken out where it stands; anything left over means that it is another kind of text."""
    tidy = WEEKDAY.sub(" ", ZONE_IN_WORDS.sub("", text))
    rest = " ".join(FILLING.sub(" ", ORDINAL.sub("", tidy)).split())
    rest = ASCTIME.sub(r"\1 \2 \4 \3", rest)
    found = next(filter(None, (pattern.search(rest) for pattern in DATES)), None)
    if not found:
        return None
    parts = found.groupdict()
    day = day_in(_year(parts["year"]), _month(parts), int(parts["day"]))
    clock, zone = _clock_and_zone(f"{rest[: found.start()]} {rest[found.end() :]}".strip())
    return datetime.combine(day, clock, zone) if day else None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _clock_and_zone(text: str) -> tuple[time, tzinfo | None]:
    """What stands beside the date. Raises `ValueError` where that is more, or no time of a day."""
    found = CLOCK.match(text)
    if not found:
        return time(), _zone(text)
    half, hour = (found["half"] or "").lower(), int(found["hour"])
    if (not half and not found["minute"]) or (half and not 1 <= hour <= 12):
        raise ValueError("no time of a day")
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return time(hour, int(found["minute"] or 0), int(found["second"] or 0)), _zone(text[found.end() :].strip())


def _zone(text: str) -> tzinfo | None:
    """None where none is given. Raises `ValueError` for anything that is no zone."""
    if not text:
        return None
    if offset := OFFSET.match(text):
        left = text[offset.end() :].strip()
        if not left or left.lower() in ZONES:
            ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
            return timezone(-ahead if offset[1] == "-" else ahead)
    if text.lower() not in ZONES:
        raise ValueError(f"not a time zone: {text}")
    return timezone(timedelta(hours=ZONES[text.lower()]))
