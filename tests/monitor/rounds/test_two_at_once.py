"""Two programs at work in one data folder, and a stop that comes at a bad moment: the others go on, and everything ends."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.config import Config
from monitor.database import rows
from monitor.errors import Stopped
from monitor.locks import held_since, lock_path, locked
from monitor.rounds import crawls
from monitor.rounds import round as rounds
from monitor.rounds.crawls import Crawled
from monitor.rounds.round import Left
from monitor.rounds.stopping import Stop
from scraper.items import Verdict
from tests.conftest import Clock
from tests.monitor.conftest import SAYS_ITS_JOB, Child

CONFIG = {
    "contact": "a@example.org",
    "watch": ["Brent"],
    "sources": {
        "news": [
            {"name": "BBC News: Bucks", "feed": "http://127.0.0.1:9/a"},
            {"name": "BBC News (Bucks)", "feed": "http://127.0.0.2:9/b"},
        ]
    },
}
NAMES = ("ofsted", "BBC News: Bucks", "BBC News (Bucks)")
SLEEPS = "import json, sys, time; json.load(sys.stdin); time.sleep(60)"


@pytest.fixture
def config(tmp_path: Path, db: Database) -> Config:
    return Config.model_validate(CONFIG | {"data": tmp_path / "data"})


def crawled(config: Config, clock: Clock, stop: Stop | None = None) -> list[Crawled | Left]:
    return asyncio.run(rounds.crawl_all(config, clock, NAMES, stop or Stop()))


@pytest.mark.parametrize("taken", NAMES)
def test_a_source_that_another_process_crawls_is_left_to_it_with_one_line_and_the_others_are_crawled(
    config: Config, child: Child, clock: Clock, taken: str
) -> None:
    child(SAYS_ITS_JOB)
    with locked(config.data, f"crawl {taken}"):
        outcome = crawled(config, clock)
    left = [one for one in outcome if isinstance(one, Left)]
    assert [(one.source, "is at work on crawl" in one.message) for one in left] == [(taken, True)]
    assert {one.source for one in outcome if isinstance(one, Crawled) and one.verdict == Verdict.OK} == set(NAMES) - {
        taken
    }


def test_names_that_differ_in_punctuation_only_do_not_share_a_lock(config: Config, child: Child, clock: Clock) -> None:
    child(SAYS_ITS_JOB)
    assert all(isinstance(one, Crawled) for one in crawled(config, clock))
    assert len({lock_path(config.data, f"crawl {name}") for name in (*NAMES, "Нова", "Село")}) == 5


def test_a_process_that_cannot_be_started_is_a_crashed_crawl_and_nothing_more(
    config: Config, clock: Clock, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawls, "CHILD", ("/nowhere/python",))
    outcome = crawled(config, clock)
    assert [one.verdict for one in outcome if isinstance(one, Crawled)] == [Verdict.CRASHED] * 3
    assert all("could not be started or followed" in one.message for one in outcome)
    assert rows(db, "SELECT * FROM crawls WHERE verdict IS NULL") == []


@pytest.mark.parametrize("moment", [0.0, 0.02, 0.3])
def test_a_stop_ends_all_crawls_whenever_it_comes(
    config: Config, child: Child, clock: Clock, db: Database, monkeypatch: pytest.MonkeyPatch, moment: float
) -> None:
    child(SLEEPS)
    begun = asyncio.create_subprocess_exec

    async def slowly(*command: str, **how: Any) -> asyncio.subprocess.Process:
        await asyncio.sleep(0.1)
        return await begun(*command, **how)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", slowly)

    async def stopped() -> list[Crawled | Left]:
        stop = Stop()
        asyncio.get_running_loop().call_later(moment, stop.set)
        async with asyncio.timeout(15):
            return await rounds.crawl_all(config, clock, NAMES, stop)

    outcome = asyncio.run(stopped())
    assert [type(one) for one in outcome] == [Left] * 3
    assert rows(db, "SELECT * FROM crawls WHERE verdict IS NULL OR NOT stopped") == []
    assert [held_since(config.data, f"crawl {name}") for name in NAMES] == [None] * 3


def test_who_waits_for_another_process_stops_when_asked(tmp_path: Path) -> None:
    async def stopped() -> None:
        stop = Stop()
        asyncio.get_running_loop().call_later(0.1, stop.set)
        with pytest.raises(Stopped):
            await asyncio.to_thread(wait, stop)

    def wait(stop: Stop) -> None:
        with locked(tmp_path, "conclude", wait=True, stop=stop):
            pytest.fail("nobody lets go of it")

    with locked(tmp_path, "conclude"):
        asyncio.run(stopped())


def test_who_only_looks_takes_no_lock_from_anybody(tmp_path: Path) -> None:
    assert held_since(tmp_path, "daemon") is None
    assert not (tmp_path / "locks").exists()
    with locked(tmp_path, "daemon"):
        assert held_since(tmp_path, "daemon") is not None
    with locked(tmp_path, "daemon"):
        pass
    assert held_since(tmp_path, "daemon") is None
