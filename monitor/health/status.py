"""`ofsted-watch status`: how the watch itself is doing, from stored rows only."""

import textwrap
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from monitor.config import Config, seen_every, sources
from monitor.database import days_of, last_good, rows, stamp, value
from monitor.health.attention import to_look_at
from monitor.health.expected import expected_lines, expected_of
from monitor.locks import DAEMON, held_since
from monitor.mail import mail_waits
from monitor.rounds import SWEEP, lock_of, next_crawl
from scraper.items import GOOD
from scraper.reference import LONDON
from scraper.text import counted

RECENT_ISSUES = 10
MESSAGE_WIDTH = 300
CUT_OFF = "cut off"
"""What is said of a crawl that left no verdict and that nobody is at: it was killed; the next one makes up for it."""


def watch_state(
    db: Database, config: Config, now: datetime, max_age: timedelta | None = None, *, daemon: bool = True
) -> dict[str, Any]:
    """The state of the watch as plain values, times in UTC ISO 8601; printed as it is by `--json`. `ok`: there is nothing `to_look_at`.

    `max_age`: how old the last good crawl of a source may be, else three of its intervals; `daemon`: one is expected to run.
    """
    state = _state(db, config, now)
    found = list(to_look_at(db, state, now, max_age, daemon=daemon))
    return {"at": stamp(now), "ok": not found, "to_look_at": found} | state


def _state(db: Database, config: Config, now: datetime) -> dict[str, Any]:
    return {
        "running": _running(config),
        "watched": len(config.watched),
        "sources": [state_of(db, config, name, now) for name in sources(config)],
        "reports": _counts(db),
        "findings": value(db, "SELECT count(*) FROM findings"),
        "articles": value(db, "SELECT count(*) FROM articles WHERE label <> 'other'"),
        "alerts": _deliveries(db),
        "mail_waits": _mail_waits(db),
        "issues": rows(db, "SELECT * FROM issues ORDER BY healed IS NOT NULL, last_seen DESC LIMIT ?", [RECENT_ISSUES]),
    }


def _running(config: Config) -> bool:
    return held_since(config.data, DAEMON) is not None


def state_of(db: Database, config: Config, name: str, now: datetime) -> dict[str, Any]:
    """The state of one source as plain values."""
    crawls = rows(db, "SELECT * FROM crawls WHERE source = ? AND scope = 'all' ORDER BY id DESC LIMIT 1", [name])
    last = crawls[0] if crawls else {}
    sweeps = rows(
        db,
        "SELECT started, verdict, message FROM crawls WHERE source = ? AND scope = ? ORDER BY id DESC LIMIT 1",
        [name, SWEEP],
    )
    good = last_good(db, name)
    health = rows(db, "SELECT verdict, message, since FROM source_health WHERE source = ?", [name])
    return {
        "source": name,
        "health": health[0] if health else None,
        "last_crawl": last.get("started"),
        "verdict": last.get("verdict") or (CUT_OFF if last and not held_since(config.data, lock_of(name)) else None),
        "stopped": bool(last.get("stopped")),
        "message": last.get("message"),
        "last_good_crawl": stamp(good) if good else None,
        "sweep": sweeps[0] if sweeps else None,
        "expected": expected_of(db, config, name),
        "interval": seen_every(config, name, now).total_seconds(),
        "next_crawl": stamp(next_crawl(config, name, now)),
    }


def _mail_waits(db: Database) -> dict[str, Any] | None:
    """What does not leave for a reason that is ours or the mail server's: since when, how many mails, what was said."""
    waits = mail_waits(db)
    return {"since": waits.since, "mails": waits.mails, "error": waits.error} if waits else None


def _counts(db: Database) -> dict[str, int]:
    return rows(
        db,
        "SELECT count(*) AS stored, count(d.report_id) - count(d.error) AS read, "
        "count(*) - count(d.report_id) + count(d.error) AS unread, count(r.withdrawn_at) AS withdrawn, "
        "count(CASE WHEN r.withdrawn_at IS NULL THEN d.misfiled END) AS misfiled, "
        "count(DISTINCT r.urn) AS authorities FROM reports r LEFT JOIN readings d ON d.report_id = r.id",
    )[0]


def _deliveries(db: Database) -> dict[str, int]:
    """Alerts raised, and mails by state: one mail may tell several alerts."""
    counts = {"raised": value(db, "SELECT count(*) FROM alerts"), "pending": 0, "sent": 0, "failed": 0, "dropped": 0}
    for row in rows(
        db, "SELECT state, count(DISTINCT coalesce(message_id, recipient || due)) AS n FROM deliveries GROUP BY state"
    ):
        counts["pending" if row["state"] == "sending" else row["state"]] += row["n"]
    return counts


