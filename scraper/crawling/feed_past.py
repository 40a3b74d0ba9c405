"""Pure: what a feed's own past lets expect of it: how many entries a look has, and how long it is without a new one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from operator import attrgetter

from scraper.looks import FeedDay
from scraper.text import counted

ENOUGH_DAYS = 14
"""Days of looks before anything is expected of a feed; and after which one that has fewer entries, and new ones, is believed."""
ENOUGH_NEWS = 8
"""Days with something new before a silence is judged."""
MANY_NEWS, A_YEAR = 60, 340
"""From so many days with something new on, and over a year but Christmas, the longest silence of all is known well."""
MARGIN, WIDE_MARGIN, LEAST_MARGIN = 2, 3, 2
"""A silence is too long beyond so many times the longest one, known well or not, and by so many days at least."""
FEW = 3
"""A look has too few entries where it has less than the least of before divided by this."""
COUNTED = 10
"""Fewer entries than this come and go: of a feed that has had so few nothing is expected."""
COUNTS_OF, SILENCES_OF = 90, 400
"""Days of looks that count for the number of entries, and for silences: a year and a month, so that each August is held against the last."""
CHRISTMAS, NEW_YEAR = (12, 22), (1, 3)


@dataclass(frozen=True, slots=True)
class FeedExpected:
    """What a feed's past lets expect, over `days` on which it was looked at well.

    `least` and `most`: entries of a look; None where too little is known, or they are so few that they tell nothing. `longest`: the most days
    in a row without anything new, `allowed` how many are not told yet; None where too little is known. `last_new`: the day of the last
    new entry; `silent`: days of looks since then. `told`: it was broken on the last of them, and has had nothing new since.
    """

    days: int = 0
    news: int = 0
    least: int | None = None
    most: int | None = None
    longest: int | None = None
    allowed: int | None = None
    last_new: date | None = None
    silent: int = 0
    told: bool = False


def is_quiet(day: date) -> bool:
    """Whether it is a day around Christmas, of which nothing is learnt and nothing expected."""
    return (day.month, day.day) >= CHRISTMAS or (day.month, day.day) <= NEW_YEAR


def expected_of_feed(past: Iterable[FeedDay]) -> FeedExpected:
    """What is to be expected after these days of looks, in their order. Days of silence or of few entries that were told teach nothing."""
    past = list(past)
    days = _known([one for one in past if not is_quiet(one.day)])
    news = [index for index, one in enumerate(days) if one.new]
    least, most = _entries(days)
    longest = _longest(days, news) if len(days) >= ENOUGH_DAYS and len(news) >= ENOUGH_NEWS else None
    return FeedExpected(
        days=len(days),
        news=len(news),
        least=least,
        most=most,
        longest=longest,
        allowed=None
        if longest is None
        else _allowed(longest, known_well=len(news) >= MANY_NEWS and len(days) >= A_YEAR),
        last_new=days[news[-1]].day if news else None,
        silent=len(days) - 1 - news[-1] if news else 0,
        told=bool(days) and days[-1].broken and not any(one.new for one in past if one.day > days[-1].day),
    )


def _known(days: Sequence[FeedDay]) -> Sequence[FeedDay]:
    """The days that count, back from the last one with something new: a feed that has died is never forgotten to have lived."""
    last = max((index for index, one in enumerate(days) if one.new), default=len(days) - 1)
    return days[max(0, last + 1 - SILENCES_OF) :]


def _entries(days: Sequence[FeedDay]) -> tuple[int | None, int | None]:
    """The fewest and the most entries of a look. Fewer ones that have stayed for a fortnight, with new ones among them, are believed.

    So are those of days that were told and are over, but for the longest time of them: what comes once is no habit.
    """
    lately = days[-ENOUGH_DAYS:]
    times = [list(time) for broken, time in groupby(days, attrgetter("broken")) if broken]
    over = times[:-1] if days and days[-1].broken else times
    habit = {one.day for time in sorted(over, key=len)[:-1] for one in time}
    stayed = len(lately) == ENOUGH_DAYS and all(one.broken for one in lately) and any(one.new for one in lately)
    good = lately if stayed else [one for one in days if not one.broken or one.day in habit]
    counted = [one for one in good if one.least is not None][-COUNTS_OF:]
    least = min((one.least or 0 for one in counted), default=0)
    if len(counted) < ENOUGH_DAYS or least < COUNTED:
        return None, None
    return least, max(one.most or 0 for one in counted)


def _longest(days: Sequence[FeedDay], news: Sequence[int]) -> int:
    """The most days in a row without anything new. The longest of those that were told is left out: what comes once is no habit."""
    silences = [
        (end - start - 1, any(one.broken for one in days[start + 1 : end])) for start, end in pairwise([-1, *news])
    ]
    told = sorted(length for length, broken in silences if broken)
    return max([*(length for length, broken in silences if not broken), *told[:-1]], default=0)


def _allowed(longest: int, *, known_well: bool) -> int:
    return max(longest * (MARGIN if known_well else WIDE_MARGIN), longest + LEAST_MARGIN)


def judge_feed(expected: FeedExpected, today: date, entries: int | None, new: int) -> str:
    """What is wrong with a look that has these `entries` (None: the server called the feed unchanged), `new` of them; "" if nothing is.

    Around Christmas nothing begins to be wrong, and what was is not over by that.
    """
    if is_quiet(today) and not expected.told:
        return ""
    if entries is not None and expected.least is not None and entries * FEW < expected.least:
        return f"{counted(entries, 'entry', 'entries')}; in the {min(expected.days, COUNTS_OF)} days before never fewer than {expected.least}"
    if new or expected.allowed is None or expected.last_new is None or expected.silent + 1 <= expected.allowed:
        return ""
    before = expected.days - expected.silent
    return (
        f"nothing new since {expected.last_new:%-d %B %Y}; in the {before} days before never more than"
        f" {counted(expected.longest or 0, 'day')} without"
    )
