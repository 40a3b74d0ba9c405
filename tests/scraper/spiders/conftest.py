"""A site to crawl, and a way to run the crawl's child on it as the daemon does."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.context import ForkProcess as Process
from pathlib import Path
from typing import Any

import pytest

from scraper.database import begin
from tests.data_folders import new_scraped
from tests.forked import FORK, crawl, preload
from tests.scraper.spiders.site import Site


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
        preload()

    def start(self, job: dict[str, Any]) -> Process:
        """Begin a crawl in a fork of this process: the same as `python -m scraper`, without a second of imports."""
        process = FORK.Process(target=crawl, args=(json.dumps(job), self.said))
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
        """By how much the memory of the last crawl grew at most, in MiB; what a fork has of the tests' own is left out."""
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
