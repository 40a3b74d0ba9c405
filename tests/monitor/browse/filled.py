"""A small filled database: two invented authorities, four reports that hang together, news, crawls, an alert. Rows only."""

from typing import Any

from sqlite_utils import Database

from monitor.comparing import chain
from monitor.reading import visits_of

SITE = "https://files.example.org/v1/file"
NASTY = '<script>alert("x")</script> & "quotes"'


def fill(db: Database) -> None:
    """Write the rows; every text is invented, one of them hostile."""
    for table, rows in ROWS.items():
        for row in rows:
            db.table(table).insert(row)
    follow(db)


def follow(db: Database) -> None:
    """Write what the chain step makes of the comparisons that are here, as if it had made them."""
    by = chain.method()
    done: dict[int, str] = {}
    for urn in ("89999", "89998"):
        visits = visits_of(db, urn)
        for visit in visits:
            done[visit.report_id] = chain._input(visit, visits, done, by, {})
            row = {
                "report_id": visit.report_id,
                "comparer": by,
                "input": done[visit.report_id],
                "compared_at": "2024-03-12",
            }
            db.table("compared").insert(row, pk="report_id", replace=True)
        chain._follow(db, urn, visits, done, chain._reader(db))


def report(number: int, kind: str, published: str, start: str, end: str, **more: Any) -> dict[str, Any]:
    label = f"Children's services {kind.replace('_', ' ')}"
    base = {"id": number, "urn": "89999", "label": label, "kind": kind, "framework": "ILACS"}
    dates = {
        "published": published,
        "inspection_start": start,
        "inspection_end": end,
        "lead_inspector": "Rowan Hartleby",
    }
    seen = {
        "url": f"{SITE}/{number}",
        "sha256": f"{number:064x}",
        "first_seen": "2024-03-08T09:00:00.000000+00:00",
        "baseline": 1,
    }
    return (
        base
        | dates
        | seen
        | {"visit_number": None, "since_judgement": None, "amended_at": None, "withdrawn_at": None}
        | more
    )


def finding(
    number: int, report_id: int, position: int, text: str, kind: str = "area_for_improvement", page: int = 2
) -> dict[str, Any]:
    section = "What needs to improve?" if kind == "area_for_improvement" else "Help and protection"
    return {
        "id": number,
        "report_id": report_id,
        "kind": kind,
        "section": section,
        "text": text,
        "page": page,
        "position": position,
        "lscb": 0,
    }


def comparison(
    report_id: int, position: int, status: str, earlier: int | None = None, now: int | None = None, **more: Any
) -> dict[str, Any]:
    base = {
        "report_id": report_id,
        "earlier_report_id": None,
        "earlier_finding_id": earlier,
        "finding_id": now,
        "status": status,
    }
    return base | {"evidence": None, "page": None, "position": position} | more


def read(report_id: int, error: str | None = None) -> dict[str, Any]:
    said = {
        "report_id": report_id,
        "sha256": f"{report_id:064x}",
        "reader": "1",
        "pdf_library": "1",
        "read_at": "2024-03-08T09:00:00+00:00",
    }
    return said | {"pages": 4, "fingerprint": "f", "warnings": "[]", "error": error}


def article(number: int, outlet: str, **more: Any) -> dict[str, Any]:
    base = {
        "url": f"https://news{number}.example.org/story/{number}",
        "headline": "Children's services 'no longer inadequate'",
        "outlet": outlet,
    }
    when = {"published": "2024-03-12T14:25:00+00:00", "first_seen": "2024-03-12T15:00:00.000000+00:00", "baseline": 0}
    what = {
        "label": "report",
        "kind": "inspection",
        "urn": "89999",
        "story": "s1",
        "snippet": "Snippet.",
        "source": outlet,
    }
    return base | when | what | {"score": 9.0, "reasons": "[]", "clues": "{}"} | more


