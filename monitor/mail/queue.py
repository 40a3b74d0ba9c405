"""The mails that wait: what is due becomes one mail a recipient, is claimed to be sent, and waits again where that fails."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from monitor.alerts import unwanted
from monitor.config import Config
from monitor.database import CLOCKS_APART, rows, stamp, value, writing
from monitor.facts import ready
from monitor.mail.channels.message import message_id
from monitor.mail.digests import came_by, early

log = logging.getLogger(__name__)

LOST = timedelta(minutes=10)  # a mail that has been "sending" for so long was cut off by a crash
COMPARED_WITHIN = timedelta(days=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
DUE = """
SELECT d.id, d.recipient, d.alert_id, d.digest, a.kind FROM deliveries d JOIN alerts a ON a.id = d.alert_id
WHERE d.state = 'pending' AND d.batch IS NULL AND d.due <= ? ORDER BY d.id
"""
UNWANTED = "no rule of the config asks for it any more"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that is due: its deliveries, which alerts they tell, and how often it was tried."""

    batch: str
    recipient: str
    message_id: str
    attempts: int
    deliveries: tuple[int, ...]
    alerts: tuple[int, ...]


def recover(db: Database, now: datetime) -> int:
    """Put deliveries that a crash left in `sending` back, each with the Message-ID it had; returns how many."""
    with writing(db):
        found = db.conn.execute(
            "UPDATE deliveries SET state = 'pending' WHERE state = 'sending' AND claimed NOT BETWEEN ? AND ?",
            (stamp(now - LOST), stamp(now + CLOCKS_APART)),
        )
        return found.rowcount


def assign(db: Database, config: Config, channel: str, now: datetime) -> None:
    """Gather what is due into one new mail a recipient. What is being retried stays the mail it was."""
    with writing(db):
        due = came_by(db, rows(db, DUE, [stamp(now)]))
        late = to_be_compared(db, [row["alert_id"] for row in due], now)
        held = early(db, config, due, late, now)
        due = [row for row in due if row["alert_id"] not in late and row["id"] not in held]
        for recipient in dict.fromkeys(row["recipient"] for row in due):
            mine = [row for row in due if row["recipient"] == recipient]
            identity = message_id(config.mail.sender, stamp(now), recipient, [row["alert_id"] for row in mine])
            db.conn.executemany(
                "UPDATE deliveries SET batch = ?, due = min(due, ?), message_id = ?, channel = ? WHERE id = ?",
                [(stamp(now), stamp(now), identity, channel, row["id"]) for row in mine],
            )


def to_be_compared(db: Database, alerts: Sequence[int], now: datetime) -> set[int]:
    """Which of these tell of a report whose comparison is still to come, as while the archive is read anew: for a day they wait for it."""
    found = rows(
        db,
        "SELECT id, report_id FROM alerts WHERE id IN (SELECT value FROM json_each(?)) AND kind IN ('report', 'amended') AND created > ?",
        [json.dumps(list(alerts)), stamp(now - COMPARED_WITHIN)],
    )
    return {row["id"] for row in found if not ready(db, row["report_id"])}


def drop_unwanted(db: Database, config: Config) -> None:
    """Drop what no rule asks for any more: who is taken out of the config is told nothing, also not what was pending."""
    with writing(db):
        for row in unwanted(db, config):
            db.conn.execute("UPDATE deliveries SET state = 'dropped', error = ? WHERE id = ?", (UNWANTED, row["id"]))
            log.info("alert %d is not sent to %s: %s", row["alert_id"], row["recipient"], UNWANTED)


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
                "UPDATE deliveries SET state = 'sent', sent_at = ?, error = NULL, fault = NULL WHERE id = ?",
                (stamp(now), delivery),
            )
            db.conn.execute("INSERT INTO attempts (delivery_id, attempted) VALUES (?, ?)", (delivery, stamp(now)))


def pending(db: Database, now: datetime) -> int:
    """How many mails are due, or wait to be tried again."""
    return int(
        value(
            db,
            "SELECT count(DISTINCT coalesce(message_id, recipient)) FROM deliveries WHERE state IN ('pending', 'sending') "
            "AND (batch IS NOT NULL OR due <= ?)",
            [stamp(now)],
        )
    )
