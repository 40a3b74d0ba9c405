"""What went wrong with a download, in words, and whose matter it is: that of one address, of its host, or of the crawl's time."""

import re
from datetime import datetime

from scrapy import exceptions
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionClosed

from scraper.errors import ScraperError
from scraper.fetching.answers import answer_of, header
from scraper.items import Verdict
from scraper.looks import Answer
from scraper.politeness import FetchFailed, retry_after

AGAIN = frozenset({403, 408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530})
REFUSALS = frozenset({401, 403, 429, 451})
PROXY_REFUSES = "your proxy refuses us (HTTP 407): check the name and password in HTTPS_PROXY and HTTP_PROXY"
NO_TUNNEL = "your proxy lets nothing through to it ({said}): ask whoever runs it, or name the host in NO_PROXY"
OF_PROXY = Answer(status=407)
"""Nothing else of it is kept: it may say again what we sent it, the password too."""
TUNNEL_STATUS = re.compile(r"'status': (\d{3})")


class Unpackable(FetchFailed):
    """A body that is not packed as its server says. It may come unpacked if nothing else is asked for."""

    def __init__(self, response: Response) -> None:
        reason = f"its body does not unpack as {header(response, 'Content-Encoding')}, which its server says it is"
        super().__init__(Verdict.BROKEN, reason, again=True, host=False, answer=answer_of(response))


class TooLarge(FetchFailed):
    """A body that unpacks to more than is read."""

    def __init__(self, response: Response, largest: int) -> None:
        reason = f"larger than {largest / (1024 * 1024):g} MiB when unpacked"
        super().__init__(Verdict.BROKEN, reason, host=False, answer=answer_of(response))


class CrawlEnded(ScraperError):
    """The crawl may fetch no more: its time is up or it was told to stop. `asked` is whether what was wanted had been asked for."""

    def __init__(self, reason: str, *, asked: bool = False) -> None:
        super().__init__(reason)
        self.asked = asked


def refused(response: Response, now: datetime) -> FetchFailed:
    """What an answer means that is neither the page nor, where that was asked, that nothing has changed."""
    status = response.status
    if status == 407:
        return FetchFailed(Verdict.BROKEN, PROXY_REFUSES, answer=OF_PROXY)
    return FetchFailed(
        Verdict.BLOCKED if status in REFUSALS else Verdict.BROKEN,
        _words(response),
        status=status,
        again=status in AGAIN,
        wait=retry_after(header(response, "Retry-After"), now),
        host=status in REFUSALS or status >= 500,
        answer=answer_of(response),
    )


def _words(response: Response) -> str:
    """A redirect comes here where it leads nowhere that we could follow."""
    if response.status == 304:
        return "HTTP 304, 'not modified', though it was not asked whether it was"
    if 300 < response.status < 400:
        to = header(response, "Location")[:100]
        return f"HTTP {response.status} to {to}, not a web address" if to else f"HTTP {response.status} to nowhere"
    return f"HTTP {response.status}"


_REASONS: tuple[tuple[type[Exception], Verdict, str, bool], ...] = (
    (exceptions.DownloadTimeoutError, Verdict.TIMED_OUT, "no complete answer within {seconds:g} s", True),
    (exceptions.DownloadConnectionRefusedError, Verdict.BROKEN, "the connection was refused", True),
    (exceptions.CannotResolveHostError, Verdict.BROKEN, "its host name has no address that may be reached", True),
    (exceptions.ResponseDataLossError, Verdict.BROKEN, "the answer broke off", True),
    (exceptions.DownloadFailedError, Verdict.BROKEN, "the connection failed or the answer broke off", True),
    (exceptions.DownloadCancelledError, Verdict.BROKEN, "larger than {mib:g} MiB", False),
)
EXPLAINED: tuple[type[Exception], ...] = (
    TunnelError,
    *(kind for kind, *_ in _REASONS),
    exceptions.IgnoreRequest,
    ConnectError,
    ConnectionClosed,
    OSError,
)


def explain(error: Exception, seconds: float, largest: int, on_the_way: str = "") -> FetchFailed:
    """What a failed download means, in words. `on_the_way`: what stands between us and the site, as said after a failed connection."""
    mib, text = largest / (1024 * 1024), str(error)
    if isinstance(error, TunnelError):
        status = TUNNEL_STATUS.search(text)
        if status and status[1] == "407":
            return FetchFailed(Verdict.BROKEN, PROXY_REFUSES, answer=OF_PROXY)
        return FetchFailed(
            Verdict.BROKEN, NO_TUNNEL.format(said=f"HTTP {status[1]}" if status else "no HTTP answer"), again=True
        )
    if "certificate" in text.lower():
        return FetchFailed(Verdict.BROKEN, "its TLS certificate is not valid")
    for kind, verdict, reason, again in _REASONS:
        if isinstance(error, kind):
            told = reason.format(seconds=seconds, mib=mib) + (on_the_way if again else "")
            return FetchFailed(verdict, told, again=again, host=again)
    return FetchFailed(Verdict.BROKEN, f"the connection failed ({type(error).__name__}){on_the_way}", again=True)
