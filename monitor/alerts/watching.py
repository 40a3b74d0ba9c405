"""How the watch did for those whom a digest is for: what was looked at since the one before, and whether that is all well."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from monitor.alerts.audience import OF_REPORTS, Audience, concerned
from monitor.alerts.issues import KINDS
from monitor.alerts.looks import SourceLooks, looks_at
from monitor.alerts.sources import unwell
from monitor.config import OFSTED, Config
from monitor.database import rows, stamp, value
from monitor.reading import ReportRef
from scraper.reference import stored_day

PERIOD = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
"""What the first digest of a rule is about, by the first word of it."""
OF_ONE_SOURCE = ("look:source:", "look:empty:", "look:lock:")
"""How the keys of issues begin that name one source."""
OF_NO_LOOK = (*KINDS, "look:mails")
"""And of those that keep nothing from being seen: of a report read in part its readers are told, and a digest that is late is a mail that waits."""
EACH_NAMED = 10

BEFORE = "SELECT max(batch) FROM deliveries WHERE lower(recipient) = lower(?) AND digest = ? AND state = 'sent' AND batch < ?"
FIRST_LOOK = "SELECT min(first) FROM days WHERE source IN (SELECT value FROM json_each(?))"
NOT_READ = "SELECT value FROM json_each(?) WHERE 'authority:' || value NOT IN (SELECT subject FROM baselines)"
WHAT_CAME = """
SELECT a.kind, a.urn, a.created, d.state, d.message_id FROM alerts a
LEFT JOIN deliveries d ON d.alert_id = a.id AND lower(d.recipient) = lower(?) AND d.state <> 'dropped' WHERE a.created > ? ORDER BY a.id
"""
NEWEST = """
SELECT id, urn, kind, label, published, url FROM reports WHERE urn IN (SELECT value FROM json_each(?)) AND withdrawn_at IS NULL
ORDER BY published DESC, id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Watch:
    """What was looked at for a digest from `since` to `now`; `unread`: authorities whose page was never read; `faults`: the watch's own, open."""

    since: datetime
    now: datetime
    sources: tuple[SourceLooks, ...]
    unread: tuple[str, ...] = ()
    faults: int = 0

    @property
    def well(self) -> bool:
        """Whether there is something to look at, and that was looked at well and often enough, and is well now."""
        return bool(self.sources) and all(each.well for each in self.sources) and not (self.unread or self.faults)


@dataclass(frozen=True, slots=True)
class Quiet:
    """That nothing came up since a time that is still to be told; `mails`: those that told what did, `lost`: those that could not.

    `newest`: the newest report known of each authority, or of all where they are many.
    """

    since: datetime
    about: frozenset[str]
    authorities: tuple[str, ...]
    mails: int = 0
    lost: int = 0
    newest: tuple[tuple[str, ReportRef | None], ...] = ()


def begun_at(db: Database, config: Config, rules: Sequence[Audience]) -> datetime | None:
    """When a source of these rules was first looked at; None where none was."""
    found = value(db, FIRST_LOOK, [json.dumps(concerned(config, rules))])
    return datetime.fromisoformat(found) if found else None


def begin_of(db: Database, recipient: str, digest: str, first: datetime, now: datetime) -> datetime:
    """Since when a digest is: since the one before that the recipient has, else as long as two are apart, or since `first`, its oldest alert."""
    before = value(db, BEFORE, [recipient, digest, stamp(now)])
    return datetime.fromisoformat(before) if before else min(first, now - PERIOD[digest.partition(" ")[0]])


def watch_of(db: Database, config: Config, rules: Sequence[Audience], since: datetime, now: datetime) -> Watch:
    """How the watch did for these rules."""
    names, ill = concerned(config, rules), unwell(db)
    looked = tuple(looks_at(db, config, name, since, now, ill.get(name)) for name in names)
    urns = _urns(rules) if OFSTED in names else []
    unread = (
        {row["value"] for row in rows(db, NOT_READ, [json.dumps(urns)])} if not looked or not looked[0].never else ()
    )
    return Watch(since, now, looked, _names(config, unread), _faults(db, names))


def quiet_of(db: Database, config: Config, recipient: str, rules: Sequence[Audience], since: datetime) -> Quiet:
    """What there is to say to a recipient for whom nothing is left to be told. What came before they were named counts as before its time."""
    came = [row for row in rows(db, WHAT_CAME, [recipient, stamp(since)]) if any(each.wants(row) for each in rules)]
    others = [row["created"] for row in came if row["state"] is None]
    begin = max([stamp(since), *others])
    told = [row for row in came if row["created"] > begin]
    urns = _urns(rules)
    about = frozenset[str]().union(*(each.rule.about for each in rules))
    return Quiet(
        datetime.fromisoformat(begin),
        about,
        _names(config, urns),
        len({row["message_id"] for row in told if row["state"] == "sent"}),
        len({row["message_id"] for row in told if row["state"] != "sent"}),
        tuple(_newest(db, config, urns)) if about & OF_REPORTS else (),
    )


def _newest(db: Database, config: Config, urns: Sequence[str]) -> list[tuple[str, ReportRef | None]]:
    names = {one.urn: one.name for one in config.known}
    if len(urns) > EACH_NAMED:
        return [(names[row["urn"]], _ref(row)) for row in rows(db, NEWEST, [json.dumps(urns)])]
    found = {urn: rows(db, NEWEST, [json.dumps([urn])]) for urn in urns}
    told = [(names[urn], _ref(row[0]) if row else None) for urn, row in found.items()]
    return sorted(told, key=itemgetter(0))


def _ref(row: dict[str, Any]) -> ReportRef:
    return ReportRef(row["id"], row["kind"] or "other", row["label"], stored_day(row["published"]), row["url"])


def _urns(rules: Sequence[Audience]) -> list[str]:
    """Whom the rules are about, where they are about more than the watch itself."""
    return sorted(frozenset[str]().union(*(each.urns for each in rules if each.rule.about != {"source"})))


def _names(config: Config, urns: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(one.name for one in config.known if one.urn in urns))


def _faults(db: Database, names: Sequence[str]) -> int:
    """Open faults of the watch itself, without those of other sources."""
    keys = [row["key"] for row in rows(db, "SELECT key FROM issues WHERE key IS NOT NULL AND healed IS NULL")]
    return sum(not key.startswith(OF_NO_LOOK) and _is_ours(key, names) for key in keys)


def _is_ours(key: str, names: Sequence[str]) -> bool:
    return all(not key.startswith(begins) or key.removeprefix(begins) in names for begins in OF_ONE_SOURCE)
