"""What the tests of the outbox share: a channel that keeps its mails, and a run as after a crawl."""

from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts
from monitor.config import Config
from monitor.database import rows
from monitor.facts import ReportFacts
from monitor.mail.outbox import Delivered, deliver
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.mail_facts import facts


class Recorder:
    """A channel that keeps what it is given, after failing as often as it is told to."""

    name = "smtp"

    def __init__(self) -> None:
        self.sent: list[EmailMessage] = []
        self.failures: list[Exception] = []

    def send(self, message: EmailMessage, recipient: str) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(message)


def stored_facts(db: Database, report_id: int) -> ReportFacts:
    """The invented facts with the stored report's number, in place of what the comparer makes of its rows."""
    whole = facts()
    return replace(whole, report=replace(whole.report, report_id=report_id))


@pytest.fixture
def channel() -> Recorder:
    return Recorder()


Run = Callable[..., Delivered]


@pytest.fixture
def run(db: Database, clock: Clock, channel: Recorder) -> Run:
    """Raise, address and deliver, as after a crawl."""
    given.authorities(db)

    def once(config: Config | None = None) -> Delivered:
        config = config or given.config()
        raise_alerts(db, clock())
        make_deliveries(db, config, clock())
        return deliver(db, config, clock, channel=channel, facts=stored_facts)

    return once


def told_of(db: Database, mail: EmailMessage) -> list[int]:
    """The reports that a mail tells of."""
    sql = "SELECT a.report_id FROM alerts a JOIN deliveries d ON d.alert_id = a.id WHERE d.message_id = ? ORDER BY 1"
    return [row["report_id"] for row in rows(db, sql, [mail["Message-ID"]])]


def states(db: Database) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in rows(db, "SELECT state, attempts, error FROM deliveries ORDER BY id")]
