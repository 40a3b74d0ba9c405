"""One address fetched politely, and failures put into words: without a network."""

from datetime import UTC, datetime

import pytest
from scrapy import exceptions

from scraper.crawling.fetching import CrawlEnded, FetchFailed, explain, retry_after
from scraper.items import Verdict
from tests.scraper.crawling.server import Server, fetcher, run


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


def test_passing_trouble_is_waited_out() -> None:
    server = Server(503, 429, 200)
    assert run(fetcher(server).get("https://a.example/1")).body == b"x"
    assert server.asked == 3


@pytest.mark.parametrize(("status", "asked"), [(404, 1), (410, 1), (401, 1), (403, 3), (500, 3), (204, 1)])
def test_trouble_that_stays_is_told_with_its_status(status: int, asked: int) -> None:
    server = Server(status)
    with pytest.raises(FetchFailed) as failed:
        run(fetcher(server).get("https://a.example/1"))
    assert failed.value.reason == f"HTTP {status}" and server.asked == asked
    assert failed.value.verdict is (Verdict.BLOCKED if status in (401, 403) else Verdict.BROKEN)
    assert failed.value.gone == (status in (404, 410))


def test_a_server_that_asks_for_more_than_a_minute_is_left_alone() -> None:
    server = Server(429, headers={"Retry-After": "3600"})
    with pytest.raises(FetchFailed):
        run(fetcher(server).get("https://a.example/1"))
    assert server.asked == 1


def test_a_host_that_keeps_failing_is_asked_no_more_and_others_are() -> None:
    server = Server(500)

    async def ask() -> list[str]:
        one, reasons = fetcher(server), []
        for number in range(5):
            with pytest.raises(FetchFailed) as failed:
                await one.get(f"https://a.example/{number}")
            reasons.append(failed.value.reason)
        with pytest.raises(FetchFailed):
            await one.get("https://b.example/1")
        return reasons

    reasons = run(ask())
    assert reasons[2] == "HTTP 500" and "not asked for" in reasons[3] and server.asked == 12


@pytest.mark.parametrize(("left", "running"), [(0.0, True), (60.0, False)])
def test_nothing_is_fetched_when_time_is_up_or_the_crawl_stops(left: float, running: bool) -> None:
    server = Server(200)
    with pytest.raises(CrawlEnded):
        run(fetcher(server, left, running).get("https://a.example/1"))
    assert server.asked == 0


def test_failures_with_a_good_answer_between_them_do_not_make_a_host_be_given_up() -> None:
    server = Server(401, 401, 200, 401, 401, 200)

    async def ask() -> bytes:
        one = fetcher(server)
        for number in range(5):
            if number == 2:
                await one.get("https://a.example/2")
                continue
            with pytest.raises(FetchFailed, match="HTTP 401"):
                await one.get(f"https://a.example/{number}")
        return (await one.get("https://a.example/5")).body

    assert run(ask()) == b"x"
