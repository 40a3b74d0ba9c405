"""A part of Scrapy's downloader done our way: unpacking a body."""

from typing import Any

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from scraper.fetching.failures import Unpackable, header


class Unpacking(HttpCompressionMiddleware):
    """Downloader middleware: a body that is not packed as its server says is that server's fault, and told as one."""

    def process_response(self, request: Request, response: Response) -> Any:  # type: ignore[override]  # no `spider`: nobody gives one
        """The response unpacked; raises `Unpackable`, and Scrapy's `IgnoreRequest` where it would become too large.

        Only a page's body is read: many a redirect says that its own is packed, and has none.
        """
        if response.status != 200:
            return response
        try:
            return super().process_response(request, response)
        except IgnoreRequest:
            raise
        except Exception as error:  # each of the four libraries has errors of its own
            raise Unpackable(header(response, "Content-Encoding")) from error
