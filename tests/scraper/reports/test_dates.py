"""Days as reports write them."""

from datetime import date

import pytest

from scraper.reports.dates import day_of, month_of, span_of


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


def test_a_year_may_be_given_for_days_without_one() -> None:
    assert span_of("Between 16 May and 20 May, inspectors") is None
    assert span_of("Between 16 May and 20 May, inspectors", 2016) == (date(2016, 5, 16), date(2016, 5, 20))


def test_day_and_month() -> None:
    assert day_of("Report published: 3 August 2015") == date(2015, 8, 3)
    assert month_of("judged inadequate in January 2018.") == "2018-01"
    assert month_of("judged inadequate") is None
