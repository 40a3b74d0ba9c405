"""A round: crawl, read, compare, link, raise alerts, deliver. Each step looks at what is stored and can be run again.

What follows a crawl is plain blocking work on its own database connection: the daemon runs it in a thread. A step that fails is an issue, and
the steps after it run: what is new is told whatever else is broken.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TypeVar

from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts
from monitor.comparing import compare_pending, read_again
from monitor.config import OFSTED, Config
from monitor.database import connect, isolated, prune_daily
from monitor.errors import Stopped
from monitor.locks import CONCLUDE, Locked, locked
from monitor.mail import Delivered, deliver
from monitor.news import early_warnings, link_articles
from monitor.reading import add_linked, file_reports, join_added, read_pending
from monitor.rounds.crawls import Clock, Crawled, crawl, host_of
from monitor.rounds.look import look
from monitor.rounds.starting import ConfigFile, start
from monitor.rounds.stopping import Stop, in_thread
from scraper.reference import Authority

log = logging.getLogger(__name__)
T = TypeVar("T")
NOT_DELIVERED = Delivered()
NO_ALERTS: tuple[int, ...] = ()
NOBODY: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concluded:
    """What followed a crawl: reports read, new alerts, mails, authorities whose page should be crawled at once; `left` by a stop: these steps."""

    read: int = 0
    alerts: tuple[int, ...] = ()
    delivered: Delivered = NOT_DELIVERED
    warned: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """A source that was not crawled to its end this time, and why; nobody's fault."""

    source: str
    message: str


def conclude(config: Config, clock: Clock, stop: Stop | None = None) -> Concluded:
    """Everything after the crawl. Another process at the same work is waited for, and then finds nothing left to do.

    `stop`: looked at between files, reports and mails; raises `Stopped` where it is set while another process is waited for.
    """
    stop = stop or Stop()
    with locked(config.data, CONCLUDE, wait=True, stop=stop), closing(connect(config.data)) as db:
        steps = Steps(db, clock, stop)
        read = steps.do("read", lambda: read_pending(config.data, clock, stop), 0)
        steps.do("documents", lambda: add_linked(db, config, clock, stop), 0)
        steps.do("file", lambda: file_reports(db, clock()), None)
        steps.do("join", lambda: join_added(db), None)
        steps.do("compare", lambda: compare_pending(db, clock, stop), None)
        reader = config.compare.second_reader
        steps.do("second reader", lambda: read_again(db, reader, clock, stop), 0)
        steps.do("link", lambda: link_articles(db, clock(), stop), None)
        watched = {authority.urn for authority in config.watched}
        warned = steps.do("warn", lambda: tuple(urn for urn in early_warnings(db) if urn in watched), NOBODY)
        steps.do("look", lambda: look(db, config, clock()), None)
        alerts = steps.do("alert", lambda: tuple(raise_alerts(db, clock())), NO_ALERTS)
        delivered = steps.do("deliver", lambda: address_and_deliver(db, config, clock, stop), NOT_DELIVERED)
        steps.do(
            "prune", lambda: prune_daily(db, clock(), stop, (reader.host, reader.model) if reader else None), False
        )
        return Concluded(read, alerts, delivered, warned, tuple(steps.failed), tuple(steps.left))


def tell(config: Config, clock: Clock, stop: Stop, looking: bool = False) -> Delivered:
    """Hand over what is due; `looking`: look at ourselves before, and raise what comes of it."""
    with locked(config.data, CONCLUDE, wait=True, stop=stop), closing(connect(config.data)) as db:
        steps = Steps(db, clock, stop)
        if looking:
            steps.do("look", lambda: look(db, config, clock()), None)
            steps.do("alert", lambda: tuple(raise_alerts(db, clock())), NO_ALERTS)
        return steps.do("deliver", lambda: address_and_deliver(db, config, clock, stop), NOT_DELIVERED)


