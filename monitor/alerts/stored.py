"""Stored alerts as items of a mail: each alert with the facts it is about, read when the mail is made."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.alerts.items import Item, ReportItem, SourceItem, StoryItem
from monitor.database import rows
from monitor.facts import ReportFacts
from monitor.reading import ReportRef
from scraper.reference import stored_day

Facts = Callable[[Database, int], ReportFacts]
ORDER = {"report": 0, "amended": 1, "withdrawn": 2, "news": 3, "source": 4}


def items_of(db: Database, alert_ids: Sequence[int], facts: Facts) -> tuple[Item, ...]:
    """The alerts in the order of a mail: reports by authority, then news, then the watch itself; none of them twice."""
    found = rows(
        db,
        "SELECT a.*, coalesce(u.name, '') AS name FROM alerts a LEFT JOIN authorities u ON u.urn = a.urn "
        "WHERE a.id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(alert_ids))],
    )
    found.sort(key=lambda row: (ORDER.get(row["kind"], 9), row["name"], row["id"]))
    return tuple(_item(db, row, facts) for row in _once(found))


def _once(alerts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In a digest, a report told of as unread and then as readable is told once, as it is now."""
    latest = {row["report_id"]: row["id"] for row in alerts if row["kind"] == "report"}
    return [row for row in alerts if row["kind"] != "report" or latest[row["report_id"]] == row["id"]]


def _item(db: Database, alert: dict[str, Any], facts: Facts) -> Item:
    detail = json.loads(alert["detail"] or "{}")
    if alert["kind"] == "source":
        return _source(alert["source"], detail | _lost(db, detail.get("mail")))
    if alert["kind"] == "news":
        return _story(db, alert)
    since = detail.get("since")
    return ReportItem(
        alert["kind"],
        facts(db, alert["report_id"]),
        was_unread=bool(detail.get("was_unread")),
        since=stored_day(since),
        back=bool(detail.get("back")),
        was_misfiled=bool(detail.get("was_misfiled")),
    )


def _source(source: str, detail: dict[str, Any]) -> SourceItem:
    def when(key: str) -> datetime | None:
        return datetime.fromisoformat(detail[key]) if detail.get(key) else None

    return SourceItem(
        source,
        detail["verdict"],
        detail.get("message", ""),
        datetime.fromisoformat(detail["since"]),
        bool(detail.get("well")),
        tuple(detail.get("authorities", ())),
        when("last_good"),
        when("broken_since"),
        bool(detail.get("files_only")),
        detail.get("link", ""),
        detail.get("waiting", 0),
    )


def _lost(db: Database, message_id: str | None) -> dict[str, Any]:
    """Whose mail was given up, and why, from the outbox: in an alert no recipient is named."""
    found = rows(db, "SELECT recipient, error FROM deliveries WHERE message_id = ? LIMIT 1", [message_id])
    return {"message": f"to {found[0]['recipient']}: {found[0]['error']}"} if found else {}


def _story(db: Database, alert: dict[str, Any]) -> StoryItem:
    article = rows(db, "SELECT * FROM articles WHERE url = ?", [alert["article_url"]])[0]
    others = rows(
        db,
        "SELECT outlet, min(url) AS url FROM articles WHERE story = ? AND urn IS ? AND outlet <> ? AND label <> 'other' "
        "GROUP BY outlet ORDER BY min(coalesce(published, first_seen))",
        [article["story"], article["urn"], article["outlet"]],
    )
    return StoryItem(
        headline=article["headline"],
        outlet=article["outlet"],
        url=article["url"],
        published=stored_day(article["published"]),
        authority=alert["name"],
        snippet=article["snippet"],
        elsewhere=tuple((row["outlet"], row["url"]) for row in others),
        about=_about(db, alert["report_id"]),
    )


def _about(db: Database, report_id: int | None) -> ReportRef | None:
    found = rows(db, "SELECT id, kind, label, published, url FROM reports WHERE id = ?", [report_id])
    if not found:
        return None
    row = found[0]
    return ReportRef(row["id"], row["kind"] or "other", row["label"], stored_day(row["published"]), row["url"])
