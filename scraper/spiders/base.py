"""What both spiders share: the job, the database, the polite fetcher, and one page's error kept from the others."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from scrapy import Spider
from scrapy.core.engine import ExecutionEngine
from sqlite_utils import Database

from scraper.crawling import AddressGuard, CrawlEnded, Fetcher, Job, Limits, PageResult, Summary, utc_now
from scraper.items import Verdict

T = TypeVar("T")


class SourceSpider(Spider):
    """A crawl of one source.

    `results` are the pages as stored, of the `yielded` so many that were found; `out_of_time` is whether the job's time limit
    ended it. `now` is the time in UTC: nothing in a crawl asks the clock but through it.
    """

    def __init__(self, job: Job, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self.job, self.db, self.now = job, db, now
        self.results: list[PageResult] = []
        self.out_of_time = False
        self.yielded = 0
        self.deadline = time.monotonic() + job.timeout

    @staticmethod
    def check_rules() -> None:
        """Read our own files that the crawl needs. Raises `RuleFileError` where one is wrong."""

    @property
    def engine(self) -> ExecutionEngine:
        """Scrapy's engine; there from the moment the spider starts."""
        if self.crawler.engine is None:
            raise RuntimeError("the crawl has not begun")
        return self.crawler.engine

    @cached_property
    def fetcher(self) -> Fetcher:
        """Everything this crawl asks for goes through this."""
        limits = Limits(self.job.delay, self.job.download_timeout, self.deadline, now=self.now, whole=self.job.timeout)
        guard = AddressGuard.of(self.job.url)
        return Fetcher(self.engine.download_async, limits, lambda: self.engine.running, guard)

    async def apart(self, work: Coroutine[Any, Any, T]) -> T | BaseException:
        """Do one page's work and return its result or its unforeseen error, so that one odd page does not end the crawl.

        Raises `CrawlEnded`, with which the whole crawl ends.
        """
        task = asyncio.ensure_future(work)
        try:
            await asyncio.wait({task})
        finally:
            task.cancel()
        error = task.exception()
        if isinstance(error, CrawlEnded):
            raise error
        if error is not None:
            self.logger.error("an error in the crawler: %r", error, exc_info=error)
        return error or task.result()

    def summary(self, stopped: tuple[Verdict, str] | None) -> Summary:
        """How the crawl went, by the expectations of its kind of source."""
        raise NotImplementedError
