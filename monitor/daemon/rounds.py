"""A round: crawl, read, compare, link, raise alerts, deliver. Each step looks at what is stored and can be run again.

What follows a crawl is plain blocking work on its own database connection: the daemon runs it in a thread.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts
from monitor.comparing import compare_report, to_compare
from monitor.config import Config
from monitor.daemon.crawls import OFSTED, Clock, Crawled, crawl, host_of
from monitor.daemon.locks import Locked, locked
from monitor.database import connect, note_issue
from monitor.mail import Delivered, deliver
from monitor.news import early_warnings, link_articles
from monitor.reading import file_reports, read_pending
from scraper.reference import Authority

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Concluded:
    """What followed a crawl: reports read, new alerts, mails, and authorities whose page should be crawled at once."""

    read: int
    alerts: tuple[int, ...]
    delivered: Delivered
    warned: tuple[str, ...]


def conclude(
    config: Config, clock: Clock, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> Concluded:
    """Everything after the crawl. Another process at the same work is waited for, and then finds nothing left to do."""
    with locked(config.data, "conclude", wait=True):
        read = read_pending(config.data, clock, progress)
        with closing(connect(config.data)) as db:
            file_reports(db, clock())
            for report_id in to_compare(db):
                _compare(db, report_id, clock())
            link_articles(db, clock())
            alerts = raise_alerts(db, clock())
            make_deliveries(db, config, clock())
            delivered = deliver(db, config, clock)
            watched = {authority.urn for authority in config.watched}
            warned = tuple(urn for urn in early_warnings(db) if urn in watched)
            return Concluded(read, tuple(alerts), delivered, warned)


def _compare(db: Database, report_id: int, now: datetime) -> None:
    """Compare one report. A fault of ours in one comparison must not hold up the alerts about all the others."""
    try:
        compare_report(db, report_id, now)
    except Exception as error:
        log.exception("report %d could not be compared", report_id)
        note_issue(db, "compare", "error", f"report {report_id} could not be compared: {error!r}", now)


async def crawl_all(config: Config, clock: Clock, names: Sequence[str], *, full: bool = False) -> list[Crawled]:
    """Crawl several sources at once; those on one host take turns, as `Hosts` holds."""
    hosts = Hosts()
    return list(await asyncio.gather(*(hosts.crawl(config, name, clock, full=full) for name in names)))


class Hosts:
    """Lets one crawl at a time speak to a host, whatever the number of sources on it."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}

    async def crawl(
        self, config: Config, source: str, clock: Clock, *, only: Sequence[Authority] = (), full: bool = False
    ) -> Crawled:
        """Run one crawl as soon as nothing else speaks to the source's host; raises `Locked` where another process crawls the source."""
        lock = self._locks.setdefault(host_of(config, source), asyncio.Lock())
        async with lock:
            crawled = await crawl(config, source, clock, only=only, full=full)
        log.info("crawl of %s: %s: %s", source, crawled.verdict, crawled.message)
        return crawled


@dataclass(frozen=True, slots=True)
class Round:
    """One round of `ofsted-watch crawl`: how each crawl ended, and what came of it."""

    crawled: tuple[Crawled, ...]
    concluded: Concluded


async def crawl_and_conclude(config: Config, clock: Clock, names: Sequence[str], *, full: bool = False) -> Round:
    """Crawl these sources and conclude; where a story tells of a report that is not here yet, its authority is crawled too."""
    crawled = await crawl_all(config, clock, names, full=full)
    concluded = await asyncio.to_thread(conclude, config, clock)
    if concluded.warned:
        with suppress(Locked):  # another is at the site; the warning stands until the page has been looked at
            crawled.append(await crawl(config, OFSTED, clock, only=config.resolve(concluded.warned)))
        after = await asyncio.to_thread(conclude, config, clock)
        concluded = joined(concluded, after)
    return Round(tuple(crawled), concluded)


def joined(first: Concluded, second: Concluded) -> Concluded:
    """Two conclusions told as one."""
    delivered = Delivered(
        first.delivered.sent + second.delivered.sent,
        first.delivered.failed + second.delivered.failed,
        second.delivered.pending,
    )
    return Concluded(first.read + second.read, first.alerts + second.alerts, delivered, second.warned)
