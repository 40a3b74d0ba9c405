"""The outbox: deliveries that are due become mails, and each mail is handed over once, or tried again until it is.

One mail a recipient and run: its deliveries share a `batch` (when the mail was made) and a `message_id`, both stored
before the first attempt. A mail is claimed by compare-and-set, so two processes never send the same one; a crash between
sending and recording repeats it with the same Message-ID, which mail programs show once.
"""

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from threading import Event

from sqlite_utils import Database

from monitor.alerts import WATCHING, Facts, announce, items_of, make_deliveries
from monitor.config import Config
from monitor.database import rows, stamp, value, writing
from monitor.facts import report_facts
from monitor.mail.channels import Channel, SendFailed
from monitor.mail.channels.answers import Fault
from monitor.mail.channels.eml import Eml
from monitor.mail.channels.message import Envelope, build
from monitor.mail.channels.smtp import Smtp
from monitor.mail.digests import watch_of_mail
from monitor.mail.failures import give_up, heal, record_failure
from monitor.mail.letter import Letter, render
from monitor.mail.queue import (
    Waiting,
    assign,
    claim,
    drop_unwanted,
    pending,
    record_sent,
    recover,
    to_be_compared,
    wait,
    waiting,
)
from monitor.mail.reasons import reasons
from monitor.mail.server_state import tell_of_server
from scraper.database import is_fault

log = logging.getLogger(__name__)

MAIL_FOLDER = "mail"
PASSES = 3  # what is due, then what there is to tell of that, then what a server that is well again may have

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many mails were handed over and given up in this run, and how many wait for another attempt."""

    sent: int = 0
    failed: int = 0
    pending: int = 0


def open_channel(config: Config) -> Channel:
    """The mail server of the config, or the folder of mails where none is set."""
    return Smtp(config.mail) if config.mail.host else Eml(config.data / MAIL_FOLDER)


def deliver(
    db: Database,
    config: Config,
    clock: Clock,
    *,
    channel: Channel | None = None,
    facts: Facts = report_facts,
    stop: Event | None = None,
) -> Delivered:
    """Send what is due, and at once what there is to tell of it. After a failure of the server itself the rest waits, untried.

    `stop`: looked at between mails; what is left is due at the next run.
    """
    stop = stop or Event()
    channel = channel or open_channel(config)
    begun = clock()
    recover(db, begun)
    sent = failed = 0
    for _ in range(PASSES):
        drop_unwanted(db, config)
        assign(db, config, channel.name, clock())
        announce(db, config, clock())
        done = _hand_over(db, config, clock, channel, facts, stop)
        sent += done.sent
        failed += _settle(db, done.failures, clock())
        more = _tell(db, config, done, clock()) | _hurry(db, done, begun, clock())
        if done.cut_short or stop.is_set() or not more:
            break
    heal(db, clock())
    return Delivered(sent, failed, pending(db, clock()))


@dataclass(slots=True)
class _Pass:
    """One pass over what is due: how many were sent, which not; `cut_short`: by the server itself."""

    sent: int = 0
    failures: list[tuple[Waiting, SendFailed, datetime]] = field(default_factory=list)
    cut_short: bool = False

    @property
    def ours(self) -> list[SendFailed]:
        """The failures that are the server's or ours, for all that this pass has shown."""
        return [error for _, error, _ in self.failures if error.fault(self.sent > 0) == Fault.OURS]


def _hand_over(db: Database, config: Config, clock: Clock, channel: Channel, facts: Facts, stop: Event) -> _Pass:
    done = _Pass()
    for mail in waiting(db, clock()):
        if stop.is_set():
            break
        if to_be_compared(db, mail.alerts, clock()) or not claim(db, mail, clock()):
            continue
        try:
            channel.send(_message(db, config, mail, facts, clock()), mail.recipient)
        except SendFailed as error:
            log.warning("mail to %s is not taken: %s", mail.recipient, error)
            done.failures.append((mail, error, clock()))
            if error.server:
                done.cut_short = True
                break
        else:
            record_sent(db, mail, clock())
            log.info("mail to %s is sent: %d alerts", mail.recipient, len(mail.alerts))
            done.sent += 1
    return done


