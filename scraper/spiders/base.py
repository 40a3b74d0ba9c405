"""What both spiders share: the job, the database, the polite fetcher, the worker, and one page's error kept from the others."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from scrapy import Spider
from scrapy.core.engine import ExecutionEngine
from sqlite_utils import Database

from scraper.clock import utc_now
from scraper.crawling import Job, PageResult, Summary
from scraper.fetching import AddressGuard, CrawlEnded, Fetcher, Limits
from scraper.items import Verdict
from scraper.workers import Task, Worker

A = TypeVar("A")
B = TypeVar("B")
T = TypeVar("T")
NO_ITEMS: tuple[Any, ...] = ()


class SourceSpider(Spider):
    """A crawl of one source.

    `results` are the pages and what was stored of them; `out_of_time` is whether the job's time limit ended it. `now` is the time
    in UTC: nothing in a crawl asks the clock but through it.
    """

    def __init__(self, job: Job, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        super().__init__()
        self.job, self.db, self.now = job, db, now
        self.results: list[PageResult] = []
        self.out_of_time = False
        self.worker = Worker()
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

    async def start(self) -> AsyncIterator[Any]:
        """Scrapy begins a crawl with this and wants items of it; there are none, for each look is stored before the next."""
        try:
            await self.looks()
        except CrawlEnded:
            self.out_of_time = self.engine.running
        for item in NO_ITEMS:
            yield item

    async def looks(self) -> None:
        """Do the crawl. Raises `CrawlEnded` where it may ask for no more."""
        raise NotImplementedError

    async def read(self, task: Task[A, B], argument: A, name: str) -> B:
        """What a worker makes of a foreign document, while the crawl's own loop goes on. Raises what the task does, and `Unreadable`."""
        return await asyncio.to_thread(self.worker.ask, task, argument, name)

    def keep(self, result: PageResult, store: Callable[[], int]) -> bool:
        """Have one look stored in one transaction and note how it went; whether that could be done. `store` gives how much was new."""
        try:
            found = store()
        except Exception as error:  # as in `apart`: it costs this look, and is told
            self.logger.exception("an error in the crawler: %r", error)  # noqa: TRY401 - its words go into the issues
            told = f"it could not be stored: an error in the crawler: {error!a}"
            self.results.append(replace(result, verdict=Verdict.CRASHED, message=told))
            return False
        self.results.append(replace(result, found=found))
        return True

    def closed(self, reason: str) -> None:  # noqa: ARG002 - Scrapy gives it
        """Scrapy calls this as the crawl ends; a worker that is still at a document is not waited for."""
        self.worker.kill()

    def summary(self, stopped: tuple[Verdict, str] | None) -> Summary:
        """How the crawl went, by the expectations of its kind of source."""
        raise NotImplementedError
