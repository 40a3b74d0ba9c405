"""The outbox: deliveries that are due become mails, and each mail is handed over once, or tried again until it is.

One mail a recipient and run: its deliveries share a `batch` (when the mail was made) and a `message_id`, both stored
before the first attempt. A mail is claimed by compare-and-set, so two processes never send the same one; a crash between
sending and recording repeats it with the same Message-ID, which mail programs show once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from jinja2 import TemplateError
from sqlite_utils import Database

from monitor.alerts import Facts, items_of
from monitor.config import Config
from monitor.database import rows, stamp, value, writing
from monitor.facts import report_facts
from monitor.mail.channels import Channel, SendFailed
from monitor.mail.channels.eml import Eml
from monitor.mail.channels.message import Envelope, build, message_id
from monitor.mail.channels.smtp import Smtp
from monitor.mail.failures import give_up, record_failure
from monitor.mail.letter import Letter, render
from monitor.mail.reasons import reasons

LOST = timedelta(minutes=10)  # a mail that has been "sending" for so long was cut off by a crash
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
MAIL_FOLDER = "mail"


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many mails were handed over and given up in this run, and how many wait for another attempt."""

    sent: int = 0
    failed: int = 0
    pending: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that is due: its deliveries, which alerts they tell, and how often it was tried."""

    batch: str
    recipient: str
    message_id: str
    attempts: int
    deliveries: tuple[int, ...]
    alerts: tuple[int, ...]


def open_channel(config: Config) -> Channel:
    """The mail server of the config, or the folder of mails where none is set."""
    return Smtp(config.mail) if config.mail.host else Eml(config.data / MAIL_FOLDER)


def deliver(
    db: Database, config: Config, now: datetime, *, channel: Channel | None = None, facts: Facts = report_facts
) -> Delivered:
    """Send what is due. After a failure of the server itself the rest waits for the next run, untried."""
    channel = channel or open_channel(config)
    recover(db, now)
    assign(db, config, channel.name, now)
    sent = failed = 0
    for mail in waiting(db, now):
        if not claim(db, mail, now):
            continue
        try:
            channel.send(_message(db, config, mail, facts), mail.recipient)
        except SendFailed as error:
            failed += record_failure(db, mail.deliveries, mail.batch, mail.attempts + 1, error, now)
            if error.server:
                break
        else:
            record_sent(db, mail, now)
            sent += 1
    give_up(db, now)
    return Delivered(sent, failed, _pending(db, now))


def recover(db: Database, now: datetime) -> int:
    """Put deliveries that a crash left in `sending` back, each with the Message-ID it had; returns how many."""
    with writing(db):
        found = db.conn.execute(
            "UPDATE deliveries SET state = 'pending' WHERE state = 'sending' AND claimed < ?", (stamp(now - LOST),)
        )
        return found.rowcount


def assign(db: Database, config: Config, channel: str, now: datetime) -> None:
    """Gather what is due into one new mail a recipient. What is being retried stays the mail it was."""
    with writing(db):
        due = rows(
            db,
            "SELECT id, recipient, alert_id FROM deliveries WHERE state = 'pending' AND batch IS NULL AND due <= ? ORDER BY id",
            [stamp(now)],
        )
        for recipient in dict.fromkeys(row["recipient"] for row in due):
            mine = [row for row in due if row["recipient"] == recipient]
            identity = message_id(config.mail.sender, stamp(now), recipient, [row["alert_id"] for row in mine])
            db.conn.executemany(
                "UPDATE deliveries SET batch = ?, message_id = ?, channel = ? WHERE id = ?",
                [(stamp(now), identity, channel, row["id"]) for row in mine],
            )


def waiting(db: Database, now: datetime) -> list[Waiting]:
    """The mails that are to be tried now, those that have waited longest first."""
    found = rows(
        db,
        "SELECT batch, recipient, message_id, max(attempts) AS attempts, group_concat(id) AS deliveries, "
        "group_concat(alert_id) AS alerts FROM deliveries WHERE state = 'pending' AND batch IS NOT NULL AND due <= ? "
        "GROUP BY message_id, recipient ORDER BY min(due), message_id",
        [stamp(now)],
    )
    return [
        Waiting(
            row["batch"], row["recipient"], row["message_id"], row["attempts"],
            _numbers(row["deliveries"]), _numbers(row["alerts"]),
        )
        for row in found
    ]  # fmt: skip


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted(int(number) for number in text.split(",")))


def claim(db: Database, mail: Waiting, now: datetime) -> bool:
    """Take a mail to send it; False where another process has it.

    The attempt is counted and the next one set before anything is done, so that a mail whose making fails waits
    behind the others instead of stopping them each time.
    """
    with writing(db):
        marks = ",".join("?" * len(mail.deliveries))
        taken = db.conn.execute(
            f"UPDATE deliveries SET state = 'sending', claimed = ?, attempts = attempts + 1, due = ? "  # noqa: S608
            f"WHERE state = 'pending' AND id IN ({marks})",
            (stamp(now), stamp(now + wait(mail.attempts + 1)), *mail.deliveries),
        )
        return taken.rowcount > 0


def wait(attempts: int) -> timedelta:
    """How long after this many failures the next attempt comes: a minute, doubling up to six hours."""
    return min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)


def record_sent(db: Database, mail: Waiting, now: datetime) -> None:
    """Note that the server has taken the mail, with the attempt: it is never sent again."""
    with writing(db):
        for delivery in mail.deliveries:
            db.conn.execute(
                "UPDATE deliveries SET state = 'sent', sent_at = ?, error = NULL WHERE id = ?", (stamp(now), delivery)
            )
            db.conn.execute("INSERT INTO attempts (delivery_id, attempted) VALUES (?, ?)", (delivery, stamp(now)))


def _message(db: Database, config: Config, mail: Waiting, facts: Facts) -> EmailMessage:
    """The mail as it goes out: its words, and the headers that make a repeat the same mail."""
    envelope = Envelope(
        config.mail.sender, mail.recipient, mail.message_id, datetime.fromisoformat(mail.batch), _thread(db, mail)
    )
    try:
        items = items_of(db, mail.alerts, facts)
        letter = Letter(items, mail.recipient, reasons(config, mail.recipient), config.contact, config.zone)
        return build(envelope, render(letter))
    except (
        LookupError,
        ValueError,
        TemplateError,
    ) as error:  # a fault of ours in one mail must not hold back the others
        raise SendFailed(f"the mail cannot be made: {error!r}") from error


def _thread(db: Database, mail: Waiting) -> str | None:
    """The first mail to this recipient about the report that this mail is about; None where it is about several."""
    about = rows(
        db,
        "SELECT DISTINCT report_id FROM alerts WHERE id IN (SELECT alert_id FROM deliveries WHERE message_id = ?)",
        [mail.message_id],
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


def _pending(db: Database, now: datetime) -> int:
    return int(
        value(
            db,
            "SELECT count(DISTINCT coalesce(message_id, recipient)) FROM deliveries WHERE state IN ('pending', 'sending') "
            "AND (batch IS NOT NULL OR due <= ?)",
            [stamp(now)],
        )
    )