def _settle(db: Database, failures: list[tuple[Waiting, SendFailed, datetime]], now: datetime) -> int:
    """Write down what failed, now that it is known whether others were taken; returns how many mails are given up."""
    failed = 0
    for mail, error, when in failures:
        fault = error.fault(_others_taken(db, mail, error))
        given_up = record_failure(db, mail.deliveries, mail.batch, mail.attempts + 1, error, when, fault=fault)
        then = "given up" if given_up else f"tried again at {stamp(now + wait(mail.attempts + 1))}"
        log.info("mail to %s is %s", mail.recipient, then)
        failed += given_up
    return failed


def _others_taken(db: Database, mail: Waiting, error: SendFailed) -> bool:
    """Whether the server has taken others since this mail was made: for another recipient, or any at all where the mail is refused."""
    of_mail = error.answer is not None and error.answer.at_data
    return bool(
        value(
            db,
            "SELECT EXISTS (SELECT 1 FROM deliveries WHERE state = 'sent' AND sent_at >= ? AND message_id <> ? "
            "AND (recipient <> ? OR ?))",
            [mail.batch, mail.message_id, mail.recipient, of_mail],
        )
    )


def _tell(db: Database, config: Config, done: _Pass, now: datetime) -> bool:
    """Tell of mails given up, and of a server that takes none or does again; whether there is anything to send of it."""
    given_up, changed = give_up(db, now), tell_of_server(db, done.ours, now)
    return bool(given_up or changed) and make_deliveries(db, config, now) > 0


def _hurry(db: Database, done: _Pass, begun: datetime, now: datetime) -> bool:
    """Where the server takes mail, what waited for it and was not tried in this run need not wait longer."""
    if not done.sent:
        return False
    with writing(db):
        found = db.conn.execute(
            "UPDATE deliveries SET due = ? WHERE state = 'pending' AND fault = ? AND due > ? AND claimed < ?",
            (stamp(now), Fault.OURS, stamp(now), stamp(begun)),
        )
        return found.rowcount > 0


def _message(db: Database, config: Config, mail: Waiting, facts: Facts, now: datetime) -> EmailMessage:
    """The mail as it goes out: its words, and the headers that make a repeat the same mail."""
    try:
        made = datetime.fromisoformat(mail.batch)
        envelope = Envelope(config.mail.sender, mail.recipient, mail.message_id, made, _thread(db, mail))
        items = items_of(db, mail.alerts, facts, mail.recipient)
        watch = watch_of_mail(db, config, mail.message_id, mail.recipient, now)
        letter = Letter(items, mail.recipient, reasons(config, mail.recipient), config.contact, config.zone, watch)
        return build(envelope, render(letter))
    except SendFailed:
        raise
    except Exception as error:
        if isinstance(error, sqlite3.Error) and is_fault(error):
            raise  # a database that cannot be used is no fault of this mail
        # a fault of ours in one mail must not hold back the others, whatever it is
        raise SendFailed(f"the mail cannot be made: {error!r}") from error


def _thread(db: Database, mail: Waiting) -> str | None:
    """The first mail to this recipient about the report that this mail is about; None where it is about several."""
    about = rows(
        db,
        "SELECT DISTINCT report_id FROM alerts WHERE id IN (SELECT alert_id FROM deliveries WHERE message_id = ?) AND kind <> ?",
        [mail.message_id, WATCHING],
    )
    if len(about) != 1 or about[0]["report_id"] is None:
        return None
    found = value(
        db,
        "SELECT d.message_id FROM deliveries d JOIN alerts a ON a.id = d.alert_id WHERE a.report_id = ? "
        "AND d.recipient = ? AND d.state = 'sent' AND d.message_id <> ? ORDER BY d.sent_at, d.id LIMIT 1",
        [about[0]["report_id"], mail.recipient, mail.message_id],
    )
    return str(found) if found else None
