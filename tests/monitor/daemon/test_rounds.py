"""What follows a crawl: one fault must not hold up the rest, and only watched authorities are crawled at a paper's word."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.config import Config
from monitor.daemon import rounds
from monitor.database import rows as stored
from tests.conftest import Clock


@pytest.fixture
def config(tmp_path: Path, db: Database) -> Config:
    return Config.model_validate({"contact": "a@example.org", "watch": ["Brent"], "data": tmp_path / "data"})


def test_a_comparison_that_fails_is_an_issue_and_the_others_are_made(
    config: Config, db: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []

    def compare(db: Database, report_id: int, now: datetime) -> None:
        if report_id == 1:
            raise KeyError("subject")
        done.append(report_id)

    monkeypatch.setattr(rounds, "to_compare", lambda db: [1, 2])
    monkeypatch.setattr(rounds, "compare_report", compare)
    rounds.conclude(config, clock)
    assert done == [2]
    assert [row["message"] for row in stored(db, "SELECT message FROM issues")] == [
        "report 1 could not be compared: KeyError('subject')"
    ]


def test_only_watched_authorities_are_crawled_at_a_papers_word(
    config: Config, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "early_warnings", lambda db: ["80442", "80489"])
    assert rounds.conclude(config, clock).warned == ("80489",)


def test_nothing_to_do_is_done_without_harm(config: Config, clock: Clock) -> None:
    assert rounds.conclude(config, clock) == rounds.conclude(config, clock)
