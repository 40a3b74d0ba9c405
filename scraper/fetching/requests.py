"""What is asked of a server, as it is sent, and where a redirect leads."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urljoin

from scrapy.http import Request, Response
from scrapy.http.cookies import CookieJar
from scrapy.http.request import NO_CALLBACK
from w3lib.url import safe_url_string

from scraper.fetching.addresses import is_web_address
from scraper.items import Verdict
from scraper.looks import Validators
from scraper.politeness import FetchFailed

LARGEST = 20 * 1024 * 1024
NOTHING_KNOWN = Validators()
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Accept(StrEnum):
    """What is wanted of an address, for servers that have it in several forms."""

    PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    FEED = (
        "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1"
    )
    PDF = "application/pdf, */*;q=0.5"
    TEXT = "text/plain, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Asked:
    """One address and how it is asked for. `largest` is bytes; `plain`: not packed for the way.

    `cookies` are those that the redirects before it have set: some sites set one and redirect to the same address. They are
    sent along that chain of redirects, and to nobody ever after.
    """

    url: str
    validators: Validators = NOTHING_KNOWN
    largest: int = LARGEST
    accept: Accept = Accept.PAGE
    plain: bool = False
    cookies: CookieJar = field(default_factory=CookieJar)

    def request(self, seconds: float) -> Request:
        """As Scrapy is given it: anew each time, for Scrapy notes in its `meta` what holds for one host."""
        meta = {"download_timeout": seconds, "download_maxsize": self.largest}
        request = Request(self.url, headers=self._headers(), meta=meta, dont_filter=True, callback=NO_CALLBACK)
        self.cookies.add_cookie_header(request)
        return request

    def _headers(self) -> dict[str, str]:
        """Those that are sent; Scrapy adds ours of the settings."""
        sent = {
            "Accept": str(self.accept),
            "Accept-Encoding": "identity" if self.plain else None,
            "If-None-Match": self.validators.etag,
            "If-Modified-Since": self.validators.last_modified,
        }
        return {name: value for name, value in sent.items() if value}


def as_sent(url: str) -> str:
    """The address as Scrapy writes it in a request: what is checked has to be that. Raises `FetchFailed` where it is none."""
    try:
        return str(Request(url).url)
    except ValueError as error:
        raise FetchFailed(Verdict.BROKEN, f"{url[:100]!r} is not a web address ({error})", host=False) from error


def redirected_to(response: Response, url: str) -> str:
    """Where the answer of `url` redirects to; "" where it does not, or to nothing that could be asked for."""
    location = response.headers.get("Location")
    if response.status not in REDIRECTS or not location:
        return ""
    try:
        to = urljoin(url, safe_url_string(re.sub(rb"^//+", b"//", location)))  # three slashes are two to every browser
    except ValueError:
        return ""
    return to if is_web_address(to) else ""
