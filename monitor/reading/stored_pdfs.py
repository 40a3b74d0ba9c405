"""The step from stored PDFs to stored readings: what is still to be read, by which reader, and what it says.

A report is read again when its bytes or our reader change. A better reader replaces what was read before without a word
to anyone; only other bytes that say something else count as amended (`readings.meaning_changed`).
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlite_utils import Database

from monitor.database import connect, rows, stamp, writing
from scraper.database import report_path
from scraper.errors import ScraperError
from scraper.items import Finding, Reading
from scraper.reports import READER, pdf_library, read_files

READ_AGAIN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Unread:
    """A stored PDF that the present reader has not read yet."""

    report_id: int
    sha256: str


def unread(db: Database, now: datetime) -> list[Unread]:
    """PDFs to read, newest report first, so that what is new is told first.

    One that could not be read is tried once more after a day: the fault may have been a machine short of time or memory.
    """
    found = rows(
        db,
        "SELECT r.id, r.sha256 FROM reports r LEFT JOIN readings d ON d.report_id = r.id WHERE r.sha256 IS NOT NULL "
        "AND (d.report_id IS NULL OR d.sha256 <> r.sha256 OR d.reader <> ? OR d.pdf_library <> ? "
        "OR (d.error IS NOT NULL AND d.read_at < ?)) ORDER BY r.baseline, r.published DESC",
        [READER, pdf_library(), stamp(now - READ_AGAIN_AFTER)],
    )
    return [Unread(row["id"], row["sha256"]) for row in found]


def read_pending(
    data: Path, clock: Callable[[], datetime], progress: Callable[[int, int], None] = lambda _done, _all: None
) -> int:
    """Read everything that is unread and store what it says; returns how many were read. Can be stopped and run again."""
    with closing(connect(data)) as db:
        todo = {report_path(data, item.sha256): item for item in unread(db, clock())}
        for number, (path, outcome) in enumerate(_outcomes(list(todo)), start=1):
            store_reading(db, todo[path], _without_path(path, outcome), clock())
            progress(number, len(todo))
        return len(todo)


def _without_path(path: Path, outcome: Reading | ScraperError) -> Reading | ScraperError:
    """An error in words for the reader of a mail, who has no use for where we keep the file."""
    if isinstance(outcome, ScraperError):
        return type(outcome)(str(outcome).removeprefix(f"{path}: "))
    return outcome


def _outcomes(paths: list[Path]) -> Iterator[tuple[Path, Reading | ScraperError]]:
    return read_files(paths) if paths else iter(())


def store_reading(db: Database, item: Unread, outcome: Reading | ScraperError, now: datetime) -> None:
    """Replace what is stored of a report by this reading, or by the reason why it could not be read."""
    with writing(db):
        before = next(
            iter(
                db.query(
                    "SELECT sha256, fingerprint, meaning_changed FROM readings WHERE report_id = ?", [item.report_id]
                )
            ),
            None,
        )
        failed = isinstance(outcome, ScraperError)
        print_ = None if isinstance(outcome, ScraperError) else fingerprint(outcome)
        changed = before["meaning_changed"] if before else None
        if before and before["sha256"] != item.sha256 and before["fingerprint"] != print_ and not failed:
            changed = stamp(now)
        db.conn.execute(
            "INSERT OR REPLACE INTO readings (report_id, sha256, reader, pdf_library, read_at, pages, fingerprint, meaning_changed, "
            "warnings, error, authority) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                item.report_id, item.sha256, READER, pdf_library(), stamp(now),
                None if isinstance(outcome, ScraperError) else len(outcome.page_texts), print_, changed,
                None if isinstance(outcome, ScraperError) else json.dumps(outcome.warnings, ensure_ascii=False),
                str(outcome) if isinstance(outcome, ScraperError) else None,
                None if isinstance(outcome, ScraperError) else outcome.authority,
            ),
        )  # fmt: skip
        if not isinstance(outcome, ScraperError):
            _store_what_it_says(db, item.report_id, outcome)


def fingerprint(reading: Reading) -> str:
    """A hash of what a report says: who, when, grades and statements, not of how its file is made or its text laid out."""
    said = [
        reading.report_type, reading.authority, str(reading.inspection_start), str(reading.inspection_end), reading.lead_inspector,
        [(judgement.area, judgement.grade) for judgement in reading.judgements],
        [(finding.kind, " ".join(finding.text.split())) for finding in reading.findings],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _store_what_it_says(db: Database, report_id: int, reading: Reading) -> None:
    _forget(db, report_id)
    db.conn.execute(
        "UPDATE reports SET kind = ?, framework = ?, published = coalesce(published, ?), inspection_start = ?, inspection_end = ?, "
        "lead_inspector = ?, visit_number = ?, since_judgement = ? WHERE id = ?",
        (
            reading.report_type, reading.framework, _day(reading.published), _day(reading.inspection_start), _day(reading.inspection_end),
            reading.lead_inspector, reading.visit_number, reading.since_judgement, report_id,
        ),
    )  # fmt: skip
    db.conn.executemany(
        "INSERT INTO judgements (report_id, area, grade, position) VALUES (?, ?, ?, ?)",
        [(report_id, judgement.area, judgement.grade, n) for n, judgement in enumerate(reading.judgements)],
    )
    db.conn.executemany(
        "INSERT INTO report_pages (report_id, page, text) VALUES (?, ?, ?)",
        [(report_id, n, text) for n, text in enumerate(reading.page_texts, start=1)],
    )
    for position, finding in enumerate(reading.findings):
        _store_finding(db, report_id, position, finding)


def _forget(db: Database, report_id: int) -> None:
    """Drop what an earlier reading left. Comparisons of the authority's reports rest on it and are to be made anew."""
    for table in ("judgements", "report_pages", "findings"):
        db.conn.execute(f"DELETE FROM {table} WHERE report_id = ?", (report_id,))  # noqa: S608 - names are ours
    db.conn.execute(
        "DELETE FROM compared WHERE report_id IN (SELECT id FROM reports WHERE urn = (SELECT urn FROM reports WHERE id = ?))",
        (report_id,),
    )


def _store_finding(db: Database, report_id: int, position: int, finding: Finding) -> None:
    row = db.conn.execute(
        "INSERT INTO findings (report_id, kind, section, text, page, position, lscb) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (report_id, finding.kind, finding.section, finding.text, finding.page, position, int(finding.lscb)),
    )
    db.conn.executemany(
        "INSERT INTO finding_subjects (finding_id, subject, position) VALUES (?, ?, ?)",
        [(row.lastrowid, subject, n) for n, subject in enumerate(finding.subjects)],
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
