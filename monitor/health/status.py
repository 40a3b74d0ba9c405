"""`ofsted-watch status`: how the watch itself is doing, from stored rows only."""

import textwrap
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.config import Config
from monitor.daemon import DAEMON, held_since, next_crawl, sources
from monitor.database import rows, stamp, value
from scraper.items import GOOD

RECENT_ISSUES = 10
MESSAGE_WIDTH = 300


def watch_state(db: Database, config: Config, now: datetime) -> dict[str, Any]:
    """The state of the watch as plain values, times in UTC ISO 8601; printed as it is by `--json`."""
    return {
        "at": stamp(now),
        "running": _running(config),
        "watched": len(config.watched),
        "sources": [_source(db, config, name, now) for name in sources(config)],
        "reports": _counts(db),
        "findings": value(db, "SELECT count(*) FROM findings"),
        "articles": value(db, "SELECT count(*) FROM articles WHERE label <> 'other'"),
        "alerts": _deliveries(db),
        "issues": rows(db, "SELECT * FROM issues ORDER BY last_seen DESC LIMIT ?", [RECENT_ISSUES]),
    }


def _running(config: Config) -> bool:
    return held_since(config.data, DAEMON) is not None


def _source(db: Database, config: Config, name: str, now: datetime) -> dict[str, Any]:
    crawls = rows(db, "SELECT * FROM crawls WHERE source = ? ORDER BY id DESC LIMIT 1", [name])
    last = crawls[0] if crawls else {}
    good = value(db, "SELECT max(finished) FROM crawls WHERE source = ? AND verdict IN ('ok', 'empty')", [name])
    health = rows(db, "SELECT verdict, message, since FROM source_health WHERE source = ?", [name])
    return {
        "source": name,
        "health": health[0] if health else None,
        "last_crawl": last.get("started"),
        "verdict": last.get("verdict"),
        "message": last.get("message"),
        "last_good_crawl": good,
        "next_crawl": stamp(next_crawl(config, name, now)),
    }


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
    counts = {"raised": value(db, "SELECT count(*) FROM alerts"), "pending": 0, "sent": 0, "failed": 0}
    for row in rows(
        db, "SELECT state, count(DISTINCT coalesce(message_id, recipient || due)) AS n FROM deliveries GROUP BY state"
    ):
        counts["pending" if row["state"] == "sending" else row["state"]] += row["n"]
    return counts


def status_lines(state: dict[str, Any]) -> list[str]:
    """The same for people."""
    reports, alerts = state["reports"], state["alerts"]
    told = [
        f"daemon: {'running' if state['running'] else 'not running'}; {state['watched']} authorities watched",
        (
            f"reports: {reports['stored']} of {reports['authorities']} authorities, {reports['read']} read, {reports['unread']} unread, "
            f"{reports['withdrawn']} withdrawn, {reports['misfiled']} misfiled; findings: {state['findings']}; articles: {state['articles']}"
        ),
        f"alerts: {alerts['raised']} raised; mails: {alerts['pending']} pending, {alerts['sent']} sent, {alerts['failed']} failed",
    ]
    told += [line for source in state["sources"] for line in _source_lines(source)]
    if state["issues"]:
        told.append("issues:")
        told += [_issue_line(issue) for issue in state["issues"]]
    return told


def _issue_line(issue: dict[str, Any]) -> str:
    seen = issue["last_seen"][:16]
    return f"  {seen} {issue['source']} {issue['level'].lower()}: {issue['message']} ({issue['count']}x)"


def _source_lines(source: dict[str, Any]) -> list[str]:
    if source["last_crawl"] is None:
        return [f"{source['source']}: never crawled"]
    good = source["last_good_crawl"]
    head = f"{source['source']}: {source['verdict'] or 'running'} at {source['last_crawl'][:16]}"
    told = f"{head}; last good crawl {good[:16] if good else 'never'}"
    health = source["health"]
    unwell = (
        [f"  not well since {health['since'][:16]}: {health['verdict']}"]
        if health and health["verdict"] not in GOOD
        else []
    )
    return [
        told,
        *unwell,
        f"  {textwrap.shorten(source['message'] or '', MESSAGE_WIDTH, placeholder=' ... (whole with --json)')}",
    ]
