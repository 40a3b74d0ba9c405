"""`ofsted-watch run`: the daemon in the foreground, until SIGTERM or SIGINT."""

import asyncio
import logging
import signal
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from monitor.config import Config
from monitor.daemon.locks import locked
from monitor.daemon.outages import Outages
from monitor.daemon.reloading import reloaded
from monitor.daemon.scheduler import Watch
from monitor.daemon.starting import ConfigFile, looks_unmounted, start
from monitor.daemon.stopping import in_thread
from monitor.daemon.systemd import notify, watchdog_seconds
from monitor.database import checkpoint
from monitor.errors import UserError
from scraper.database import DatabaseFault, NoDatabase, database_faults, identity, own_folder

log = logging.getLogger(__name__)

DAEMON = "daemon"
TRY_AGAIN = 60.0  # seconds


def utc_now() -> datetime:
    """The clock of the daemon and the commands: now, in UTC and aware of it."""
    return datetime.now(UTC)


class Ended(UserError):
    """The daemon ended by itself, as it lost its database."""

    exit_code = 3


def run_daemon(config: Config, file: ConfigFile | None = None) -> None:
    """Watch until told to stop. Raises `Locked` where another daemon runs on the same data folder, `Ended` where the database goes away."""
    with database_faults(config.data):
        doubtful = looks_unmounted(config.data)  # before we make anything in it
    own_folder(config.data)
    with locked(config.data, DAEMON):
        asyncio.run(_run(config, partial(start, config, utc_now, file, doubtful=doubtful), file.path if file else None))


async def _run(config: Config, begin: Callable[[], str], path: Path | None) -> None:
    stop, reread = asyncio.Event(), asyncio.Event()
    for number, event in ((signal.SIGTERM, stop), (signal.SIGINT, stop), (signal.SIGHUP, reread)):
        asyncio.get_running_loop().add_signal_handler(number, event.set)
    notify("READY=1")  # it is: what is wrong with the database is told, and a restart would not mend it
    alive = asyncio.create_task(_say_alive(config))
    try:
        if name := await _started(config, begin, stop):
            now: Config | None = config
            while now:
                now = await _watch(now, name, stop, reread, path)
    finally:
        notify("STOPPING=1")
        alive.cancel()
    log.info("stopped")


async def _watch(
    config: Config, name: str, stop: asyncio.Event, reread: asyncio.Event, path: Path | None
) -> Config | None:
    """Watch until asked to stop, or until the config is read anew and is another: that one. Raises `Ended` where the database is gone."""
    watch = Watch(config, utc_now, name)
    watch.start()
    log.info(
        "watching %d authorities, %d news sources, data in %s",
        len(config.watched),
        len(config.sources.news),
        config.data,
    )
    new = await _until(config, (stop, watch.ended), reread, path)
    if new is None:
        notify("STOPPING=1")
    log.info("%s: crawls in hand are stopped in order", "stopping" if new is None else "the config is read anew")
    await watch.stop()
    if watch.ended.is_set():
        raise Ended("the watch has ended, as its database is not there any more; the log says more")
    if new is None:
        with suppress(DatabaseFault, sqlite3.Error):  # told already, or of no weight: the next start does it
            await in_thread(checkpoint, config.data)
    return new


async def _until(
    config: Config, ends: Sequence[asyncio.Event], reread: asyncio.Event, path: Path | None
) -> Config | None:
    """Wait for the end, or for a config read anew that is good and another: that one."""
    waits = [asyncio.ensure_future(event.wait()) for event in (*ends, reread)]
    try:
        while True:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            if any(event.is_set() for event in ends):
                return None
            reread.clear()
            waits[-1] = asyncio.ensure_future(reread.wait())
            new = await in_thread(reloaded, config, path, utc_now) if path else None
            if new and new != config:
                return new
    finally:
        for task in waits:
            task.cancel()


async def _started(config: Config, begin: Callable[[], str], stop: asyncio.Event) -> str | None:
    """The identity of the database, as soon as it can be used: one that is locked, full or damaged is told of, and tried again."""
    outages = Outages(config, utc_now)
    while not stop.is_set():
        try:
            name = await in_thread(begin)
        except NoDatabase as fault:
            await in_thread(outages.happened, fault)
            raise
        except DatabaseFault as fault:
            await in_thread(outages.happened, fault)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), TRY_AGAIN)
        else:
            await in_thread(outages.over)
            return name
    return None


async def _say_alive(config: Config) -> None:
    """Tick systemd's watchdog while the loop runs and the database answers something: a fault is told, a hang is not, and needs a restart."""
    every = watchdog_seconds()
    while every:
        try:
            await in_thread(identity, config.data)
        except (DatabaseFault, sqlite3.Error, OSError) as error:
            log.warning("the database does not answer: %s", error)
        notify("WATCHDOG=1")
        await asyncio.sleep(every)
