"""When what is done: one job a source, one for mail that is due. Work in hand is ours to stop, not the scheduler's.

APScheduler only wakes us. Each round runs as a task of our own behind a shield, because its shutdown cancels coroutines
whatever it is told; stopping cancels our tasks, which stop their child processes in order, and waits for them.
"""

import asyncio
import logging
import math
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from monitor.config import Config
from monitor.daemon.crawls import OFSTED, Clock, Crawled, interval, last_crawl, never_looked_at, sources
from monitor.daemon.locks import Locked
from monitor.daemon.outages import Outages, fault_of
from monitor.daemon.ping import ping
from monitor.daemon.rounds import Concluded, Hosts, conclude, tell
from monitor.daemon.stopping import Stop, Stopped, in_thread
from monitor.daemon.sweeps import note_sweep, round_every, sweep_is_due
from monitor.database import connect, note_issue
from scraper.database import DATABASE_FILE, DatabaseFault, NoDatabase, identity
from scraper.items import Verdict
from scraper.reference import Authority

log = logging.getLogger(__name__)

MAIL_EVERY = timedelta(minutes=1)
MAKE_UP_AFTER = timedelta(minutes=1)
JOB_DEFAULTS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
MAIL = "mail"
LOOK_EVERY = 60.0  # seconds; at the jobs' next runs
LOOK_AT_OURSELVES = 3600.0


LOST = (
    "{data}: the database that the watch was started with is {what}: it was moved, deleted or replaced, or its disk is not there any more. The watch"
    " ends, for to begin anew would take everything new for known. Put the folder back and start the watch again"
)


class Lost(NoDatabase):
    """The database that was watched with is not there any more."""


class Every(IntervalTrigger):  # type: ignore[misc]  # APScheduler has no types
    """An interval after the last run or from now, whichever is later: a clock that was set forward by years has missed one run, not millions."""

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """As APScheduler asks for it."""
        late = max(previous_fire_time, now) if previous_fire_time else None
        return super().get_next_fire_time(late, now)  # type: ignore[no-any-return]  # APScheduler has no types


