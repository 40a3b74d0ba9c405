"""What is expected of each source by its own past, as values and in words for `status`."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlite_utils import Database

from monitor.config import OFSTED, Config
from scraper.crawling import ENOUGH_DAYS, ENOUGH_NEWS, expected_of_feed, listed_words
from scraper.database import feed_days_of, totals_of
from scraper.looks import Totals
from scraper.text import counted


def expected_of(db: Database, config: Config, source: str) -> dict[str, Any]:
    """Of Ofsted `listed`, `pages` and the `rounds` to compare with; of a feed its days, entries and silences. Days are ISO 8601."""
    if source == OFSTED:
        return asdict(totals_of(db, source, {authority.urn for authority in config.watched}))
    expected = asdict(expected_of_feed(feed_days_of(db, source)))
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in expected.items()}


def expected_lines(expected: dict[str, Any]) -> Iterator[str]:
    """The same for people, in a line."""
    if "rounds" in expected:
        yield f"  {listed_words(Totals(**expected))}"
        return
    told = [*_entries(expected), *_silence(expected)]
    over = f"by {counted(expected['days'], 'day')} of looks, {expected['news']} of them with something new"
    enough = f"it takes {ENOUGH_DAYS} and {ENOUGH_NEWS}"
    yield (
        f"  expected {over}: {'; '.join(told)}"
        if told
        else f"  not enough history yet to expect anything, {over}: {enough}"
    )


def _entries(expected: dict[str, Any]) -> Iterator[str]:
    if expected["least"] is not None:
        least, most = expected["least"], expected["most"]
        yield counted(least, "entry", "entries") if least == most else f"{least} to {most} entries"


def _silence(expected: dict[str, Any]) -> Iterator[str]:
    if expected["allowed"] is not None:
        longest, allowed = expected["longest"], expected["allowed"]
        yield (
            f"something new each day, or within {counted(allowed, 'day')}"
            if not longest
            else (f"never more than {counted(longest, 'day')} without anything new, and {allowed} at most")
        )
