"""What a crawl of Ofsted's site reads from the database and writes into it: page checks, reports, their PDFs' versions."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database.answers import note_answer
from scraper.database.baselines import authority_subject, baseline_since, begin_baseline
from scraper.database.listings import store_listing, store_missing
from scraper.database.store import note_page, writing
from scraper.items import NOT_ASKED, ReportLink, Verdict
from scraper.looks import PdfFetch, ProviderLook, StoredReport, Validators
from scraper.reference import known_authorities

COLUMNS = "id, urn, label, published, on_site, url, sha256, problem, withdrawn_at, checked"
WHOLE_PAGE_EVERY, WHOLE_PDF_EVERY = timedelta(days=1), timedelta(days=7)
"""A server may say "not modified" of what was: of a page that hides a new report. PDFs are asked for once a day."""


def known_reports(db: Database, numbers: Iterable[int]) -> dict[int, StoredReport]:
    """Those of these reports that are stored, by number."""
    rows = db.query(
        f"SELECT {COLUMNS} FROM reports WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608 - a constant
        [json.dumps(list(numbers))],
    )
    return {row["id"]: _known(row) for row in rows}


def _known(row: Mapping[str, str | None]) -> StoredReport:
    link = ReportLink(
        report_id=int(row["id"] or 0),
        url=row["url"] or "",
        label=row["label"] or "",
        published=_day(row["published"]),
        on_site=_day(row["on_site"]),
    )
    kept = {name: row[name] for name in ("sha256", "problem", "withdrawn_at", "checked")}
    return StoredReport(link=link, urn=row["urn"] or "", **kept)


def least_recently_checked(db: Database, urns: Iterable[str]) -> list[str]:
    """The authorities in the order to look at them: those never or longest not asked for first, so that short crawls get round.

    How it ended does not matter: pages that always fail would else come first for ever, and a crawl that gives up after
    them would never come to the others. What counts is the crawl, and the time only within it: clocks are put right.
    """
    rows = db.conn.execute(
        "SELECT urn, crawl_id, checked FROM page_checks"
        " WHERE urn IS NOT NULL AND coalesce(message, '') NOT LIKE ? ORDER BY crawl_id, checked",
        [f"{NOT_ASKED}%"],
    ).fetchall()
    last = {str(urn): (int(crawl_id), str(checked)) for urn, crawl_id, checked in rows}
    return sorted(urns, key=lambda urn: last.get(urn, (0, "")))


def store_authorities(db: Database, named: Mapping[str, str]) -> None:
    """Make sure that these authorities, by URN, have their row."""
    regions = {authority.urn: authority.region for authority in known_authorities()}
    with writing(db):
        for urn, name in named.items():
            db.conn.execute(
                "INSERT INTO authorities (urn, name, region) VALUES (?, ?, ?) ON CONFLICT (urn) DO NOTHING",
                [urn, name, regions.get(urn)],
            )


def store_provider(db: Database, crawl_id: int, check: ProviderLook, now: datetime) -> int:
    """Store one look at one authority in one transaction; how many reports are new with it.

    What a whole page lists is stored whatever it omits; what it omits waits. A page that could not be had or read leaves its
    verdict and nothing else.
    """
    with writing(db):
        _store_page(db, crawl_id, check, now)
        note_answer(db, crawl_id, check.answer, check.urn, check.trust.verdict, check.trust.message, now)
        if check.links is None:
            return 0
        before = known_reports(db, [link.report_id for link in check.links])
        since = _news_since(db, check.urn, now)
        for link in check.links:
            baseline = (_text(link.published) or "") < since
            _store_link(db, check.urn, link, baseline=baseline, now=now)
            store_listing(db, check.urn, link.report_id, baseline=baseline, now=now)
        store_missing(db, check.urn, check.trust, now)
        for copy in check.copies:
            _store_copy(db, copy, before.get(copy.report_id), now)
            note_answer(db, crawl_id, copy.answer, check.urn, copy.verdict, copy.problem or "", now)
        return sum(link.report_id not in before for link in check.links)


def _news_since(db: Database, urn: str, now: datetime) -> str:
    """The day from which an authority's reports are news: at its first good look none, and every one once its page had reports.

    A new authority's page has no report at first: what is published after that was seen is news, and older reports are not.
    """
    subject = authority_subject(urn)
    if begin_baseline(db, subject, now):
        return "9999"
    if db.conn.execute("SELECT 1 FROM listings WHERE urn = ? LIMIT 1", [urn]).fetchone():
        return ""
    return min(baseline_since(db, subject) or "", stamp(now))[:10]  # it may be of a clock that was ahead


def _store_page(db: Database, crawl_id: int, check: ProviderLook, now: datetime) -> None:
    listed = None if check.links is None else json.dumps([link.report_id for link in check.links])
    note_page(db, crawl_id, check.url, check.urn, check.trust.verdict, check.trust.message, listed, now)
    if check.trust.verdict is not Verdict.OK:
        db.conn.execute("DELETE FROM validators WHERE url = ?", [check.url])
    elif not check.unchanged:
        store_validators(db, check.url, check.validators, now)


def _store_link(db: Database, urn: str, link: ReportLink, *, baseline: bool, now: datetime) -> None:
    """A report that two authorities list stays with the one it was first seen with, and is named as on that one's page while it is there.

    A page that gives no day takes none away: the document may have given it. One that says nothing new writes nothing.
    """
    db.conn.execute(
        "INSERT INTO reports (id, urn, label, published, on_site, url, first_seen, baseline) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET label = excluded.label, published = coalesce(excluded.published, published),"
        " on_site = coalesce(excluded.on_site, on_site), url = excluded.url WHERE (urn = excluded.urn OR NOT EXISTS"
        " (SELECT 1 FROM listings l WHERE l.urn = reports.urn AND l.report_id = reports.id AND l.missing_since IS NULL))"
        " AND (label, published, on_site, url) IS NOT"
        " (excluded.label, coalesce(excluded.published, published), coalesce(excluded.on_site, on_site), excluded.url)",
        [link.report_id, urn, link.label, _text(link.published), _text(link.on_site), link.url, stamp(now), baseline],
    )


def _store_copy(db: Database, copy: PdfFetch, before: StoredReport | None, now: datetime) -> None:
    had = before.sha256 if before else None
    if copy.sha256 is None:
        _store_failure(db, copy, had, now)
        return
    amended = stamp(now) if had and had != copy.sha256 and not (before and before.problem) else None
    db.conn.execute(
        "UPDATE reports SET sha256 = ?, problem = NULL, attempts = 0, checked = ?, amended_at = coalesce(?, amended_at)"
        " WHERE id = ?",
        [copy.sha256, stamp(now), amended, copy.report_id],
    )
    if not copy.unchanged:
        db.conn.execute(
            "INSERT OR IGNORE INTO report_versions (report_id, sha256, fetched, bytes) VALUES (?, ?, ?, ?)",
            [copy.report_id, copy.sha256, stamp(now), copy.size],
        )
        store_validators(db, copy.url, copy.validators, now, copy.sha256)


def _store_failure(db: Database, copy: PdfFetch, had: str | None, now: datetime) -> None:
    """A PDF that was had before stays what it was: that it cannot be had now says nothing about it."""
    if had:
        db.conn.execute("UPDATE reports SET checked = ? WHERE id = ?", [stamp(now), copy.report_id])
    else:
        db.conn.execute(
            "UPDATE reports SET problem = ?, attempts = attempts + 1, checked = ? WHERE id = ?",
            [copy.problem, stamp(now), copy.report_id],
        )


def store_validators(db: Database, url: str, validators: Validators, now: datetime, sha256: str | None = None) -> None:
    """Keep what the server said of an address with its whole answer; `sha256` is that of a PDF, which has to be on the disk too."""
    db.conn.execute(
        "INSERT OR REPLACE INTO validators (url, etag, last_modified, sha256, full_fetch) VALUES (?, ?, ?, ?, ?)",
        [url, validators.etag, validators.last_modified, sha256, stamp(now)],
    )


def validators_for(db: Database, url: str, now: datetime, sha256: str | None = None) -> Validators:
    """What to send back for an address: nothing when a whole answer is too old, or was not the one with this `sha256` (of a PDF).

    A time still to come says nothing about when it was: the clock was wrong then, or is now.
    """
    row = db.conn.execute(
        "SELECT etag, last_modified, sha256, full_fetch FROM validators WHERE url = ?", [url]
    ).fetchone()
    if row is None or (sha256 is not None and row[2] != sha256):
        return Validators()
    every = WHOLE_PAGE_EVERY if sha256 is None else WHOLE_PDF_EVERY
    fresh = stamp(now - every) <= (row[3] or "") <= stamp(now)
    return Validators(row[0], row[1]) if fresh else Validators()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