def answer(number: int, status: int | None, content_type: str, title: str, head: bytes, **more: Any) -> dict[str, Any]:
    """What came in place of what was wanted."""
    url = f"https://news1.example.org/{number}"
    said = {"verdict": "blocked", "message": "HTTP 403", "url": url, "final_url": url, "urn": None, "crawl_id": 2}
    came = {"id": number, "status": status, "content_type": content_type, "title": title, "head": head}
    return came | {"bytes": len(head), "asked": "2024-03-12T08:00:05.000000+00:00"} | said | more


ROWS: dict[str, list[dict[str, Any]]] = {
    "days": [
        {"source": "ofsted", "day": "2024-03-11", "rounds": 1, "sweeps": 56, "good": 56, "found": 1, "first": "2024-03-11T06:00:00.000000+00:00",
         "last": "2024-03-11T19:45:00.000000+00:00", "failed": "10:15 blocked: HTTP 403"},
        {"source": "ofsted", "day": "2024-03-13", "rounds": 1, "sweeps": 0, "good": 1, "found": 0, "first": "2024-03-13T06:00:00.000000+00:00",
         "last": "2024-03-13T06:00:00.000000+00:00", "failed": None},
    ],
    "authorities": [
        {"urn": "89999", "name": "Westmarch", "region": "Marches"},
        {"urn": "89998", "name": "Eastmarch", "region": "Marches"},
        {"urn": "89997", "name": "Nowhere yet", "region": ""},
    ],
    "reports": [
        report(101, "inspection", "2022-07-08", "2022-05-09", "2022-05-20"),
        report(102, "monitoring_visit", "2023-01-31", "2022-12-13", "2022-12-14", visit_number=2, since_judgement="2022-07"),
        report(103, "inspection", "2024-03-12", "2024-01-15", "2024-01-26", baseline=0, first_seen="2024-03-12T10:00:00.000000+00:00"),
        report(
            104, "inspection", "2023-05-05", "2023-03-06", "2023-03-17", urn="89998", label=NASTY,
            amended_at="2024-03-09T10:00:00.000000+00:00", withdrawn_at="2024-03-10T10:00:00.000000+00:00",
        ),
        report(105, "focused_visit", "2024-02-02", "2024-01-09", "2024-01-10", urn="89998") | {"kind": None, "inspection_start": None},
    ],
    "readings": [read(101), read(102), read(103), read(104), read(105, "encrypted: it cannot be opened")],
    "judgements": [
        {"report_id": number, "area": area, "grade": grade, "position": position}
        for number, grades in ((101, ("inadequate", "inadequate")), (103, ("requires improvement", "good")), (104, ("good", "outstanding")))
        for position, (area, grade) in enumerate(zip(("The impact of leaders on social work practice", "Overall effectiveness"), grades, strict=True))
    ],
    "findings": [
        finding(1, 101, 0, "The frequency and quality of supervision for social workers."),
        finding(2, 101, 1, "The timeliness of strategy meetings."),
        finding(3, 101, 2, "The oversight of children living in private fostering arrangements."),
        finding(4, 102, 0, "Strategy meetings are timely for most children.", "strength", 1),
        finding(5, 103, 0, "The quality and impact of social workers' supervision."),
        finding(6, 103, 1, f"The quality of life-story work {NASTY}"),
        finding(7, 103, 2, "Supervision is too often a list of tasks.", "weakness", 3),
        finding(8, 103, 3, "Strategy meetings are now held promptly.", "strength", 3),
        finding(9, 104, 0, "The quality of pathway plans for care leavers."),
        finding(10, 103, 4, "The board should check how partners share what they know.", "recommendation") | {"lscb": 1},
    ],
    "finding_subjects": [
        {"finding_id": 1, "subject": "supervision", "position": 0},
        {"finding_id": 5, "subject": "supervision", "position": 0},
        {"finding_id": 6, "subject": "life-story work", "position": 0},
        {"finding_id": 6, "subject": "children in care", "position": 1},
    ],
    "report_pages": [
        {"report_id": 103, "page": 1, "text": "Services are no longer inadequate. Leaders have acted with determination."},
        {"report_id": 103, "page": 3, "text": f"Return home interviews are late. {NASTY}"},
    ],
    "comparisons": [
        comparison(102, 0, "improved", 2, earlier_report_id=101, evidence="Strategy meetings are timely for most children.", page=1),
        comparison(102, 1, "not_mentioned", 1, earlier_report_id=101),
        comparison(102, 2, "not_mentioned", 3, earlier_report_id=101),
        comparison(103, 0, "still_needs_improvement", 1, 5, earlier_report_id=101, evidence="Supervision is too often a list of tasks.", page=3),
        comparison(103, 1, "not_mentioned", 3, earlier_report_id=101, certain=0, confidence=0.5, name="0badcafe", decided_by="second reader: m:8b"),
        comparison(103, 2, "new", None, 6, page=2),
    ],
    "crawls": [
        {"id": 1, "source": "ofsted", "started": "2024-03-08T08:59:00+00:00", "finished": "2024-03-08T09:00:00+00:00", "verdict": "ok", "message": "3 reports", "requests": 5, "bytes": 9000, "found": 3},
        {"id": 2, "source": "Westmarch Gazette", "started": "2024-03-12T08:00:00+00:00", "finished": "2024-03-12T08:00:10+00:00", "verdict": "blocked", "message": "403 from the feed", "requests": 1, "bytes": 0, "found": 0},
    ],
    "page_checks": [{"crawl_id": 1, "url": "https://reports.example.org/provider/44/89999", "urn": "89999", "verdict": "ok", "message": "", "listed": "101 102", "checked": "2024-03-08T09:00:00+00:00"}],
    "answers": [
        answer(1, 200, "text/html", NASTY, f"<html><title>{NASTY}</title>\r\n{NASTY}<img src=x onerror=alert(1)>\u202e\x1b[31m".encode(), urn="89999", crawl_id=1),
        answer(2, 403, "text/html; charset=utf-8", "Just a moment...", b"<!DOCTYPE html><title>Just a moment...</title>", final_url="https://wall.example.org/x"),
        answer(3, 200, "application/gzip", "", bytes(range(256)) * 2, message="not well-formed"),
        answer(4, None, "", "", b"", message="no complete answer within 30 s", verdict="timed_out"),
    ],
    "source_health": [{"source": "Westmarch Gazette", "verdict": "blocked", "message": "403 from the feed", "since": "2024-03-12T08:00:10+00:00", "crawl_id": 2}],
    "articles": [
        article(1, "Westmarch Gazette", clues='{"counts": [{"kind": "strength", "number": 12, "words": "positive comments"}]}'),
        article(2, "Marchland Courier"),
        article(3, "Westmarch Gazette", label="other", story=None, urn=None, headline="Roadworks to finish early"),
        article(4, "Westmarch Gazette", label="followup", story=None, url="javascript:alert(1)", headline=NASTY),
    ],
    "article_reports": [{"article_url": "https://news1.example.org/story/1", "report_id": 103, "method": "quotation", "confidence": 0.97}],
    "article_links": [{"article_url": "javascript:alert(1)", "undecided": "no known report fits", "awaited": 1, "tried": "2024-03-12T10:00:00.000000+00:00"}],
    "alerts": [{"id": 1, "kind": "report", "urn": "89999", "report_id": 103, "article_url": None, "created": "2024-03-12T10:00:01.000000+00:00", "dedupe_key": "report:103"}],
    "deliveries": [
        {"id": 1, "alert_id": 1, "recipient": "a@example.org", "channel": "mail", "state": "sent", "attempts": 1, "due": "2024-03-12T10:00:01+00:00"},
        {"id": 2, "alert_id": 1, "recipient": "b@example.org", "channel": "mail", "state": "failed", "attempts": 9, "due": "2024-03-12T10:00:01+00:00", "error": "no such mailbox"},
    ],
}  # fmt: skip
