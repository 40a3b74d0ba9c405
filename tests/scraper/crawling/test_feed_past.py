"""What a feed's own past lets expect of it, and what is said of a look that has less."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.crawling import FeedExpected, expected_of_feed, judge_feed
from scraper.looks import FeedDay

FIRST = date(2026, 1, 5)  # a Monday, after the days around Christmas


def past(news: Sequence[int], *, first: date = FIRST, entries: int = 30) -> list[FeedDay]:
    """Days in a row from the first on, with so many new entries each."""
    return [FeedDay(first + timedelta(days=n), entries, entries, new) for n, new in enumerate(news)]


def said(days: Sequence[FeedDay], entries: int | None = 30, new: int = 0, after: int = 1) -> str:
    return judge_feed(expected_of_feed(days), days[-1].day + timedelta(days=after), entries, new)


def silent(days: list[FeedDay], many: int) -> list[FeedDay]:
    """The same days, and so many more without anything new, told as broken where they are."""
    for _ in range(many):
        told = bool(said(days))
        days = [*days, FeedDay(days[-1].day + timedelta(days=1), 30, 30, 0, told)]
    return days


WEEKDAYS = past([2, 2, 2, 2, 2, 0, 0] * 8)
DAILY = past([5] * 60)


def test_a_feed_that_says_nothing_for_longer_than_it_ever_did_is_broken_and_says_since_when() -> None:
    assert [bool(said(silent(DAILY, n))) for n in range(5)] == [False, False, True, True, True]
    assert (
        said(silent(DAILY, 9)) == "nothing new since 5 March 2026; in the 60 days before never more than 0 days without"
    )
    assert said(silent(DAILY, 9), new=1) == ""


def test_weekends_alarm_nobody_and_a_longer_silence_on_weekdays_does() -> None:
    assert expected_of_feed(WEEKDAYS).longest == 2
    assert next(n for n in range(14) if said(silent(WEEKDAYS, n))) == 4, "two days of the weekend and four more"


def test_of_a_feed_that_is_hardly_known_nothing_is_expected() -> None:
    for days in (past([5] * 13), past([1] * 7 + [0] * 60), []):
        expected = expected_of_feed(days)
        assert (expected.longest, expected.allowed) == (None, None)
        assert judge_feed(expected, date(2026, 5, 1), None, 0) == ""


def test_a_feed_with_a_few_entries_a_year_is_given_its_time() -> None:
    rare = past(([1] + [0] * 39) * 9)
    assert said(silent(rare, 70)) == "" and "never more than 39 days" in said(silent(rare, 100))


def test_a_feed_that_has_died_does_not_become_well_by_being_forgotten() -> None:
    assert all(said(silent(days, 700)) for days in (DAILY, past(([1] + [0] * 39) * 9)))


def test_around_christmas_nothing_is_expected_and_nothing_learnt() -> None:
    days = past([2, 2, 2, 2, 2, 0, 0] * 6, first=date(2026, 11, 9))
    assert days[-1].day == date(2026, 12, 20)
    days = [*days, replace(days[0], day=date(2026, 12, 21))]
    quiet = [FeedDay(date(2026, 12, 22) + timedelta(days=n), 30, 30, 0) for n in range(13)]
    assert (
        said([*days, *quiet]) == ""
        and expected_of_feed([*days, *quiet, *past([1], first=date(2027, 1, 5))]).longest == 2
    )
    assert judge_feed(FeedExpected(90, 80, 25, 50, 0, 2, date(2026, 12, 1), 30), date(2026, 12, 25), 0, 0) == ""


@pytest.mark.parametrize(
    ("entries", "broken"), [(2, True), (8, True), (9, False), (22, False), (None, False), (200, False)]
)
def test_a_look_with_far_fewer_entries_than_ever_is_broken(entries: int | None, broken: bool) -> None:
    days = [replace(one, least=25, most=50) for one in DAILY]
    told = said(days, entries, new=1)
    assert told == (f"{entries} entries; in the 60 days before never fewer than 25" if broken else "")


def test_a_feed_that_had_few_entries_before_may_have_none() -> None:
    assert said([*DAILY[:-1], replace(DAILY[-1], least=9)], 0, new=1) == ""


def test_fewer_entries_that_stay_are_believed_after_a_fortnight_if_new_ones_come() -> None:
    few, told = list(DAILY), []
    for _ in range(20):
        told.append(bool(said(few, 4, new=1)))
        few.append(FeedDay(few[-1].day + timedelta(days=1), 4, 4, 1, told[-1]))
    assert told == [True] * 14 + [False] * 6


def test_a_silence_that_was_told_is_no_habit_before_it_comes_again() -> None:
    once = [*silent(list(DAILY), 40), *past([5], first=date(2026, 4, 15))]
    assert expected_of_feed(once).longest == 0, "else the next forty days would be nothing odd"
    twice = [*silent(once, 30), *past([5], first=date(2026, 5, 16))]
    assert expected_of_feed(twice).longest == 30


def tellings(days: list[FeedDay], looks: Sequence[tuple[int, int]]) -> list[int]:
    """On which of these days, each with a look that has (entries, new ones), the operators hear that the feed is broken, or is well again."""
    told = []
    for number, (entries, new) in enumerate(looks):
        broken = bool(judge_feed(expected_of_feed(days), day := days[-1].day + timedelta(days=1), entries, new))
        if broken != days[-1].broken:
            told.append(number)
        days = [*days, FeedDay(day, entries, entries, new, broken)]
    return told


FULL, EMPTY = (30, 1), (0, 0)


def test_a_feed_that_turns_empty_is_told_once_and_once_more_when_it_is_back() -> None:
    assert tellings(DAILY, [EMPTY] * 200 + [FULL] * 30) == [0, 200]


def test_a_small_feed_that_turns_empty_is_told_after_its_usual_silence_once() -> None:
    small = past([1, 0, 0] * 20, entries=5)
    assert tellings(small, [EMPTY] * 100 + [(5, 1)] * 10) == [4, 100], (
        "two days of silence before, and two more are usual"
    )


def test_a_feed_that_is_empty_now_and_then_from_the_beginning_is_never_told() -> None:
    often = [FeedDay(FIRST + timedelta(days=n), 0 if n % 5 == 3 else 30, 30, int(n % 5 != 3)) for n in range(60)]
    assert tellings(often, [EMPTY if n % 5 == 3 else FULL for n in range(100)]) == []


def test_a_feed_that_begins_to_be_empty_now_and_then_is_told_twice_until_that_is_its_habit() -> None:
    assert tellings(DAILY, [EMPTY if n % 10 == 0 else FULL for n in range(100)]) == [0, 1, 10, 11]


def test_a_feed_that_was_told_to_be_empty_before_christmas_is_not_told_as_well_and_empty_again() -> None:
    days = past([5] * 40, first=date(2026, 11, 9))
    empty = (date(2027, 1, 20) - days[-1].day).days
    assert tellings(days, [EMPTY] * empty + [FULL] * 5) == [0, empty]


def test_one_that_is_back_at_christmas_is_told_as_well_then() -> None:
    days = past([5] * 40, first=date(2026, 11, 9))
    assert tellings(days, [EMPTY] * 9 + [FULL] * 2 + [(30, 0)] * 5 + [FULL] * 20) == [0, 9]


news = st.lists(st.integers(0, 3), min_size=1, max_size=120)


@given(news, st.integers(0, 60), st.integers(1, 50), st.integers(0, 200))
def test_more_entries_and_newer_ones_never_make_a_good_look_a_bad_one(
    counts: list[int], entries: int, new: int, more: int
) -> None:
    days = past(counts)
    if not said(days, entries):
        assert not said(days, entries + more) and not said(days, entries + more, new)


@given(news, st.integers(0, 400))
def test_one_more_silent_day_never_mends_a_silence(counts: list[int], after: int) -> None:
    days = silent(past(counts), after % 40)
    if said(days):
        assert said(silent(days, 1))


@given(news)
def test_what_has_been_seen_before_is_never_odd(counts: list[int]) -> None:
    days = past(counts)
    longest = expected_of_feed(days).longest
    if longest is not None:
        assert not said([*days, *past([1], first=days[-1].day + timedelta(days=1))][: len(days) + 1], new=1)
        again = [*days, FeedDay(days[-1].day + timedelta(days=1), 30, 30, 1)]
        assert not said(silent(again, longest))
