"""Digests that come even if there is nothing to tell: each has a delivery of its own before its moment, which its mail takes along.

So it is claimed, tried again and dropped like any other; it comes once for its date, and once after however long a time without a watch; a rule
that is new sends its first at its next moment.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from monitor.alerts.audience import Audience, channel, concerned, spelling
from monitor.alerts.due import due_at
from monitor.alerts.new_alert import NewAlert, insert_alert
from monitor.alerts.news import UNGROUPED
from monitor.config import Config, unseen_for
from monitor.database import isolated, last_good, rows, stamp, value, writing

WATCHING = "watching"
"""The kind of its alerts, which tell of nothing."""
TOLD_WITHIN = timedelta(hours=26)
"""A report is told of after a day in whatever state it is."""
GROUPED_WITHIN = UNGROUPED + timedelta(hours=1)
CONCLUDED_WITHIN = timedelta(hours=1)
LOOKED_WITHIN = timedelta(hours=6)

ANNOUNCED = """
SELECT lower(d.recipient) AS recipient, d.digest FROM deliveries d JOIN alerts a ON a.id = d.alert_id
WHERE a.kind = 'watching' AND d.state = 'pending' AND d.batch IS NULL
"""
# What was dropped with its rule is wanted again where the rule is back.
ANNOUNCE = """
INSERT INTO deliveries (alert_id, recipient, channel, state, due, digest) VALUES (?, ?, ?, 'pending', ?, ?)
ON CONFLICT (alert_id, recipient, channel) DO UPDATE SET state = 'pending', error = NULL, due = excluded.due
WHERE state = 'dropped' AND batch IS NULL
"""
UNTOLD = """
SELECT EXISTS (SELECT 1 FROM reports r WHERE r.urn IN (SELECT value FROM json_each(:urns)) AND r.baseline = 0 AND r.withdrawn_at IS NULL
    AND r.first_seen > :reports AND NOT EXISTS (SELECT 1 FROM alerts t WHERE t.report_id = r.id))
  OR EXISTS (SELECT 1 FROM articles a WHERE a.urn IN (SELECT value FROM json_each(:urns)) AND a.baseline = 0 AND a.label IN ('report', 'followup')
    AND a.first_seen > :articles AND NOT EXISTS (SELECT 1 FROM alerts t JOIN articles b ON b.url = t.article_url
      WHERE b.url = a.url OR (b.urn = a.urn AND b.story = a.story)))
"""
UNCONCLUDED = """
SELECT EXISTS (SELECT 1 FROM crawls c LEFT JOIN source_health h ON h.source = c.source WHERE c.source IN (SELECT value FROM json_each(?))
  AND c.verdict IS NOT NULL AND NOT c.stopped AND c.scope <> 'probe' AND c.finished > ? AND c.id > coalesce(h.crawl_id, 0))
"""
IN_HAND = "SELECT DISTINCT source FROM crawls WHERE source IN (SELECT value FROM json_each(?)) AND verdict IS NULL AND started > ?"


def announce(db: Database, config: Config, now: datetime) -> None:
    """Have each digest that comes even if there is nothing wait for its next moment, for each of its recipients. Can be run again."""
    wanted = [(address.casefold(), rule.when) for rule in config.alerts if rule.even_if_nothing for address in rule.to]
    if not wanted:
        return
    with isolated(db, "address", "digests even if there is nothing", now):
        there = {(row["recipient"], row["digest"]) for row in rows(db, ANNOUNCED)}
        spelt = spelling(config)
        for recipient, when in wanted:
            if when.digest and (recipient, when.digest) not in there:
                _announce(db, config, spelt[recipient], when.digest, due_at(when, now, config.zone), now)


def _announce(db: Database, config: Config, recipient: str, digest: str, due: datetime, now: datetime) -> None:
    key = f"{WATCHING}:{digest}:{due.astimezone(config.zone).date()}"
    with writing(db):
        insert_alert(db, NewAlert(WATCHING, key), now)
        alert = value(db, "SELECT id FROM alerts WHERE dedupe_key = ?", [key])
        db.conn.execute("UPDATE alerts SET addressed = coalesce(addressed, ?) WHERE id = ?", (stamp(now), alert))
        db.conn.execute(ANNOUNCE, (alert, recipient, channel(config), stamp(due), digest))


def asked_for(rules: Sequence[Audience], recipient: str, digest: str | None) -> bool:
    """Whether a rule asks for this digest for this recipient even if there is nothing."""
    return any(
        each.rule.even_if_nothing and each.rule.when.digest == digest and each.names(recipient) for each in rules
    )


def unsettled(db: Database, config: Config, rules: Sequence[Audience], now: datetime) -> bool:
    """Whether something may be about to be told by these rules, so that it cannot be said yet that nothing is.

    A report or article that is stored and told by no alert yet, a crawl from which nothing is concluded yet, a look in hand at a source that was
    not looked at for too long. Nothing is waited for longer than it takes.
    """
    urns = sorted(frozenset[str]().union(*(each.urns for each in rules)))
    names = json.dumps(concerned(config, rules))
    limits = {"reports": stamp(now - TOLD_WITHIN), "articles": stamp(now - GROUPED_WITHIN), "urns": json.dumps(urns)}
    return (
        bool(value(db, UNTOLD, limits))
        or bool(value(db, UNCONCLUDED, [names, stamp(now - CONCLUDED_WITHIN)]))
        or any(
            _overdue(db, config, row["source"], now) for row in rows(db, IN_HAND, [names, stamp(now - LOOKED_WITHIN)])
        )
    )


def _overdue(db: Database, config: Config, source: str, now: datetime) -> bool:
    good = last_good(db, source)
    return good is None or now - good > unseen_for(config, source, now)
