"""`ofsted-watch run`: the daemon in the foreground, until SIGTERM or SIGINT."""

import asyncio
import logging
import signal
from datetime import UTC, datetime

from monitor.config import Config
from monitor.daemon.locks import locked
from monitor.daemon.scheduler import Watch
from monitor.daemon.systemd import notify, watchdog_seconds
from monitor.database import connect

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The clock of the daemon and the commands: now, in UTC and aware of it."""
    return datetime.now(UTC)


def run_daemon(config: Config) -> None:
    """Watch until told to stop. Raises `Locked` where another daemon runs on the same data folder."""
    with locked(config.data, "daemon"):
        asyncio.run(_run(config))


async def _run(config: Config) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    watch = Watch(config, utc_now)
    watch.start()
    alive = asyncio.create_task(_say_alive(config))
    notify("READY=1")
    log.info(
        "watching %d authorities, %d news sources, data in %s",
        len(config.watched),
        len(config.sources.news),
        config.data,
    )
    await stop.wait()
    notify("STOPPING=1")
    log.info("stopping: crawls in hand are stopped in order")
    await watch.stop()
    alive.cancel()
    log.info("stopped")


async def _say_alive(config: Config) -> None:
    """Tick systemd's watchdog, and only after the database has answered."""
    every = watchdog_seconds()
    while every:
        connect(config.data).close()  # to open it is to ask it which tables it has
        notify("WATCHDOG=1")
        await asyncio.sleep(every)
