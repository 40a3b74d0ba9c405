"""The outbox: one mail a recipient and run, handed over once, tried again until it is, and never lost."""

import logging
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts
from monitor.comparing import compare_pending
from monitor.database import rows
from monitor.facts import ReportFacts
from monitor.mail.channels import SendFailed
from monitor.mail.outbox import Delivered, deliver
from monitor.mail.queue import wait
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.mail.conftest import Recorder, Run, states, stored_facts, told_of
from tests.monitor.mail.mail_server import serving
from tests.ports import free_port


def test_a_report_becomes_one_mail_and_no_second(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    given.ready(db, 7, clock())
    assert run() == Delivered(sent=1)
    assert channel.sent[0]["To"] == "lead@example.org"
    assert channel.sent[0]["Subject"].startswith("Westmarch: ")
    clock.move(hours=2)
    assert run() == Delivered()
    assert states(db) == [("sent", 1, None)]
    assert len(rows(db, "SELECT * FROM attempts WHERE error IS NULL")) == 1


def test_several_reports_of_one_run_are_one_mail(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    for number in range(1, 18):
        given.ready(db, number, clock())
    assert run() == Delivered(sent=1)
    assert channel.sent[0]["Subject"] == "17 reports: Westmarch"
    assert {row["state"] for row in rows(db, "SELECT state FROM deliveries")} == {"sent"}


def test_each_recipient_has_a_mail_of_their_own(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    given.ready(db, 7, clock())
    config = given.config(alerts=[{"to": ["a@example.org", "b@example.org"]}])
    assert run(config) == Delivered(sent=2)
    assert sorted(mail["To"] for mail in channel.sent) == ["a@example.org", "b@example.org"]
    assert len({mail["Message-ID"] for mail in channel.sent}) == 2


def test_a_digest_waits_for_its_time_and_then_is_one_mail(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    config = given.config(alerts=[{"to": "board@example.org", "when": "weekly monday 08:00"}])
    given.ready(db, 7, clock())
    assert run(config) == Delivered()
    clock.move(days=2)
    given.ready(db, 8, clock())
    assert run(config) == Delivered()
    clock.move(days=5)
    assert run(config) == Delivered(sent=1)
    assert channel.sent[0]["Subject"] == "2 reports: Westmarch"
    assert run(config) == Delivered()


def test_a_failed_mail_is_tried_again_later_as_the_same_mail(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    given.ready(db, 7, clock())
    channel.failures = [SendFailed("down", server=True)] * 2
    assert run() == Delivered(pending=1)
    known = rows(db, "SELECT message_id, batch FROM deliveries")
    assert run() == Delivered(pending=1), "not before its minute is over"
    clock.move(minutes=1)
    assert run() == Delivered(pending=1)
    clock.move(minutes=2)
    assert run() == Delivered(sent=1)
    assert channel.sent[0]["Message-ID"] == known[0]["message_id"]
    assert channel.sent[0]["Date"].datetime.isoformat() == known[0]["batch"].replace(".000000", "")
    assert states(db) == [("sent", 3, None)]
    assert [row["error"] for row in rows(db, "SELECT error FROM attempts")] == ["down", "down", None]


def test_waits_double_up_to_six_hours() -> None:
    assert [wait(n) for n in (1, 2, 3)] == [timedelta(minutes=n) for n in (1, 2, 4)]
    assert wait(9) == timedelta(minutes=256)
    assert wait(10) == wait(500) == timedelta(hours=6)


def test_what_comes_meanwhile_is_a_mail_of_its_own_after_those_that_wait(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    given.ready(db, 7, clock())
    channel.failures = [SendFailed("down", server=True)]
    run()
    clock.move(hours=2)
    given.ready(db, 8, clock())
    assert run() == Delivered(sent=2)
    assert [told_of(db, mail) for mail in channel.sent] == [[7], [8]]


def test_when_the_server_is_down_the_others_wait_untried(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    given.ready(db, 7, clock())
    channel.failures = [SendFailed("down", server=True)]
    config = given.config(alerts=[{"to": ["a@example.org", "b@example.org"]}])
    assert run(config) == Delivered(pending=2)
    assert sorted(state[1] for state in states(db)) == [0, 1]
    assert run(config) == Delivered(sent=1, pending=1)


def test_a_refused_recipient_does_not_stop_the_others(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    given.ready(db, 7, clock())
    channel.failures = [SendFailed("550 no such user", permanent=True)]
    config = given.config(alerts=[{"to": ["a@example.org", "b@example.org"]}])
    assert run(config) == Delivered(sent=1, failed=1)


def test_a_mail_that_cannot_be_made_does_not_stop_the_others(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    make_deliveries(db, given.config(), clock())

    def broken(db: Database, report_id: int) -> ReportFacts:
        if report_id == 7:
            raise LookupError("no report 7")
        return stored_facts(db, report_id)

    made = deliver(db, given.config(), clock, channel=channel, facts=broken)
    assert made == Delivered(pending=1)
    assert states(db) == [("pending", 1, "the mail cannot be made: LookupError('no report 7')")]
    clock.move(minutes=11)
    given.ready(db, 8, clock())
    raise_alerts(db, clock())
    make_deliveries(db, given.config(), clock())
    assert deliver(db, given.config(), clock, channel=channel, facts=broken) == Delivered(sent=1, pending=1)


@pytest.mark.parametrize("fault", [LookupError, ValueError, TypeError, AttributeError, KeyError, RecursionError])
def test_whatever_fault_of_ours_is_in_a_mail_it_waits_and_the_next_is_sent(
    db: Database, clock: Clock, channel: Recorder, run: Run, fault: type[Exception]
) -> None:
    for number, urn in ((7, given.URN), (8, given.OTHER_URN)):
        given.ready(db, number, clock(), urn=urn)

    def broken(db: Database, report_id: int) -> ReportFacts:
        if report_id == 7:
            raise fault("odd")
        return stored_facts(db, report_id)

    rules = [{"to": "a@example.org", "watch": [given.URN]}, {"to": "b@example.org", "watch": [given.OTHER_URN]}]
    config = given.config(watch=[given.URN, given.OTHER_URN], alerts=rules)
    raise_alerts(db, clock())
    make_deliveries(db, config, clock())
    assert deliver(db, config, clock, channel=channel, facts=broken) == Delivered(sent=1, pending=1)


def test_a_database_that_cannot_be_used_is_no_fault_of_a_mail(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    make_deliveries(db, given.config(), clock())

    def full(db: Database, report_id: int) -> ReportFacts:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorname = "SQLITE_IOERR_READ"
        raise error

    with pytest.raises(sqlite3.OperationalError):
        deliver(db, given.config(), clock, channel=channel, facts=full)


@pytest.mark.parametrize("tried", [False, True], ids=["a digest that is due", "a mail that is tried again"])
def test_a_mail_waits_while_the_comparison_of_its_report_is_still_to_come(
    db: Database, clock: Clock, channel: Recorder, run: Run, tried: bool
) -> None:
    given.authorities(db)
    given.ready(db, 7, clock(), kind="inspection")
    compare_pending(db, clock)
    raise_alerts(db, clock())
    make_deliveries(db, given.config(), clock())
    if tried:
        channel.failures = [SendFailed("down", server=True)]
        assert run().sent == 0
    db.conn.execute("DELETE FROM compared")  # as a new reader leaves it
    db.conn.commit()
    clock.move(minutes=5)
    assert run() == Delivered(pending=1)
    assert not channel.sent
    compare_pending(db, clock)
    clock.move(minutes=5)
    assert run() == Delivered(sent=1)


@pytest.mark.parametrize("sender", ["watch@example..org", "watch@example.org.", "x@[y", "watch", "", "@"])
def test_a_sender_that_is_no_address_ends_no_round_and_loses_no_mail(
    db: Database, clock: Clock, channel: Recorder, run: Run, sender: str
) -> None:
    given.ready(db, 7, clock())
    config = given.config()
    wrong = config.model_copy(update={"mail": config.mail.model_copy(update={"sender": sender})})
    assert run(wrong) == Delivered(pending=1)
    clock.move(minutes=1)
    assert run(config) == Delivered(sent=1)


def test_news_of_a_report_joins_its_thread(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    given.ready(db, 7, clock())
    run()
    clock.move(hours=3)
    given.ready(db, 8, clock())
    run()
    clock.move(hours=3)
    given.article(db, "https://a.example.org/1", clock(), report_id=8)
    assert run() == Delivered(sent=1)
    other, first, second = channel.sent
    assert "In-Reply-To" not in other
    assert "In-Reply-To" not in first
    assert second["In-Reply-To"] == second["References"] == first["Message-ID"]


def test_a_mail_about_two_reports_joins_no_thread(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    given.ready(db, 7, clock())
    run()
    clock.move(hours=3)
    given.article(db, "https://a.example.org/1", clock(), report_id=7)
    given.ready(db, 8, clock())
    run()
    assert "References" not in channel.sent[1]


def test_nobody_is_told_without_a_rule(db: Database, clock: Clock, run: Run) -> None:
    given.ready(db, 7, clock())
    assert run(given.config(alerts=[])) == Delivered()


def test_without_a_mail_server_mails_are_files(db: Database, clock: Clock, run: Run, tmp_path: Path) -> None:
    given.ready(db, 7, clock())
    config = given.config(data=tmp_path / "data")
    raise_alerts(db, clock())
    make_deliveries(db, config, clock())
    assert deliver(db, config, clock, facts=stored_facts) == Delivered(sent=1)
    assert len(list((tmp_path / "data" / "mail").glob("*.eml"))) == 1
    assert rows(db, "SELECT channel FROM deliveries") == [{"channel": "eml"}]


def test_by_a_real_server_after_it_was_down_and_then_hung_up(db: Database, clock: Clock, run: Run) -> None:
    given.ready(db, 7, clock())
    raise_alerts(db, clock())

    def at(port: int) -> Delivered:
        config = given.smtp(port)
        make_deliveries(db, config, clock())
        return deliver(db, config, clock, facts=stored_facts)

    assert at(free_port()) == Delivered(pending=1)
    clock.move(minutes=1)
    with serving() as server:
        server.hang_up = 1
        assert at(server.port) == Delivered(pending=1)
        clock.move(minutes=2)
        server.rcpt["lead@example.org"] = "450 greylisted"
        assert at(server.port) == Delivered(pending=1)
        server.rcpt.clear()
        clock.move(minutes=4)
        assert at(server.port) == Delivered(sent=1)
    assert len({mail["Message-ID"] for mail in server.mails}) == 1
    assert len(server.mails) == 2, "the server that hung up had it; mail programs show a repeated Message-ID once"


def test_the_journal_has_a_line_for_each_alert_and_each_delivery(
    db: Database, clock: Clock, channel: Recorder, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    given.ready(db, 7, clock())
    channel.failures = [SendFailed("away", server=True), SendFailed("550 no such user", permanent=True)]
    config = given.config(alerts=[{"to": "lead@example.org"}])
    for _ in range(2):
        run(config)
        clock.move(minutes=2)
    given.ready(db, 8, clock())
    run(config)
    lines = [record.getMessage() for record in caplog.records]
    for line in (
        "alert 1: report:7",
        "mail to lead@example.org is not taken: away",
        "mail to lead@example.org is tried again at 2026-03-02T09:01:00.000000+00:00",
        "mail to lead@example.org is given up",
        "mail to lead@example.org is sent: 1 alerts",
    ):
        assert lines.count(line) == 1, lines
