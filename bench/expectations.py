"""Measures what is expected of a source against invented years: how often a good source is called broken, and after how long a bad one is.

    python -m bench.expectations [--years 50] [--seed 1]

A feed here has so many entries a day on average, fewer on weekends or none, hardly any at Christmas and on bank holidays, few in August. It is
watched for two years; then it gives old entries only. Of Ofsted's site so many reports go in a month, each from any authority's page.
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median, quantiles

from scraper.crawling import expected_of_feed, fall_of, judge_feed
from scraper.crawling.feed_past import LEAST_MARGIN
from scraper.looks import Absence, FeedDay

YEAR = 365
KEPT = 430
RATES = (0.1, 1.0, 5.0, 40.0)
BEGIN = date(2024, 1, 1)
BANK_HOLIDAYS = {(4, 18), (4, 21), (5, 5), (5, 26), (8, 25), (12, 25), (12, 26), (1, 1)}


@dataclass(frozen=True)
class Pattern:
    name: str
    weekend: float
    christmas: float
    august: float


PATTERNS = (
    Pattern("every day alike", 1.0, 1.0, 1.0),
    Pattern("a paper", 0.5, 0.3, 0.9),
    Pattern("a council", 0.0, 0.0, 0.5),
    Pattern("a council, August off", 0.02, 0.0, 0.1),
)


def poisson(rng: random.Random, mean: float) -> int:
    if mean > 15:
        return max(0, round(rng.gauss(mean, mean**0.5)))
    count, left = 0, rng.expovariate(1.0)
    while left < mean:
        count += 1
        left += rng.expovariate(1.0)
    return count


def mean_of(pattern: Pattern, rate: float, day: date) -> float:
    factor = pattern.weekend if day.weekday() > 4 or (day.month, day.day) in BANK_HOLIDAYS else 1.0
    if (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 2):
        factor *= pattern.christmas
    if day.month == 8:
        factor *= pattern.august
    return rate * factor


@dataclass
class Watched:
    """A feed under watch: the days as they would be stored, and whether it is called broken just now."""

    days: list[FeedDay]
    broken: bool = False
    silent: int = 0

    def look(self, day: date, entries: int, new: int) -> str:
        """What is newly said of a day's look. The judgement is left out where it cannot but be good: it takes its time."""
        self.silent = 0 if new else self.silent + 1
        if new:
            del self.days[:-KEPT]
        judged = self.silent > LEAST_MARGIN
        said = judge_feed(expected_of_feed(self.days), day, entries, new) if judged else ""
        self.days.append(FeedDay(day, entries, entries, new if self.days else 0, bool(said)))
        began, self.broken = bool(said) and not self.broken, bool(said)
        return said if began else ""


def year_of(rng: random.Random, pattern: Pattern, rate: float, buffer: int) -> tuple[int, int, int | None]:
    """False alarms of the first year, of the second, and days until a stale feed is told (None: not within a year)."""
    start = BEGIN + timedelta(days=rng.randrange(YEAR))
    feed, alarms = Watched([]), [0, 0]
    for index in range(2 * YEAR):
        day = start + timedelta(days=index)
        new = poisson(rng, mean_of(pattern, rate, day))
        alarms[index // YEAR] += bool(feed.look(day, buffer, min(new, buffer)))
    for index in range(YEAR):
        day = start + timedelta(days=2 * YEAR + index)
        if feed.look(day, buffer, 0) or feed.broken:
            return alarms[0], alarms[1], index + 1
    return alarms[0], alarms[1], None


def measured(rng: random.Random, years: int) -> Iterator[str]:
    yield "entries a day | pattern | false alarms, first year | second year | stale told after days: median, 90 % | never"
    for rate in RATES:
        for pattern in PATTERNS:
            runs = [year_of(rng, pattern, rate, rng.randrange(10, 101)) for _ in range(years)]
            first, second = sum(run[0] for run in runs) / years, sum(run[1] for run in runs) / years
            told = sorted(run[2] for run in runs if run[2] is not None)
            when = f"{median(told):.0f}, {quantiles(told, n=10)[-1]:.0f}" if len(told) > 1 else "-"
            yield f"{rate:g} | {pattern.name} | {first:.3f} | {second:.3f} | {when} | {years - len(told)} of {years}"


SITES = ((39, 0.25), (39, 1.0), (153, 0.5), (153, 1.0), (153, 4.0), (153, 10.0))


def site_of(rng: random.Random, watched: int, a_month: float) -> tuple[int, int | None]:
    """False alarms of a site's second year, and how many authorities at least must lose a report on one day to be a fall."""
    begin, absences, alarms, fell = datetime(2024, 1, 1, tzinfo=UTC), list[Absence](), 0, False
    for day in range(2 * YEAR):
        now = begin + timedelta(days=day)
        fall = fall_of(absences, watched, begin, now) is not None
        alarms += fall and not fell and day >= YEAR
        fell = fall
        absences = [Absence(one.urn, one.since, believed=True, accepted=one.accepted or fall) for one in absences]
        urns = {str(rng.randrange(watched)) for _ in range(poisson(rng, a_month * 12 / YEAR))}
        absences += [Absence(urn, now.isoformat()) for urn in urns]
    now = begin + timedelta(days=2 * YEAR)
    sudden = [Absence(str(urn), now.isoformat()) for urn in range(watched)]
    seen = (many for many in range(1, watched + 1) if fall_of([*absences, *sudden[:many]], watched, begin, now))
    return alarms, next(seen, None)


def measured_sites(rng: random.Random, years: int) -> Iterator[str]:
    yield "authorities | reports that go in a month | false alarms a year | authorities that must lose one at once to be a fall, median"
    for watched, a_month in SITES:
        runs = [site_of(rng, watched, a_month) for _ in range(years)]
        seen = median(many for _, many in runs if many is not None)
        yield f"{watched} | {a_month:g} | {sum(alarms for alarms, _ in runs) / years:.3f} | {seen:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--years", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for lines in (measured_sites, measured):
        for line in lines(random.Random(asked.seed), asked.years):
            print(line, flush=True)


if __name__ == "__main__":
    main()