class Watch:
    """The jobs of one config, and the work they have in hand."""

    def __init__(self, config: Config, clock: Clock, identity: str | None = None) -> None:
        self.config, self.clock, self.identity = config, clock, identity
        self.ended = asyncio.Event()
        self._outages = Outages(config, clock)
        self._looked = -math.inf
        self._hosts = Hosts()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stop = Stop()
        self._scheduler = AsyncIOScheduler(job_defaults=JOB_DEFAULTS, timezone=config.zone)
        self._scheduler.add_listener(self._tell, EVENT_JOB_MAX_INSTANCES)

    def start(self) -> None:
        """Go on where the last daemon left: each source is due an interval after its last crawl, or soon if that was cut off."""
        for name in sources(self.config):
            every = interval(self.config, name)
            strange = name == OFSTED and never_looked_at(self.config)  # new in the config
            first = self.clock() if strange else next_crawl(self.config, name, self.clock())
            self._add(f"crawl {name}", every, first, self.round, name)
        if sweep := self.config.sources.ofsted.sweep:
            self._add("sweep", sweep, self.clock() + min(sweep, MAKE_UP_AFTER), self.sweep)
        self._add(MAIL, MAIL_EVERY, self.clock() + MAIL_EVERY, self._mail)
        self._scheduler.start()
        self._keeping_time = asyncio.create_task(self._keep_time())

    async def stop(self) -> None:
        """Start nothing more, stop crawls in order, let a mail in hand be recorded."""
        self._scheduler.pause()
        self._keeping_time.cancel()
        self._stop.set()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._scheduler.shutdown(wait=False)

    def _add(self, name: str, every: timedelta, first: datetime, work: Any, *arguments: str) -> None:
        jitter = 0 if name == MAIL else min(every.total_seconds() / 10, 120)
        trigger = Every(seconds=every.total_seconds(), jitter=jitter, timezone=self.config.zone)
        self._scheduler.add_job(self._guarded, trigger, [work, *arguments], id=name, next_run_time=first)

    async def _keep_time(self) -> None:
        """Pull back, by a clock that nobody sets, what would run later than its interval: the scheduler's own clock was ahead."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            for scheduled in self._scheduler.get_jobs():
                latest = self.clock() + scheduled.trigger.interval * 1.1 + MAKE_UP_AFTER
                if scheduled.next_run_time and scheduled.next_run_time > latest:
                    log.warning(
                        "%s was due at %s, which is too far ahead: the clock was set back",
                        scheduled.id,
                        scheduled.next_run_time,
                    )
                    scheduled.modify(next_run_time=self.clock() + min(scheduled.trigger.interval, MAKE_UP_AFTER))

    async def _guarded(self, work: Any, *arguments: str) -> None:
        """Run a round as a task of our own, so that only `stop` can cancel it."""
        task: asyncio.Task[None] = asyncio.create_task(self._watched(work, *arguments))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.wait({task})

    async def _watched(self, work: Any, *arguments: str) -> None:
        """Do a piece of work. What it fails with is told by mail if it cannot be stored, and ends the watch if its database is not there any more."""
        try:
            await in_thread(self._same_database)
            await work(*arguments)
        except Stopped as error:
            log.info("%s", error)
        except Exception as error:
            what = " ".join((work.__name__.strip("_"), *arguments))
            if not fault_of(error, self.config):
                log.exception("%s failed", what)
            await in_thread(self._failed, what, error)
            if isinstance(error, NoDatabase):
                self.ended.set()

    def _same_database(self) -> None:
        if self.identity is None:
            return
        try:
            found = identity(self.config.data)
        except NoDatabase:
            found = None
        if found != self.identity:
            raise Lost(LOST.format(data=self.config.data, what="gone" if found is None else "another one"))

    def _failed(self, what: str, error: Exception) -> None:
        gone = isinstance(error, (NoDatabase, FileNotFoundError)) and not (self.config.data / DATABASE_FILE).exists()
        if gone and not isinstance(error, Lost):  # whoever came upon it first
            error = Lost(LOST.format(data=self.config.data, what="gone"))
        if fault := fault_of(error, self.config):
            self._outages.happened(fault)
            return
        try:
            with closing(connect(self.config.data)) as db:
                note_issue(db, "daemon", "error", f"{what} failed: {error!r}", self.clock(), key=f"step:daemon:{what}")
        except (DatabaseFault, sqlite3.Error) as fault:  # nobody awaits what this fails with
            self._outages.happened(
                fault_of(fault, self.config) or DatabaseFault(f"{what} failed, and that could not be stored: {fault}")
            )

    async def round(self, source: str) -> None:
        """Crawl one source and conclude; a story about a report that is not here yet has its authority crawled at once."""
        crawled = await self._crawl(source)
        concluded = await self._conclude()
        if crawled:
            await in_thread(ping, self.config, [crawled], concluded)
        if concluded.warned and source != OFSTED:
            await self._crawl(OFSTED, only=self.config.resolve(concluded.warned))
            await self._conclude()

    async def sweep(self) -> None:
        """Ask Ofsted's search, where that is due, and look at what it names; where it is of no use, at all pages more often."""
        if not await in_thread(sweep_is_due, self.config, self.clock()):
            return
        if swept := await self._crawl(OFSTED, sweep=True):
            await in_thread(note_sweep, self.config, swept, self.clock())
            await in_thread(ping, self.config, [swept], await self._conclude())
        if await in_thread(next_crawl, self.config, OFSTED, self.clock()) <= self.clock():
            await self.round(OFSTED)

    async def _crawl(self, source: str, only: Sequence[Authority] = (), *, sweep: bool = False) -> Crawled | None:
        """A crawl that fails is told, and no reason to conclude nothing from the others; None where it did not come to an end."""
        try:
            return await self._stop.ends(self._hosts.crawl(self.config, source, self.clock, only=only, sweep=sweep))
        except Locked as error:
            log.info("%s; this round is left to it", error)
        except (Stopped, DatabaseFault):
            raise
        except Exception as error:
            log.exception("the crawl of %s failed", source)
            await in_thread(self._failed, f"crawl {source}", error)
        return None

    async def _conclude(self) -> Concluded:
        return await in_thread(conclude, self.config, self.clock, self._stop)

    async def _mail(self) -> None:
        """Hand over what is due, and look at ourselves each hour; both by a clock that nobody sets."""
        due = time.monotonic() - self._looked > LOOK_AT_OURSELVES
        await in_thread(tell, self.config, self.clock, self._stop, due)
        if due:
            self._looked = time.monotonic()
        await in_thread(self._outages.over)

    def _tell(self, event: JobEvent) -> None:
        if event.job_id != MAIL:  # mail waits while a round concludes, which hands it over itself
            log.warning("%s was still running when it was due again", event.job_id)


def next_crawl(config: Config, source: str, now: datetime) -> datetime:
    """When the daemon would crawl a source next, without its jitter. One that was cut off is made up for soon.

    A crawl of a time still to come began at the latest now: its clock was ahead, and the source is not to wait for that.
    """
    last = last_crawl(config, source)
    if not last:
        return now
    every = round_every(config, source)
    wait = min(every, MAKE_UP_AFTER) if last.verdict in (None, Verdict.CRASHED) else every
    return max(now, min(last.started, now) + wait)
