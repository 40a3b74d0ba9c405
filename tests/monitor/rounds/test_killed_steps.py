"""A round that is killed at any of its steps, with mail flowing: told once, or twice as the same mail, and never not at all."""

import multiprocessing
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.config import Config
from monitor.database import remember_authorities, rows, value
from monitor.mail import outbox
from monitor.rounds import round as rounds
from scraper.reports import pdf_library, reader_version
from tests.conftest import Clock
from tests.monitor import mail_rows as given

FORK = multiprocessing.get_context("fork")
BRENT = "80489"
STEPS = (
    "read_pending", "file_reports", "compare_pending", "link_articles", "early_warnings", "look", "raise_alerts", "make_deliveries", "deliver",
)  # fmt: skip
WITHIN = ("assign", "claim", "record_sent")


@pytest.fixture
def config(tmp_path: Path, db: Database, clock: Clock) -> Config:
    told = {
        "contact": "a@example.org",
        "watch": ["Brent"],
        "alerts": [{"to": "lead@example.org"}],
        "data": tmp_path / "data",
    }
    config = Config.model_validate(told)
    remember_authorities(db, config.known)
    given.listed(db, 7, clock(), urn=BRENT, kind="focused_visit")
    given.read(db, 7, clock(), reader=reader_version(), pdf_library=pdf_library())
    given.article(db, "https://a.example/1", clock(), urn=BRENT)
    return config


def killed(config: Config, clock: Clock, module: Any, name: str, when: str) -> None:
    """A round in a process of its own that is killed just before or just after a piece of its work."""
    work = getattr(module, name)

    def kills(*arguments: Any, **named: Any) -> Any:
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        outcome = work(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)
        return outcome

    setattr(module, name, kills)
    rounds.conclude(config, clock)


def mails(config: Config) -> list[str]:
    """The Message-IDs of all mails that left."""
    found = [file.read_text() for file in (config.data / "mail").glob("*.eml")]
    return [next(line for line in mail.splitlines() if line.lower().startswith("message-id")) for mail in found]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", [*STEPS, *WITHIN])
def test_a_round_that_is_killed_tells_once_or_twice_as_the_same_mail(
    config: Config, db: Database, clock: Clock, step: str, when: str
) -> None:
    process = FORK.Process(target=killed, args=(config, clock, rounds if step in STEPS else outbox, step, when))
    process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    for _ in range(2):
        clock.move(minutes=11)
        rounds.conclude(config, clock)
    kinds = sorted(row["kind"] for row in rows(db, "SELECT kind FROM alerts"))
    assert kinds == ["news", "report"]
    assert value(db, "SELECT count(*) FROM deliveries WHERE state <> 'sent'") == 0
    assert len(set(mails(config))) == 1 <= len(mails(config))
