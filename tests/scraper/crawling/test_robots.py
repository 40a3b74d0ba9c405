"""robots.txt as it is understood: without a network."""

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.core.downloader import Downloader
from scrapy.http import Request
from scrapy.settings import Settings

from scraper.crawling.robots import Rules, ask, slow_down
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


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
def test_the_first_group_counts_whatever_mark_the_file_begins_with(mark: bytes) -> None:
    server = Server(200, body=mark + b"User-agent: *\nDisallow: /private\n")
    rules = run(ask(fetcher(server), "https://a.example/robots.txt"))
    assert rules.allow("https://a.example/1") and not rules.allow("https://a.example/private/1")
