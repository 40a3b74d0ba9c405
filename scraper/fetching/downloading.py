"""A part of Scrapy's downloader done our way: unpacking a body."""

from typing import Any

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

from scraper.fetching.failures import TooLarge, Unpackable


class Unpacking(HttpCompressionMiddleware):
    """Downloader middleware: a body that is not packed as its server says is that server's fault, and told as one."""

    def process_response(self, request: Request, response: Response) -> Any:  # type: ignore[override]  # no `spider`: nobody gives one
        """The response unpacked; raises `Unpackable`, and `TooLarge`.

        Only a page's body has to be read: many a redirect says that its own is packed, and has none. What else came is shown to people,
        unpacked where that can be done.
        """
        try:
            return super().process_response(request, response)
        except Exception as error:  # each of the four libraries has errors of its own
            if response.status != 200:
                return response
            if isinstance(error, IgnoreRequest):
                raise TooLarge(response, request.meta["download_maxsize"]) from error
            raise Unpackable(response) from error
