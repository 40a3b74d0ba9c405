"""Days and months as people write them."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.reference import (
    day_of,
    day_runs,
    is_one_day,
    month_number,
    months_in,
    ordinal_number,
    span_of,
    stored_day,
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("13 to 24 May 2024", date(2024, 5, 13), date(2024, 5, 24)),
        ("22 May 2015 – 18 June 2015", date(2015, 5, 22), date(2015, 6, 18)),
        ("on 5 and 6 September 2018.", date(2018, 9, 5), date(2018, 9, 6)),
        ("20 February to 3 March 2023", date(2023, 2, 20), date(2023, 3, 3)),
        ("29 November to 3 January 2020", date(2019, 11, 29), date(2020, 1, 3)),
        ("on Tuesday 9 and Wednesday 10 August 2022", date(2022, 8, 9), date(2022, 8, 10)),
        ("on 9 and 10 February 2021 and on 2 March 2021", date(2021, 2, 9), date(2021, 3, 2)),
        ("Inspection dates:20 May 2019to24 May 2019", date(2019, 5, 20), date(2019, 5, 24)),
        ("24 October 2022 to 25 October 2023", date(2023, 10, 24), date(2023, 10, 25)),
        ("3rd September 2019", date(2019, 9, 3), date(2019, 9, 3)),
        ("1, 2 and 3 December 2020", date(2020, 12, 1), date(2020, 12, 3)),
        ("3 July 2019–5 July 2019", date(2019, 7, 3), date(2019, 7, 5)),
    ],
)
def test_first_and_last_day(text: str, first: date, last: date) -> None:
    assert span_of(text) == (first, last)


def test_a_date_that_does_not_exist_is_none() -> None:
    assert span_of("31 February 2020") is None


@pytest.mark.parametrize(
    ("text", "latest", "first", "last"),
    [
        ("Between 16 May and 20 May, inspectors", date(2016, 6, 1), date(2016, 5, 16), date(2016, 5, 20)),
        ("on 10 and 11 December", date(2020, 1, 14), date(2019, 12, 10), date(2019, 12, 11)),
        ("from 28 December to 3 January", date(2020, 1, 14), date(2019, 12, 28), date(2020, 1, 3)),
        ("from 5 December 2022 to 3 January", date(2024, 1, 14), date(2022, 12, 5), date(2023, 1, 3)),
        ("on 29 February", date(2024, 2, 10), date(2020, 2, 29), date(2020, 2, 29)),
        ("on 28 and 29 February", date(2023, 6, 1), date(2020, 2, 28), date(2020, 2, 29)),
        ("on 29 February", date(1904, 1, 1), date(1896, 2, 29), date(1896, 2, 29)),
        ("between December 6 and 17", date(2021, 12, 20), date(2021, 12, 6), date(2021, 12, 17)),
        ("May 15-19", date(2023, 6, 1), date(2023, 5, 15), date(2023, 5, 19)),
    ],
)
def test_days_without_a_year_are_the_last_such_days_and_never_later(
    text: str, latest: date, first: date, last: date
) -> None:
    assert span_of(text) is None or "2022" in text
    assert span_of(text, latest) == (first, last)


def test_a_table_of_numbers_takes_no_time() -> None:
    begun = time.process_time()
    for table in ("1, " * 13_000, "1 and " * 6_000, "May 1 and " * 4_000, "1 May, " * 6_000, "May 1 2 " * 5_000):
        list(day_runs(table, date(2024, 1, 1)))
    assert time.process_time() - begun < 10


def test_a_month_that_is_a_word_is_none() -> None:
    assert span_of("visits may 20 times march 3", date(2024, 1, 1)) is None


@pytest.mark.parametrize("text", ["31 June", "30 February 2020", "0 May 2020", "99 May", "29 February 2023"])
def test_a_day_that_is_in_no_calendar_is_none(text: str) -> None:
    assert span_of(text, date(2024, 1, 14)) is None


@given(st.from_regex(r"(\d{1,4} ?(and|to|-|,) ?)?\d{1,2} (February|May|Dec) ?(\d{1,4})?"), st.dates())
def test_no_day_breaks_the_calendar(text: str, latest: date) -> None:
    for run in day_runs(text, latest):
        assert run.first <= run.last


def test_day_and_month() -> None:
    assert day_of("Report published: 3 August 2015") == date(2015, 8, 3)
    assert day_of("on 3 August") is None
    assert [month for *_, month in months_in("In May 2016, and again in January of 2018.")] == ["2016-05", "2018-01"]
    assert list(months_in("judged inadequate")) == []
    assert is_one_day("14 January 2020") and not is_one_day("14 January 2020 to 3 March 2020")


def test_ordinals_in_words_and_in_numbers() -> None:
    assert [ordinal_number(word) for word in ("First", "twelfth", "3rd", "11th", "last", "3")] == [
        1,
        12,
        3,
        11,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("stored", "day"),
    [
        (None, None),
        ("", None),
        ("2026-07-01", date(2026, 7, 1)),
        ("2026-06-30T23:00:00.000000+00:00", date(2026, 7, 1)),
        ("2026-01-01T23:30:00.000000+00:00", date(2026, 1, 1)),
    ],
)
def test_the_day_of_a_stored_time_is_londons(stored: str | None, day: date | None) -> None:
    assert stored_day(stored) == day


def test_months_by_their_names() -> None:
    assert [month_number(name) for name in ("Sept.", "SEPTEMBER", "jun", "may")] == [9, 9, 6, 5]
    for word in ("ma", "marching", ""):
        with pytest.raises(ValueError, match="not the name of a month"):
            month_number(word)
