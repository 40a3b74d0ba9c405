"""Two parts of Scrapy's downloader done our way: unpacking a body, and cookies."""

from typing import Any

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.http.cookies import CookieJar

from scraper.crawling.failures import Unpackable, header

JAR = "cookies_of_this_chain"


class Unpacking(HttpCompressionMiddleware):
    """Downloader middleware: a body that is not packed as its server says is that server's fault, and told as one."""

    def process_response(self, request: Request, response: Response) -> Any:  # type: ignore[override]  # no `spider`: nobody gives one
        """The response unpacked; raises `Unpackable`, and Scrapy's `IgnoreRequest` where it would become too large."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest:
            raise
        except Exception as error:  # each of the four libraries has errors of its own
            raise Unpackable(header(response, "Content-Encoding")) from error


class ChainCookies:
    """Downloader middleware: a cookie given with a redirect is sent along that chain of redirects, and to nobody ever after.

    Some sites set one and redirect to the same address. Scrapy's own would keep them for the whole crawl, and fetches a list
    of domains from elsewhere for it.
    """

    def process_request(self, request: Request) -> None:
        """Send what the redirects before have set for this host and path."""
        jar = request.meta.get(JAR)
        if jar is not None:
            request.headers.pop("Cookie", None)
            jar.add_cookie_header(request)

    def process_response(self, request: Request, response: Response) -> Response:
        """Take what a redirect sets; Scrapy hands the request's `meta` on to the next of the chain."""
        if 300 <= response.status < 400 and "Set-Cookie" in response.headers:
            request.meta.setdefault(JAR, CookieJar()).extract_cookies(response, request)
        return response
