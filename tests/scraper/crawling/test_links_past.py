"""Whether a page that lists stories is still the one that was watched."""

from datetime import date, timedelta

import pytest

from scraper.crawling import judge_links
from scraper.looks import FeedDay

TODAY = date(2026, 3, 20)


def days(*, new_a_day: int, until: int = 1, count: int = 20) -> list[FeedDay]:
    """Days of looks, the last one so many days ago."""
    return [FeedDay(TODAY - timedelta(days=until + n), 10, 10, new_a_day) for n in reversed(range(count))]


@pytest.mark.parametrize(
    ("known", "there", "new", "past", "wrong"),
    [
        (40, 0, 12, days(new_a_day=1), True),
        (40, 1, 11, days(new_a_day=1), False),
        (0, 0, 12, [], False),
        (3, 0, 3, days(new_a_day=0), False),
        (40, 0, 12, days(new_a_day=6), False),
        (40, 0, 12, days(new_a_day=1, until=6), False),
        (40, 0, 12, days(new_a_day=6, count=6), True),
        (40, 0, 12, [], True),
    ],
)
def test_links_that_all_changed_are_another_page_but_where_as_many_are_expected(
    known: int, there: int, new: int, past: list[FeedDay], wrong: bool
) -> None:
    said = judge_links(known, there, new, past, TODAY)
    assert bool(said) is wrong
    assert not wrong or f"not one of its {new} links was there before" in said
