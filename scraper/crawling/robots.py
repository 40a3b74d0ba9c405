"""robots.txt, obeyed loudly: what it forbids is a failure with a reason, and its Crawl-delay is kept.

Scrapy's own middleware drops forbidden requests silently, takes an unreachable robots.txt for a yes, and ignores Crawl-delay.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy.crawler import Crawler
from scrapy.http import Request

from scraper.crawling.fetching import Fetcher, FetchFailed
from scraper.items import Verdict

LARGEST = 512 * 1024
AGENT = "ofsted-watch"
TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host's robots.txt says to us. `delay` is its Crawl-delay in seconds, 0 where it has none."""

    text: str = ""

    @property
    def delay(self) -> float:
        """The Crawl-delay that holds for us, in seconds."""
        return float(Protego.parse(self.text).crawl_delay(AGENT) or 0)

    def allow(self, url: str) -> bool:
        """Whether we may fetch this address."""
        return bool(Protego.parse(self.text).can_fetch(url, AGENT))


class RobotsGuard:
    """Downloader middleware: every request, each hop of a redirect included, is allowed by the robots.txt of its host."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.rules: dict[str, Rules | FetchFailed] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsGuard":
        """As Scrapy makes a middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, slowed down if need be; raises `FetchFailed` where robots.txt forbids it or cannot be had."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        parts = urlsplit(request.url)
        if parts.netloc not in self.rules:
            self.rules[parts.netloc] = await ask(_fetcher(self.crawler), f"{parts.scheme}://{parts.netloc}/robots.txt")
        rules = self.rules[parts.netloc]
        if isinstance(rules, FetchFailed):
            raise rules
        slow_down(self.crawler, request, rules.delay)
        if not rules.allow(request.url):
            raise FetchFailed(Verdict.BLOCKED, f"robots.txt of {parts.netloc} does not allow {parts.path}", host=False)


async def ask(fetcher: Fetcher, url: str) -> Rules | FetchFailed:
    """The rules; none where the host has none (4xx). A server error is taken as a no, as RFC 9309 asks, and so is 429."""
    try:
        answer = await fetcher.get(url, largest=LARGEST, robots=False)
    except FetchFailed as failure:
        if 400 <= failure.status < 500 and failure.status != TOO_MANY:
            return Rules()
        verdict = Verdict.BLOCKED if failure.status else failure.verdict
        return FetchFailed(verdict, f"{url}: {failure.reason}")
    return Rules(answer.body.decode("utf-8-sig", "replace"))


def slow_down(crawler: Crawler, request: Request, delay: float) -> None:
    """Keep at least `delay` seconds between requests to this request's host, for the rest of the crawl."""
    downloader: Any = crawler.engine.downloader if crawler.engine else None
    if downloader is None or delay <= downloader.settings.getfloat("DOWNLOAD_DELAY"):
        return
    key = downloader.get_slot_key(request)
    downloader.per_slot_settings.setdefault(key, {})["delay"] = delay
    if key in downloader.slots:
        downloader.slots[key].delay = delay


def _fetcher(crawler: Crawler) -> Fetcher:
    fetcher = getattr(crawler.spider, "fetcher", None)
    if not isinstance(fetcher, Fetcher):
        raise TypeError("the spider has no fetcher")
    return fetcher
