"""Documents that watched pages link: one that reads as a report of Ofsted's about an authority of that page is kept as one, and no other."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path
from threading import Event

from sqlite_utils import Database

from monitor.config import Config
from monitor.database import isolated, rows, value, writing
from monitor.reading.adding import NotAdded, add_report, whose
from scraper.database import report_path
from scraper.errors import ScraperError
from scraper.items import Reading
from scraper.reference import Authority
from scraper.reports import read_files

UNREAD = "SELECT url, source, sha256, baseline FROM documents WHERE state = 'unread' ORDER BY first_seen, url"
IN_USE = (
    "SELECT EXISTS (SELECT 1 FROM report_versions WHERE sha256 = :sha256) OR EXISTS (SELECT 1 FROM reports WHERE sha256 = :sha256)"
    " OR EXISTS (SELECT 1 FROM documents WHERE sha256 = :sha256 AND state = 'unread')"
)


def add_linked(db: Database, config: Config, clock: Callable[[], datetime], stop: Event | None = None) -> int:
    """Read each document that was fetched, once, and keep those that are reports: how many are new. `stop`: looked at after each. Can be run again."""
    found = {report_path(config.data, row["sha256"]): row for row in rows(db, UNREAD)}
    new = 0
    for path, outcome in read_files(list(found)) if found else ():
        row = found[path]
        with isolated(db, "documents", row["url"], clock()):
            new += _settle(
                db,
                config,
                path,
                row["url"],
                outcome,
                clock(),
                of=_concerned(config, row["source"]),
                baseline=bool(row["baseline"]),
            )
        if stop and stop.is_set():
            break
    return new


def _concerned(config: Config, source: str) -> Collection[str]:
    """The URNs of the watched authorities that a source is about; all where it does not say."""
    covers = next((config.resolve(news.covers) for news in config.sources.news if news.name == source), ())
    watched = {one.urn for one in config.watched}
    return watched & {one.urn for one in covers} if covers else watched


def _settle(
    db: Database,
    config: Config,
    path: Path,
    url: str,
    outcome: Reading | ScraperError,
    now: datetime,
    *,
    of: Collection[str],
    baseline: bool,
) -> bool:
    """What a document is, stored; whether it is a new report."""
    added = None
    if isinstance(outcome, Reading) and (urn := _urn(outcome, config.known)) in of:
        added = add_report(db, config.data, path.read_bytes(), url, outcome, urn, now, baseline=baseline)
    with writing(db):
        problem = str(outcome).removeprefix(f"{path}: ") if isinstance(outcome, ScraperError) else None
        db.conn.execute(
            "UPDATE documents SET state = ?, problem = ? WHERE url = ?", ["report" if added else "other", problem, url]
        )
    if not value(db, IN_USE, {"sha256": path.stem}):
        path.unlink(missing_ok=True)
    return bool(added and added.new)


def _urn(reading: Reading, known: Sequence[Authority]) -> str:
    """Whose it is by its own text: here no person says so."""
    try:
        return whose(reading, None, known).urn
    except NotAdded:
        return ""
