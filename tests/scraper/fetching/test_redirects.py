"""Redirects, followed here and not by Scrapy: each hop is asked of its host, waits for its turn and is counted there."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Request, Response
from scrapy.settings import Settings

from scraper.fetching.failures import CrawlEnded
from scraper.fetching.requests import as_sent, redirected_to
from scraper.items import Verdict
from scraper.politeness import FetchFailed
from tests.scraper.fetching.server import Web, run

A, B = "https://a.example", "https://b.example"
CLOSED = b"User-agent: *\nDisallow: /\n"
SLOW = b"User-agent: *\nCrawl-delay: 20\n"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have a web's clock go on at once where the fetcher waits."""
    return lambda web: monkeypatch.setattr(asyncio, "sleep", web.wait)


def reason(web: Web, url: str) -> FetchFailed:
    with pytest.raises(FetchFailed) as failed:
        run(web.fetcher.get(url))
    return failed.value


def test_robots_txt_of_each_host_on_the_way_is_asked_for_once_and_before_the_host() -> None:
    web = Web({f"{A}/1": f"{B}/1", f"{B}/1": f"{B}/2", f"{B}/2": b"there"})
    fetched = run(web.fetcher.get(f"{A}/1"))
    assert (fetched.url, fetched.body) == (f"{B}/2", b"there")
    assert web.asked == [f"{A}/robots.txt", f"{A}/1", f"{B}/robots.txt", f"{B}/1", f"{B}/2"]
    assert [(request.headers["Accept"] or b"")[:10] for request in web.requests] == [
        b"text/plain", b"text/html,", b"text/plain", b"text/html,", b"text/html,",
    ]  # fmt: skip


def test_a_redirect_to_what_its_hosts_robots_txt_forbids_is_not_followed() -> None:
    web = Web({f"{A}/1": f"{B}/1", f"{B}/robots.txt": CLOSED})
    failure = reason(web, f"{A}/1")
    assert "robots.txt of b.example does not allow /1" in failure.reason and failure.final
    assert web.asked[-1] == f"{B}/robots.txt"


def test_robots_txt_itself_may_be_elsewhere_and_is_asked_for_without_asking() -> None:
    web = Web({f"{A}/robots.txt": f"{B}/closed", f"{B}/closed": CLOSED, f"{B}/robots.txt": CLOSED})
    assert "robots.txt of a.example does not allow /1" in reason(web, f"{A}/1").reason
    assert web.asked == [f"{A}/robots.txt", f"{B}/closed"]


@pytest.mark.parametrize(
    "inside", ["http://127.0.0.1/1", "http://[::1]/1", "http://169.254.169.254/", "http://localhost/"]
)
def test_a_redirect_to_an_address_inside_is_not_followed_and_nothing_is_asked_there(inside: str) -> None:
    web = Web({f"{A}/1": inside})
    failure = reason(web, f"{A}/1")
    assert failure.reason.startswith("it leads to ") and "not a public address" in failure.reason and failure.lasting
    assert web.asked == [f"{A}/robots.txt", f"{A}/1"]


def test_five_redirects_are_followed_and_no_more() -> None:
    chain = {f"{A}/{number}": f"{A}/{number + 1}" for number in range(5)}
    assert run(Web({**chain, f"{A}/5": b"there"}).fetcher.get(f"{A}/0")).url == f"{A}/5"
    web = Web({**chain, f"{A}/5": f"{A}/6", f"{A}/6": b"there"})
    failure = reason(web, f"{A}/0")
    assert (failure.reason, failure.verdict, failure.lasting) == ("redirects without end", Verdict.BROKEN, True)
    assert web.asked[-1] == f"{A}/5"


def test_our_delay_and_a_crawl_delay_lie_between_all_requests_to_a_host_hops_and_robots_txt_too(clock: Any) -> None:
    web = Web({f"{A}/1": f"{B}/1", f"{B}/robots.txt": SLOW, f"{B}/1": f"{A}/2", f"{A}/2": b"", f"{B}/2": b""}, delay=3)
    clock(web)
    run(web.fetcher.get(f"{A}/1"))
    run(web.fetcher.get(f"{B}/2"))
    at = dict(zip(web.asked, (when - 1000 for when in web.times), strict=True))
    assert at == {
        f"{A}/robots.txt": 0, f"{A}/1": 3, f"{B}/robots.txt": 3, f"{B}/1": 23, f"{A}/2": 23, f"{B}/2": 43,
    }  # fmt: skip


def test_a_clock_that_wakes_early_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web({f"{A}/1": b""}, delay=3)

    async def wake_early(seconds: float) -> None:
        web.time += max(seconds / 2, 0.5)

    monkeypatch.setattr(asyncio, "sleep", wake_early)
    run(web.fetcher.get(f"{A}/1"))
    assert web.times[1] - web.times[0] >= 3


@pytest.mark.parametrize(("deadline", "asked"), [(1040, 2), (1040.5, 3)])
def test_a_crawl_ends_at_once_where_a_hosts_turn_would_come_too_late(clock: Any, deadline: float, asked: int) -> None:
    web = Web({f"{A}/robots.txt": SLOW, f"{A}/1": b"", f"{A}/2": b""}, delay=3, deadline=deadline)
    clock(web)
    run(web.fetcher.get(f"{A}/1"))
    assert web.time == 1020
    if asked == 2:
        with pytest.raises(CrawlEnded, match="out of time"):
            run(web.fetcher.get(f"{A}/2"))
        assert web.time == 1020 and web.fetcher.hosts.crawl_delay == 20
    else:
        run(web.fetcher.get(f"{A}/2"))
    assert len(web.asked) == asked


