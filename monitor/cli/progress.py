"""Progress bars on a terminal; nothing where stderr is none."""

import asyncio
import signal
import sqlite3
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from monitor.config import Config
from monitor.database import connect_to_read, stamp, value
from monitor.rounds import Stop
from scraper.database import DatabaseFault

T = TypeVar("T")
A_FEW = 3
LOOK_EVERY = 0.3  # seconds


def reading(outcomes: Iterator[T], length: int) -> Iterator[T]:
    """Pass on what is read, with a bar and an estimate on stderr when there are more than a few files."""
    if length <= A_FEW or not sys.stderr.isatty():
        yield from outcomes
        return
    with click.progressbar(length=length, label="reading", file=sys.stderr, show_pos=True) as bar:
        for outcome in outcomes:
            bar.update(1)
            yield outcome


async def crawling(config: Config, work: Callable[[Stop], Coroutine[Any, Any, T]]) -> tuple[T, int]:
    """Await a round, with the signal that stopped it in order, or 0; on a terminal show how many of the pages have been crawled."""
    stop, stopped = Stop(), []

    def asked(number: int) -> None:
        stopped.append(number)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked, number)
    task = asyncio.ensure_future(work(stop))
    if sys.stderr.isatty():
        await _show(config, task)
    return await task, stopped[0] if stopped else 0


async def _show(config: Config, task: "asyncio.Future[T]") -> None:
    pages = len(config.watched) + len(config.sources.news)
    begun = stamp(datetime.now(UTC))
    with click.progressbar(length=pages, label="crawling", file=sys.stderr) as bar:
        while not task.done():
            await asyncio.wait({task}, timeout=LOOK_EVERY)
            bar.update(max(0, _crawled(config, begun) - bar.pos))


def _crawled(config: Config, begun: str) -> int:
    """How many pages; none where the database is still to be made, or cannot be asked just now: the round says why, if it does not mend."""
    with suppress(DatabaseFault, sqlite3.Error), closing(connect_to_read(config.data)) as db:
        return int(value(db, "SELECT count(*) FROM page_checks WHERE checked >= ?", [begun]))
    return 0
