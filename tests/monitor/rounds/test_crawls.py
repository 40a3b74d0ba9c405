"""A crawl is a child process: what is recorded when it dies, hangs, will not stop, or is cut off with its parent."""

import asyncio
import logging
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.config import Config
from monitor.database import rows, value
from monitor.locks import Locked, locked
from monitor.rounds import crawls
from scraper.items import Verdict
from tests.conftest import Clock
from tests.monitor.conftest import SAYS_ITS_JOB, Child

CONFIG = {
    "contact": "a@example.org",
    "watch": ["Brent"],
    "sources": {"news": [{"name": "Gazette", "feed": "http://127.0.0.1:9/rss", "covers": ["Brent"]}]},
}
RECORDS_A_VERDICT = """
import json, sys, sqlite3
job = json.load(sys.stdin)
db = sqlite3.connect(job["data"] + "/ofsted-watch.db")
db.execute("UPDATE crawls SET verdict = 'empty', message = 'nothing listed' WHERE id = ?", (job["crawl_id"],))
db.commit()
"""
STOPS_IN_ORDER = """
import json, pathlib, signal, sqlite3, sys, time
job = json.load(sys.stdin)
def stop(*_):
    db = sqlite3.connect(job["data"] + "/ofsted-watch.db")
    db.execute("UPDATE crawls SET verdict = 'crashed', message = '1 of 2 checked', stopped = 1 WHERE id = ?", (job["crawl_id"],))
    db.commit()
    sys.exit()
signal.signal(signal.SIGTERM, stop)
pathlib.Path(job["data"], "ready").touch()
time.sleep(60)
"""
IGNORES_SIGTERM = """
import signal, sys, time, pathlib, json
signal.signal(signal.SIGTERM, signal.SIG_IGN)
job = json.load(sys.stdin)
pathlib.Path(job["data"], "ready").touch()
time.sleep(60)
"""


@pytest.fixture
def config(tmp_path: Path, db: Database) -> Config:
    return Config.model_validate(CONFIG | {"data": tmp_path / "data"})


def test_the_childs_own_verdict_counts(config: Config, child: Child, clock: Clock) -> None:
    child(RECORDS_A_VERDICT)
    crawled = asyncio.run(crawls.crawl(config, "Gazette", clock))
    assert (crawled.verdict, crawled.message) == (Verdict.EMPTY, "nothing listed")


def test_a_child_that_dies_is_crashed(config: Config, child: Child, clock: Clock, db: Database) -> None:
    child("import os; os.abort()")
    crawled = asyncio.run(crawls.crawl(config, "ofsted", clock))
    assert crawled.verdict is Verdict.CRASHED
    assert value(db, "SELECT verdict FROM crawls") == "crashed"


