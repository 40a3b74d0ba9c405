"""`ofsted-watch add`: a report that Ofsted does not list, from a file or an address."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from monitor.cli import terminal
from monitor.config import OFSTED, Config
from monitor.database import begin, connect
from monitor.facts import report_facts
from monitor.locks import CONCLUDE, locked
from monitor.reading import Added, NotAdded, add_report, whose
from monitor.rounds import Clock, crawl, crawl_and_conclude
from scraper.errors import ScraperError
from scraper.items import GOOD
from scraper.reference import Authority
from scraper.reports import read_files

WEB = ("http://", "https://")


def add(config: Config, document: str, named: Authority | None, clock: Clock) -> Iterator[str]:
    """Read a document, keep it as a report of its authority, and do what follows a crawl: the lines to print. Raises `NotAdded`."""
    with tempfile.TemporaryDirectory(prefix="ofsted-watch-add-") as folder:
        of_web = document.startswith(WEB)
        path = _fetched(config, document, Path(folder), clock) if of_web else Path(document)
        try:
            added, authority = _added(config, path, document if of_web else f"file:{path.name}", named, clock)
        except NotAdded as reason:
            raise NotAdded(f"{document}: {reason}") from None
    if not added.new:
        yield f"{document}: is report {added.report_id} of {authority.name}, which is there already; nothing is changed"
        return
    yield f"{document}: added as report {added.report_id} of {authority.name}"
    outcome = asyncio.run(crawl_and_conclude(config, clock, ()))
    with closing(connect(config.data)) as db:
        yield from terminal.facts_lines(report_facts(db, added.report_id))
    yield from terminal.round_lines(config, outcome)


def _added(config: Config, path: Path, origin: str, named: Authority | None, clock: Clock) -> tuple[Added, Authority]:
    ((_, reading),) = read_files([path])
    if isinstance(reading, ScraperError):
        raise NotAdded(str(reading).removeprefix(f"{path}: "))
    authority = whose(reading, named, config.known)
    if authority.urn not in {one.urn for one in config.watched}:
        raise NotAdded(f"it is about {authority.name}, which is not watched: add it to `watch` in config.yaml")
    with locked(config.data, CONCLUDE, wait=True), closing(connect(config.data)) as db:
        return add_report(db, config.data, path.read_bytes(), origin, reading, authority.urn, clock()), authority


def _fetched(config: Config, url: str, folder: Path, clock: Clock) -> Path:
    """The document at an address, fetched by the rules of a crawl into a folder that is thrown away."""
    aside = config.model_copy(update={"data": folder})
    begin(folder).close()
    crawled = asyncio.run(crawl(aside, OFSTED, clock, document=url))
    if crawled.verdict not in GOOD:
        raise NotAdded(f"{url}: {crawled.verdict}: {crawled.message}")
    (path,) = folder.glob("reports/*/*.pdf")
    return path
