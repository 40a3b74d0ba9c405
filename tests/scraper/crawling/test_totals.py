"""What all pages together list: when so many lose something at once that none is believed."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scraper.crawling import Fall, fall_of, fall_words, listed_words
from scraper.looks import Absence, Totals

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=800)


def gone(urn: int, days: float = 1, *, believed: bool = False, accepted: bool = False) -> Absence:
    return Absence(str(urn), (NOW - timedelta(days=days)).isoformat(), believed, accepted)


def falls(absences: list[Absence], watched: int = 39) -> bool:
    return fall_of(absences, watched, SINCE, NOW) is not None


def test_one_or_two_pages_that_lose_something_are_their_own_matter_and_a_third_of_all_is_not() -> None:
    assert not falls([])
    assert not falls([gone(1), gone(1), gone(1), gone(2)])
    assert falls([gone(urn) for urn in range(13)])
    assert not falls([gone(urn) for urn in range(5)], watched=153) and falls(
        [gone(urn) for urn in range(6)], watched=153
    )


def test_what_waits_counts_however_long_and_what_was_believed_lately_too() -> None:
    assert falls([gone(urn, days=60) for urn in range(13)])
    believed = [gone(urn, days=3, believed=True) for urn in range(3)]
    assert falls([*believed, gone(9)]) and not falls(believed), "where nothing waits there is nothing to doubt"
    assert not falls([*(gone(urn, days=8, believed=True) for urn in range(3)), gone(9)])


def test_a_slow_fall_is_seen_over_months_and_what_a_person_accepted_is_none() -> None:
    slow = [gone(urn, days=10 + 6 * urn, believed=True) for urn in range(12)]
    assert falls([*slow, gone(99)])
    assert not falls([*(gone(urn, 10 + 6 * urn, believed=True, accepted=True) for urn in range(12)), gone(99)])


def test_the_time_that_is_told_is_the_one_in_which_it_was_too_much() -> None:
    slow = [gone(urn, days=10 + 6 * urn, believed=True) for urn in range(12)]
    assert fall_of([*slow, gone(99)], 39, SINCE, NOW) == Fall(13, timedelta(days=90))
    assert fall_of([gone(urn) for urn in range(13)], 39, SINCE, NOW) == Fall(13, timedelta(days=7))


def test_a_site_that_withdraws_more_is_allowed_more() -> None:
    usual = [gone(day % 40, days=day, believed=True) for day in range(95, 455, 4)]
    month = [gone(100 + n, days=5 + 6 * n, believed=True) for n in range(12)]
    assert falls([*month, gone(99)], 153) is False and not falls([*usual, *month, gone(99)], 39)
    assert falls([*usual, *(gone(urn) for urn in range(20))], 39), "and a third at once is still too much"


def test_the_words_say_what_was_listed_and_what_to_do() -> None:
    totals = Totals(1204, 150, ((1402, 153), (1395, 153)))
    assert (
        listed_words(totals) == "1,204 reports listed on 150 pages; the last 2 good rounds listed 1,395 to 1,402 on 153"
    )
    assert listed_words(Totals(7, 1)) == "7 reports listed on 1 page; no good round to compare with yet"
    some = Totals(1210, 151, ((1402, 153),), (1204, 150))
    assert listed_words(some) == (
        "1,210 reports listed on 151 pages; of those that were watched all the time the last good round listed 1,402 on 153,"
        " and now it is 1,204 on 150"
    )
    told = fall_words(Fall(51, timedelta(days=7)), 153, totals)
    assert told.startswith(
        "the pages of 51 of 153 authorities list less than before within 7 days, too many to be believed"
    )
    assert "accept all" in told


absent = st.builds(gone, st.integers(0, 30), st.floats(0, 400), believed=st.booleans(), accepted=st.booleans())


@given(st.lists(absent, max_size=60), st.integers(1, 153), st.integers(0, 100))
def test_watching_more_never_makes_a_fall_and_one_report_back_never_does(
    absences: list[Absence], watched: int, more: int
) -> None:
    if not falls(absences, watched):
        assert not falls(absences, watched + more)
        waiting = [one for one in absences if one.waits]
        for back in waiting:
            assert not falls([one for one in absences if one is not back], watched)


@given(st.lists(absent, max_size=60), st.integers(1, 153), st.sets(st.integers(0, 30)))
def test_watching_fewer_counts_only_what_they_lost(absences: list[Absence], watched: int, left: set[int]) -> None:
    ours = [one for one in absences if one.waits and int(one.urn) not in left]
    if len({one.urn for one in ours}) <= 2:
        assert not falls(ours, watched)
