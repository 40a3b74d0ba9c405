"""One address fetched politely, and failures put into words: without a network."""

import asyncio

import pytest
from scrapy.http import Request, Response

from scraper.fetching.failures import CrawlEnded, Unpackable
from scraper.fetching.requests import Accept
from scraper.items import Verdict
from scraper.looks import Validators
from scraper.politeness import FetchFailed
from tests.scraper.fetching.server import Server, fetcher, run


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


def reasons_of(server: Server, count: int) -> list[str]:
    """Why each of so many addresses of one host could not be had; "" where it could."""

    async def ask() -> list[str]:
        one, reasons = fetcher(server), []
        for number in range(count):
            try:
                await one.get(f"https://a.example/{number}")
                reasons.append("")
            except FetchFailed as failure:
                reasons.append(failure.reason)
        return reasons

    return run(ask())  # type: ignore[no-any-return]


@pytest.mark.parametrize("answer", [404, 410, 204, 304, 302])
def test_a_page_that_is_not_there_is_an_answer_too_and_the_failures_before_it_are_not_running_any_more(
    answer: int,
) -> None:
    statuses = [401, 401, answer] * 3 + [200]
    assert reasons_of(Server(*statuses), 10)[-1] == ""


def test_not_modified_counts_only_where_it_was_asked_whether_it_was() -> None:
    with pytest.raises(FetchFailed, match="HTTP 304, 'not modified', though it was not asked"):
        run(fetcher(Server(304)).get("https://a.example/1"))
    for sent in (Validators('"1"'), Validators(None, "Sun, 01 Mar 2026 11:00:00 GMT")):
        assert run(fetcher(Server(304)).get("https://a.example/1", sent)).status == 304


class Packed:
    """A server whose answer does not unpack, or only where it was asked for packed."""

    def __init__(self, mends: bool) -> None:
        self.mends, self.encodings = mends, list[bytes | None]()

    async def __call__(self, request: Request) -> Response:
        if request.url.endswith("/robots.txt"):
            return Response(request.url, status=404)
        self.encodings.append(request.headers.get("Accept-Encoding"))
        if self.mends and self.encodings[-1] == b"identity":
            return Response(request.url, body=b"x")
        raise Unpackable(Response(request.url, headers={"Content-Encoding": "br"}))


def test_a_body_that_does_not_unpack_is_asked_for_once_more_unpacked() -> None:
    server = Packed(mends=True)
    one = fetcher(server)
    assert run(one.get("https://a.example/1")).body == b"x" and server.encodings == [None, b"identity"]


def test_a_body_that_does_not_unpack_even_so_is_its_servers_fault() -> None:
    server = Packed(mends=False)
    one = fetcher(server)
    with pytest.raises(FetchFailed, match="does not unpack as br, which its server says it is") as failed:
        run(one.get("https://a.example/1"))
    assert failed.value.verdict is Verdict.BROKEN and server.encodings == [None, b"identity"]


def test_what_did_not_unpack_is_asked_for_unpacked_to_the_end() -> None:
    encodings: list[bytes | None] = []

    async def download(request: Request) -> Response:
        if request.url.endswith("/robots.txt"):
            return Response(request.url, status=404)
        encodings.append(request.headers.get("Accept-Encoding"))
        if len(encodings) == 1:
            raise Unpackable(Response(request.url, headers={"Content-Encoding": "br"}))
        return Response(request.url, status=503 if len(encodings) == 2 else 200)

    run(fetcher(download).get("https://a.example/1"))
    assert encodings == [None, b"identity", b"identity"]


@pytest.mark.parametrize("wanted", Accept)
def test_a_server_is_told_what_form_is_wanted(wanted: Accept) -> None:
    server = Server(200)
    run(fetcher(server).get("https://a.example/1", accept=wanted))
    assert server.requests[0].headers["Accept"] == wanted.encode()


@pytest.mark.parametrize(
    "url",
    ["http://[feed]/x", "http://[::1", "nonsense", "", "ftp://a.example/1", "//a.example/1", "http://a.example/\ud800"],
)
def test_an_address_that_is_none_is_told_and_asks_nobody(url: str) -> None:
    server = Server(200)
    with pytest.raises(FetchFailed, match="not a web address"):
        run(fetcher(server).get(url))
    assert server.asked == 0


async def never(request: Request) -> Response:
    """As a request that hangs in the downloader."""
    await asyncio.sleep(60)
    raise AssertionError


def test_a_crawls_time_is_up_for_a_request_that_hangs_in_the_downloader() -> None:
    one = fetcher(never, left=0.05)
    with pytest.raises(CrawlEnded, match="out of time"):
        run(one.get("https://a.example/1"))


def test_a_timeout_of_the_system_is_not_the_end_of_the_crawl() -> None:
    async def slow(request: Request) -> Response:
        raise TimeoutError

    with pytest.raises(FetchFailed, match="TimeoutError"):
        run(fetcher(slow).get("https://a.example/1"))
