"""robots.txt as it is understood: without a network."""

from types import SimpleNamespace
from typing import Any

import pytest
from protego import Protego
from scrapy.core.downloader import Downloader
from scrapy.http import Request
from scrapy.settings import Settings

from scraper.crawling.failures import CrawlEnded, FetchFailed
from scraper.crawling.fetching import Fetcher, Limits
from scraper.crawling.robots import READ, RobotsGuard, Rules, ask, readable, slow_down
from scraper.items import Verdict
from tests.scraper.crawling.server import Server, fetcher, run


def test_robots_rules() -> None:
    rules = Rules("User-agent: *\nCrawl-delay: 10\nDisallow: /search\n")
    assert (
        rules.delay == 10
        and rules.allow("https://a.example/provider/1")
        and not rules.allow("https://a.example/search?q=")
    )
    assert Rules().delay == 0 and Rules().allow("https://a.example/x")
    named = Rules("User-agent: ofsted-watch\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    assert not named.allow("https://a.example/x")


class Queues(Downloader):
    """Scrapy's downloader without its connections: the queues of its hosts, with the delay that the config asks for."""

    def __init__(self, delay: float) -> None:
        self.settings = Settings({"DOWNLOAD_DELAY": delay})
        self.slots, self.per_slot_settings = {}, {}
        self.ip_concurrency, self.domain_concurrency = 0, 1
        self._delay, self._jitter = delay, 0.0

    def _start_slot_gc(self) -> None:
        pass

    def delay(self, request: Request) -> float:
        return float(self._get_slot(request)[1].delay)


@pytest.mark.parametrize(("asked", "kept"), [(10, 10), (1, 3)])
def test_a_crawl_delay_longer_than_our_own_is_kept_in_the_queue_there_is_and_in_a_later_one(
    asked: float, kept: float
) -> None:
    queues, request = Queues(3), Request("https://a.example/1")
    crawler: Any = SimpleNamespace(engine=SimpleNamespace(downloader=queues))
    assert queues.delay(request) == 3
    slow_down(crawler, request, asked)
    assert queues.delay(request) == kept
    queues.slots.clear()  # as Scrapy does after a minute without a request
    assert queues.delay(request) == kept
    assert queues.delay(Request("https://b.example/1")) == 3


NOT_PRIVATE = "User-agent: *\nDisallow: /private\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-mark", "utf-16-be-mark"])
def test_the_first_group_counts_whatever_mark_the_file_begins_with(encoding: str) -> None:
    marked = NOT_PRIVATE if not encoding.endswith("-mark") else f"\ufeff{NOT_PRIVATE}"
    server = Server(200, body=marked.encode(encoding.removesuffix("-mark")))
    rules = run(ask(fetcher(server), "https://a.example/robots.txt"))
    assert rules.allow("https://a.example/1") and not rules.allow("https://a.example/private/1")
    assert server.requests[0].headers["Accept"] == b"text/plain, */*;q=0.5"


def test_of_a_file_that_is_too_long_the_first_500_kib_count_and_no_half_line() -> None:
    padding = b"# padding line\n" * 40_000
    assert not Rules(readable(NOT_PRIVATE.encode() + padding)).allow("https://a.example/private/1")
    assert Rules(readable(padding + NOT_PRIVATE.encode())).allow("https://a.example/private/1")
    cut = b"User-agent: *\n" + b"#" * (READ - 14 - 12) + b"\nDisallow: /private\n"
    assert Rules(readable(cut)).allow("https://a.example/1")
    assert readable(b"x" * READ) == "x" * READ


@pytest.mark.parametrize(
    "agent", ["ofsted-watch/0.1.0", "Ofsted-Watch", "ofsted-watch 1.0 (bot)", "ofsted-watch*", "*", "* # all"]
)
def test_a_group_binds_us_by_our_name_whatever_stands_after_it(agent: str) -> None:
    rules = Rules(f"User-agent: {agent}\nDisallow: /\n")
    assert not rules.allow("https://a.example/x")


