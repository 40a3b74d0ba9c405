"""When each source is due, and what the daemon is told of it."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.config import Config
from monitor.database import stamp
from monitor.orders import Answer, answer_from
from monitor.rounds.schedule import next_crawl, plan_of
from tests.conftest import Clock
from tests.monitor.rounds.test_work import CONFIG


@pytest.fixture
def config(tmp_path: Path, db: Database) -> Config:
    return Config.model_validate(CONFIG | {"data": tmp_path / "data"})


def test_a_source_never_crawled_is_due_at_once_and_others_an_interval_after_their_last_crawl(
    config: Config, db: Database, clock: Clock
) -> None:
    db.table("crawls").insert({"source": "ofsted", "started": stamp(clock()), "verdict": "ok"})
    clock.move(minutes=30)
    assert next_crawl(config, "ofsted", clock()) == clock() + timedelta(minutes=90)
    assert next_crawl(config, "Gazette", clock()) == clock()


def test_a_source_does_not_wait_for_a_clock_that_was_ahead(config: Config, db: Database, clock: Clock) -> None:
    db.table("crawls").insert({"source": "ofsted", "started": stamp(clock() + timedelta(days=60)), "verdict": "ok"})
    assert next_crawl(config, "ofsted", clock()) == clock() + timedelta(hours=2)


@pytest.mark.parametrize("verdict", [None, "crashed"])
def test_a_crawl_that_was_cut_off_is_made_up_for_soon(
    config: Config, db: Database, clock: Clock, verdict: str | None
) -> None:
    db.table("crawls").insert({"source": "ofsted", "started": stamp(clock()), "verdict": verdict})
    assert next_crawl(config, "ofsted", clock()) == clock() + timedelta(minutes=1)


def test_the_plan_has_each_source_and_the_sweep_and_survives_the_way_to_the_daemon(
    config: Config, clock: Clock
) -> None:
    plan = plan_of(config, "contact: a@example.org", clock())
    assert [(task.name, task.host, task.every, task.sweep) for task in plan.tasks] == [
        ("crawl ofsted", "127.0.0.1", 7200.0, False),
        ("crawl Gazette", "127.0.0.1", 3600.0, False),
        ("sweep", "127.0.0.1", 900.0, True),
    ]
    answer = Answer(identity="x", plan=plan, warned=("80489",))
    assert answer_from(json.loads(json.dumps(answer.to_json()))) == answer


def test_its_version_changes_with_the_meaning_of_the_config_alone(config: Config, clock: Clock) -> None:
    plan = plan_of(config, "", clock())
    clock.move(hours=1)
    assert plan_of(config, "# a comment", clock()).version == plan.version
    assert plan_of(config.model_copy(update={"contact": "b@example.org"}), "", clock()).version != plan.version
