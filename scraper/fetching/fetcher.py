"""Fetch one address politely, along its redirects, and say in words what went wrong: retries with growing waits, time limits."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Request, Response

from scraper.clock import utc_now
from scraper.fetching.addresses import AddressGuard
from scraper.fetching.answers import answer_of, header
from scraper.fetching.failures import EXPLAINED, CrawlEnded, Unpackable, explain, refused
from scraper.fetching.proxies import through
from scraper.fetching.requests import LARGEST, NOTHING_KNOWN, Accept, Asked, as_sent, redirected_to
from scraper.items import Verdict
from scraper.looks import Answer, Validators
from scraper.politeness import FetchFailed, Host, Hosts, RobotsRules, readable, without

MOST_REDIRECTS = 5
FOR_GOOD = frozenset({301, 308})
Download = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with status 200, or with 304 and no body. `url` is where redirects ended; `answer` is kept if it is not what was wanted.

    `moved`: whether it was led there for good, and nowhere on the way only for now.
    """

    url: str
    status: int
    body: bytes
    validators: Validators
    answer: Answer
    moved: bool = False


@dataclass(slots=True)
class Limits:
    """Seconds: between requests, for one answer, and `deadline` on the monotonic clock for the whole crawl, which has `whole`."""

    delay: float
    answer: float
    deadline: float
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = utc_now
    whole: float = float("inf")

    def left(self) -> float:
        """Seconds left for the crawl."""
        return self.deadline - self.clock()


class Fetcher:
    """Fetches for one crawl through `download`, which follows no redirect: each hop is asked of `guard` and of its host's rules."""

    def __init__(self, download: Download, limits: Limits, running: Callable[[], bool], guard: AddressGuard) -> None:
        self._download, self.limits, self._running, self._guard = download, limits, running, guard
        self.hosts = Hosts(limits.delay)

    async def get(
        self,
        url: str,
        validators: Validators | None = None,
        largest: int = LARGEST,
        *,
        accept: Accept = Accept.PAGE,
    ) -> Fetched:
        """The answer, 200 or (only with `validators`) 304. Raises `FetchFailed` in the end, `CrawlEnded` when time is up.

        `largest` is bytes, unpacked.
        """
        asked = self.limits.now()
        try:
            response, moved = await self._follow(Asked(url, validators or NOTHING_KNOWN, largest, accept))
        except FetchFailed as failure:
            failure.answer = replace(failure.answer or Answer(), url=url, asked=asked)
            raise
        return _fetched(response, replace(answer_of(response), url=url, asked=asked), moved)

    async def _follow(self, asked: Asked, *, robots: bool = True) -> tuple[Response, bool]:
        """The answer at the end of the redirects, and whether there were some, all for good; `robots` is False only for robots.txt itself."""
        led: Answer | None = None
        for_good: list[bool] = []
        for _ in range(MOST_REDIRECTS + 1):
            try:
                asked = replace(asked, url=as_sent(asked.url))
                await self._guard.check(asked.url)
            except FetchFailed as failure:
                failure.answer = led
                raise
            response = await self._hop(asked, robots)
            to = redirected_to(response, asked.url)
            if not to:
                return response, bool(for_good) and all(for_good)
            asked, led = replace(asked, url=to), answer_of(response)
            for_good.append(response.status in FOR_GOOD)
        raise FetchFailed(Verdict.BROKEN, "redirects without end", host=False, answer=led)

    async def _hop(self, asked: Asked, robots: bool) -> Response:
        """The answer of one host, which is asked if it may be."""
        host = self.hosts.of(asked.url)
        host.check_patience()
        if robots:
            if host.rules is None:
                host.rules = await self._rules(asked.url)
            host.check_rules(asked.url, self.limits.whole)
        try:
            response = await self._persist(asked, host)
        except FetchFailed as failure:
            failure.answer = failure.answer or Answer(final_url=asked.url)
            host.failed(failure)
            raise
        host.answered()
        return response

    async def _rules(self, url: str) -> RobotsRules | FetchFailed:
        """What the robots.txt of this address's host says; a failure of it counts once, however many pages are wanted."""
        there = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/robots.txt"
        try:
            response, _ = await self._follow(Asked(there, accept=Accept.TEXT), robots=False)
            return RobotsRules(readable(response.body))
        except FetchFailed as failure:
            return without(there, failure)

    async def _persist(self, asked: Asked, host: Host) -> Response:
        failed = 0
        while True:
            await self._turn(host)
            try:
                return await self._once(asked)
            except FetchFailed as failure:
                failed += 1
                packed = isinstance(failure, Unpackable)
                if (packed and asked.plain) or not host.tries_again(failure, failed, self.limits.clock()):
                    raise
                asked = replace(asked, plain=asked.plain or packed)

    async def _turn(self, host: Host) -> None:
        """Wait until the host may be asked. Raises `CrawlEnded` at once where that would be too late."""
        wait = max(host.next_at - self.limits.clock(), 0.0)
        if not self._running() or wait >= self.limits.left():
            raise CrawlEnded("out of time" if self._running() else "stopped")
        if wait:
            await asyncio.sleep(wait)
            return await self._turn(host)  # it may have woken too early, or another request have been sent meanwhile
        host.sent = self.limits.clock()
        return None

    async def _once(self, asked: Asked) -> Response:
        left = self.limits.left()
        seconds = min(self.limits.answer, left)
        request = asked.request(seconds)
        try:
            response = await self._in_time(self._download(request), left)
        except EXPLAINED as error:
            raise explain(error, seconds, asked.largest, through(asked.url)) from error
        if redirected_to(response, asked.url):
            asked.cookies.extract_cookies(response, request)
        elif response.status != 200 and not (response.status == 304 and asked.validators != NOTHING_KNOWN):
            raise refused(response, self.limits.now())
        return response

    async def _in_time(self, download: Coroutine[Any, Any, Response], left: float) -> Response:
        """The answer, if it comes while the crawl may go on, whatever the downloader waits for."""
        try:
            async with asyncio.timeout(left) as limit:
                return await download
        except TimeoutError:
            if limit.expired():
                raise CrawlEnded("out of time", asked=True) from None
            raise


def _fetched(response: Response, answer: Answer, moved: bool) -> Fetched:
    return Fetched(
        url=response.url,
        status=response.status,
        body=response.body,
        validators=Validators(header(response, "ETag") or None, header(response, "Last-Modified") or None),
        answer=answer,
        moved=moved,
    )
