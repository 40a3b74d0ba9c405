"""When what is done: one job a source, one for mail that is due. Work in hand is ours to stop, not the scheduler's.

APScheduler only wakes us. Each round runs as a task of our own behind a shield, because its shutdown cancels coroutines
whatever it is told; stopping cancels our tasks, which stop their child processes in order, and waits for them.
"""

import asyncio
import logging
import threading
from collections.abc import Coroutine
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any, TypeVar

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor.config import Config
from monitor.daemon.crawls import OFSTED, Clock, last_crawl, sources
from monitor.daemon.locks import Locked, locked
from monitor.daemon.rounds import Concluded, Hosts, conclude
from monitor.database import connect, note_issue
from monitor.mail import deliver
from scraper.items import Verdict

log = logging.getLogger(__name__)

MAIL_EVERY = timedelta(minutes=1)
MAKE_UP_AFTER = timedelta(minutes=1)
JOB_DEFAULTS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
TOLD = {EVENT_JOB_MISSED: "was not started in time", EVENT_JOB_MAX_INSTANCES: "was still running when it was due again"}


T = TypeVar("T")


class Stopped(Exception):
    """Raised inside a worker thread at the next safe point once the daemon is stopping."""


class Watch:
    """The jobs of one config, and the work they have in hand."""

    def __init__(self, config: Config, clock: Clock) -> None:
        self.config, self.clock = config, clock
        self._hosts = Hosts()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = threading.Event()
        self._scheduler = AsyncIOScheduler(job_defaults=JOB_DEFAULTS, timezone=config.zone)
        self._scheduler.add_listener(self._tell, EVENT_JOB_MISSED | EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES)

    def start(self) -> None:
        """Go on where the last daemon left: each source is due an interval after its last crawl, or soon if that was cut off."""
        for name in sources(self.config):
            self._add(name)
        self._scheduler.add_job(self._guarded, "interval", [self._mail], id="mail", seconds=MAIL_EVERY.total_seconds())
        self._scheduler.start()

    async def stop(self) -> None:
        """Start nothing more, stop crawls in order, let a mail in hand be recorded."""
        self._scheduler.pause()
        self._stopping.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._scheduler.shutdown(wait=False)

    def _add(self, name: str) -> None:
        every = interval(self.config, name)
        first = next_crawl(self.config, name, self.clock())
        jitter = min(every.total_seconds() / 10, 120)
        self._scheduler.add_job(
            self._guarded, "interval", [self.round, name], id=f"crawl {name}", seconds=every.total_seconds(),
            jitter=jitter, next_run_time=first,
        )  # fmt: skip

    async def _guarded(self, work: Any, *arguments: str) -> None:
        """Run a round as a task of our own, so that only `stop` can cancel it."""
        task: asyncio.Task[None] = asyncio.create_task(work(*arguments))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.wait({task})
        if not task.cancelled():
            task.result()

    async def round(self, source: str) -> None:
        """Crawl one source and conclude; a story about a report that is not here yet has its authority crawled at once."""
        try:
            await self._hosts.crawl(self.config, source, self.clock)
            concluded = await self._conclude()
            if concluded.warned and source != OFSTED:
                only = self.config.resolve(concluded.warned)
                await self._hosts.crawl(self.config, OFSTED, self.clock, only=only)
                await self._conclude()
        except Locked as error:
            log.info("%s; this round is left to it", error)

    async def _conclude(self) -> Concluded:
        return await in_thread(asyncio.to_thread(conclude, self.config, self.clock, self._progress))

    async def _mail(self) -> None:
        await in_thread(asyncio.to_thread(self._deliver))

    def _deliver(self) -> None:
        with locked(self.config.data, "conclude", wait=True), closing(connect(self.config.data)) as db:
            deliver(db, self.config, self.clock)

    def _progress(self, done: int, of: int) -> None:
        if self._stopping.is_set():
            raise Stopped(f"stopped after reading {done} of {of}")

    def _tell(self, event: JobEvent) -> None:
        exception = getattr(event, "exception", None)
        if isinstance(exception, Stopped):
            return
        message = f"{event.job_id} {TOLD.get(event.code) or f'failed: {exception!r}'}"
        level = logging.ERROR if exception else logging.WARNING
        log.log(level, message, exc_info=exception)
        with closing(connect(self.config.data)) as db:
            note_issue(db, "daemon", logging.getLevelName(level).lower(), message, self.clock())


async def in_thread(work: Coroutine[Any, Any, T]) -> T:
    """Await work in a thread to its end even if cancelled: a thread cannot be stopped, and its mail must be recorded."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.gather(task, return_exceptions=True)
        raise


def interval(config: Config, source: str) -> timedelta:
    """How often a source is crawled."""
    if source == OFSTED:
        return config.sources.ofsted.every
    return next(news.every for news in config.sources.news if news.name == source)


def next_crawl(config: Config, source: str, now: datetime) -> datetime:
    """When the daemon would crawl a source next, without its jitter. One that was cut off is made up for soon.

    A crawl of a time still to come began at the latest now: its clock was ahead, and the source is not to wait for that.
    """
    last = last_crawl(config, source)
    if not last:
        return now
    every = interval(config, source)
    wait = min(every, MAKE_UP_AFTER) if last.verdict in (None, Verdict.CRASHED) else every
    return max(now, min(last.started, now) + wait)
