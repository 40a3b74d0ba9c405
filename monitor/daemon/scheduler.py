"""When what is done: one job a task of the plan, one for mail that is due. Work in hand is ours to stop, not the scheduler's.

APScheduler only wakes us. Each piece of work runs as a task of our own behind a shield, because its shutdown cancels coroutines
whatever it is told; stopping cancels our tasks, which end their child processes in order, and waits for them.
"""

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from monitor.daemon.asking import Ask
from monitor.daemon.glance import mail_is_due
from monitor.daemon.outages import Outages
from monitor.orders import MAKE_UP_AFTER, Answer, Plan, Task

log = logging.getLogger(__name__)

MAIL_EVERY = timedelta(minutes=1)
JOB_DEFAULTS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
MAIL = "mail"
LOOK_EVERY = 60.0  # seconds; at the jobs' next runs
LOOK_AT_OURSELVES = 3600.0
AT_ONCE = 4
"""So many sources are crawled at a time: each takes two processes, of about 150 MB together."""


class Every(IntervalTrigger):  # type: ignore[misc]  # APScheduler has no types
    """An interval after the last run or from now, whichever is later: a clock that was set forward by years has missed one run, not millions."""

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime | None:
        """As APScheduler asks for it."""
        late = max(previous_fire_time, now) if previous_fire_time else None
        return super().get_next_fire_time(late, now)  # type: ignore[no-any-return]  # APScheduler has no types


class Watch:
    """The jobs of one plan, and the work they have in hand. `ask`: has a child do a piece of work. `ended`: is set where the database is lost."""

    def __init__(self, plan: Plan, data: Path, ask: Ask, clock: Callable[[], datetime]) -> None:
        self.plan, self.data, self.ask, self.clock = plan, data, ask, clock
        self.ended = asyncio.Event()
        self._outages = Outages(self._send, clock)
        self._looked = -math.inf
        self._hosts = {task.host: asyncio.Lock() for task in plan.tasks}
        self._few = asyncio.Semaphore(AT_ONCE)
        self._made_up: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._scheduler = AsyncIOScheduler(job_defaults=JOB_DEFAULTS, timezone=ZoneInfo(plan.zone))
        self._scheduler.add_listener(self._tell, EVENT_JOB_MAX_INSTANCES)

    def start(self) -> None:
        """Begin each task when it is due first by the plan."""
        for task in self.plan.tasks:
            self._add(task.name, timedelta(seconds=task.every), task.first, self.crawl, task)
        self._add(MAIL, MAIL_EVERY, self.clock() + MAIL_EVERY, self.mail)
        self._scheduler.start()
        self._keeping_time = asyncio.create_task(self._keep_time())

    async def stop(self) -> None:
        """Start nothing more, stop crawls in order, let a mail in hand be recorded."""
        self._scheduler.pause()
        self._keeping_time.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._scheduler.shutdown(wait=False)

    def _add(self, name: str, every: timedelta, first: datetime, work: Any, *arguments: Task) -> None:
        jitter = 0 if name == MAIL else min(every.total_seconds() / 10, 120)
        trigger = Every(seconds=every.total_seconds(), jitter=jitter, timezone=ZoneInfo(self.plan.zone))
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

    async def _guarded(self, work: Callable[..., Awaitable[None]], *arguments: Task) -> None:
        """Do a piece of work as a task of our own, so that only `stop` can cancel it."""
        task: asyncio.Task[None] = asyncio.create_task(_told(work, *arguments))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.wait({task})

    async def crawl(self, task: Task) -> None:
        """Have a source crawled and concluded, or the search swept; then look at the pages that a story tells of."""
        do, more = ("sweep", {}) if task.sweep else ("round", {"source": task.source})
        answer = await self._crawled(task, do, more)
        if answer.died and task.name not in self._made_up:
            self._made_up.add(task.name)
            self._scheduler.modify_job(task.name, next_run_time=self.clock() + MAKE_UP_AFTER)
        elif not answer.died:
            self._made_up.discard(task.name)
        if answer.warned:
            ofsted = self.plan.tasks[0]  # the first source is Ofsted's site
            await self._crawled(ofsted, "round", {"source": ofsted.source, "only": answer.warned})

    async def _crawled(self, task: Task, do: str, more: dict[str, Any]) -> Answer:
        """One task at a time speaks to a host; a few at once to all."""
        async with self._hosts[task.host], self._few:
            return await self.asked(do, more)

    async def mail(self) -> None:
        """Hand over what is due, and look at ourselves each hour; both by a clock that nobody sets."""
        looking = time.monotonic() - self._looked > LOOK_AT_OURSELVES
        if not (looking or self._outages.last or await asyncio.to_thread(mail_is_due, self.data, self.clock())):
            return
        answer = await self.asked(MAIL, {"looking": looking})
        if looking and not answer.died:
            self._looked = time.monotonic()
        if not (answer.fault or answer.died):
            await self._outages.over()

    async def asked(self, do: str, more: dict[str, Any]) -> Answer:
        """Have a child do a piece of work; a fault of the database is told past it, and without its database the watch ends."""
        answer = await self.ask(do, more)
        if answer.died:
            what = " ".join((do, str(more.get("source", "")))).strip()
            log.error("%s: %s", what, answer.died)
            told = await self.ask("failed", {"what": what, "how": answer.died})
        else:
            told = answer
        if told.fault:
            await self._outages.happened(told.fault)
        if told.lost:
            self.ended.set()
        return answer

    async def _send(self, subject: str, text: str) -> bool:
        return (await self.ask("outage", {"subject": subject, "text": text})).told

    def _tell(self, event: JobEvent) -> None:
        if event.job_id != MAIL:  # mail waits while a round concludes, which hands it over itself
            log.warning("%s was still running when it was due again", event.job_id)


async def _told(work: Callable[..., Awaitable[None]], *arguments: Task) -> None:
    """What the daemon itself fails with is told in the log, and ends nothing else."""
    try:
        await work(*arguments)
    except Exception:
        log.exception("%s failed", work.__name__)
