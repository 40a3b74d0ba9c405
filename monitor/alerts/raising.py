"""What is worth telling, each thing once: rows in `alerts`, and for each recipient a row in `deliveries`.

Both are written before anything is sent and both can be run again with no harm: an alert is known by its `dedupe_key`,
and its recipients are decided once (`addressed`), so that a rule added later does not replay what was told before.
"""

import logging
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from monitor.alerts.audience import Audience, audiences, channel, spelling
from monitor.alerts.due import due_at
from monitor.alerts.even_if_nothing import WATCHING, announce, asked_for
from monitor.alerts.issues import issue_changes
from monitor.alerts.new_alert import insert_alert
from monitor.alerts.news import stories
from monitor.alerts.reports import amended, listed_again, new_reports, now_filed, now_readable, withdrawn
from monitor.alerts.sources import source_changes
from monitor.config import Config
from monitor.database import isolated, rows, stamp, writing

log = logging.getLogger(__name__)

STEPS = (amended, new_reports, now_readable, now_filed, withdrawn, listed_again, stories, source_changes, issue_changes)


def raise_alerts(db: Database, now: datetime) -> list[int]:
    """Write what is new to tell and return the ids of the new alerts; run again it finds nothing.

    What one kind of alert fails on is an issue of that kind, which comes last of all and is told at once.
    """
    found: list[int] = []
    for step in STEPS:
        with isolated(db, "alert", step.__name__, now), writing(db):
            found += [alert_id for alert in step(db, now) if (alert_id := insert_alert(db, alert, now))]
    return found


def make_deliveries(db: Database, config: Config, now: datetime) -> int:
    """Decide who is told of each alert not yet addressed, and when; returns how many deliveries were made."""
    alerts = rows(db, "SELECT id, kind, urn FROM alerts WHERE addressed IS NULL ORDER BY id")
    rules = audiences(config) if alerts else []
    made = 0
    for alert in alerts:
        with isolated(db, "address", f"alert {alert['id']}", now), writing(db):
            made += _address(db, config, alert, rules, now)
    announce(db, config, now)
    return made


def unwanted(db: Database, config: Config) -> list[dict[str, Any]]:
    """Deliveries not sent yet that no rule of the config asks for any more, each with its alert and recipient."""
    pending = rows(
        db,
        "SELECT d.id, d.alert_id, d.recipient, d.digest, a.kind, a.urn FROM deliveries d JOIN alerts a ON a.id = d.alert_id "
        "WHERE d.state = 'pending' ORDER BY d.id",
    )
    rules = audiences(config) if pending else []
    return [row for row in pending if not _is_wanted(row, rules)]


def _is_wanted(row: dict[str, Any], rules: list[Audience]) -> bool:
    if row["kind"] == WATCHING:
        return asked_for(rules, row["recipient"], row["digest"])
    return any(each.names(row["recipient"]) and each.wants(row) for each in rules)


def _address(db: Database, config: Config, alert: dict[str, Any], rules: list[Audience], now: datetime) -> int:
    recipients: dict[str, tuple[datetime, str | None]] = {}
    for rule in (each.rule for each in rules if each.wants(alert)):
        told = (due_at(rule.when, now, config.zone), rule.when.digest)
        for address in (each.casefold() for each in rule.to):
            recipients[address] = min(told, recipients.get(address, told), key=itemgetter(0))
    spelt = spelling(config)
    db.conn.executemany(
        "INSERT INTO deliveries (alert_id, recipient, channel, state, due, digest) VALUES (?, ?, ?, 'pending', ?, ?) "
        "ON CONFLICT DO NOTHING",
        [(alert["id"], spelt[key], channel(config), stamp(due), digest) for key, (due, digest) in recipients.items()],
    )
    addressed = (stamp(now), int(not recipients), alert["id"])
    db.conn.execute("UPDATE alerts SET addressed = ?, nobody = ? WHERE id = ?", addressed)
    return len(recipients)
