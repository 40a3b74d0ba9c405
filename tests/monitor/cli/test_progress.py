"""A round in the foreground, and how it is stopped."""

import asyncio
import os
import signal
import sys
from contextlib import closing
from pathlib import Path

import pytest

from monitor.cli import progress
from monitor.cli.progress import crawling
from monitor.database import begin, stamp
from monitor.errors import Stopped
from monitor.rounds import Stop
from scraper.clock import utc_now
from tests.monitor import mail_rows as given


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_a_round_in_order(number: signal.Signals) -> None:
    tidied: list[str] = []

    async def crawl() -> None:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            tidied.append("the crawl")
            raise

    async def work(stop: Stop) -> str:
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), number)
        with pytest.raises(Stopped):
            await stop.ends(crawl())
        return "what was stored is told"

    assert asyncio.run(crawling(given.config(), work)) == ("what was stored is told", number)
    assert tidied == ["the crawl"]


def test_a_round_that_nobody_stops_says_so() -> None:
    async def work(stop: Stop) -> str:
        return await stop.ends(asyncio.sleep(0, "done"))

    assert asyncio.run(crawling(given.config(), work)) == ("done", 0)


def test_the_first_round_on_a_terminal_has_no_database_to_count_in_at_its_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(progress, "LOOK_EVERY", 0.01)
    config = given.config(data=tmp_path / "data")

    async def work(_stop: Stop) -> str:
        await asyncio.sleep(0.1)
        begin(config.data).close()
        await asyncio.sleep(0.1)
        return "done"

    assert asyncio.run(crawling(config, work)) == ("done", 0)


def test_a_terminal_is_shown_how_many_pages_have_been_crawled(tmp_path: Path) -> None:
    config, begun = given.config(data=tmp_path / "data"), stamp(utc_now())
    with closing(begin(config.data)) as db:
        given.insert(db, "crawls", id=1, source="ofsted", started=begun)
        given.insert(db, "page_checks", crawl_id=1, url="http://a.example", verdict="ok", checked=begun)
    assert progress._crawled(config, begun) == 1