@pytest.mark.parametrize("agent", ["ofsted", "watch", "o", "ofsted-watcher", "my-ofsted-watch", "*bot", ""])
def test_a_group_for_others_does_not_bind_us(agent: str) -> None:
    rules = Rules(f"User-agent: {agent}\nDisallow: /\nCrawl-delay: 9\n\nUser-agent: *\nDisallow: /x\n")
    assert rules.allow("https://a.example/1") and not rules.allow("https://a.example/x") and rules.delay == 0


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: a\nSitemap: https://a.example/s\nUser-agent: ofsted-watch\nDisallow: /\n", "/x", False),
        ("User-agent: ofsted-watch\nUnknown: 1\nUser-agent: b\nDisallow: /\n", "/x", False),
        ("User-agent: *\nDisallow: /a\n\nUser-agent: b\nDisallow: /\n", "/x", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: ofsted-watch\nDisallow: /a\n", "/x", True),
        ("User-agent: ofsted-watch\nDisallow: /a\n\nUser-agent: ofsted-watch\nDisallow: /x\n", "/x", False),
        ("User-agent: *\nAllow: /x/y\nDisallow: /x\n", "/x/y", True),
        ("User-agent: *\nDisallow: /x/y\nAllow: /x\n", "/x/y", False),
        ("User-agent: *\nAllow: /x\nDisallow: /x\n", "/x", True),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf?x=1", True),
        ("User-agent: *\nDisallow: /caf\u00e9\n", "/caf%C3%A9", False),
        ("User-agent: *\nDisallow: /%62%61%7A\n", "/baz", False),
        ("User-agent: *\nDisallow:\n", "/x", True),
        ("Disallow: /\n", "/x", True),
        ("user-agent:*\rDISALLOW : /x\r", "/x", False),
        ("User-agent: *\nDisallow: /\n", "/robots.txt", True),
        ("User-agent: *\nDisallow: /X\n", "/x", True),
        ("<html><body>Not found: User-agent</body></html>", "/x", True),
    ],
)
def test_groups_and_rules_mean_what_rfc_9309_says(text: str, path: str, allowed: bool) -> None:
    assert Rules(text).allow(f"https://a.example{path}") is allowed


def test_a_file_is_parsed_once_however_often_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    parse = Protego.parse

    def counted(text: str) -> Protego:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(Protego, "parse", counted)
    rules = Rules(NOT_PRIVATE)
    assert [rules.allow(f"https://a.example/{number}") for number in range(9)] == [True] * 9
    assert rules.delay == 0 and len(parsed) == 1


def guard(body: bytes, **limits: float) -> tuple[RobotsGuard, Fetcher, Server]:
    server = Server(200, body=body)
    asked = Fetcher(server, Limits(**{"delay": 0, "answer": 30, "deadline": 60, "whole": 60} | limits), lambda: True)  # type: ignore[arg-type]
    asked.limits.clock = lambda: 0.0
    crawler: Any = SimpleNamespace(spider=SimpleNamespace(fetcher=asked), engine=SimpleNamespace(downloader=Queues(0)))
    return RobotsGuard(crawler), asked, server


@pytest.mark.parametrize("delay", ["60", "900", "1e9"])
def test_a_crawl_delay_that_fits_no_crawl_is_a_no_at_once(delay: str) -> None:
    robots, _, server = guard(f"User-agent: *\nCrawl-delay: {delay}\n".encode())
    for number in range(5):
        with pytest.raises(
            FetchFailed, match=rf"robots\.txt asks for {float(delay):.12g} s between requests"
        ) as failed:
            run(robots.process_request(Request(f"https://a.example/{number}")))
    assert failed.value.verdict is Verdict.BLOCKED and server.asked == 1


def test_a_crawl_delay_that_this_crawl_has_no_time_for_any_more_ends_it_at_once() -> None:
    robots, asked, _ = guard(b"User-agent: *\nCrawl-delay: 20\n")
    run(robots.process_request(Request("https://a.example/1")))
    asked.limits.deadline = 15
    with pytest.raises(CrawlEnded):
        run(robots.process_request(Request("https://a.example/2")))
    assert asked.limits.crawl_delay == 20


@pytest.mark.parametrize("delay", ["nan", "inf", "-1", "soon", "", "1,5"])
def test_a_crawl_delay_that_is_none_is_left(delay: str) -> None:
    robots, *_ = guard(f"User-agent: *\nCrawl-delay: {delay}\nDisallow: /private\n".encode())
    run(robots.process_request(Request("https://a.example/1")))


def test_a_robots_txt_that_cannot_be_had_is_one_failure_of_its_host_and_not_one_more_for_each_page() -> None:
    robots, _, server = guard(b"")
    server.statuses = [500]
    for number in range(5):
        with pytest.raises(FetchFailed, match=r"robots\.txt: HTTP 500") as failed:
            run(robots.process_request(Request(f"https://a.example/{number}")))
        assert not failed.value.asked and not failed.value.lasting
    assert server.asked == 3


def test_what_robots_txt_forbids_will_be_forbidden_next_time_too() -> None:
    robots, *_ = guard(NOT_PRIVATE.encode())
    with pytest.raises(FetchFailed, match=r"robots\.txt of a\.example does not allow /private/1") as failed:
        run(robots.process_request(Request("https://a.example/private/1")))
    assert failed.value.final and not failed.value.host and failed.value.verdict is Verdict.BLOCKED
