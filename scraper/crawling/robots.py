"""robots.txt, obeyed loudly: what it forbids is a failure with a reason, and its Crawl-delay is kept.

Scrapy's own middleware drops forbidden requests silently, takes an unreachable robots.txt for a yes, and ignores Crawl-delay.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy.crawler import Crawler
from scrapy.http import Request

from scraper.crawling.failures import CrawlEnded, FetchFailed
from scraper.crawling.fetching import Accept, Fetcher
from scraper.items import Verdict

READ = 500 * 1024
"""Bytes of a robots.txt that count; RFC 9309 asks for at least so many."""
AGENT = "ofsted-watch"
TOO_MANY = 429
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
NAMES = re.compile(r"\s*user[- ]?agent(?:\s*:|\s)\s*(?P<name>\*(?=\s|$)|[a-z_-]*)", re.IGNORECASE)
RULE = re.compile(
    r"\s*(?:allow|dis?s?al?low|diasllow|disallaw|(?:crawl|request)[- ](?:delay|rate)|visit[- ]time)(?:\s*:|\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rules:
    """What one host's robots.txt says to us; read once, at the first question."""

    text: str = ""

    @cached_property
    def _read(self) -> Protego:
        return Protego.parse("\n".join(for_us(self.text)))

    @property
    def delay(self) -> float:
        """The Crawl-delay that holds for us, in seconds, 0 where there is none."""
        return float(self._read.crawl_delay(AGENT) or 0)

    def allow(self, url: str) -> bool:
        """Whether we may fetch this address."""
        return bool(self._read.can_fetch(url, AGENT))


def for_us(text: str) -> Iterator[str]:
    """The lines of the groups that name us, or everybody: by the name alone, whatever version or comment stands after it.

    What is neither a name nor a rule, such as a Sitemap, neither ends a group nor belongs to it.
    """
    naming = ours = False
    for line in (whole.partition("#")[0] for whole in text.splitlines()):
        named = NAMES.match(line)
        if named:
            ours, naming = ours and naming, True
            if named["name"].lower() in ("*", AGENT):
                ours = True
                yield f"User-agent: {named['name']}"
        elif RULE.match(line):
            naming = False
            if ours:
                yield line


def readable(body: bytes) -> str:
    """The text of a robots.txt by the mark it begins with, up to its last whole line within what counts."""
    encoding = next((name for mark, name in MARKS.items() if body.startswith(mark)), "utf-8")
    text = body[:READ].decode(encoding, "replace")
    return text if len(body) <= READ else "\n".join(text.splitlines()[:-1])


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
        parts, fetcher = urlsplit(request.url), _fetcher(self.crawler)
        if parts.netloc not in self.rules:
            self.rules[parts.netloc] = await ask(fetcher, f"{parts.scheme}://{parts.netloc}/robots.txt")
        rules = self.rules[parts.netloc]
        if isinstance(rules, FetchFailed):  # the host was asked once, and that counts once
            raise FetchFailed(rules.verdict, rules.reason, asked=False)
        if not rules.allow(request.url):
            reason = f"robots.txt of {parts.netloc} does not allow {parts.path}"
            raise FetchFailed(Verdict.BLOCKED, reason, host=False, asked=False, final=True)
        check_delay(fetcher, rules.delay)
        slow_down(self.crawler, request, rules.delay)


async def ask(fetcher: Fetcher, url: str) -> Rules | FetchFailed:
    """The rules; none where the host has none (4xx). A server error is taken as a no, as RFC 9309 asks, and so is 429."""
    try:
        answer = await fetcher.get(url, accept=Accept.TEXT, robots=False)
    except FetchFailed as failure:
        if 400 <= failure.status < 500 and failure.status != TOO_MANY:
            return Rules()
        verdict = Verdict.BLOCKED if failure.status else failure.verdict
        return FetchFailed(verdict, f"{url}: {failure.reason}")
    return Rules(readable(answer.body))


def check_delay(fetcher: Fetcher, delay: float) -> None:
    """Raise `FetchFailed` for a Crawl-delay that no crawl has the time for, and `CrawlEnded` where this one has not any more."""
    limits = fetcher.limits
    limits.crawl_delay = max(limits.crawl_delay, delay)
    if delay >= limits.whole:
        reason = f"robots.txt asks for {delay:.12g} s between requests, and a crawl has {limits.whole:g} s"
        raise FetchFailed(Verdict.BLOCKED, reason, asked=False)
    if delay > limits.delay and delay >= limits.left():
        raise CrawlEnded("out of time")


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
