"""What becomes of a mail that could not be handed over: tried again, or given up and told to those who run the watch."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from monitor.alerts import NewAlert, insert_alert
from monitor.database import note_issue, rows, stamp, writing
from monitor.mail.channels import SendFailed
from monitor.mail.channels.answers import Fault

PATIENCE = timedelta(days=3)
FEWEST_ATTEMPTS = 10  # a watch that was switched off for days has not tried just because time has passed
SOURCE = "mail"
ADDRESS = re.compile(r"(?<![^\s<>()\[\]{},;:\"'`=|])[^\s<>()\[\]{},;:\"'`=|@]++@[^\s<>()\[\]{},;\"'`|]++")
"""What may be a mail address, in whatever brackets a server puts it."""


def record_failure(
    db: Database,
    deliveries: Sequence[int],
    batch: str,
    attempts: int,
    error: SendFailed,
    now: datetime,
    *,
    fault: Fault | None = None,
) -> int:
    """Write down one failed attempt; returns 1 where the mail is given up with it, else 0.

    What is ours to mend waits for as long as that takes. A notice to those who run the watch waits until one of them has it.
    """
    fault = fault or error.fault(others_taken=False)
    over = now - datetime.fromisoformat(batch) > PATIENCE and attempts >= FEWEST_ATTEMPTS
    lost = fault == Fault.RECIPIENT or (fault == Fault.PASSING and over)
    with writing(db):
        kept = _untold(db, deliveries) if lost else set()
        for delivery in deliveries:
            state = "failed" if lost and delivery not in kept else "pending"
            db.conn.execute(
                "UPDATE deliveries SET state = ?, error = ?, fault = ? WHERE id = ?",
                (state, str(error), fault, delivery),
            )
            db.conn.execute(
                "INSERT INTO attempts (delivery_id, attempted, error) VALUES (?, ?, ?)",
                (delivery, stamp(now), str(error)),
            )
        _count(db, f"mail is not delivered: {_told_by(error)}", without_addresses(str(error)), now)
    return int(lost and not (kept and kept == set(deliveries)))


def _untold(db: Database, deliveries: Sequence[int]) -> set[int]:
    """Those that tell of the watch itself, which nobody has been told of yet."""
    marks = ",".join("?" * len(deliveries))
    found = rows(
        db,
        f"SELECT d.id FROM deliveries d JOIN alerts a ON a.id = d.alert_id WHERE d.id IN ({marks}) AND a.kind = 'source' "  # noqa: S608
        "AND NOT EXISTS (SELECT 1 FROM deliveries t WHERE t.alert_id = a.id AND t.state = 'sent')",
        list(deliveries),
    )
    return {row["id"] for row in found}


def give_up(db: Database, now: datetime) -> int:
    """Tell of mails that were given up, once for each, and return how many. A mail that only told of lost mail is not told of again."""
    with writing(db):
        lost = rows(
            db,
            "SELECT d.message_id, max(d.error) AS error, min(d.batch) AS batch FROM deliveries d "
            "JOIN alerts a ON a.id = d.alert_id WHERE d.state = 'failed' AND coalesce(a.source, '') <> ? "
            "AND NOT EXISTS (SELECT 1 FROM alerts t WHERE t.dedupe_key = 'mail:' || d.message_id) "
            "GROUP BY d.message_id",
            [SOURCE],
        )
        for row in lost:
            why = without_addresses(row["error"] or "")
            detail = {
                "verdict": "failed",
                "message": why,
                "since": row["batch"],
                "well": False,
                "mail": row["message_id"],
            }
            insert_alert(db, NewAlert("source", f"mail:{row['message_id']}", source=SOURCE, detail=detail), now)
            _count(db, "mail was given up", f"the table deliveries says whose: {why}", now)
    return len(lost)


def without_addresses(text: str) -> str:
    """A text as it may stand outside the outbox: recipients are named in `deliveries` and `attempts` and nowhere else."""
    return ADDRESS.sub("(address)", text)


def _told_by(error: SendFailed) -> str:
    """What one fault has in common whatever else the server writes: queue ids, times and addresses make no other issue of it."""
    if error.answer is None:
        return without_addresses(str(error))
    return f"{error.answer.code} {error.answer.enhanced}".strip()


def _count(db: Database, fault: str, text: str, now: datetime) -> None:
    """One issue for each fault, with the latest words about it."""
    message = fault if fault.endswith(text) else f"{fault}: {text}"
    known = rows(
        db,
        "SELECT rowid, message FROM issues WHERE source = ? AND level = 'error' AND (message = ? OR substr(message, 1, ?) = ?)",
        [SOURCE, fault, len(fault) + 2, f"{fault}: "],
    )
    if known:
        db.conn.execute(
            "UPDATE OR REPLACE issues SET last_seen = ?, count = count + 1, message = ?, healed = NULL WHERE rowid = ?",
            (stamp(now), message, known[0]["rowid"]),
        )
        return
    note_issue(db, SOURCE, "error", message, now)


def heal(db: Database, now: datetime) -> None:
    """Nothing waits that was refused before: what is noted of refusals is over."""
    if not rows(db, "SELECT 1 FROM deliveries WHERE state IN ('pending', 'sending') AND error IS NOT NULL LIMIT 1"):
        with writing(db):
            db.conn.execute(
                "UPDATE issues SET healed = ? WHERE source = ? AND healed IS NULL AND key IS NULL", [stamp(now), SOURCE]
            )
