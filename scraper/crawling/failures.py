"""What a failed fetch means, in words, and whose matter it is: that of one address, of its host, or of the crawl's time."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import exceptions
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionClosed

from scraper.crawling.addresses import AddressRefused
from scraper.errors import ScraperError
from scraper.items import Verdict

AGAIN = frozenset({403, 408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530})
REFUSALS = frozenset({401, 403, 407, 429, 451})
GONE = frozenset({404, 410})


class FetchFailed(ScraperError):
    """Nothing usable came. `verdict` is how a page ends for which this is the last word; `again` whether to try once more.

    `host` is False where the trouble is with this one address and tells nothing about the others of its host, and `asked`
    where this request was not made, so that it is no news of the host. `final`: no later crawl will fare better.
    """

    def __init__(
        self,
        verdict: Verdict,
        reason: str,
        *,
        status: int = 0,
        again: bool = False,
        host: bool = True,
        asked: bool = True,
        final: bool = False,
    ) -> None:
        super().__init__(reason)
        self.verdict, self.reason, self.status = verdict, reason, status
        self.again, self.host, self.asked, self.final = again, host, asked, final
        self.wait = 0.0

    @property
    def gone(self) -> bool:
        """Whether the server says that there is no such page."""
        return self.status in GONE

    @property
    def lasting(self) -> bool:
        """Whether it is the matter of this one address, and not of its host or of us: the crawl is none the worse for it."""
        return self.verdict is Verdict.BROKEN and not self.host


class Unpackable(FetchFailed):
    """A body that is not packed as its server says. It may come unpacked if nothing else is asked for."""

    def __init__(self, encoding: str) -> None:
        reason = f"its body does not unpack as {encoding}, which its server says it is"
        super().__init__(Verdict.BROKEN, reason, again=True, host=False)


class CrawlEnded(ScraperError):
    """The crawl may fetch no more: its time is up or it was told to stop."""


def refused(response: Response, now: datetime) -> FetchFailed:
    """What an answer means that is neither the page nor, where that was asked, that nothing has changed."""
    status = response.status
    failure = FetchFailed(
        Verdict.BLOCKED if status in REFUSALS else Verdict.BROKEN,
        _words(response),
        status=status,
        again=status in AGAIN,
        host=status in REFUSALS or status >= 500,
    )
    failure.wait = retry_after(header(response, "Retry-After"), now)
    return failure


def _words(response: Response) -> str:
    """Scrapy gives back a redirect that it cannot follow."""
    if response.status == 304:
        return "HTTP 304, 'not modified', though it was not asked whether it was"
    if 300 < response.status < 400:
        to = header(response, "Location")[:100]
        return f"HTTP {response.status} to {to}, not a web address" if to else f"HTTP {response.status} to nowhere"
    return f"HTTP {response.status}"


def header(response: Response, name: str) -> str:
    """A header's value; "" where there is none."""
    value = response.headers.get(name)
    return value.decode("latin-1").strip() if value else ""


def retry_after(text: str, now: datetime) -> float:
    """Seconds to wait that a Retry-After header asks for, given in seconds or as a time; 0 where there is none to read."""
    seconds = re.match(r"\s*([0-9]+(?:\.[0-9]+)?)(?![0-9-])", text)
    if seconds:
        return float(seconds[1])
    try:
        when = parsedate_to_datetime(text)
        return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())
    except (ValueError, OverflowError):
        return 0.0


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
    (ValueError, Verdict.BROKEN, "it is, or it redirects to, what is not a web address ({error})", False),
)
EXPLAINED: tuple[type[Exception], ...] = (
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
            asked = kind not in (AddressRefused, ValueError)
            return FetchFailed(verdict, words, again=again, host=again, asked=asked)
    if "during decompression" in text:
        return FetchFailed(Verdict.BROKEN, f"larger than {mib:g} MiB when unpacked", host=False)
    if "max redirections" in text:
        return FetchFailed(Verdict.BROKEN, "redirects without end", host=False)
    return FetchFailed(Verdict.BROKEN, f"the connection failed ({type(error).__name__})", again=True)
