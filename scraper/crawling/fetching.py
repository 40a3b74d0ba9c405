"""Fetch one address politely and say in words what went wrong: retries with growing waits, time limits, giving up on a host."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK

from scraper.crawling.failures import EXPLAINED, CrawlEnded, FetchFailed, Unpackable, explain, header, refused
from scraper.items import NOT_ASKED
from scraper.looks import Validators

RETRIES = 2
LONGEST_WAIT = 60.0
PATIENCE = 3
LARGEST = 20 * 1024 * 1024
Download = Callable[[Request], Coroutine[Any, Any, Response]]


class Accept(StrEnum):
    """What is wanted of an address, for servers that have it in several forms."""

    PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    FEED = (
        "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1"
    )
    PDF = "application/pdf, */*;q=0.5"
    TEXT = "text/plain, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with status 200, or with 304 and no body. `url` is where redirects ended."""

    url: str
    status: int
    body: bytes
    validators: Validators

    @property
    def sha256(self) -> str:
        """Of the body as it came, unpacked."""
        return hashlib.sha256(self.body).hexdigest()


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Limits:
    """Seconds: between requests, for one answer, and `deadline` on the monotonic clock for the whole crawl.

    `whole` is what the crawl has in all; `crawl_delay` the longest that a robots.txt has asked for so far.
    """

    delay: float
    answer: float
    deadline: float
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = utc_now
    whole: float = float("inf")
    crawl_delay: float = 0.0

    def left(self) -> float:
        """Seconds left for the crawl."""
        return self.deadline - self.clock()


@dataclass(frozen=True, slots=True)
class _Asked:
    """One address and how it is asked for. `largest` is bytes; `plain`: not packed for the way."""

    url: str
    validators: Validators
    largest: int
    accept: Accept
    robots: bool
    plain: bool = False

    def headers(self) -> dict[str, str]:
        """Those that are sent; Scrapy adds ours of the settings."""
        sent = {
            "Accept": str(self.accept),
            "Accept-Encoding": "identity" if self.plain else None,
            "If-None-Match": self.validators.etag,
            "If-Modified-Since": self.validators.last_modified,
        }
        return {name: value for name, value in sent.items() if value}


class Fetcher:
    """Fetches for one crawl through `download`; remembers which hosts keep failing, and asks them no more after a while."""

    def __init__(self, download: Download, limits: Limits, running: Callable[[], bool]) -> None:
        self._download, self.limits, self._running = download, limits, running
        self._failures: dict[str, list[FetchFailed]] = {}

    async def get(
        self,
        url: str,
        validators: Validators | None = None,
        largest: int = LARGEST,
        *,
        accept: Accept = Accept.PAGE,
        robots: bool = True,
    ) -> Fetched:
        """The answer, 200 or (only with `validators`) 304. Raises `FetchFailed` in the end, `CrawlEnded` when time is up.

        `largest` is bytes, unpacked. `robots` is False only for robots.txt itself.
        """
        failures = self._failures.setdefault(_host(url), [])
        if len(failures) >= PATIENCE:
            last = failures[-1]
            raise FetchFailed(
                last.verdict, f"{NOT_ASKED}, because its host failed {PATIENCE} times running: {last.reason}"
            )
        try:
            fetched = await self._persist(_Asked(url, validators or Validators(), largest, accept, robots))
        except FetchFailed as failure:
            if failure.asked and not failure.host:  # a page that is not there is an answer of its host
                failures.clear()
            elif failure.asked:
                failures.append(failure)
            raise
        failures.clear()
        return fetched

    async def _persist(self, asked: _Asked) -> Fetched:
        for attempt in range(RETRIES + 1):
            try:
                return await self._once(asked)
            except FetchFailed as failure:
                wait = max(failure.wait, self.limits.delay * 2**attempt)
                given_up = isinstance(failure, Unpackable) and asked.plain
                if given_up or not failure.again or attempt == RETRIES or wait > LONGEST_WAIT:
                    raise
                asked = replace(asked, plain=asked.plain or isinstance(failure, Unpackable))
                await asyncio.sleep(min(wait, max(self.limits.left(), 0)))
        raise AssertionError("the last attempt returns or raises")

    async def _once(self, asked: _Asked) -> Fetched:
        left = self.limits.left()
        if not self._running() or left <= 0:
            raise CrawlEnded("stopped" if not self._running() else "out of time")
        seconds = min(self.limits.answer, left)
        meta = {"download_timeout": seconds, "download_maxsize": asked.largest, "dont_obey_robotstxt": not asked.robots}
        try:
            request = Request(asked.url, headers=asked.headers(), meta=meta, dont_filter=True, callback=NO_CALLBACK)
            response = await self._in_time(self._download(request), left)
        except EXPLAINED as error:
            raise explain(error, seconds, asked.largest) from error
        return _accept(response, asked.validators, self.limits.now())

    async def _in_time(self, download: Coroutine[Any, Any, Response], left: float) -> Response:
        """The answer, if it comes while the crawl may go on: a request may wait long before it is sent at all."""
        try:
            async with asyncio.timeout(left) as limit:
                return await download
        except TimeoutError:
            if limit.expired():
                raise CrawlEnded("out of time") from None
            raise


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return url


def _accept(response: Response, validators: Validators, now: datetime) -> Fetched:
    expected = (200, 304) if validators.etag or validators.last_modified else (200,)
    if response.status not in expected:
        raise refused(response, now)
    return Fetched(
        url=response.url,
        status=response.status,
        body=response.body,
        validators=Validators(header(response, "ETag") or None, header(response, "Last-Modified") or None),
    )
