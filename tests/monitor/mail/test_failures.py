"""A mail that cannot be delivered: tried for days, then given up and told of once."""

from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts
from monitor.database import rows, stamp
from monitor.mail.channels import SendFailed
from monitor.mail.failures import FEWEST_ATTEMPTS, PATIENCE, record_failure
from monitor.mail.outbox import Delivered, deliver
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.mail.conftest import Recorder, Run, states, stored_facts

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("after", "attempts", "permanent", "given_up"),
    [
        (PATIENCE + SECOND, FEWEST_ATTEMPTS, False, 1),
        (PATIENCE + SECOND, FEWEST_ATTEMPTS - 1, False, 0),
        (PATIENCE, FEWEST_ATTEMPTS, False, 0),
        (SECOND, 1, True, 1),
    ],
)
def test_a_mail_is_given_up_after_three_days_and_ten_attempts_or_at_once_where_it_is_refused_for_good(
    db: Database, clock: Clock, after: timedelta, attempts: int, permanent: bool, given_up: int
) -> None:
    batch = stamp(clock() - after)
    error = SendFailed("550 no", permanent=permanent)
    assert record_failure(db, [], batch, attempts, error, clock()) == given_up


def test_a_mail_given_up_is_told_to_those_who_run_the_watch_once(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    given.ready(db, 7, clock())
    channel.failures = [SendFailed("550 no such user", permanent=True)]
    assert run() == Delivered(failed=1, sent=1), "the notice goes out at once, not with the next round"
    assert rows(db, "SELECT source FROM issues WHERE message LIKE '%550 no such user%'")
    assert channel.sent[0]["To"] == "ops@example.org"
    assert "lead@example.org" in channel.sent[0].as_string()
    clock.move(hours=1)
    assert run() == Delivered()


def test_a_notice_is_kept_until_somebody_has_it_and_makes_no_other(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    given.ready(db, 7, clock())
    channel.failures = [SendFailed("550", permanent=True)] * 20
    for _ in range(60):
        run()
        clock.move(hours=6)
    assert len(rows(db, "SELECT * FROM alerts")) == 2
    assert channel.failures == []
    assert [mail["To"] for mail in channel.sent] == ["ops@example.org"]
    assert [state[0] for state in states(db)] == ["failed", "sent"]


def test_a_notice_that_one_operator_has_is_given_up_for_another(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    given.crawl(db, clock(), "broken", "no link on the page")
    channel.failures = [SendFailed("550 no such user", permanent=True)] * 2
    config = given.config(alerts=[{"to": ["gone@example.org", "ops@example.org"], "about": ["source"]}])
    assert run(config) == Delivered(pending=2)
    clock.move(minutes=2)
    assert run(config) == Delivered(sent=2)
    channel.failures = [SendFailed("550 no such user", permanent=True)]
    clock.move(days=1)
    given.crawl(db, clock(), "ok")
    assert run(config).sent + run(config).sent >= 1


def test_after_three_days_a_mail_is_given_up(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    given.ready(db, 7, clock())
    channel.failures = [SendFailed("mailbox full")] * 99
    failed = 0
    config = given.config(alerts=[{"to": "lead@example.org"}])
    for _ in range(80):
        failed += run(config).failed
        clock.move(hours=1)
    assert failed == 1
    assert [state[0] for state in states(db)] == ["failed"]
    assert 10 <= states(db)[0][1] <= 30


def test_a_watch_that_was_switched_off_does_not_give_up_untried(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    given.ready(db, 7, clock())
    channel.failures = [SendFailed("down", server=True)] * 2
    run()
    clock.move(days=20)
    assert run() == Delivered(pending=1)
    clock.move(days=1)
    assert run() == Delivered(sent=1)


def test_each_mail_refused_for_good_is_counted(db: Database, clock: Clock) -> None:
    class Refusing:
        name = "smtp"

        def send(self, message: EmailMessage, recipient: str) -> None:
            raise SendFailed(f"550 no {recipient}", permanent=True)

    given.authorities(db)
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    config = given.config(alerts=[{"to": ["a@example.org", "b@example.org", "c@example.org"]}])
    make_deliveries(db, config, clock())
    assert deliver(db, config, clock, channel=Refusing(), facts=stored_facts) == Delivered(failed=3)


def test_times_in_a_mail_are_those_of_the_config(db: Database, clock: Clock, tmp_path: Path) -> None:
    given.authorities(db)
    given.crawl(db, clock(), "broken", "no link on the page")
    raise_alerts(db, clock())
    config = given.config(timezone="Asia/Tokyo", data=tmp_path)
    make_deliveries(db, config, clock())
    assert deliver(db, config, clock, facts=stored_facts) == Delivered(sent=1)
    (text,) = (tmp_path / "mail").glob("*.txt")
    assert "Since 2 March 2026 at 18:00." in text.read_text(encoding="utf-8")
