"""Documents that watched pages link: one that reads as a report of Ofsted's about an authority of that page is kept as one, and no other."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

from sqlite_utils import Database

from monitor.config import Config
from monitor.database import isolated, rows, stamp, value, writing
from monitor.reading.adding import NotAdded, add_report, known_report, whose
from monitor.reading.told_doubts import tell_untaken
from scraper.database import documents_given_up, report_path
from scraper.errors import ScraperError, Unfinished
from scraper.items import Reading
from scraper.reference import Authority, find_authority
from scraper.reports import lacks_its_issuer, read_files, report_within

ATTEMPTS, AGAIN = 3, timedelta(days=1)
"""Readings of a document that the limits on time or memory end, and how long lies between two: the machine may have been busy."""
UNREAD = (
    "SELECT url, source, sha256, baseline, readings FROM documents WHERE state = 'unread'"
    " AND NOT coalesce(last_reading BETWEEN :yesterday AND :now, 0) ORDER BY first_seen, url"
)
IN_USE = (
    "SELECT EXISTS (SELECT 1 FROM report_versions WHERE sha256 = :sha256) OR EXISTS (SELECT 1 FROM reports WHERE sha256 = :sha256)"
    " OR EXISTS (SELECT 1 FROM documents WHERE sha256 = :sha256 AND state = 'unread')"
)


def add_linked(db: Database, config: Config, clock: Callable[[], datetime], stop: Event | None = None) -> int:
    """Read each document that was fetched, once, and keep those that are reports: how many are new. `stop`: looked at before and after each. Can be run again."""
    _give_up(db, clock())
    since = {"yesterday": stamp(clock() - AGAIN), "now": stamp(clock())}
    found = {report_path(config.data, row["sha256"]): row for row in rows(db, UNREAD, since)}
    new = 0
    for path, outcome in read_files(list(found)) if found else ():
        if stop and stop.is_set() and isinstance(outcome, ScraperError):
            break  # what ends us may have ended the reader too: that proves nothing of the document
        row = found[path]
        with isolated(db, "documents", row["url"], clock()):
            if isinstance(outcome, Unfinished) and row["readings"] + 1 < ATTEMPTS:
                _leave(db, row["url"], clock())
            else:
                new += _settle(db, config, path, row, outcome, clock())
        if stop and stop.is_set():
            break
    return new


def _concerned(config: Config, source: str) -> Collection[str]:
    """The URNs of the watched authorities that a source is about; all where it does not say."""
    covers = next((config.resolve(news.covers) for news in config.sources.news if news.name == source), ())
    watched = {one.urn for one in config.watched}
    return watched & {one.urn for one in covers} if covers else watched


def _give_up(db: Database, now: datetime) -> None:
    """Tell the operators of each document that did not come and is asked for no more; of none that was there at the first look."""
    for url, source, problem, baseline in documents_given_up(db):
        with isolated(db, "documents", url, now), writing(db):
            db.conn.execute("UPDATE documents SET state = 'other' WHERE url = ?", [url])
            if not baseline:
                tell_untaken(db, url, source, f"it was asked for several times and did not come: {problem}", now)


def _leave(db: Database, url: str, now: datetime) -> None:
    """Count a reading that came to no end; the document is tried again later."""
    with writing(db):
        db.conn.execute(
            "UPDATE documents SET readings = readings + 1, last_reading = ? WHERE url = ?", [stamp(now), url]
        )


def _settle(
    db: Database, config: Config, path: Path, row: dict[str, Any], outcome: Reading | ScraperError, now: datetime
) -> bool:
    """What a document is, stored; whether it is a new report. Of one that is new and may hold one all the same the operators are told."""
    added, url, baseline = None, row["url"], bool(row["baseline"])
    problem = str(outcome).removeprefix(f"{path}: ") if isinstance(outcome, ScraperError) else None
    if isinstance(outcome, Reading):
        concerned = [one for one in config.known if one.urn in _concerned(config, row["source"])]
        if urn := _urn(outcome, config.known, concerned):
            added = add_report(db, config.data, path.read_bytes(), url, outcome, urn, now, baseline=baseline)
        else:
            problem = _may_be(db, path.stem, outcome, config.known, concerned)
    with writing(db):
        db.conn.execute(
            "UPDATE documents SET state = ?, problem = ? WHERE url = ?", ["report" if added else "other", problem, url]
        )
        if problem and not baseline:
            tell_untaken(db, url, row["source"], problem, now)
    if not value(db, IN_USE, {"sha256": path.stem}):
        path.unlink(missing_ok=True)
    return bool(added and added.new)


def _urn(reading: Reading, known: Sequence[Authority], concerned: Sequence[Authority]) -> str:
    """Whose report it is by its own text, for here no person says so; "" where it is none, or of nobody who is `concerned`."""
    try:
        found = whose(reading, None, known)
    except NotAdded:
        return ""
    return found.urn if found in concerned else ""


def _may_be(
    db: Database, sha256: str, reading: Reading, known: Sequence[Authority], concerned: Sequence[Authority]
) -> str | None:
    """In words, why what was not taken may be a report or hold one all the same, and is not known as one; None where nothing says so."""
    if page := report_within(reading):
        return f"a report or letter of Ofsted's begins on its page {page}, behind other papers"
    named = find_authority(reading.authority, known) if reading.authority else None
    if (
        named is None
        or named not in concerned
        or not lacks_its_issuer(reading)
        or known_report(db, sha256, reading, named.urn)
    ):
        return None
    return f"it reads as one about {named.name}, but has neither Ofsted's address nor an inspector's name under it; if it is one, `ofsted-watch add` it"
