"""What becomes of a mail that could not be handed over: tried again, or given up and told to those who run the watch."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from monitor.alerts import NewAlert, insert_alert
from monitor.database import rows, stamp, writing
from monitor.mail.channels import SendFailed

PATIENCE = timedelta(days=3)
FEWEST_ATTEMPTS = 10  # a watch that was switched off for days has not tried just because time has passed
SOURCE = "mail"


def record_failure(
    db: Database, deliveries: Sequence[int], batch: str, attempts: int, error: SendFailed, now: datetime
) -> int:
    """Write down one failed attempt; returns 1 where the mail is given up with it, else 0."""
    over = now - datetime.fromisoformat(batch) > PATIENCE and attempts >= FEWEST_ATTEMPTS
    state = "failed" if error.permanent or over else "pending"
    with writing(db):
        for delivery in deliveries:
            db.conn.execute("UPDATE deliveries SET state = ?, error = ? WHERE id = ?", (state, str(error), delivery))
            db.conn.execute(
                "INSERT INTO attempts (delivery_id, attempted, error) VALUES (?, ?, ?)",
                (delivery, stamp(now), str(error)),
            )
        _issue(db, f"mail is not delivered: {error}", now)
    return int(state == "failed")


def give_up(db: Database, now: datetime) -> None:
    """Tell of mails that were given up, once for each; a mail that only told of lost mail is not told of again."""
    with writing(db):
        lost = rows(
            db,
            "SELECT d.message_id, d.recipient, max(d.error) AS error, min(d.batch) AS batch FROM deliveries d "
            "JOIN alerts a ON a.id = d.alert_id WHERE d.state = 'failed' AND coalesce(a.source, '') <> ? "
            "AND NOT EXISTS (SELECT 1 FROM alerts t WHERE t.dedupe_key = 'mail:' || d.message_id) "
            "GROUP BY d.message_id, d.recipient",
            [SOURCE],
        )
        for row in lost:
            message = f"to {row['recipient']}: {row['error']}"
            detail = {"verdict": "failed", "message": message, "since": row["batch"], "well": False}
            insert_alert(db, NewAlert("source", f"mail:{row['message_id']}", source=SOURCE, detail=detail), now)
            _issue(db, f"mail was given up {message}", now)


def _issue(db: Database, message: str, now: datetime) -> None:
    db.conn.execute(
        "INSERT INTO issues (source, level, message, first_seen, last_seen) VALUES (?, 'error', ?, ?, ?) "
        "ON CONFLICT (source, level, message) DO UPDATE SET last_seen = excluded.last_seen, count = count + 1",
        (SOURCE, message, stamp(now), stamp(now)),
    )