def day_lines(db: Database, config: Config, day: date, only: str | None = None) -> Iterator[str]:
    """Proof that was looked on a day: each source, or `only` one, how often and how well, what was found and what failed.

    Also of a source that is watched no more.
    """
    known = {row["source"]: row for row in days_of(db, day)}
    yield f"{day:%A %-d %B %Y}"
    for source in [only] if only else dict.fromkeys([*sources(config), *known]):
        yield from _day_of_source(source, known.get(source))


def _day_of_source(source: str, row: dict[str, Any] | None) -> Iterator[str]:
    if row is None:
        yield f"{source}: not looked at on this day"
        return
    looks = row["rounds"] + row["sweeps"]
    sweeps = f", {row['sweeps']} of them sweeps of the search" if row["sweeps"] else ""
    span = (
        f"from {_in_england(row['first'])} to {_in_england(row['last'])}"
        if looks > 1
        else f"at {_in_england(row['first'])}"
    )
    yield f"{source}: looked at {counted(looks, 'time')}{sweeps}, {span}; {row['good']} well; {row['found']} new"
    yield from (f"  {line}" for line in (row["failed"] or "").splitlines())


def _in_england(stored: str) -> str:
    return f"{datetime.fromisoformat(stored).astimezone(LONDON):%H:%M}"


def status_lines(state: dict[str, Any]) -> list[str]:
    """The same for people."""
    reports, alerts = state["reports"], state["alerts"]
    told = [
        "all is well" if state["ok"] else "TO BE LOOKED AT:",
        *(f"  {line}" for line in state["to_look_at"]),
        f"daemon: {'running' if state['running'] else 'not running'}; {counted(state['watched'], 'authority', 'authorities')} watched",
        (
            f"reports: {reports['stored']} of {counted(reports['authorities'], 'authority', 'authorities')}, {reports['read']} read, {reports['unread']} unread, "
            f"{reports['withdrawn']} withdrawn, {reports['misfiled']} misfiled; findings: {state['findings']}; articles: {state['articles']}"
        ),
        f"alerts: {alerts['raised']} raised; mails: {alerts['pending']} pending, {alerts['sent']} sent, {alerts['failed']} failed, {alerts['dropped']} dropped",
    ]
    if waits := state["mail_waits"]:
        told.append(
            f"mail is not taken since {waits['since'][:16]}; {counted(waits['mails'], 'mail waits', 'mails wait')}: {waits['error']}"
        )
    told += [line for source in state["sources"] for line in source_lines(source)]
    if state["issues"]:
        told.append("issues:")
        told += [_issue_line(issue) for issue in state["issues"]]
    return told


def _issue_line(issue: dict[str, Any]) -> str:
    seen = issue["last_seen"][:16]
    over = f", healed {issue['healed'][:16]}" if issue["healed"] else ""
    return f"  {seen} {issue['source']} {issue['level'].lower()}: {issue['message']} ({issue['count']}x{over})"


def source_lines(source: dict[str, Any]) -> list[str]:
    """The state of one source for people."""
    if source["last_crawl"] is None:
        return [f"{source['source']}: never crawled"]
    good = source["last_good_crawl"]
    head = f"{source['source']}: {ended(source)} at {source['last_crawl'][:16]}"
    told = f"{head}; last good crawl {good[:16] if good else 'never'}"
    health = source["health"]
    unwell = (
        [f"  not well since {health['since'][:16]}: {health['verdict']}"]
        if health and health["verdict"] not in GOOD
        else []
    )
    said = shortened(source["message"])
    sweep = source["sweep"]
    swept = (
        [f"  last sweep: {sweep['verdict'] or 'running'} at {sweep['started'][:16]}: {shortened(sweep['message'])}"]
        if sweep
        else []
    )
    return [told, *unwell, *([f"  {said}"] if said else []), *swept, *expected_lines(source["expected"])]


def ended(crawl: dict[str, Any]) -> str:
    """How a crawl ended, for people: one that was asked to stop says nothing of its source, whatever its verdict."""
    return "stopped" if crawl["stopped"] else str(crawl["verdict"] or "running")


def shortened(message: str | None) -> str:
    """The message of a crawl as far as a line has room for it."""
    return textwrap.shorten(message or "", MESSAGE_WIDTH, placeholder=" ... (whole with --json)")
