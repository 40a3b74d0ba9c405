"""The step from stored PDFs to stored readings: what is still to be read, by which reader, and what it says.

A report is read again when its bytes or our reader change. A better reader replaces what was read before without a word
to anyone; only other bytes that say something else count as amended (`readings.meaning_changed`). A reading that fails stands beside the last
good one (`failure`) and not in its place: a machine short of time is no reason to forget what a report says.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event

from sqlite_utils import Database

from monitor.database import connect, heal_issue, isolated, note_issue, rows, stamp, value, writing
from monitor.reading.told_doubts import tell_doubts
from scraper.database import report_path
from scraper.errors import ScraperError
from scraper.items import Finding, Reading
from scraper.reference import stored_day
from scraper.reports import LONG_AFTER, pdf_library, read_files, reader_version

READ_AGAIN_AFTER = timedelta(days=1)
OTHER_DAYS = "Ofsted’s page says that it was published on {listed}, and its text is about a visit that ended on {ended}"

UNREAD = """
SELECT r.id, r.sha256 FROM reports r LEFT JOIN readings d ON d.report_id = r.id
WHERE r.sha256 IS NOT NULL
  AND (d.report_id IS NULL OR d.sha256 <> r.sha256 OR d.reader <> :reader OR d.pdf_library <> :library OR d.error IS NOT NULL)
  AND NOT coalesce(d.failed_sha256 = r.sha256 AND d.failed_reader = :by AND d.failed_at BETWEEN :yesterday AND :now, 0)
ORDER BY d.report_id IS NOT NULL, r.baseline, r.published DESC
"""


@dataclass(frozen=True, slots=True)
class Unread:
    """A stored PDF that the present reader has not read yet."""

    report_id: int
    sha256: str


@dataclass(frozen=True, slots=True)
class LastReading:
    """The last good reading of a report: of which bytes, by which reader, what it found, and when bytes last said something else."""

    sha256: str
    reader: str
    fingerprint: str | None
    meaning_changed: str | None


def reader() -> str:
    """What reads: our reader's version and the PDF library's."""
    return f"{reader_version()} {pdf_library()}"


def unread(db: Database, now: datetime) -> list[Unread]:
    """PDFs to read: those never read first, newest report first, so that what is new is told first.

    One that could not be read is tried once more after a day: the fault may have been a machine short of time or memory.
    """
    asked = {
        "reader": reader_version(), "library": pdf_library(), "by": reader(), "now": stamp(now), "yesterday": stamp(now - READ_AGAIN_AFTER),
    }  # fmt: skip
    return [Unread(row["id"], row["sha256"]) for row in rows(db, UNREAD, asked)]


def last_reading(db: Database, report_id: int) -> LastReading | None:
    """What is stored of a report that was read well."""
    sql = "SELECT sha256, reader || ' ' || pdf_library AS reader, fingerprint, meaning_changed FROM readings WHERE report_id = ? AND error IS NULL"
    return next((LastReading(**row) for row in rows(db, sql, [report_id])), None)


def read_pending(data: Path, clock: Callable[[], datetime], stop: Event | None = None) -> int:
    """Read everything that is unread and store what it says; returns how many were read. `stop`: looked at after each. Can be run again."""
    done = 0
    with closing(connect(data)) as db:
        todo: dict[Path, list[Unread]] = {}
        for item in unread(db, clock()):
            todo.setdefault(report_path(data, item.sha256), []).append(item)
        for path, outcome in _outcomes(list(todo)):
            for item in todo[path]:
                with isolated(db, "read", f"report {item.report_id}", clock()):
                    _store(db, data, item, outcome, clock())
                done += isinstance(outcome, Reading)
            if stop and stop.is_set():
                break
    return done


def _outcomes(paths: list[Path]) -> Iterator[tuple[Path, Reading | ScraperError]]:
    return read_files(paths) if paths else iter(())


def _store(db: Database, data: Path, item: Unread, outcome: Reading | ScraperError, now: datetime) -> None:
    path = report_path(data, item.sha256)
    damaged = f"step:read:the PDF of report {item.report_id}"
    if isinstance(outcome, Reading):
        store_reading(db, item, outcome, now, before=_before(db, data, item))
        heal_issue(db, damaged, now)
        tell_doubts(db, item.report_id, now)
    elif _whole(path, item.sha256):
        store_failure(db, item, str(outcome).removeprefix(f"{path}: "), now)
    else:  # its name is its hash: what is there now is not what was fetched
        path.unlink(missing_ok=True)
        said = f"the PDF of report {item.report_id} is damaged or gone on the disk; the next crawl fetches it anew"
        note_issue(db, "read", "warning", said, now, key=damaged)


def _whole(path: Path, sha256: str) -> bool:
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _before(db: Database, data: Path, item: Unread) -> str | None:
    """The fingerprint of the bytes before, where the present reader has not made it: two readers may differ where two files do not."""
    last = last_reading(db, item.report_id)
    if last is None or last.sha256 == item.sha256 or last.reader == reader():
        return None
    old = report_path(data, last.sha256)
    outcome = next(read_files([old]))[1] if old.exists() else None
    return fingerprint(outcome) if isinstance(outcome, Reading) else None


def store_reading(db: Database, item: Unread, reading: Reading, now: datetime, *, before: str | None = None) -> None:
    """Replace what is stored of a report by this reading. `before`: the fingerprint of the bytes of before, if it is not the stored one."""
    last, said = last_reading(db, item.report_id), fingerprint(reading)
    changed = last.meaning_changed if last else None
    if last and last.sha256 != item.sha256 and (before or last.fingerprint) != said:
        changed = stamp(now)
    with writing(db):
        db.conn.execute(
            "INSERT OR REPLACE INTO readings (report_id, sha256, reader, pdf_library, read_at, pages, fingerprint, meaning_changed, "
            "warnings, authority) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                item.report_id, item.sha256, reader_version(), pdf_library(), stamp(now), len(reading.page_texts), said, changed,
                json.dumps(doubts_of(db, item.report_id, reading), ensure_ascii=False), reading.authority,
            ),
        )  # fmt: skip
        _store_what_it_says(db, item.report_id, reading)


def doubts_of(db: Database, report_id: int, reading: Reading) -> tuple[str, ...]:
    """What the reader doubts, and whether the days in the text are those of the report that the page lists: an old one may lie behind a new link."""
    listed = stored_day(value(db, "SELECT published FROM reports WHERE id = ?", [report_id]))
    ended = reading.inspection_end
    if listed is None or ended is None or timedelta() <= listed - ended <= LONG_AFTER:
        return reading.warnings
    return (
        *reading.warnings,
        OTHER_DAYS.format(listed=listed.strftime("%-d %B %Y"), ended=ended.strftime("%-d %B %Y")),
    )


def store_failure(db: Database, item: Unread, reason: str, now: datetime) -> None:
    """Note that a report could not be read, and why, beside the last good reading where there is one."""
    failed = (reason, item.sha256, reader(), stamp(now))
    with writing(db):
        if last_reading(db, item.report_id):
            db.conn.execute(
                "UPDATE readings SET failure = ?, failed_sha256 = ?, failed_reader = ?, failed_at = ? WHERE report_id = ?",
                [*failed, item.report_id],
            )
            return
        db.conn.execute(
            "INSERT OR REPLACE INTO readings (report_id, sha256, reader, pdf_library, read_at, error, failure, failed_sha256, failed_reader, "
            "failed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [item.report_id, item.sha256, reader_version(), pdf_library(), stamp(now), reason, *failed],
        )


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
