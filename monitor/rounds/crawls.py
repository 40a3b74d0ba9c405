"""One crawl of one source as a child process: what it is told, its limits, how it is stopped, what is recorded of it.

The child decides its verdict and writes it with its findings. Here only what a child cannot say of itself is added:
that it crashed, or took longer than it may. Who asked for a stop is recorded in `crawls.stopped`: a stop that we wished for
says nothing about the source, one because of an overrun does.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from monitor.children import Said, ask
from monitor.config import OFSTED, Config, NewsSource
from monitor.database import connect, connect_to_read, note_day, remember_authorities, stamp, writing
from monitor.locks import locked
from monitor.rounds.stopping import in_thread
from scraper import children
from scraper.items import GOOD, Verdict
from scraper.reference import Authority

log = logging.getLogger(__name__)

CHILD = tuple(children.command("scraper"))
REQUESTS_AN_AUTHORITY = 10  # its page and the PDFs of a first crawl
SHORTEST_LIMIT = 600.0
STOP_GRACE = 20.0  # what an orderly stop may take: the requests in flight and one transaction
OVER_LIMIT = 30.0  # the child stops itself at its limit; this much later it is stopped from here

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Crawled:
    """How one crawl ended; `message` is for people."""

    crawl_id: int
    source: str
    verdict: Verdict
    message: str

    @property
    def level(self) -> int:
        """How loudly the log tells it: what is not well is a warning."""
        return logging.INFO if self.verdict in GOOD else logging.WARNING


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended, as seen from here. `stopped`: because we asked it to; `over`: we did, as it took too long."""

    verdict: Verdict
    message: str
    stopped: bool = False
    over: bool = False


STOPPED = Ending(Verdict.CRASHED, "stopped before it was complete", stopped=True)


def host_of(config: Config, source: str) -> str:
    """The host that a crawl of the source speaks to first."""
    address = config.sources.ofsted.url
    if source != OFSTED:
        address = next(news.address for news in config.sources.news if news.name == source)
    return urlsplit(address).hostname or address


def job(
    config: Config, source: str, only: Sequence[Authority] = (), *, full: bool = False, sweep: bool = False
) -> dict[str, Any]:
    """What the child is told. `only`: these authorities and not all that are watched; `sweep`: those that the search names."""
    common = {
        "source": source,
        "data": str(config.data),
        "contact": config.contact,
        "full": full,
        "parent": os.getpid(),
    }
    if source == OFSTED:
        ofsted, watched = config.sources.ofsted, only or config.watched
        delay = ofsted.delay.total_seconds()
        return common | {
            "spider": "sweep" if sweep else "ofsted",
            "url": ofsted.url,
            "authorities": [{"urn": authority.urn, "name": authority.name} for authority in watched],
            "watched": [authority.urn for authority in config.watched],
            "delay": delay,
            "recheck": ofsted.recheck,
            "timeout": _limit(len(watched) * REQUESTS_AN_AUTHORITY + ofsted.recheck, delay),
        }
    return common | _news_job(config, next(news for news in config.sources.news if news.name == source))


def _news_job(config: Config, news: NewsSource) -> dict[str, Any]:
    delay = news.delay.total_seconds()
    replaced = {extra.urn: extra.replaces for extra in config.authorities}
    return {
        "spider": "page" if news.page else "news",
        "url": news.address,
        "links": news.links or "",
        "outlet": news.name,
        "covers": [authority.urn for authority in config.resolve(news.covers)],
        "authorities": [_as_known(one, replaced) for one in config.known],
        "delay": delay,
        "timeout": _limit(60, delay),
    }


def _as_known(authority: Authority, replaced: Mapping[str, str | None]) -> dict[str, Any]:
    return {
        "urn": authority.urn,
        "name": authority.name,
        "aliases": authority.aliases,
        "replaces": replaced.get(authority.urn),
    }


def _limit(requests: int, delay: float) -> float:
    """Seconds a crawl may take: twice what its requests need at their delay, and a second for each answer."""
    return max(SHORTEST_LIMIT, requests * (2 * delay + 1))


async def crawl(
    config: Config,
    source: str,
    clock: Clock,
    *,
    only: Sequence[Authority] = (),
    full: bool = False,
    probe: bool = False,
    sweep: bool = False,
    document: str = "",
) -> Crawled:
    """Run one crawl to its end. Cancelling it stops the child in order; raises `Locked` where another crawls the source.

    `probe`: look at the source's own page or feed only, and fetch nothing that it links; `sweep`: ask Ofsted's search which pages to look at;
    `document`: look at nothing of the source, but fetch the document at this address.
    """
    with locked(config.data, lock_of(source)):
        scope = "probe" if probe else "sweep" if sweep else "some" if only else "all"
        begun = asyncio.ensure_future(asyncio.to_thread(_begin, config, source, clock(), scope))
        try:
            crawl_id = await asyncio.shield(begun)
            told = job(config, source, only, full=full, sweep=sweep) | {"crawl_id": crawl_id, "probe": probe}
            if document:
                told |= {"spider": "document", "url": document}
            outcome = await _followed(told)
        except asyncio.CancelledError:
            await in_thread(_end, config, await begun, clock(), STOPPED)
            raise
        return await in_thread(_end, config, crawl_id, clock(), outcome)


