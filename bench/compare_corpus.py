"""A folder of real reports as the bench programs use it: read once, kept in a file, and stored in a throw-away database.

The folder has one folder an authority, `<urn>_<name>/`, with files `<label> - <day month year>.pdf`.
"""

import pickle
import re
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

from sqlite_utils import Database

from monitor.comparing import compare_report, to_compare
from monitor.database import begin, remember_authorities, writing
from monitor.reading.stored_pdfs import Unread, store_reading
from scraper.errors import ScraperError
from scraper.items import Reading
from scraper.reference import Authority
from scraper.reports import read_files

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NAME = re.compile(r"(?P<label>.+) - (?P<date>\d{1,2} \w+ \d{4})$")


def published(path: Path) -> date:
    """The date in a file's name."""
    match = NAME.match(path.stem)
    if match is None:
        raise SystemExit(f"{path}: the name has no date")
    return datetime.strptime(match["date"], "%d %B %Y").replace(tzinfo=UTC).date()


def readings(folder: Path, cache: Path | None = None) -> dict[Path, Reading | ScraperError]:
    """Every report of the folder as read; from the cache file, which this program itself wrote, where there is one."""
    if cache and cache.exists():
        kept: dict[Path, Reading | ScraperError] = pickle.loads(cache.read_bytes())  # noqa: S301
        return kept
    started = time.perf_counter()
    found = dict(read_files(sorted(folder.glob("*/*.pdf"))))
    sys.stderr.write(f"read {len(found)} files in {time.perf_counter() - started:.1f} s\n")
    if cache:
        cache.write_bytes(pickle.dumps(found))
    return found


def store(data: Path, found: dict[Path, Reading | ScraperError]) -> Database:
    """A new database with these reports and what they say."""
    db = begin(data)
    for number, (path, outcome) in enumerate(sorted(found.items()), start=1):
        urn, _, name = path.parent.name.partition("_")
        remember_authorities(db, [Authority(urn, name.title(), "")])
        match = NAME.match(path.stem)
        label = match["label"] if match else path.stem
        with writing(db):
            db.conn.execute(
                "INSERT INTO reports (id, urn, label, published, url, sha256, first_seen, baseline) VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
                (number, urn, label, published(path).isoformat(), f"file:{path.name}", str(number), NOW.isoformat()),
            )
        if isinstance(outcome, Reading):
            store_reading(db, Unread(number, str(number)), outcome, NOW)
    return db


def compare_stored(db: Database) -> tuple[int, float]:
    """Compare everything that is stored; how many reports, and in how many seconds."""
    started = time.perf_counter()
    todo = to_compare(db)
    for report_id in todo:
        compare_report(db, report_id, NOW)
    return len(todo), time.perf_counter() - started