def test_a_child_past_its_limit_is_killed(
    config: Config, child: Child, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(IGNORES_SIGTERM)
    monkeypatch.setattr(crawls, "SHORTEST_LIMIT", 0.5)
    monkeypatch.setattr(crawls, "OVER_LIMIT", 0.5)
    monkeypatch.setattr(crawls, "STOP_GRACE", 0.3)
    monkeypatch.setattr(crawls, "_limit", lambda requests, delay: 0.5)
    assert asyncio.run(crawls.crawl(config, "ofsted", clock)).verdict is Verdict.TIMED_OUT


def test_a_child_past_its_limit_that_stops_in_order_took_too_long_and_was_not_stopped_by_our_wish(
    config: Config, child: Child, clock: Clock, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    child(STOPS_IN_ORDER)
    monkeypatch.setattr(crawls, "OVER_LIMIT", 0.5)
    monkeypatch.setattr(crawls, "_limit", lambda requests, delay: 0.5)
    crawled = asyncio.run(crawls.crawl(config, "ofsted", clock))
    assert crawled.verdict is Verdict.TIMED_OUT
    assert crawled.message == "did not end within 1 s and was stopped; 1 of 2 checked"
    assert value(db, "SELECT stopped FROM crawls") == 0


@pytest.mark.parametrize(
    ("program", "stopped"),
    [
        ("import os; os.kill(os.getpid(), 15)", 1),  # as systemd does, before the child is ready for it
        ("import os, signal; signal.signal(2, signal.SIG_DFL); os.kill(os.getpid(), 2)", 1),
        ("import os; os.kill(os.getpid(), 9)", 0),
        ("raise SystemExit(1)", 0),
        ("""print('{"verdict": "crashed", "message": "stopped before it was done (start_error)"}')""", 0),
    ],
)
def test_only_a_crawl_that_was_asked_to_stop_is_recorded_as_stopped(
    config: Config, child: Child, clock: Clock, db: Database, program: str, stopped: int
) -> None:
    child(program)
    assert asyncio.run(crawls.crawl(config, "ofsted", clock)).verdict is Verdict.CRASHED
    assert value(db, "SELECT stopped FROM crawls") == stopped


@pytest.mark.parametrize("program", [IGNORES_SIGTERM, STOPS_IN_ORDER])
def test_a_cancelled_crawl_stops_its_child_and_is_recorded_as_stopped(
    config: Config, child: Child, clock: Clock, db: Database, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    child(program)
    monkeypatch.setattr(crawls, "STOP_GRACE", 0.3)

    async def cancel_midway() -> None:
        task = asyncio.create_task(crawls.crawl(config, "ofsted", clock))
        while not (config.data / "ready").exists():
            await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancel_midway())
    (row,) = rows(db, "SELECT verdict, message, stopped FROM crawls")
    message = "1 of 2 checked" if program == STOPS_IN_ORDER else "stopped before it was complete"
    assert row == {"verdict": "crashed", "message": message, "stopped": 1}


def test_a_source_is_crawled_by_one_at_a_time(config: Config, clock: Clock) -> None:
    with locked(config.data, "crawl ofsted"), pytest.raises(Locked, match="crawl ofsted"):
        asyncio.run(crawls.crawl(config, "ofsted", clock))


def test_a_crawl_cut_off_with_its_parent_gets_a_verdict_from_the_next(
    config: Config, child: Child, clock: Clock, db: Database
) -> None:
    db.table("crawls").insert({"source": "ofsted", "started": "2026-03-01T00:00:00+00:00"})
    child(RECORDS_A_VERDICT)
    asyncio.run(crawls.crawl(config, "ofsted", clock))
    assert [row["verdict"] for row in rows(db, "SELECT verdict FROM crawls ORDER BY id")] == ["crashed", "empty"]


def test_what_the_child_says_counts_where_it_recorded_nothing(config: Config, child: Child, clock: Clock) -> None:
    child("""print('{"verdict": "blocked", "message": "robots.txt forbids it"}')""")
    assert asyncio.run(crawls.crawl(config, "ofsted", clock)).verdict is Verdict.BLOCKED


def test_the_job_names_what_is_watched(config: Config) -> None:
    told = crawls.job(config, "ofsted")
    assert told["authorities"] == [{"urn": "80489", "name": "Brent"}]
    assert told["timeout"] >= crawls.SHORTEST_LIMIT
    assert crawls.job(config, "Gazette")["covers"] == ["80489"]


def test_a_crawl_of_many_authorities_has_the_time_that_their_delays_take(config: Config) -> None:
    told = crawls.job(config.model_copy(update={"watch": ("all",)}), "ofsted")
    assert told["timeout"] > len(told["authorities"]) * crawls.REQUESTS_AN_AUTHORITY * told["delay"] > 0


@pytest.mark.parametrize("full", [False, True])
def test_a_crawl_of_some_authorities_looks_at_these_only_and_in_full_where_it_is_asked_to(
    config: Config, child: Child, clock: Clock, full: bool
) -> None:
    child(SAYS_ITS_JOB)
    crawled = asyncio.run(crawls.crawl(config, "ofsted", clock, only=config.resolve(("Camden",)), full=full))
    assert crawled.message == ("Camden in full" if full else "Camden")


def test_a_news_crawl_is_told_what_else_an_authority_is_called(config: Config) -> None:
    named = {"urn": "2999999", "name": "West Marchland", "aliases": ["Marchland West"], "replaces": "80476"}
    told = crawls.job(Config.model_validate(CONFIG | {"authorities": [named], "data": config.data}), "Gazette")
    assert {"urn": "2999999", "name": "West Marchland", "aliases": ("Marchland West",), "replaces": "80476"} in told[
        "authorities"
    ]


def test_a_verdict_of_another_version_is_none_that_we_know(config: Config, clock: Clock, db: Database) -> None:
    db.table("crawls").insert({"source": "ofsted", "started": "2026-03-02T08:00:00+00:00", "verdict": "throttled"})
    last = crawls.last_crawl(config, "ofsted")
    assert last is not None
    assert last.verdict is None
    assert crawls.known_verdict("blocked") is Verdict.BLOCKED


@pytest.mark.parametrize(
    ("changes", "scope"), [({}, "all"), ({"probe": True}, "probe"), ({"only": ("Camden",)}, "some")]
)
def test_what_a_crawl_looks_at_is_stored_with_it(
    config: Config, child: Child, clock: Clock, db: Database, changes: dict[str, object], scope: str
) -> None:
    child(SAYS_ITS_JOB)
    told = {key: config.resolve(value) if key == "only" else value for key, value in changes.items()}  # type: ignore[arg-type]
    asyncio.run(crawls.crawl(config, "ofsted", clock, **told))  # type: ignore[arg-type]
    assert value(db, "SELECT scope FROM crawls") == scope


@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_log_tells_what_is_not_well_as_a_warning(verdict: Verdict) -> None:
    quiet = verdict in (Verdict.OK, Verdict.EMPTY)
    assert crawls.Crawled(1, "ofsted", verdict, "").level == (logging.INFO if quiet else logging.WARNING)
