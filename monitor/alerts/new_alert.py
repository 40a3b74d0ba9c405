"""The value that each step of `raise_alerts` yields, and its row."""

import json
import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.database import stamp

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NewAlert:
    """Something worth telling. `key` says what it is about so exactly that the same thing can only be told once."""

    kind: str
    key: str
    urn: str | None = None
    report_id: int | None = None
    article_url: str | None = None
    source: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)


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