def test_passing_trouble_of_a_hop_is_waited_out_there_and_the_way_to_it_is_not_gone_again(clock: Any) -> None:
    web = Web({f"{A}/1": f"{B}/1", f"{B}/1": 503}, delay=3)
    clock(web)
    assert reason(web, f"{A}/1").reason == "HTTP 503"
    assert web.asked[2:] == [f"{B}/robots.txt", f"{B}/1", f"{B}/1", f"{B}/1"]
    assert [when - 1000 for when in web.times[3:]] == [6, 9, 15]


def test_a_failure_is_that_of_the_host_that_failed_and_a_redirect_is_an_answer() -> None:
    to_b = {f"{A}/{number}": f"{B}/{number}" for number in range(5)}
    web = Web({**to_b, **{f"{B}/{number}": 401 for number in range(5)}, f"{A}/own": b"here"})
    reasons = [reason(web, f"{A}/{number}").reason for number in range(5)]
    assert reasons[:3] == ["HTTP 401"] * 3 and all("not asked for" in told for told in reasons[3:])
    assert run(web.fetcher.get(f"{A}/own")).body == b"here" and f"{B}/3" not in web.asked


def test_a_robots_txt_that_cannot_be_had_is_one_failure_of_its_host_and_not_one_more_for_each_page() -> None:
    web = Web({f"{A}/robots.txt": 500})
    for number in range(5):
        failure = reason(web, f"{A}/{number}")
        assert failure.reason == f"{A}/robots.txt: HTTP 500" and failure.verdict is Verdict.BLOCKED
        assert not failure.lasting
    assert web.asked == [f"{A}/robots.txt"] * 3
    assert len(web.fetcher.hosts.of(A).failures) == 1


def test_a_crawl_delay_that_fits_no_crawl_is_a_no_and_no_page_is_asked_for() -> None:
    web = Web({f"{A}/robots.txt": SLOW}, whole=20)
    for number in range(5):
        assert "robots.txt asks for 20 s between requests, and a crawl has 20 s" in reason(web, f"{A}/{number}").reason
    assert web.asked == [f"{A}/robots.txt"]


def cookies(web: Web) -> list[bytes | None]:
    return [request.headers.get("Cookie") for request in web.requests if not request.url.endswith("/robots.txt")]


def test_a_cookie_goes_along_its_chain_of_redirects_to_its_own_host_and_to_nobody_ever_after() -> None:
    www = "https://www.a.example"
    web = Web({f"{www}/1": (f"{www}/2", "seen=1; Path=/"), f"{www}/2": f"{B}/1", f"{B}/1": f"{www}/3", f"{www}/3": b""})
    run(web.fetcher.get(f"{www}/1"))
    assert cookies(web) == [None, b"seen=1", None, b"seen=1"]
    run(web.fetcher.get(f"{www}/3"))
    assert cookies(web)[-1] is None


def test_a_cookie_of_what_is_no_redirect_is_not_kept() -> None:
    async def download(request: Request) -> Response:
        web.requests.append(request)
        return Response(request.url, status=503, headers={"Set-Cookie": "seen=1; Path=/"})

    web = Web({})
    web.fetcher._download = download
    reason(web, f"{A}/1")
    assert {request.headers.get("Cookie") for request in web.requests} == {None}


def test_each_request_is_new_to_scrapy_which_notes_in_it_what_holds_for_one_host() -> None:
    web = Web({f"{A}/1": f"{B}/1", f"{B}/1": b""})
    run(web.fetcher.get(f"{A}/1"))
    assert [request.meta["download_slot"] for request in web.requests] == ["a.example"] * 2 + ["b.example"] * 2
    assert all(
        set(request.meta) == {"download_timeout", "download_maxsize", "download_slot"} for request in web.requests
    )


LOCATIONS = [
    b"/2", b"2?x=1", b"?y", b"//b.example/x", b"///b.example/x", b"////b.example", b"https://b.example", b" https://b.example/ ",
    b"../2", b"/caf\xc3\xa9", b"/caf\xe9", b"/a b", b"HTTPS://B.example/X", b"/x%20y", b"/2#part", b"https://b\xc3\xbccher.example/",
    b"https://b.example:8443/x", b"http://[::1]/x", b".",
]  # fmt: skip


@pytest.mark.parametrize("location", LOCATIONS)
def test_a_redirect_leads_where_scrapys_own_would(location: bytes) -> None:
    url, own = f"{A}/1/2", RedirectMiddleware(Settings())
    own.crawler = SimpleNamespace(spider=None)  # type: ignore[assignment]
    for status in (301, 302, 303, 307, 308):
        response = Response(url, status=status, headers={"Location": location})
        assert as_sent(redirected_to(response, url)) == own.process_response(Request(url), response).url


@pytest.mark.parametrize("status", [200, 201, 300, 304, 305, 404])
def test_an_answer_of_another_kind_redirects_nowhere(status: int) -> None:
    assert redirected_to(Response(f"{A}/1", status=status, headers={"Location": "/2"}), f"{A}/1") == ""


@pytest.mark.parametrize(
    "location",
    [b"", b"http://[feed]/x", b"mailto:a@b.example", b"ftp://b.example/", b"http://me:pw@b.example/", b"htp:/x"],
)
def test_a_redirect_to_what_cannot_be_asked_for_is_told_and_asks_nobody(location: bytes) -> None:
    assert redirected_to(Response(f"{A}/1", status=302, headers={"Location": location}), f"{A}/1") == ""
    web = Web({f"{A}/1": location.decode()})
    failure = reason(web, f"{A}/1")
    told = f"HTTP 302 to {location.decode()}, not a web address" if location else "HTTP 302 to nowhere"
    assert (failure.reason, failure.lasting) == (told, True) and len(web.asked) == 2
