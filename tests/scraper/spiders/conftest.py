"""A site to crawl, and a way to run the crawl's child on it as the daemon does."""

import importlib
import json
import os
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.context import ForkProcess as Process
from pathlib import Path
from typing import Any

import pytest

from scraper.__main__ import main
from scraper.articles import check_rule_files
from scraper.database import begin
from scraper.workers import worker
from tests.data_folders import new_scraped
from tests.scraper.spiders.forked import FORK, ForkedWorker
from tests.scraper.spiders.site import Site

PRELOADED = (  # what Scrapy imports when a crawl begins; done once here, for the forks to share
    "scraper.fetching.addresses",
    "scraper.fetching.downloading",
    "scraper.pages.feed",
    "scraper.pages.ofsted",
    "scraper.pages.reading",
    "scrapy.core.downloader.contextfactory",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.scheduler",
    "scrapy.downloadermiddlewares.defaultheaders",
    "scrapy.downloadermiddlewares.downloadtimeout",
    "scrapy.downloadermiddlewares.httpauth",
    "scrapy.downloadermiddlewares.httpcache",
    "scrapy.downloadermiddlewares.httpcompression",
    "scrapy.downloadermiddlewares.httpproxy",
    "scrapy.downloadermiddlewares.offsite",
    "scrapy.downloadermiddlewares.redirect",
    "scrapy.downloadermiddlewares.retry",
    "scrapy.downloadermiddlewares.robotstxt",
    "scrapy.downloadermiddlewares.stats",
    "scrapy.downloadermiddlewares.useragent",
    "scrapy.dupefilters",
    "scrapy.extensions.corestats",
    "scrapy.logformatter",
    "scrapy.pqueues",
    "scrapy.spidermiddlewares.depth",
    "scrapy.spidermiddlewares.httperror",
    "scrapy.spidermiddlewares.metacopy",
    "scrapy.spidermiddlewares.referer",
    "scrapy.spidermiddlewares.start",
    "scrapy.spidermiddlewares.urllength",
    "scrapy.squeues",
    "scrapy.statscollectors",
    "twisted.internet.asyncioreactor",
)


def _crawl(job: str, said: Path) -> None:
    """The child: standard streams as in a process of its own, then what `python -m scraper` does."""
    for stream, path, mode in ((1, said, os.O_TRUNC), (2, said.with_suffix(".log"), os.O_APPEND)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | mode), stream)
    reader, writer = os.pipe()
    os.write(writer, job.encode())
    os.close(writer)
    worker.start = ForkedWorker  # type: ignore[assignment]
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(reader),
        os.fdopen(1, "w"),
        os.fdopen(2, "w", errors="backslashreplace"),
    )
    status = main()
    said.with_suffix(".peak").write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
    sys.exit(status)


@dataclass
class Child:
    """Runs crawls into one data folder."""

    data: Path
    site: Site

    def job(self, *urns: str, **changes: Any) -> dict[str, Any]:
        """A job with its row in the crawls table."""
        source = changes.get("source", "ofsted")
        with self.query() as db:
            row = db.execute("INSERT INTO crawls (source, started) VALUES (?, '2026-01-01T00:00:00+00:00')", [source])
            db.commit()
        base = {"crawl_id": row.lastrowid, "source": source, "spider": "ofsted", "data": str(self.data)}
        asked = [{"urn": urn, "name": f"Authority {urn}"} for urn in urns]
        polite = {"contact": "tests@example.org", "delay": 0, "download_timeout": 3}
        return base | {"url": self.site.url, "authorities": asked} | polite | changes

    def __post_init__(self) -> None:
        for name in PRELOADED:
            importlib.import_module(name)
        check_rule_files()

    def start(self, job: dict[str, Any]) -> Process:
        """Begin a crawl in a fork of this process: the same as `python -m scraper`, without a second of imports."""
        process = FORK.Process(target=_crawl, args=(json.dumps(job), self.said))
        process.start()
        return process

    def run(self, *urns: str, **changes: Any) -> dict[str, Any]:
        """One crawl; what it printed."""
        process = self.start(self.job(*urns, **changes))
        process.join(40)
        assert process.exitcode == 0, self.said.with_suffix(".log").read_text()
        return self.outcome()

    @property
    def said(self) -> Path:
        """Where a crawl's standard output goes; its log goes beside it."""
        return self.data.with_suffix(".out")

    @property
    def peak(self) -> float:
        """The most memory that the last crawl had, in MiB; its own, for other tests' children may have had more."""
        return int(self.said.with_suffix(".peak").read_text()) / 1024

    def outcome(self) -> dict[str, Any]:
        """The last line that the last crawl printed."""
        outcome: dict[str, Any] = json.loads(self.said.read_text().splitlines()[-1])
        return outcome

    def query(self) -> Any:
        """The database, as a plain connection."""
        if not self.data.exists():
            new_scraped(self.data)
        return Closing(begin(self.data).conn)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.query() as db:
            found: list[tuple[Any, ...]] = db.execute(sql).fetchall()
        return found


class Closing:
    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def __enter__(self) -> Any:
        return self.connection

    def __exit__(self, *error: object) -> None:
        self.connection.close()


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def child(tmp_path: Path, site: Site) -> Child:
    return Child(tmp_path / "data", site)
