"""Rows as a crawl, the reader and the comparer leave them, for the tests of alerts and of the outbox."""

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.config import Config
from monitor.database import stamp, writing

URN = "89999"
OTHER_URN = "89998"


def config(**changes: Any) -> Config:
    values: dict[str, Any] = {
        "contact": "watch@example.org",
        "watch": [URN],
        "authorities": [{"urn": URN, "name": "Westmarch"}, {"urn": OTHER_URN, "name": "Northmere"}],
        "alerts": [{"to": "lead@example.org"}, {"to": "ops@example.org", "about": ["source"]}],
    }
    return Config.model_validate(values | changes)


def smtp(port: int) -> Config:
    """A config whose mail goes to a server on loopback."""
    return config(mail={"from": "watch@example.org", "host": "127.0.0.1", "port": port})


def authorities(db: Database) -> None:
    insert(db, "authorities", urn=URN, name="Westmarch")
    insert(db, "authorities", urn=OTHER_URN, name="Northmere")


def insert(db: Database, table: str, **values: Any) -> None:
    with writing(db):
        marks = ", ".join("?" * len(values))
        db.conn.execute(
            f"INSERT OR REPLACE INTO {table} ({', '.join(values)}) VALUES ({marks})",  # noqa: S608
            tuple(values.values()),
        )


def change(db: Database, table: str, key: str, at: Any, **values: Any) -> None:
    with writing(db):
        sets = ", ".join(f"{name} = ?" for name in values)
        db.conn.execute(f"UPDATE {table} SET {sets} WHERE {key} = ?", (*values.values(), at))  # noqa: S608


def listed(db: Database, number: int, now: datetime, **changes: Any) -> None:
    """A report as a crawl leaves it: seen, fetched, not read yet."""
    values: dict[str, Any] = {
        "id": number, "urn": URN, "label": "Inspection: pdf", "published": "2026-03-01", "sha256": f"bytes of {number}",
        "url": f"https://files.example.org/v1/file/{number}", "first_seen": stamp(now),
    }  # fmt: skip
    insert(db, "reports", **(values | changes))


def read(db: Database, number: int, now: datetime, sha256: str = "", **changes: Any) -> None:
    """What the reader leaves."""
    values: dict[str, Any] = {
        "report_id": number, "sha256": sha256 or f"bytes of {number}", "reader": "1", "pdf_library": "1", "read_at": stamp(now),
        "fingerprint": "f1", "error": None,
    }  # fmt: skip
    insert(db, "readings", **(values | changes))


def compared(db: Database, number: int, now: datetime) -> None:
    insert(db, "compared", report_id=number, comparer="1", input="i", compared_at=stamp(now))


def ready(db: Database, number: int, now: datetime, **changes: Any) -> None:
    """A new report, fetched, read and compared."""
    listed(db, number, now, **changes)
    read(db, number, now)
    compared(db, number, now)


def article(db: Database, url: str, now: datetime, report_id: int | None = None, **changes: Any) -> None:
    values: dict[str, Any] = {
        "url": url, "headline": "Westmarch children's services criticised", "outlet": "Westmarch Courier",
        "published": stamp(now), "label": "report", "urn": URN, "story": "s1", "snippet": "Inspectors say.",
        "source": "Westmarch Courier", "first_seen": stamp(now), "score": 5.0, "reasons": "[]", "clues": "{}",
    }  # fmt: skip
    insert(db, "articles", **(values | changes))
    if report_id:
        insert(db, "article_reports", article_url=url, report_id=report_id, method="number", confidence=1.0)


def crawl(
    db: Database,
    now: datetime,
    verdict: str,
    message: str = "",
    source: str = "ofsted",
    pages: dict[str, str] | None = None,
    *,
    stopped: bool = False,
    scope: str = "all",
) -> int:
    """A finished crawl with the verdicts of its pages by URN; returns its id."""
    with writing(db):
        row = db.conn.execute(
            "INSERT INTO crawls (source, started, finished, verdict, message, stopped, scope) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (source, stamp(now), stamp(now), verdict, message, stopped, scope),
        )
    for urn, page_verdict in (pages or {}).items():
        insert(
            db, "page_checks", crawl_id=row.lastrowid, url=f"https://example.org/{urn}", urn=urn, verdict=page_verdict,
            message=message, checked=stamp(now),
        )  # fmt: skip
    return int(row.lastrowid or 0)


def answer(db: Database, crawl_id: int, now: datetime, url: str, **changes: Any) -> None:
    """What came in place of what was wanted."""
    values: dict[str, Any] = {
        "crawl_id": crawl_id, "url": url, "asked": stamp(now), "verdict": "broken", "message": "HTTP 403", "status": 403,
        "final_url": url, "content_type": "text/html", "bytes": 16, "title": "Just a moment...", "head": b"<p>wait a while\x1b",
    }  # fmt: skip
    insert(db, "answers", **(values | changes))
