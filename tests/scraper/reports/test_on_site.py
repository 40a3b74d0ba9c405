"""Days of a visit that do not exist, cannot be or cannot be understood are a doubt and no days."""

from datetime import date

import pytest

from scraper.reports import front
from scraper.reports.blocks import Block
from scraper.reports.front import front_of
from scraper.reports.on_site import OnSite, on_site, with_months_mended

TODAY = date(2025, 6, 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Inspection dates: 26 Febuary to 8 March 2024", date(2024, 2, 26), date(2024, 3, 8)),
        ("Inspection dates: 26 February to 8 Mrach 2024", date(2024, 2, 26), date(2024, 3, 8)),
        ("Inspection dates: 2 to 13 Septmeber 2024", date(2024, 9, 2), date(2024, 9, 13)),
        (
            "The visit took place from 30 Novemberr to 2 December 2021 in three places.",
            date(2021, 11, 30),
            date(2021, 12, 2),
        ),
        ("Inspection dates: 29 February to 4 March 2024", date(2024, 2, 29), date(2024, 3, 4)),
        (
            "Inspection dates: 19 June 2023 to 23 June 2023, and 26 and 27 June 2023",
            date(2023, 6, 19),
            date(2023, 6, 27),
        ),
    ],
)
def test_a_month_wrong_by_a_letter_is_understood(text: str, first: date, last: date) -> None:
    found = on_site(text, None, TODAY)
    assert found.doubt == ""
    assert found.last == last
    assert found.first == first


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Inspection dates: 19 to 30 February 2024", "are not understood: “19 to 30 February 2024”"),
        ("Inspection dates: 31 June and 1 July 2024", "are not understood"),
        (
            "Inspection dates: 26 Brumaire to 8 March 2024",
            "are not understood: “26 Brumaire to 8 March 2024”",
        ),
        ("Inspection dates: 8 March 2024 to 19 Brumaire 2024", "are not understood"),
        ("Inspection dates: 6 to 17 May 2042", "later than today"),
    ],
)
def test_what_cannot_be_is_a_doubt_and_no_days(text: str, said: str) -> None:
    found = on_site(text, None, TODAY)
    assert (found.first, found.last) == (None, None)
    assert said in found.doubt


def test_a_visit_after_the_report_about_it_is_a_doubt() -> None:
    assert "later than the day of publication" in on_site("6 to 17 May 2024", date(2024, 3, 1), TODAY).doubt
    assert on_site("6 to 17 May 2024", date(2024, 6, 1), TODAY) == OnSite(date(2024, 5, 6), date(2024, 5, 17))


def test_a_visit_of_long_before_is_a_doubt() -> None:
    assert "too long ago" in on_site("6 to 17 May 1924", None, TODAY).doubt
    assert "too long ago" in on_site("6 to 17 May 2022", date(2024, 6, 28), TODAY).doubt
    assert on_site("6 to 17 May 2022", None, TODAY).doubt == ""


def test_other_words_are_no_months() -> None:
    text = "10 Marsh Lane, 3 Jully House, Apr 5, 12 Mays Road and Ms June Augusta, aged 40"
    assert with_months_mended(text).replace("March", "Marsh") in (text, text.replace("Jully", "July"))
    assert with_months_mended("the team manager, Octobre Smith") == "the team manager, Octobre Smith"


def test_front_pages_name_the_doubt_and_leave_the_days_out() -> None:
    blocks = [
        Block(1, "Inspection of Larkhill local authority children’s services", size=24.0),
        Block(1, "Inspection dates: 19 to 30 February 2024"),
        Block(1, "Published: 3 May 2042"),
    ]
    found = front_of(blocks, TODAY)
    assert (found.start, found.end, found.published) == (None, None, None)
    assert len(found.doubts) == 2
    assert front_of(blocks, date(2043, 1, 1)).published == date(2042, 5, 3)
    assert front_of(blocks, date(2042, 4, 20)).published == date(2042, 5, 3)


def test_a_clock_that_is_years_behind_makes_no_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "london_day", lambda _: date(1970, 1, 1))
    blocks = [Block(1, "Inspection dates: 6 to 17 May 2024"), Block(1, "Published: 3 July 2024")]
    found = front_of(blocks)
    assert (found.doubts, found.end, found.published) == ((), date(2024, 5, 17), date(2024, 7, 3))
