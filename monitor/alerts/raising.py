"""What is worth telling, each thing once: rows in `alerts`, and for each recipient a row in `deliveries`.

Both are written before anything is sent and both can be run again with no harm: an alert is known by its `dedupe_key`,
and its recipients are decided once (`addressed`), so that a rule added later does not replay what was told before.
"""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.alerts.due import due_at
from monitor.alerts.issues import issue_changes
from monitor.alerts.new_alert import NewAlert
from monitor.alerts.news import stories
from monitor.alerts.reports import amended, listed_again, new_reports, now_filed, now_readable, withdrawn
from monitor.alerts.sources import source_changes
from monitor.config import AlertRule, Config
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


def insert_alert(db: Database, alert: NewAlert, now: datetime) -> int | None:
    """Write one alert inside the caller's transaction; None where its key is known already."""
    found = db.conn.execute(
        "INSERT INTO alerts (kind, urn, report_id, article_url, source, detail, created, dedupe_key) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dedupe_key) DO NOTHING RETURNING id",
        (
            alert.kind, alert.urn, alert.report_id, alert.article_url, alert.source,
            json.dumps(alert.detail, ensure_ascii=False) if alert.detail else None, stamp(now), alert.key,
        ),
    ).fetchone()  # fmt: skip
    if not found:
        return None
    log.info("alert %d: %s", found[0], alert.key)
    return int(found[0])


@dataclass(frozen=True, slots=True)
class _Audience:
    """A rule with the names in it resolved to URNs."""

    rule: AlertRule
    urns: frozenset[str]

    def wants(self, alert: dict[str, Any]) -> bool:
        return alert["kind"] in self.rule.about and (alert["kind"] == "source" or alert["urn"] in self.urns)

    def names(self, recipient: str) -> bool:
        return recipient.casefold() in {address.casefold() for address in self.rule.to}


def make_deliveries(db: Database, config: Config, now: datetime) -> int:
    """Decide who is told of each alert not yet addressed, and when; returns how many deliveries were made."""
    alerts = rows(db, "SELECT id, kind, urn FROM alerts WHERE addressed IS NULL ORDER BY id")
    audiences = _audiences(config) if alerts else []
    made = 0
    for alert in alerts:
        with isolated(db, "address", f"alert {alert['id']}", now), writing(db):
            made += _address(db, config, alert, audiences, now)
    return made


def unwanted(db: Database, config: Config) -> list[dict[str, Any]]:
    """Deliveries not sent yet that no rule of the config asks for any more, each with its alert and recipient."""
    pending = rows(
        db,
        "SELECT d.id, d.alert_id, d.recipient, a.kind, a.urn FROM deliveries d JOIN alerts a ON a.id = d.alert_id "
        "WHERE d.state = 'pending' ORDER BY d.id",
    )
    audiences = _audiences(config) if pending else []
    return [row for row in pending if not any(each.names(row["recipient"]) and each.wants(row) for each in audiences)]


def _audiences(config: Config) -> list[_Audience]:
    return [_audience(config, rule) for rule in config.alerts]


def _audience(config: Config, rule: AlertRule) -> _Audience:
    authorities = config.resolve(rule.watch) if rule.watch else config.watched
    return _Audience(rule, frozenset(authority.urn for authority in authorities))


def _address(db: Database, config: Config, alert: dict[str, Any], audiences: list[_Audience], now: datetime) -> int:
    recipients: dict[str, tuple[str, datetime]] = {}
    for audience in audiences:
        if audience.wants(alert):
            due = due_at(audience.rule.when, now, config.zone)
            for address in audience.rule.to:
                known = recipients.get(address.casefold())
                recipients[address.casefold()] = (known[0], min(due, known[1])) if known else (address, due)
    db.conn.executemany(
        "INSERT INTO deliveries (alert_id, recipient, channel, state, due) VALUES (?, ?, ?, 'pending', ?) "
        "ON CONFLICT DO NOTHING",
        [(alert["id"], address, _channel(config), stamp(due)) for address, due in recipients.values()],
    )
    addressed = (stamp(now), int(not recipients), alert["id"])
    db.conn.execute("UPDATE alerts SET addressed = ?, nobody = ? WHERE id = ?", addressed)
    return len(recipients)


def _channel(config: Config) -> str:
    return "smtp" if config.mail.host else "eml"