def address_and_deliver(db: Database, config: Config, clock: Clock, stop: Stop) -> Delivered:
    """Decide who is told of what is new, and hand over what is due."""
    with isolated(db, "deliver", "the alerts to be addressed", clock()):
        make_deliveries(db, config, clock())
    return deliver(db, config, clock, stop=stop)


@dataclass
class Steps:
    """Does one step after the other, whatever becomes of each; `failed` and `left` name those that did not come to their end."""

    db: Database
    clock: Clock
    stop: Stop
    failed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def do(self, name: str, work: Callable[[], T], otherwise: T) -> T:
        """The outcome of a step, or `otherwise` where it fails, which is an issue then, or is stopped."""
        if self.stop.is_set():
            self.left.append(name)
            return otherwise
        outcome: list[T] = []
        try:
            with isolated(self.db, name, "the whole step", self.clock(), passing=(Stopped,)):
                outcome.append(work())
        except Stopped:
            self.left.append(name)
            return otherwise
        if not outcome:
            self.failed.append(name)
            return otherwise
        return outcome[0]


async def crawl_all(
    config: Config, clock: Clock, names: Sequence[str], stop: Stop, *, full: bool = False
) -> list[Crawled | Left]:
    """Crawl several sources at once; those on one host take turns, as `Hosts` holds. What happens to one is nothing to the others."""
    hosts = Hosts()
    return list(await asyncio.gather(*(_crawled(hosts, config, name, clock, stop, full=full) for name in names)))


async def _crawled(
    hosts: "Hosts",
    config: Config,
    source: str,
    clock: Clock,
    stop: Stop,
    *,
    only: Sequence[Authority] = (),
    full: bool = False,
) -> Crawled | Left:
    try:
        return await stop.ends(hosts.crawl(config, source, clock, only=only, full=full))
    except (Locked, Stopped) as error:
        return Left(source, str(error))


class Hosts:
    """Lets one crawl at a time speak to a host, whatever the number of sources on it."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}

    async def crawl(
        self,
        config: Config,
        source: str,
        clock: Clock,
        *,
        only: Sequence[Authority] = (),
        full: bool = False,
    ) -> Crawled:
        """Run one crawl as soon as nothing else speaks to the source's host; raises `Locked` where another process crawls the source."""
        lock = self._locks.setdefault(host_of(config, source), asyncio.Lock())
        async with lock:
            crawled = await crawl(config, source, clock, only=only, full=full)
        log.log(crawled.level, "crawl of %s: %s: %s", source, crawled.verdict, crawled.message)
        return crawled


@dataclass(frozen=True, slots=True)
class Round:
    """One round of `ofsted-watch crawl`: how each crawl ended, and what came of it."""

    crawled: tuple[Crawled | Left, ...]
    concluded: Concluded


async def crawl_and_conclude(
    config: Config,
    clock: Clock,
    names: Sequence[str],
    stop: Stop | None = None,
    *,
    file: ConfigFile | None = None,
    full: bool = False,
) -> Round:
    """Crawl these sources and conclude; where a story tells of a report that is not here yet, its authority is crawled too."""
    stop = stop or Stop()
    await in_thread(start, config, clock, file)
    crawled = await crawl_all(config, clock, names, stop, full=full)
    concluded = await in_thread(conclude, config, clock, stop)
    if concluded.warned and not stop.is_set():
        only = config.resolve(concluded.warned)
        crawled.append(await _crawled(Hosts(), config, OFSTED, clock, stop, only=only))
        concluded = joined(concluded, await in_thread(conclude, config, clock, stop))
    return Round(tuple(crawled), concluded)


def joined(first: Concluded, second: Concluded) -> Concluded:
    """Two conclusions told as one."""
    delivered = Delivered(
        first.delivered.sent + second.delivered.sent,
        first.delivered.failed + second.delivered.failed,
        second.delivered.pending,
    )
    return Concluded(
        first.read + second.read,
        first.alerts + second.alerts,
        delivered,
        second.warned,
        first.failed + second.failed,
        second.left,
    )
