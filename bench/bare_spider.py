"""A Scrapy spider that asks for what it is told and does nothing with it: what `quiet_round.py` measures a crawl of ours against.

A program of its own, which imports nothing of ours. On stdin: `{"asked": [[url, {header: value}], ...], "settings": {...}}`.
"""

import json
import sys
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

BARE: dict[str, Any] = {"CONCURRENT_REQUESTS": 1, "ROBOTSTXT_OBEY": True, "LOG_LEVEL": "WARNING"}


class BareSpider(Spider):
    """`asked` are (address, headers)."""

    name = "bare"
    asked: tuple[tuple[str, dict[str, str]], ...] = ()
    handle_httpstatus_list = (304,)

    async def start(self) -> AsyncIterator[Request]:
        for url, headers in self.asked:
            yield Request(url, headers=headers, dont_filter=True)

    def parse(self, response: Response) -> None:
        """Nothing."""


def main() -> None:
    told = json.load(sys.stdin)
    process = CrawlerProcess(BARE | told["settings"])
    process.crawl(BareSpider, asked=told["asked"])
    process.start()


if __name__ == "__main__":
    main()
