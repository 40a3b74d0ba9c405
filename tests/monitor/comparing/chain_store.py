"""A small invented authority in a database, its reports stored as the daemon stores them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from monitor.comparing.chain import compare_report, to_compare
from monitor.database import remember_authorities, writing
from scraper.items import Finding, Judgement, Tone
from scraper.reference import Authority
from scraper.reports.subjects import subjects_of
from tests.data_folders import new_database

URN = "80999"
NOW = datetime(2024, 5, 1, 9, 0, tzinfo=UTC)

INADEQUATE = (
    Judgement("Overall effectiveness", "inadequate"),
    Judgement("The experiences and progress of children who need help and protection", "inadequate"),
    Judgement("The experiences and progress of children in care and care leavers", "requires improvement to be good"),
    Judgement("The impact of leaders on social work practice with children and families", "inadequate"),
)
GOOD = (
    Judgement("Overall effectiveness", "good"),
    Judgement("The experiences and progress of children who need help and protection", "good"),
    Judgement("The experiences and progress of children in care", "good"),
    Judgement("The experiences and progress of care leavers", "requires improvement to be good"),
    Judgement("The impact of leaders on social work practice with children and families", "good"),
)


def database(folder: Path) -> Database:
    """An empty database that knows the authority."""
    db = new_database(folder)
    remember_authorities(db, [Authority(URN, "Westmere", "South")])
    return db


def ask(text: str, page: int = 2, kind: str = "area_for_improvement") -> Finding:
    return Finding(kind, "What needs to improve", text, page, subjects_of(text))


def said(kind: str, text: str, page: int = 3) -> Finding:
    return Finding(kind, "The experiences and progress of children", text, page, subjects_of(text))


SUPERVISION = ask("The quality and frequency of supervision.")
MISSING = ask("Return home interviews for children who go missing.")
PRE_PROCEEDINGS = ask("The timeliness of pre-proceedings work.")
PATHWAY = ask("The quality of pathway plans for care leavers.")
SUPERVISION_AGAIN = ask("Supervision, so that it is regular and reflective.")
SUPERVISION_WEAK = said(Tone.WEAKNESS, "The quality of supervision remains too variable and some of it is late.", 5)
MISSING_BETTER = said(
    Tone.STRENGTH, "Return home interviews for children who go missing are now timely and of good quality.", 6
)


def add(
    db: Database,
    report_id: int,
    published: str,
    findings: Sequence[Finding],
    kind: str = "focused_visit",
    judgements: Sequence[Judgement] = (),
    framework: str = "ILACS",
    visit_number: int | None = None,
) -> None:
    """Store one report with its reading, or the reading again with new row numbers."""
    with writing(db):
        db.conn.execute("DELETE FROM findings WHERE report_id = ?", (report_id,))
        db.conn.execute("DELETE FROM judgements WHERE report_id = ?", (report_id,))
    db.table("reports").upsert(
        {
            "id": report_id, "urn": URN, "label": f"{kind} - {published}", "kind": str(kind), "framework": framework,
            "published": published, "url": f"https://reports.example/{report_id}", "sha256": "a" * 64, "visit_number": visit_number,
            "since_judgement": "2020-02" if visit_number else None, "first_seen": "2024-01-01",
        },
        pk="id",
    )  # fmt: skip
    times = db.execute("SELECT count(*) FROM readings WHERE report_id = ?", [report_id]).fetchone()[0]
    db.table("readings").upsert(
        {
            "report_id": report_id,
            "sha256": "a" * 64,
            "reader": f"r{times}",
            "pdf_library": "l",
            "read_at": "2024-01-02",
        },
        pk="report_id",
    )
    db.table("judgements").insert_all(
        {"report_id": report_id, "area": one.area, "grade": one.grade, "position": place}
        for place, one in enumerate(judgements)
    )
    db.table("findings").insert_all(
        {
            "report_id": report_id, "kind": str(one.kind), "section": one.section, "text": one.text, "page": one.page,
            "position": place, "lscb": int(one.lscb),
        }
        for place, one in enumerate(findings)
    )  # fmt: skip


def story(db: Database) -> None:
    """An inspection, a focused visit that sees one area improved and one raised again, and an inspection after it."""
    add(db, 1, "2020-03-01", [SUPERVISION, MISSING, PRE_PROCEEDINGS], "inspection", INADEQUATE)
    add(db, 2, "2021-06-01", [SUPERVISION_AGAIN, SUPERVISION_WEAK, MISSING_BETTER])
    add(db, 3, "2023-01-01", [ask("Supervision of social workers."), PATHWAY], "inspection", GOOD)


def compare_all(db: Database) -> list[int]:
    done = to_compare(db)
    for report_id in done:
        compare_report(db, report_id, NOW)
    return done
