"""Digests: what comes into one, and what it says of the watch itself, which is found out once for each mail and kept.

Leaves `digests`, a row a mail, so that a mail that is tried again says what it said.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.alerts import WATCHING, Audience, begin_of, begun_at, of_digest, quiet_of, unsettled, watch_of
from monitor.config import Config
from monitor.database import isolated, rows, value, writing
from monitor.mail.watch_view import WatchView, watch_view

UNKNOWN = WatchView("How the watch itself did could not be found out, which those who run it are told.", well=False)

CAME = """
SELECT d.id, d.recipient, d.alert_id, d.digest, a.kind FROM deliveries d JOIN alerts a ON a.id = d.alert_id
WHERE d.state = 'pending' AND d.batch IS NULL AND a.kind <> 'watching' AND d.recipient = ? AND d.digest = ? ORDER BY d.id
"""
OF_MAIL = """
SELECT d.digest, a.kind, a.created FROM deliveries d JOIN alerts a ON a.id = d.alert_id WHERE d.message_id = ? AND d.recipient = ? ORDER BY d.digest
"""


def came_by(db: Database, due: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is due with what came up after the moment of a digest that comes even if there is nothing: there is something, so it is in it."""
    found = {row["id"]: row for row in due}
    for row in due:
        if row["kind"] == WATCHING:
            found |= {other["id"]: other for other in rows(db, CAME, [row["recipient"], row["digest"]])}
    return sorted(found.values(), key=lambda row: int(row["id"]))


def early(db: Database, config: Config, due: Sequence[dict[str, Any]], late: set[int], now: datetime) -> set[int]:
    """The alerts of digests of nothing that cannot be said to be of nothing yet; `late`: the alerts that wait for their comparison."""
    waiting = set()
    for row in due:
        if row["kind"] == WATCHING:
            others = [each for each in due if each is not row and _together(each, row)]
            if all(each["alert_id"] in late for each in others):
                rules = of_digest(config, row["recipient"], row["digest"])
                waiting |= {row["id"]} if others or unsettled(db, config, rules, now) else set()
    return waiting


def _together(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["recipient"] == other["recipient"] and one["kind"] != WATCHING)


def watch_of_mail(db: Database, config: Config, message_id: str, recipient: str, now: datetime) -> WatchView | None:
    """What a mail says of the watch: found out at its first attempt and kept; None where it is no digest."""
    kept = value(db, "SELECT told FROM digests WHERE message_id = ?", [message_id])
    if kept:
        return view_of(json.loads(kept))
    about = rows(db, OF_MAIL, [message_id, recipient])
    digests = tuple(dict.fromkeys(row["digest"] for row in about if row["digest"]))
    rules = [rule for digest in digests for rule in of_digest(config, recipient, digest)]
    if not rules:
        return None
    nothing = all(row["kind"] == WATCHING for row in about)
    first = datetime.fromisoformat(min(row["created"] for row in about if row["digest"]))
    since = min(begin_of(db, recipient, digest, first, now) for digest in digests)
    since = max(since, begun_at(db, config, rules) or since)
    view = _found(db, config, recipient, rules, since, now, nothing=nothing)
    with writing(db):
        told = json.dumps(asdict(view), ensure_ascii=False)
        db.conn.execute("INSERT INTO digests (message_id, told) VALUES (?, ?)", (message_id, told))
    return view


def _found(
    db: Database,
    config: Config,
    recipient: str,
    rules: Sequence[Audience],
    since: datetime,
    now: datetime,
    *,
    nothing: bool,
) -> WatchView:
    """A fault of ours in this is told to the operators, and keeps no news from anybody; but then it cannot be said that there is none."""
    view = None
    with isolated(db, "digest", "what a digest says of the watch", now):
        watch = watch_of(db, config, rules, since, now)
        view = watch_view(watch, config.zone, quiet_of(db, config, recipient, rules, since) if nothing else None)
    if view is None and nothing:
        raise LookupError("what it says of the watch could not be found out")
    return view or UNKNOWN


def view_of(kept: dict[str, Any]) -> WatchView:
    """A view as it was kept."""
    newest = tuple((words, link) for words, link in kept["newest"])
    return WatchView(kept["line"], kept["well"], kept["subject"], kept["title"], tuple(kept["said"]), newest)
