"""How long is waited before an address is asked for once more."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.politeness.waits import before_retry, retry_after


@pytest.mark.parametrize(
    ("failed", "delay", "asked", "wait"),
    [
        (1, 3, 0, 3),
        (2, 3, 0, 6),
        (3, 3, 0, None),
        (1, 3, 5, 5),
        (2, 3, 5, 6),
        (1, 3, 60, 60),
        (1, 3, 60.5, None),
        (2, 31, 0, None),
        (1, 3, float("inf"), None),
        (1, 0, 0, 0),
    ],
)
def test_waits_grow_up_to_a_minute_and_are_no_shorter_than_the_server_asks_for(
    failed: int, delay: float, asked: float, wait: float | None
) -> None:
    assert before_retry(failed, delay, asked) == wait


def test_retry_after_is_read_in_both_its_forms() -> None:
    now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    assert retry_after("120", now) == 120
    assert retry_after("Sun, 01 Mar 2026 12:01:00 GMT", now) == 60
    assert retry_after("Sun, 01 Mar 2026 11:00:00 GMT", now) == 0
    assert retry_after("soon", now) == retry_after("", now) == retry_after("²", now) == 0
    assert retry_after(f"Sun, 01 Mar {'9' * 20} 12:00:00 GMT", now) == 0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (" 7 ", 7),
        ("1.5", 1.5),
        ("120, 240", 120),
        ("30 seconds", 30),
        ("9" * 400, float("inf")),
        *((text, 0) for text in ("-5", "nan", "inf", "0x10", "1e9" * 0, "Sun, 01 Mar 2026 12:01:00 -9999")),
        ("Mon, 01 Jan 0001 00:00:00 +1200", 0),
        ("Fri, 31 Dec 9999 23:59:59 -1200", (datetime.max - datetime(2026, 3, 1)).total_seconds()),  # noqa: DTZ001, DTZ901
    ],
)
def test_a_retry_after_in_an_odd_form_is_read_as_far_as_it_can_be(text: str, seconds: float) -> None:
    assert retry_after(text, datetime(2026, 3, 1, tzinfo=UTC)) == pytest.approx(
        seconds, abs=13 * 3600 if seconds > 1e6 else 0
    )


@given(st.text(max_size=60) | st.datetimes().map(format_datetime))
def test_no_retry_after_at_all_stops_a_crawl(text: str) -> None:
    assert retry_after(text, datetime(2026, 3, 1, tzinfo=UTC)) >= 0
