"""What a failed fetch means, in words: without a network."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import exceptions
from scrapy.http import Response

from scraper.crawling.failures import explain, refused, retry_after
from scraper.items import Verdict


@pytest.mark.parametrize(
    ("error", "verdict", "words", "again"),
    [
        (exceptions.DownloadTimeoutError("x"), Verdict.TIMED_OUT, "no complete answer within 30 s", True),
        (exceptions.DownloadConnectionRefusedError("x"), Verdict.BROKEN, "the connection was refused", True),
        (exceptions.CannotResolveHostError("x"), Verdict.BROKEN, "no address that may be reached", True),
        (exceptions.DownloadFailedError("certificate verify failed"), Verdict.BROKEN, "TLS certificate", False),
        (exceptions.DownloadCancelledError("x"), Verdict.BROKEN, "larger than 5 MiB", False),
        (exceptions.IgnoreRequest("max redirections reached"), Verdict.BROKEN, "redirects without end", False),
        (ConnectionResetError("x"), Verdict.BROKEN, "ConnectionResetError", True),
        (ValueError("Invalid IPv6 URL"), Verdict.BROKEN, "not a web address (Invalid IPv6 URL)", False),
    ],
)
def test_a_failed_download_is_put_into_words(error: Exception, verdict: Verdict, words: str, again: bool) -> None:
    failure = explain(error, 30.0, 5 * 1024 * 1024)
    assert (failure.verdict, failure.again) == (verdict, again) and words in failure.reason


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


@pytest.mark.parametrize(
    ("status", "to", "words"),
    [
        (302, "htp:/nonsense", "HTTP 302 to htp:/nonsense, not a web address"),
        (301, "", "HTTP 301 to nowhere"),
        (304, "", "HTTP 304, 'not modified', though it was not asked whether it was"),
        (204, "", "HTTP 204"),
    ],
)
def test_an_answer_that_is_no_page_is_told_for_what_it_is(status: int, to: str, words: str) -> None:
    response = Response("https://a.example/1", status=status, headers={"Location": to} if to else {})
    failure = refused(response, datetime(2026, 3, 1, tzinfo=UTC))
    assert (failure.reason, failure.verdict, failure.host) == (words, Verdict.BROKEN, False)
