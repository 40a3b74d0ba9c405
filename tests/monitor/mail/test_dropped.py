"""Who is taken out of the config is told nothing more, also not what was pending."""

from typing import Any

import pytest
from sqlite_utils import Database

from monitor.database import rows
from monitor.mail.channels import SendFailed
from monitor.mail.outbox import Delivered
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.mail.conftest import Recorder, Run

WEEKLY = "weekly monday 08:00"
THEN = [{"to": ["lead@example.org", "board@example.org"], "when": WEEKLY}]
LATER: list[tuple[list[dict[str, Any]], list[str]]] = [
    ([{"to": "lead@example.org", "when": WEEKLY}], ["lead@example.org"]),
    ([{"to": "Lead@Example.org", "when": "now"}], ["lead@example.org"]),
    ([{"to": "lead@example.org", "about": ["source"]}, {"to": "board@example.org"}], ["board@example.org"]),
    ([{"to": "lead@example.org", "watch": ["Northmere"]}], []),
    ([{"to": "lead@example.org", "about": ["news", "withdrawn"]}], []),
    ([{"to": "someone.else@example.org"}], []),
    ([], []),
]


@pytest.mark.parametrize(("later", "told"), LATER)
def test_a_digest_goes_to_whom_a_rule_still_names_for_it(
    db: Database, clock: Clock, channel: Recorder, run: Run, later: list[dict[str, Any]], told: list[str]
) -> None:
    given.ready(db, 7, clock())
    assert run(given.config(alerts=THEN)) == Delivered()
    clock.move(days=7)
    both = {"watch": [given.URN, given.OTHER_URN]}
    assert run(given.config(alerts=later, **both)) == Delivered(sent=len(told))
    assert [mail["To"] for mail in channel.sent] == told
    dropped = rows(db, "SELECT recipient, error FROM deliveries WHERE state = 'dropped'")
    assert len(dropped) == 2 - len(told)
    assert all("no rule of the config" in row["error"] for row in dropped)


def test_a_mail_that_is_tried_again_is_dropped_too_and_does_not_come_back(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    given.ready(db, 7, clock())
    channel.failures = [SendFailed("down", server=True)]
    assert run() == Delivered(pending=1)
    clock.move(hours=1)
    assert run(given.config(alerts=[])) == Delivered()
    assert run() == Delivered()
    assert channel.sent == []
