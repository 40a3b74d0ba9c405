"""Nothing that fails silences anything else: each step of a round, and each thing in a step, fails alone and is told."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.alerts import raising
from monitor.config import Config
from monitor.database import remember_authorities, rows, value
from monitor.rounds import round as rounds
from monitor.rounds.stopping import Stop
from scraper.reports import pdf_library, reader_version
from tests.conftest import Clock
from tests.monitor import mail_rows as given

CONFIG = {
    "contact": "a@example.org",
    "watch": ["Brent", "Camden"],
    "alerts": [{"to": "lead@example.org"}, {"to": "ops@example.org", "about": ["source"]}],
}
BRENT = "80489"
STEPS = {
    "read": "read_pending",
    "file": "file_reports",
    "compare": "compare_pending",
    "link": "link_articles",
    "look": "look",
    "warn": "early_warnings",
}


def fails(*_: object, **__: object) -> Any:
    raise ValueError("an odd date")


@pytest.fixture
def config(tmp_path: Path, db: Database) -> Config:
    config = Config.model_validate(CONFIG | {"data": tmp_path / "data"})
    remember_authorities(db, config.known)
    return config


@pytest.fixture
def report(config: Config, db: Database, clock: Clock) -> None:
    given.listed(
        db, 7, clock() - timedelta(hours=25), urn=BRENT, kind="focused_visit"
    )  # so long it waits to be compared
    given.read(db, 7, clock(), reader=reader_version(), pdf_library=pdf_library())
    given.compared(db, 7, clock())


def told(config: Config) -> list[str]:
    """The subjects of all mails, by recipient."""
    mails = (file.read_text() for file in sorted((config.data / "mail").glob("*.eml")))
    return sorted(next(line for line in mail.splitlines() if line.startswith("To: ")) for mail in mails)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_is_told_and_the_steps_after_it_run(
    config: Config, db: Database, clock: Clock, report: None, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(rounds, STEPS[step], fails)
        concluded = rounds.conclude(config, clock)
        assert concluded.failed == (step,)
        rounds.conclude(config, clock)
    assert value(db, "SELECT count(*) FROM alerts WHERE kind = 'report' AND report_id = 7") == 1
    (issue,) = rows(db, "SELECT message, healed FROM issues WHERE source = ? AND key IS NOT NULL", [step])
    assert (issue["message"], issue["healed"]) == ("the whole step: ValueError('an odd date')", None)
    assert told(config) == ["To: lead@example.org", "To: ops@example.org"]
    clock.move(minutes=5)
    rounds.conclude(config, clock)
    assert value(db, "SELECT healed FROM issues WHERE source = ?", [step]) is not None
    assert told(config).count("To: ops@example.org") == 2, "that it is over is told, too"


@pytest.mark.parametrize("name", ["stories", "new_reports", "source_changes"])
def test_one_kind_of_alert_that_fails_does_not_silence_the_others(
    config: Config, db: Database, clock: Clock, report: None, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def broken(_db: Database, _now: object) -> Any:
        raise ValueError("an odd date")

    broken.__name__ = name
    given.crawl(db, clock(), "broken")
    given.article(db, "https://a.example/1", clock(), urn=BRENT)
    steps = tuple(broken if step.__name__ == name else step for step in raising.STEPS)
    monkeypatch.setattr(raising, "STEPS", steps)
    rounds.conclude(config, clock)
    kinds = {row["kind"] for row in rows(db, "SELECT kind FROM alerts WHERE source IS NOT 'watch'")}
    assert kinds == {"report", "news", "source"} - {
        {"stories": "news", "new_reports": "report", "source_changes": "source"}[name]
    }
    assert value(db, "SELECT message FROM issues WHERE key = ?", [f"step:alert:{name}"]) is not None


def test_an_article_that_cannot_be_linked_costs_only_itself(config: Config, db: Database, clock: Clock) -> None:
    for number in range(3):
        given.article(db, f"https://a.example/{number}", clock(), urn=BRENT)
    given.change(db, "articles", "url", "https://a.example/1", reasons="no JSON")
    rounds.conclude(config, clock)
    assert {row["article_url"] for row in rows(db, "SELECT article_url FROM article_links")} == {
        "https://a.example/0",
        "https://a.example/2",
    }
    assert value(db, "SELECT key FROM issues WHERE source = 'link'") == "step:link:https://a.example/1"


def test_an_alert_that_cannot_be_addressed_costs_only_itself(
    config: Config, db: Database, clock: Clock, report: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    address: Callable[..., int] = raising._address

    def odd(db: Database, config: Config, alert: dict[str, Any], *rest: Any) -> int:
        return int(fails()) if alert["kind"] == "report" else address(db, config, alert, *rest)

    given.crawl(db, clock(), "broken")
    monkeypatch.setattr(raising, "_address", odd)
    rounds.conclude(config, clock)
    assert told(config) == ["To: ops@example.org"]
    monkeypatch.undo()
    rounds.conclude(config, clock)
    assert told(config).count("To: lead@example.org") == 1


def test_what_a_stop_leaves_is_named_and_done_by_the_next_round(
    config: Config, db: Database, clock: Clock, report: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = Stop()
    monkeypatch.setattr(rounds, "file_reports", lambda *_: stop.set())
    concluded = rounds.conclude(config, clock, stop)
    assert concluded.left == ("join", "compare", "second reader", "link", "warn", "look", "alert", "deliver", "prune")
    assert rows(db, "SELECT * FROM alerts") == []
    assert len(rounds.conclude(config, clock).alerts) == 1
