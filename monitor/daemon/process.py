"""The daemon in the foreground, until SIGTERM or SIGINT; SIGHUP has the config read anew."""

import asyncio
import logging
import signal
import sqlite3
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from monitor.daemon.asking import asker
from monitor.daemon.becoming import Begin
from monitor.daemon.glance import answers
from monitor.daemon.outages import Outages
from monitor.daemon.scheduler import Watch
from monitor.daemon.systemd import notify, watchdog_seconds
from monitor.errors import UserError
from monitor.locks import DAEMON, locked
from monitor.orders import Plan
from scraper.clock import utc_now

log = logging.getLogger(__name__)
T = TypeVar("T")
TRY_AGAIN = 60.0  # seconds


class Ended(UserError):
    """The daemon ended by itself, as it lost its database."""

    exit_code = 3


class Refused(UserError):
    """The config cannot be used."""


def run_daemon(begin: Begin) -> None:
    """Watch until told to stop. Raises `Locked` where another daemon runs on the same data folder, `Ended` where the database goes away."""
    with locked(begin.data, DAEMON):
        asyncio.run(_run(begin))


async def _run(begin: Begin) -> None:
    stop, reread = asyncio.Event(), asyncio.Event()
    for number, event in ((signal.SIGTERM, stop), (signal.SIGINT, stop), (signal.SIGHUP, reread)):
        asyncio.get_running_loop().add_signal_handler(number, event.set)
    notify("READY=1")  # it is: what is wrong with the database is told, and a restart would not mend it
    alive = asyncio.create_task(_say_alive(begin.data))
    try:
        if started := await _or_stopped(_started(begin), stop):
            plan, identity = started
            now: Plan | None = plan
            while now:
                now = await _watch(begin, now, identity, stop, reread)
    finally:
        notify("STOPPING=1")
        alive.cancel()
    log.info("stopped")


async def _started(begin: Begin) -> tuple[Plan, str]:
    """The plan and the identity of the database, as soon as it can be used: one that is locked, full or damaged is told of, and tried again."""
    ask = asker(begin.config)
    outages = Outages(lambda subject, text: _sent(begin.config, subject, text), utc_now)
    while True:
        answer = await ask("start", {"moved": begin.moved, "doubtful": begin.doubtful})
        if answer.refused:
            raise Refused(answer.refused)
        if answer.plan and answer.identity:
            await outages.over()
            return answer.plan, answer.identity
        fault = answer.fault or f"the watch could not be begun: {answer.died}"
        await outages.happened(fault)
        if answer.lost:
            raise Ended(fault)
        await asyncio.sleep(TRY_AGAIN)


async def _sent(config: Path, subject: str, text: str) -> bool:
    return (await asker(config)("outage", {"subject": subject, "text": text})).told


async def _or_stopped(work: Coroutine[Any, Any, T], stop: asyncio.Event) -> T | None:
    """What the work gives, or None where it was stopped before."""
    task, asked = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    await asyncio.wait({task, asked}, return_when=asyncio.FIRST_COMPLETED)
    asked.cancel()
    if not task.done():
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        return None
    return task.result()


async def _watch(begin: Begin, plan: Plan, identity: str, stop: asyncio.Event, reread: asyncio.Event) -> Plan | None:
    """Watch until asked to stop, or until the config is read anew and is another: its plan. Raises `Ended` where the database is gone."""
    watch = Watch(plan, begin.data, asker(begin.config, plan.text, identity), utc_now)
    watch.start()
    sources = len({task.source for task in plan.tasks})
    log.info("watching %d authorities at %d sources, data in %s", plan.authorities, sources, begin.data)
    new = await _until((stop, watch.ended), reread, watch)
    if new is None:
        notify("STOPPING=1")
    log.info("%s: crawls in hand are stopped in order", "stopping" if new is None else "the config is read anew")
    await watch.stop()
    if watch.ended.is_set():
        raise Ended("the watch has ended, as its database is not there any more; the log says more")
    return new


async def _until(ends: Sequence[asyncio.Event], reread: asyncio.Event, watch: Watch) -> Plan | None:
    """Wait for the end, or for a config read anew that is good and another: its plan."""
    waits = [asyncio.ensure_future(event.wait()) for event in (*ends, reread)]
    try:
        while True:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            if any(event.is_set() for event in ends):
                return None
            reread.clear()
            waits[-1] = asyncio.ensure_future(reread.wait())
            new = (await watch.asked("reload", {})).plan
            if new and new.version != watch.plan.version:
                return new
    finally:
        for task in waits:
            task.cancel()


async def _say_alive(data: Path) -> None:
    """Tick systemd's watchdog while the loop runs and the database answers something: a fault is told, a hang is not, and needs a restart."""
    every = watchdog_seconds()
    while every:
        try:
            await asyncio.to_thread(answers, data)
        except (sqlite3.Error, OSError) as error:
            log.warning("the database does not answer: %s", error)
        notify("WATCHDOG=1")
        await asyncio.sleep(every)
