"""Times as feeds and pages write them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.reference import read_time, written_time

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Tue, 03 Jun 2025 10:00:00 GMT", 10),
        ("Tue, 03 Jun 2025 10:00:00 BST", 9),
        ("Tue, 03 Jun 2025 10:00:00 +0200", 8),
        ("Tue, 03 Jun 2025 10:00:00 EST", 15),
        ("Tue, 03 Jun 2025 10:00:00 +0100 (BST)", 9),
        ("Tues, 3rd Jun 2025 10:00:00", 9),
        ("3 Jun 25 10:00", 9),
        ("Tue Jun  3 10:00:00 UTC 2025", 10),
        ("2025-06-03T10:00:00Z", 10),
        ("2025-06-03T10:00:00.5Z", 10),
        ("2025-06-03T10:00:00 +0000", 10),
        ("2025-06-03 10:00:00", 9),
        ("20250603T100000Z", 10),
        ("03-06-2025 10:00", 9),
        ("03/06/2025 10:00", 9),
        ("03.06.2025 10:00", 9),
        ("3/6/25 10.00am", 9),
        ("10:00 03/06/2025", 9),
        ("10:00, 3 June 2025", 9),
        ("2025/06/03 10:00", 9),
        ("Tuesday 3rd of June 2025 at 10:00 PM", 21),
        ("3 June 2025 12:30 AM", -1),
        ("June 3, 2025 12:15 p.m.", 11),
        ("Tuesday, June 3, 2025 - 10:00pm", 21),
        ("Tue Jun 03 2025 10:00:00 GMT+0100 (British Summer Time)", 9),
        ("1748944800", 10),
        ("1748944800.25", 10),
        ("1748944800000", 10),
    ],
)
def test_a_time_is_read_in_its_zone_and_without_one_in_londons_days_first(written: str, hour: int) -> None:
    found = read_time(written, NOW)
    assert found and found.replace(minute=0, microsecond=0) == datetime(2025, 6, 3, tzinfo=UTC) + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-07-01", datetime(2026, 6, 30, 23, tzinfo=UTC)),
        ("1 July 2026", datetime(2026, 6, 30, 23, tzinfo=UTC)),
        ("20260101", datetime(2026, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_day_alone_is_its_first_moment_in_london(written: str, meant: datetime) -> None:
    assert read_time(written, NOW) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "10 PM",
        "2025",
        "Tue, 99 Jun 2025 10:00:00 GMT",
        "13/13/2025 10:00",
        "06/25/2025 10:00",
        "30 February 2025",
        "3 June 2025 25:00",
        "3 June 2025 13:00 PM",
        "3 June 2025 or later",
        "3 June 2025 10:00 Mars time",
        "3 June 2025 10:00 (Mars time)",
        "3 - 5 June 2025",
        "3 June 2025 - 5 June 2025",
        "3 June 2025 10:00 - 12:00",
        f"Tue, 03 Jun {'9' * 20} 10:00:00 GMT",
        "2025-06-03T10:00:00+99:99",
        "Tue, 03 Jun 2025 10:00:00 +9999",
        "0000-00-00 00:00:00",
        "9" * 5000,
    ],
)
def test_what_is_no_time_is_none(written: str) -> None:
    assert written_time(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-12:00",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "1989-12-31T23:59:59Z",
        "2026-11-29T09:00:01Z",
        "9999999999",
    ],
)
def test_a_time_at_which_nothing_can_have_been_published_is_none(written: str) -> None:
    assert written_time(written) is not None
    assert read_time(written, NOW) is None


@pytest.mark.parametrize("written", ["1990-01-01T00:00:00Z", "2026-11-29T09:00:00Z"])
def test_a_time_since_1990_and_up_to_two_days_ahead_is_believed(written: str) -> None:
    assert read_time(written, NOW) == datetime.fromisoformat(written)


@given(st.text(max_size=200) | st.from_regex(r"[0-9:/. TZ+-]{4,30}"))
def test_any_text_is_a_time_in_utc_or_none(text: str) -> None:
    found = written_time(text)
    assert found is None or found.utcoffset() == timedelta()
