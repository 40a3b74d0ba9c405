"""Fetch one address politely and say in words what went wrong: retries with growing waits, time limits, giving up on a host."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from scrapy import exceptions
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from twisted.internet.error import ConnectError, ConnectionClosed

from scraper.crawling.addresses import AddressRefused
from scraper.errors import ScraperError
from scraper.items import NOT_ASKED, Validators, Verdict

RETRIES = 2
LONGEST_WAIT = 60.0
PATIENCE = 3
LARGEST = 20 * 1024 * 1024
AGAIN = frozenset({403, 408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530})
REFUSALS = frozenset({401, 403, 407, 429, 451})
GONE = frozenset({404, 410})
Download = Callable[[Request], Coroutine[Any, Any, Response]]


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


class FetchFailed(ScraperError):
    """Nothing usable came. `verdict` is how a page ends for which this is the last word; `again` whether to try once more.

    `host` is False where the trouble is with this one address and tells nothing about the others of its host.
    """

    def __init__(
        self, verdict: Verdict, reason: str, *, status: int = 0, again: bool = False, host: bool = True
    ) -> None:
        super().__init__(reason)
        self.verdict, self.reason, self.status, self.again, self.host = verdict, reason, status, again, host
        self.wait = 0.0

    @property
    def gone(self) -> bool:
        """Whether the server says that there is no such page."""
        return self.status in GONE

    @property
    def lasting(self) -> bool:
        """Whether it is the matter of this one address, and not of its host or of us: the crawl is none the worse for it."""
        return self.verdict is Verdict.BROKEN and not self.host


class CrawlEnded(ScraperError):
    """The crawl may fetch no more: its time is up or it was told to stop."""


@dataclass(slots=True)
class Limits:
    """Seconds: between requests, for one answer, and `deadline` on the monotonic clock for the whole crawl."""

    delay: float
    answer: float
    deadline: float
    clock: Callable[[], float] = time.monotonic

    def left(self) -> float:
        """Seconds left for the crawl."""
        return self.deadline - self.clock()


class Fetcher:
    """Fetches for one crawl through `download`; remembers which hosts keep failing, and asks them no more after a while."""

    def __init__(self, download: Download, limits: Limits, running: Callable[[], bool]) -> None:
        self._download, self.limits, self._running = download, limits, running
        self._failures: dict[str, list[FetchFailed]] = {}

    async def get(
        self, url: str, validators: Validators | None = None, largest: int = LARGEST, *, robots: bool = True
    ) -> Fetched:
        """The answer, 200 or (only with `validators`) 304. Raises `FetchFailed` in the end, `CrawlEnded` when time is up.

        `largest` is bytes, unpacked. `robots` is False only for robots.txt itself.
        """
        failures = self._failures.setdefault(urlsplit(url).netloc, [])
        if len(failures) >= PATIENCE:
            last = failures[-1]
            raise FetchFailed(
                last.verdict, f"{NOT_ASKED}, because its host failed {PATIENCE} times running: {last.reason}"
            )
        try:
            fetched = await self._persist(url, validators or Validators(), largest, robots)
        except FetchFailed as failure:
            if failure.host:
                failures.append(failure)
            raise
        failures.clear()
        return fetched

    async def _persist(self, url: str, validators: Validators, largest: int, robots: bool) -> Fetched:
        for attempt in range(RETRIES + 1):
            try:
                return await self._once(url, validators, largest, robots)
            except FetchFailed as failure:
                wait = max(failure.wait, self.limits.delay * 2**attempt)
                if not failure.again or attempt == RETRIES or wait > LONGEST_WAIT:
                    raise
                await asyncio.sleep(min(wait, max(self.limits.left(), 0)))
        raise AssertionError("the last attempt returns or raises")

    async def _once(self, url: str, validators: Validators, largest: int, robots: bool) -> Fetched:
        if not self._running() or self.limits.left() <= 0:
            raise CrawlEnded("stopped" if not self._running() else "out of time")
        seconds = min(self.limits.answer, self.limits.left())
        meta = {"download_timeout": seconds, "download_maxsize": largest, "dont_obey_robotstxt": not robots}
        request = Request(url, headers=_conditions(validators), meta=meta, dont_filter=True, callback=NO_CALLBACK)
        try:
            response = await self._download(request)
        except _EXPLAINED as error:
            raise explain(error, seconds, largest) from error
        return _accept(response)


def _conditions(validators: Validators) -> dict[str, str]:
    sent = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in sent.items() if value}


def _accept(response: Response) -> Fetched:
    if response.status not in (200, 304):
        raise _refused(response)
    return Fetched(
        url=response.url,
        status=response.status,
        body=response.body,
        validators=Validators(_header(response, "ETag") or None, _header(response, "Last-Modified") or None),
    )


def _refused(response: Response) -> FetchFailed:
    status = response.status
    failure = FetchFailed(
        Verdict.BLOCKED if status in REFUSALS else Verdict.BROKEN,
        f"HTTP {status}",
        status=status,
        again=status in AGAIN,
        host=status in REFUSALS or status >= 500,
    )
    failure.wait = retry_after(_header(response, "Retry-After"), datetime.now(UTC))
    return failure


def _header(response: Response, name: str) -> str:
    value = response.headers.get(name)
    return value.decode("latin-1").strip() if value else ""


def retry_after(text: str, now: datetime) -> float:
    """Seconds to wait that a Retry-After header asks for, given in seconds or as a time; 0 where there is none to read."""
    if text.isdecimal():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return 0.0
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())


_REASONS: tuple[tuple[type[Exception], Verdict, str, bool], ...] = (
    (exceptions.DownloadTimeoutError, Verdict.TIMED_OUT, "no complete answer within {seconds:g} s", True),
    (exceptions.DownloadConnectionRefusedError, Verdict.BROKEN, "the connection was refused", True),
    (exceptions.CannotResolveHostError, Verdict.BROKEN, "its host name has no address that may be reached", True),
    (exceptions.ResponseDataLossError, Verdict.BROKEN, "the answer broke off", True),
    (exceptions.DownloadFailedError, Verdict.BROKEN, "the connection failed or the answer broke off", True),
    (exceptions.DownloadCancelledError, Verdict.BROKEN, "larger than {mib:g} MiB", False),
    (exceptions.UnsupportedURLSchemeError, Verdict.BROKEN, "not a web address", False),
    (exceptions.NotSupported, Verdict.BROKEN, "not a web address", False),
    (AddressRefused, Verdict.BROKEN, "{error}", False),
)
_EXPLAINED: tuple[type[Exception], ...] = (
    *(kind for kind, *_ in _REASONS),
    exceptions.IgnoreRequest,
    ConnectError,
    ConnectionClosed,
    OSError,
)


def explain(error: Exception, seconds: float, largest: int) -> FetchFailed:
    """What a failed download means, in words."""
    mib, text = largest / (1024 * 1024), str(error)
    if "certificate" in text.lower():
        return FetchFailed(Verdict.BROKEN, "its TLS certificate is not valid")
    for kind, verdict, reason, again in _REASONS:
        if isinstance(error, kind):
            words = reason.format(seconds=seconds, mib=mib, error=text)
            return FetchFailed(verdict, words, again=again, host=again)
    if "during decompression" in text:
        return FetchFailed(Verdict.BROKEN, f"larger than {mib:g} MiB when unpacked", host=False)
    if "max redirections" in text:
        return FetchFailed(Verdict.BROKEN, "redirects without end", host=False)
    return FetchFailed(Verdict.BROKEN, f"the connection failed ({type(error).__name__})", again=True)
