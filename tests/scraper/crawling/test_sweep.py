"""What a search tells: whose page to look at, and whether the search knows what we know."""

from datetime import UTC, date, datetime, timedelta

import pytest

from scraper.crawling import PageResult, first_day, of_search, of_sweep, search_url, swept
from scraper.crawling.sweep import BACK, KNOWN_FOR, SEARCH
from scraper.items import SearchRow, Verdict
from scraper.looks import Newest

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=100)
NAMES = {"1": "Seaford", "2": "Hove"}
DAY, NEXT = date(2026, 11, 20), date(2026, 11, 21)
SINCE = date(2026, 11, 14)


def newest(day: date = DAY, seen: datetime = LONG_AGO, told: date | None = None) -> dict[str, Newest]:
    return {"1": Newest(day, seen, told)}


def test_it_is_asked_from_the_newest_report_that_is_known_on_or_from_two_weeks_ago() -> None:
    assert first_day({}, NOW) == date(2026, 11, 28) - BACK
    assert first_day(newest(), NOW) == SINCE
    assert first_day(newest(date(2024, 5, 1)) | {"2": Newest(date(2023, 1, 1), LONG_AGO)}, NOW) == date(2024, 5, 1)
    assert "latest_report_date_start=01-05-2024&start=100&rows=100" in search_url(
        "https://a.example/", date(2024, 5, 1), 100
    )


@pytest.mark.parametrize(
    ("told", "day", "changed"),
    [
        (None, DAY, False),
        (None, NEXT, True),
        (None, date(2026, 11, 19), False),
        (NEXT, NEXT, False),
        (DAY, NEXT, True),
        (NEXT, DAY, True),
    ],
)
def test_a_page_is_looked_at_where_the_search_tells_another_day_than_before(
    told: date | None, day: date, changed: bool
) -> None:
    found = swept(NAMES, newest(told=told), [SearchRow("1", "Seaford", day)], SINCE, NOW)
    assert found.changed == (("1",) if changed else ())
    assert found.settled == ({} if changed else {"1": day})


def test_one_of_which_nothing_is_known_is_looked_at_and_one_that_nobody_watches_is_not() -> None:
    rows = [SearchRow("2", "Hove", DAY), SearchRow("9", "Elsewhere", DAY), SearchRow("1", "Seaford", None)]
    assert swept(NAMES, {}, rows, SINCE, NOW).changed == ("2",)


def test_a_search_that_does_not_know_a_report_is_given_some_hours() -> None:
    for age, missed in (
        (KNOWN_FOR, ()),
        (KNOWN_FOR + timedelta(seconds=1), ("Seaford, whose report of 20 November 2026 is known",)),
    ):
        assert swept(NAMES, newest(seen=NOW - age), [], SINCE, NOW).missed == missed
    assert swept(NAMES, newest(date(2026, 1, 1)), [], SINCE, NOW).missed == ()


def test_what_is_missed_makes_the_search_broken_and_is_named() -> None:
    assert of_search((), 3, SINCE).verdict is Verdict.OK
    said = of_search(tuple("abcde"), 3, SINCE)
    assert (said.verdict, said.message) == (Verdict.BROKEN, "the search does not know a; b; c and 2 more")


def test_a_sweep_is_as_good_as_its_search_and_its_pages() -> None:
    search, bad = of_search((), 3, SINCE), of_search(("a",), 3, SINCE)
    page = PageResult("1", "Seaford", Verdict.OK, listed=4, found=1)
    assert of_sweep([search], NAMES, (), None).verdict is Verdict.OK
    assert (
        of_sweep([search, page], NAMES, ("1",), None).verdict,
        of_sweep([search, page], NAMES, ("1",), None).found,
    ) == (Verdict.OK, 1)
    assert of_sweep([search], NAMES, ("1",), None).verdict is Verdict.CRASHED
    assert of_sweep([bad, page], NAMES, ("1",), None).verdict is Verdict.BROKEN
    assert of_sweep([], NAMES, (), None).verdict is Verdict.CRASHED
    assert of_sweep([search], NAMES, (), (Verdict.TIMED_OUT, "late")) == type(of_sweep([], NAMES, (), None))(
        Verdict.TIMED_OUT, "late"
    )
    assert search.key == SEARCH