def lock_of(source: str) -> str:
    """The name of the lock that a crawl of the source holds."""
    return f"crawl {source}"


def _begin(config: Config, source: str, now: datetime, scope: str) -> int:
    """Enter the crawl, and give a verdict to one that was cut off with its parent: whoever holds the lock knows that it ended."""
    with closing(connect(config.data)) as db:
        remember_authorities(db, config.known)
        with writing(db):
            db.conn.execute(
                "UPDATE crawls SET finished = ?, verdict = ?, message = ? WHERE source = ? AND verdict IS NULL",
                (stamp(now), Verdict.CRASHED, "was cut off; what it had completed is kept", source),
            )
            row = db.conn.execute(
                "INSERT INTO crawls (source, started, scope) VALUES (?, ?, ?)", (source, stamp(now), scope)
            )
    return int(row.lastrowid or 0)


def _end(config: Config, crawl_id: int, now: datetime, ending: Ending) -> Crawled:
    """Fill in what the child did not record itself, and tell how the crawl ended.

    A child that we stopped because it took too long can only record that it was stopped: why, it does not know.
    """
    with closing(connect(config.data)) as db:
        with writing(db):
            db.conn.execute(
                "UPDATE crawls SET finished = ?, verdict = ?, message = ? || coalesce('; ' || message, ''), stopped = ?"
                " WHERE id = ? AND (verdict IS NULL OR (stopped AND ?))",
                (stamp(now), ending.verdict, ending.message, ending.stopped, crawl_id, ending.over),
            )
        row = next(iter(db.query("SELECT source, started, verdict, message FROM crawls WHERE id = ?", [crawl_id])))
        note_day(db, row["source"], datetime.fromisoformat(row["started"]))
    return Crawled(crawl_id, row["source"], known_verdict(row["verdict"]) or Verdict.CRASHED, row["message"] or "")


async def _followed(told: dict[str, Any]) -> Ending:
    """How the child ended; what fails on our side is the end of this crawl, and nothing to the others."""
    try:
        return await _run(told)
    except Exception as error:
        log.exception("the crawl of %s could not be followed", told["source"])
        return Ending(Verdict.CRASHED, f"its process could not be started or followed: {error!r}")


async def _run(told: dict[str, Any]) -> Ending:
    """Run the child; the ending given here counts only where the child recorded none, or was stopped for an overrun."""
    limit = told["timeout"] + OVER_LIMIT
    try:
        said = await ask(CHILD, told, limit=limit, grace=STOP_GRACE)
    except TimeoutError:
        return Ending(Verdict.TIMED_OUT, f"did not end within {limit:.0f} s and was stopped", over=True)
    return _answer(said) or _wordless(said.status)


def _answer(said: Said) -> Ending | None:
    """What the child said on its last line, if it came to that."""
    try:
        outcome = said.last_line() or {}
        return Ending(Verdict(outcome["verdict"]), outcome["message"])
    except (ValueError, KeyError):
        return None


def _wordless(status: int) -> Ending:
    """How a child ended that said nothing. systemd asks all our processes to stop, those that are just starting too."""
    if status in (-signal.SIGTERM, -signal.SIGINT):
        return STOPPED
    return Ending(Verdict.CRASHED, f"its process ended with status {status} and left no verdict")


def known_verdict(stored: str | None) -> Verdict | None:
    """A stored verdict; one of another version, which this one does not know, counts as none."""
    return Verdict(stored) if stored in set(Verdict) else None


LAST_CRAWL = "SELECT started, verdict FROM crawls WHERE source = ? AND scope = ? ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class LastCrawl:
    """When a source was last crawled, and how that ended (None: it has not)."""

    started: datetime
    verdict: Verdict | None


def never_looked_at(config: Config) -> frozenset[str]:
    """The URNs of the watched authorities whose page no crawl has ever asked for."""
    with closing(connect_to_read(config.data)) as db:
        seen = {row["urn"] for row in db.query("SELECT DISTINCT urn FROM page_checks WHERE urn IS NOT NULL")}
    return frozenset(authority.urn for authority in config.watched) - seen


def last_crawl(config: Config, source: str, scope: str = "all") -> LastCrawl | None:
    """The source's last crawl of all that it has, or its last sweep, however it ended: a look at one authority's page is none."""
    with closing(connect_to_read(config.data)) as db:
        for row in db.query(LAST_CRAWL, [source, scope]):
            return LastCrawl(datetime.fromisoformat(row["started"]), known_verdict(row["verdict"]))
    return None
