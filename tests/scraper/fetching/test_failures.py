"""What a failed fetch means, in words: without a network."""

from datetime import UTC, datetime

import pytest
from scrapy import exceptions
from scrapy.http import Response

from scraper.fetching.failures import EXPLAINED, explain, refused
from scraper.items import Verdict


@pytest.mark.parametrize(
    ("error", "verdict", "words", "again"),
    [
        (exceptions.DownloadTimeoutError("x"), Verdict.TIMED_OUT, "no complete answer within 30 s", True),
        (exceptions.DownloadConnectionRefusedError("x"), Verdict.BROKEN, "the connection was refused", True),
        (exceptions.CannotResolveHostError("x"), Verdict.BROKEN, "no address that may be reached", True),
        (exceptions.DownloadFailedError("certificate verify failed"), Verdict.BROKEN, "TLS certificate", False),
        (exceptions.DownloadCancelledError("x"), Verdict.BROKEN, "larger than 5 MiB", False),
        (ConnectionResetError("x"), Verdict.BROKEN, "ConnectionResetError", True),
    ],
)
def test_a_failed_download_is_put_into_words(error: Exception, verdict: Verdict, words: str, again: bool) -> None:
    failure = explain(error, 30.0, 5 * 1024 * 1024)
    assert (failure.verdict, failure.again) == (verdict, again) and words in failure.reason


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


def test_an_error_of_our_own_is_not_taken_for_one_of_a_server() -> None:
    for error in (ValueError("x"), UnicodeError("x"), KeyError("x"), RuntimeError("x")):
        assert not isinstance(error, EXPLAINED)
