"""One piece of a watch's work, as a child of the daemon does it: crawls and what follows them, and mail that is due.

What it fails with is an issue, or a fault of the database, which the answer names: the daemon has it told past the database.
"""

import logging
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from monitor.config import OFSTED, Config
from monitor.database import connect, heal_issue, note_issue
from monitor.errors import Stopped
from monitor.locks import Locked
from monitor.orders import Answer
from monitor.rounds.crawls import Clock, Crawled, crawl
from monitor.rounds.ping import ping
from monitor.rounds.round import Concluded, conclude, tell
from monitor.rounds.schedule import next_crawl
from monitor.rounds.stopping import Stop, in_thread
from monitor.rounds.sweeps import SWEEP, note_sweep, sweep_is_due
from scraper.database import DATABASE_FILE, DatabaseFault, NoDatabase, explained, identity, is_fault

log = logging.getLogger(__name__)
NOBODY: tuple[str, ...] = ()
LOST = (
    "{data}: the database that the watch was started with is {what}: it was moved, deleted or replaced, or its disk is not there any more. The watch"
    " ends, for to begin anew would take everything new for known. Put the folder back and start the watch again"
)


class Lost(NoDatabase):
    """The database that was watched with is not there any more."""


@dataclass(frozen=True, slots=True)
class Work:
    """The pieces of work of one config. `identity`: the name of the database that the watch was started with; None: any."""

    config: Config
    clock: Clock
    stop: Stop
    identity: str | None = None

    async def do(self, what: str, work: Callable[[], Awaitable[tuple[str, ...]]]) -> Answer:
        """Do a piece of work and say how it ended; it is an issue until the same piece goes right again."""
        try:
            await in_thread(self._same_database)
            warned = await work()
            await in_thread(self._went_right, what)
        except Stopped as error:
            log.info("%s", error)
        except Exception as error:
            if not fault_of(error, self.config):
                log.exception("%s failed", what)
            return await in_thread(self.failed, what, error)
        else:
            return Answer(warned=warned)
        return Answer()

    async def round(self, source: str, only: Sequence[str] = ()) -> tuple[str, ...]:
        """Crawl one source and conclude; returns the URNs whose page should be looked at at once. `only`: the pages of these."""
        crawled = await self._crawl(source, only)
        concluded = await self._conclude()
        if crawled:
            await in_thread(ping, self.config, [crawled], concluded)
        return NOBODY if source == OFSTED else concluded.warned

    async def sweep(self) -> tuple[str, ...]:
        """Ask Ofsted's search, where that is due, and look at what it names; where it is of no use, at all pages more often."""
        if not await in_thread(sweep_is_due, self.config, self.clock()):
            return NOBODY
        if swept := await self._crawl(OFSTED, sweep=True):
            await in_thread(note_sweep, self.config, swept, self.clock())
            await in_thread(ping, self.config, [swept], await self._conclude())
        if await in_thread(next_crawl, self.config, OFSTED, self.clock()) <= self.clock():
            await self.round(OFSTED)
        return NOBODY

    async def mail(self, *, looking: bool) -> tuple[str, ...]:
        """Hand over what is due; `looking`: look at ourselves before."""
        await in_thread(tell, self.config, self.clock, self.stop, looking)
        return NOBODY

    async def _crawl(self, source: str, only: Sequence[str] = (), *, sweep: bool = False) -> Crawled | None:
        """A crawl that fails is told, and no reason to conclude nothing from the others; None where it did not come to an end."""
        begun = crawl(self.config, source, self.clock, only=self.config.resolve(tuple(only)), sweep=sweep)
        try:
            crawled = await self.stop.ends(begun)
        except Locked as error:
            log.info("%s; this round is left to it", error)
        except (Stopped, DatabaseFault):
            raise
        except Exception as error:
            log.log(
                logging.ERROR, "the crawl of %s failed: %r", source, error, exc_info=not fault_of(error, self.config)
            )
            await in_thread(self.failed, f"crawl {source}", error)
        else:
            log.log(
                crawled.level, "%s of %s: %s: %s", SWEEP if sweep else "crawl", source, crawled.verdict, crawled.message
            )
            await in_thread(self._went_right, f"crawl {source}")
            return crawled
        return None

    async def _conclude(self) -> Concluded:
        return await in_thread(conclude, self.config, self.clock, self.stop)

    def _same_database(self) -> None:
        if self.identity is None:
            return
        try:
            found = identity(self.config.data)
        except NoDatabase:
            found = None
        if found != self.identity:
            raise Lost(LOST.format(data=self.config.data, what="gone" if found is None else "another one"))

    def failed(self, what: str, error: Exception | str) -> Answer:
        """Note what went wrong as an issue; where the database itself is what is wrong, or does not take it, the answer names the fault."""
        gone = isinstance(error, (NoDatabase, FileNotFoundError)) and not (self.config.data / DATABASE_FILE).exists()
        if gone and not isinstance(error, Lost):  # whoever came upon it first
            error = Lost(LOST.format(data=self.config.data, what="gone"))
        if isinstance(error, Exception) and (fault := fault_of(error, self.config)):
            return Answer(fault=str(fault), lost=isinstance(fault, NoDatabase))
        said = error if isinstance(error, str) else repr(error)
        try:
            with closing(connect(self.config.data)) as db:
                note_issue(db, "daemon", "error", f"{what} failed: {said}", self.clock(), key=_key(what))
        except (DatabaseFault, sqlite3.Error) as fault:  # nobody awaits what this fails with
            known = fault_of(fault, self.config)
            return Answer(fault=str(known or f"{what} failed, and that could not be stored: {fault}"))
        return Answer(failed=said)

    def _went_right(self, what: str) -> None:
        with closing(connect(self.config.data)) as db:
            heal_issue(db, _key(what), self.clock())


def _key(what: str) -> str:
    return f"step:daemon:{what}"


def fault_of(error: BaseException, config: Config) -> DatabaseFault | None:
    """The fault of the database that an exception tells of, if it does."""
    if isinstance(error, DatabaseFault):
        return error
    if isinstance(error, sqlite3.Error) and is_fault(error):
        return explained(error, config.data)
    return None
