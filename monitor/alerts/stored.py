"""Stored alerts as items of a mail: each alert with the facts it is about, read when the mail is made."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.alerts.even_if_nothing import WATCHING
from monitor.alerts.items import Item, ReportItem, SourceItem, StoryItem
from monitor.database import rows
from monitor.facts import Came, ReportFacts, about_story, answer
from scraper.reference import stored_day

Facts = Callable[[Database, int], ReportFacts]
ORDER = {"report": 0, "amended": 1, "withdrawn": 2, "news": 4, "source": 5}
OLDER, LAST = 3, 9
RETOLD = ("report", "amended")


def items_of(db: Database, alert_ids: Sequence[int], facts: Facts, recipient: str | None = None) -> tuple[Item, ...]:
    """The alerts in the order of a mail: reports by authority, then news, then the watch itself; none of them twice.

    `recipient`: whose mail it is; where that is not given, nobody is said to have been told before unless all recipients were.
    """
    found = rows(
        db,
        "SELECT a.*, coalesce(u.name, '') AS name FROM alerts a LEFT JOIN authorities u ON u.urn = a.urn "
        "WHERE a.id IN (SELECT value FROM json_each(?)) AND a.kind <> ?",
        [json.dumps(list(alert_ids)), WATCHING],
    )
    alerts = _once([row | {"detail": json.loads(row["detail"] or "{}")} for row in found])
    alerts.sort(key=lambda row: (_place(row), row["name"], row["id"]))
    return tuple(_item(db, row, facts, recipient) for row in alerts)


def _place(alert: dict[str, Any]) -> int:
    return OLDER if alert["detail"].get("older") else ORDER.get(alert["kind"], LAST)


def _once(alerts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In a digest, a report is told of once, as it is now: as a new one, where that is among what its reader is to be told."""
    told: dict[int, dict[str, Any]] = {}
    for row in sorted((row for row in alerts if row["kind"] in RETOLD), key=lambda row: int(row["id"])):
        first = told.get(row["report_id"], row)
        older = {"older": True} if first["detail"].get("older") else {}
        told[row["report_id"]] = row | {
            "kind": first["kind"] if first["kind"] == "report" else row["kind"],
            "detail": row["detail"] | older,
        }
    return [row for row in alerts if row["kind"] not in RETOLD] + list(told.values())


def _item(db: Database, alert: dict[str, Any], facts: Facts, recipient: str | None) -> Item:
    detail = alert["detail"]
    if alert["kind"] == "source":
        return _source(alert["source"], detail | _lost(db, detail.get("mail")), answer(db, detail.get("answer")))
    if alert["kind"] == "news":
        return _story(db, alert)
    return ReportItem(
        alert["kind"],
        facts(db, alert["report_id"]),
        was_unread=bool(detail.get("was_unread")),
        since=stored_day(detail.get("since")),
        back=bool(detail.get("back")),
        was_misfiled=bool(detail.get("was_misfiled")),
        was_uncompared=bool(detail.get("was_uncompared")),
        told_before=_told_before(db, alert, recipient),
        older=bool(detail.get("older")),
    )


TOLD = """
SELECT count(*) AS recipients, count(CASE WHEN EXISTS (
  SELECT 1 FROM deliveries e JOIN alerts a ON a.id = e.alert_id WHERE a.report_id = :report AND a.id < :alert AND a.kind IN (SELECT value FROM json_each(:kinds))
  AND lower(e.recipient) = lower(d.recipient) AND e.state = 'sent') THEN 1 END) AS told
FROM deliveries d WHERE d.alert_id = :alert AND (:recipient IS NULL OR lower(d.recipient) = lower(:recipient))
"""


def _told_before(db: Database, alert: dict[str, Any], recipient: str | None) -> bool:
    kinds = json.dumps(["withdrawn"] if alert["kind"] == "withdrawn" else ["report", "amended"])
    known = {"report": alert["report_id"], "alert": alert["id"], "recipient": recipient, "kinds": kinds}
    (row,) = rows(db, TOLD, known)
    return bool(row["told"]) and row["told"] == row["recipients"]


def _source(source: str, detail: dict[str, Any], came: Came | None) -> SourceItem:
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
        came,
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
        about=about_story(db, article["url"]),
    )
