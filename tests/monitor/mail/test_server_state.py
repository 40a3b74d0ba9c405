"""A server that refuses us: nothing is lost, the operators are told once, and again when it is healed."""

import pytest
from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts
from monitor.config import Config
from monitor.database import rows
from monitor.mail.channels import SendFailed
from monitor.mail.outbox import Delivered, deliver
from monitor.mail.server_state import mail_waits
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.mail.conftest import Recorder, Run, states, stored_facts
from tests.monitor.mail.mail_server import serving

US = [
    "554 5.7.1 <{}>: Relay access denied",
    "504 5.5.2 <watch>: Helo command rejected: need fully-qualified hostname",
    "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.example",
    "550 5.7.1 Authentication required",
    "530 5.7.0 Must issue a STARTTLS command first",
    "550 Rejected",
]


def both(port: int) -> Config:
    return given.smtp(port).model_copy(update={"alerts": given.config().alerts})


@pytest.mark.parametrize("answer", US)
def test_a_refusal_of_us_loses_nothing_and_is_told_once_it_is_mended(
    db: Database, clock: Clock, run: Run, answer: str
) -> None:
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    with serving() as server:
        config = both(server.port)
        make_deliveries(db, config, clock())
        server.rcpt = {address: answer.format(address) for address in ("lead@example.org", "ops@example.org")}
        for _ in range(14):
            done = deliver(db, config, clock, facts=stored_facts)
            assert (done.sent, done.failed) == (0, 0)
            clock.move(hours=6)
        assert len(rows(db, "SELECT * FROM alerts WHERE source = 'mail'")) == 1, "told once"
        server.rcpt = {}
        assert deliver(db, config, clock, facts=stored_facts).sent == 3
        assert deliver(db, config, clock, facts=stored_facts) == Delivered()
    subjects = [(mail["To"], mail["Subject"]) for mail in server.mails]
    assert ("ops@example.org", "Ofsted Watch: Mail is not taken by the mail server") in subjects
    assert ("ops@example.org", "Ofsted Watch: Mail is delivered again") in subjects
    assert {state[0] for state in states(db)} == {"sent"}
    assert len(rows(db, "SELECT * FROM issues")) == 1
    assert "@" not in rows(db, "SELECT message FROM issues")[0]["message"]


def test_an_operator_who_is_taken_hears_at_once_what_is_wrong_since_when_and_what_to_do(
    db: Database, clock: Clock, run: Run
) -> None:
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    with serving() as server:
        config = both(server.port)
        make_deliveries(db, config, clock())
        server.rcpt = {"lead@example.org": "554 5.7.1 <lead@example.org>: Relay access denied"}
        assert deliver(db, config, clock, facts=stored_facts) == Delivered(sent=1, pending=1)
        for _ in range(9):
            clock.move(hours=6)
            assert deliver(db, config, clock, facts=stored_facts) == Delivered(pending=1)
    (notice,) = server.mails
    body = notice.get_body(("plain",))
    assert body is not None
    told = " ".join(body.get_content().replace("> ", "").split())
    for part in ("1 mail waits", "Relay access denied", "Since 2 March 2026 at 09:00", "ofsted-watch test-mail"):
        assert part in told


@pytest.mark.parametrize("answer", ["550 Rejected", "553 sorry", "551 not here"])
def test_a_bare_refusal_is_the_recipients_where_another_is_taken(
    db: Database, clock: Clock, run: Run, answer: str
) -> None:
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    with serving() as server:
        rules = [{"to": ["gone@example.org", "lead@example.org"]}]
        config = given.config(alerts=rules).model_copy(update={"mail": given.smtp(server.port).mail})
        make_deliveries(db, config, clock())
        server.rcpt = {"gone@example.org": answer}
        assert deliver(db, config, clock, facts=stored_facts) == Delivered(sent=1, failed=1)


def test_a_server_that_is_away_for_long_is_told_of_and_one_that_is_restarted_is_not(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    given.ready(db, 7, clock())
    channel.failures = [SendFailed("refused", server=True)] * 3
    for _ in range(3):
        run()
        clock.move(minutes=5)
    assert run() == Delivered(sent=1)
    clock.move(days=1)
    given.ready(db, 8, clock())
    channel.failures = [SendFailed("refused", server=True)] * 30
    for _ in range(30):
        run()
        clock.move(hours=2)
    waits = mail_waits(db)
    assert waits is not None
    assert (waits.since[:16], waits.mails) == ("2026-03-03T09:15", 2)
    channel.failures = []
    for _ in range(4):
        clock.move(hours=6)
        run()
    assert mail_waits(db) is None
    assert [mail["Subject"] for mail in channel.sent[-2:]].count("Ofsted Watch: Mail is delivered again") == 1


def test_a_server_that_is_away_is_told_of_with_the_first_attempt_after_an_hour(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    given.ready(db, 7, clock())
    channel.failures = [SendFailed("refused", server=True)] * 99
    told = []
    for minute in range(70):
        run()
        clock.move(minutes=1)
        told += [minute] * len(rows(db, "SELECT id FROM alerts WHERE source = 'mail'"))
    assert told[0] == 63  # after 1, 2, 4, 8, 16 and 32 minutes more


def test_what_waited_for_the_server_goes_out_as_soon_as_it_takes_one(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    config = given.config(alerts=[{"to": "lead@example.org"}])
    given.ready(db, 7, clock())
    channel.failures = [SendFailed("away", server=True)] * 12
    while channel.failures:
        run(config)
        clock.move(hours=6)
    given.ready(db, 8, clock())
    channel.failures = [SendFailed("away", server=True)]
    run(config)
    clock.move(minutes=2)
    assert run(config) == Delivered(sent=2)


def test_times_are_those_of_each_mail_and_not_of_the_beginning(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    given.ready(db, 7, clock())
    send = channel.send

    def slow(message: object, recipient: str) -> None:
        clock.move(minutes=2)
        send(message, recipient)  # type: ignore[arg-type]

    channel.send = slow  # type: ignore[method-assign]
    assert run(given.config(alerts=[{"to": ["a@example.org", "b@example.org"]}])) == Delivered(sent=2)
    assert [row["sent_at"][11:16] for row in rows(db, "SELECT sent_at FROM deliveries ORDER BY sent_at")] == [
        "09:02",
        "09:04",
    ]
    assert [row["attempted"][11:16] for row in rows(db, "SELECT attempted FROM attempts ORDER BY 1")] == [
        "09:02",
        "09:04",
    ]
