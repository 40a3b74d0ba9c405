"""Whether mail leaves at all: told to those who run the watch once when it does not, and once more when it does again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from monitor.alerts import NewAlert, insert_alert
from monitor.database import rows, stamp, value, writing
from monitor.mail.channels import SendFailed
from monitor.mail.channels.answers import Fault
from monitor.mail.failures import SOURCE, without_addresses

KEY = "mail server:"
SETTLES, TRIED = (
    timedelta(hours=1),
    3,
)  # a server that is restarted is back before; what it refuses does not pass by itself

WAITING = """
SELECT min(a.attempted) AS since, max(d.error) AS error, max(d.attempts) AS attempts,
  (SELECT count(DISTINCT message_id) FROM deliveries WHERE state IN ('pending', 'sending') AND batch IS NOT NULL) AS mails
FROM deliveries d JOIN attempts a ON a.delivery_id = d.id AND a.error IS NOT NULL
WHERE d.state IN ('pending', 'sending') AND d.fault = ?
"""


@dataclass(frozen=True, slots=True)
class MailWaits:
    """Mail that does not leave for a reason that is ours or the server's: since when, how many mails wait, and what was said."""

    since: str
    mails: int
    error: str
    attempts: int = 0


def mail_waits(db: Database) -> MailWaits | None:
    """What waits because of us or the server; None where nothing does."""
    found = rows(db, WAITING, [Fault.OURS])[0]
    if not found["since"]:
        return None
    return MailWaits(found["since"], found["mails"], without_addresses(found["error"]), found["attempts"])


def tell_of_server(db: Database, failures: Sequence[SendFailed], now: datetime) -> int | None:
    """Raise an alert where the state of the mail has changed; returns its id. `failures`: those of this run that are ours."""
    waits, told = mail_waits(db), _told(db)
    with writing(db):
        if waits and not told and (any(error.refused for error in failures) or _lasts(waits, failures, now)):
            return insert_alert(db, _notice(waits), now)
        if told and not waits:
            detail = {"verdict": "ok", "since": stamp(now), "well": True, "broken_since": told["since"]}
            return insert_alert(db, NewAlert("source", f"{KEY}{stamp(now)}", source=SOURCE, detail=detail), now)
    return None


def _lasts(waits: MailWaits, failures: Sequence[SendFailed], now: datetime) -> bool:
    return bool(failures) and waits.attempts >= TRIED and now - datetime.fromisoformat(waits.since) >= SETTLES


def _notice(waits: MailWaits) -> NewAlert:
    detail = {"verdict": "waits", "message": waits.error, "since": waits.since, "well": False, "waiting": waits.mails}
    return NewAlert("source", f"{KEY}{waits.since}", source=SOURCE, detail=detail)


def _told(db: Database) -> dict[str, Any] | None:
    """What the last notice said, if nobody has been told since that all is well."""
    found = value(
        db,
        "SELECT detail FROM alerts WHERE source = ? AND substr(dedupe_key, 1, ?) = ? ORDER BY id DESC LIMIT 1",
        [SOURCE, len(KEY), KEY],
    )
    detail: dict[str, Any] = json.loads(found) if found else {"well": True}
    return None if detail["well"] else detail
