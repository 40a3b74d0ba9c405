"""Stored articles are grouped into stories and linked to reports; what stays undecided is tried again when reports have come."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from threading import Event
from typing import Any

from sqlite_utils import Database

from monitor.database import isolated, rows, stamp, writing
from monitor.news.feedback import follow_marks
from monitor.news.known_report import KnownReport
from monitor.news.stories import STORY_DAYS, Piece, own_text, start_of, story_of, witnesses
from monitor.news.which_report import Link, Undecided, link
from monitor.reading import grades_of
from scraper.database import clues_from_json, time_of
from scraper.items import ArticleReading, Judgement, VisitClues
from scraper.reference import (
    area_of,
    believable,
    graded_area,
    london_day,
    owner_id,
    publisher_of,
    stored_day,
    unknown_kind,
)
from scraper.text import unpack_shingles, words_of

RELEVANT = "label IN ('report', 'followup')"
WARN_FOR = timedelta(days=14)
LOOKS = 3

TO_LINK = f"""
SELECT a.* FROM articles a LEFT JOIN article_links l ON l.article_url = a.url
WHERE a.{RELEVANT} AND a.urn IS NOT NULL AND NOT EXISTS (SELECT 1 FROM article_reports r WHERE r.article_url = a.url)
  AND (l.tried IS NULL OR l.tried < (
    SELECT max(max(r.first_seen, coalesce(g.read_at, ''), coalesce(c.compared_at, ''))) FROM reports r
    LEFT JOIN readings g ON g.report_id = r.id LEFT JOIN compared c ON c.report_id = r.id WHERE r.urn = a.urn))
ORDER BY a.published, a.url
"""  # noqa: S608 - a constant

REPORTS = """
SELECT r.id, r.kind, r.framework, r.published, r.inspection_start, r.inspection_end, r.visit_number, r.since_judgement,
  (SELECT group_concat(text, ' ') FROM (SELECT text FROM report_pages p WHERE p.report_id = r.id ORDER BY page)) AS text
FROM reports r WHERE r.urn = ? AND r.withdrawn_at IS NULL AND r.id NOT IN (SELECT report_id FROM readings WHERE misfiled IS NOT NULL)
ORDER BY r.published, r.id
"""

EARLY = """
SELECT DISTINCT a.urn FROM articles a JOIN article_links l ON l.article_url = a.url
WHERE a.label = 'report' AND a.baseline = 0 AND l.awaited = 1 AND a.urn IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM page_checks c WHERE c.urn = a.urn AND c.checked > a.first_seen AND c.verdict IN ('ok', 'empty'))
  AND (SELECT count(*) FROM page_checks c WHERE c.urn = a.urn AND c.checked > a.first_seen) < ?
  AND (a.published IS NULL OR julianday(a.first_seen) - julianday(a.published) <= ?)
ORDER BY a.urn
"""


UNGROUPED = f"SELECT * FROM articles WHERE {RELEVANT} AND story IS NULL ORDER BY published, url"  # noqa: S608 - a constant
GROUPED = f"""
SELECT * FROM articles WHERE ({RELEVANT} OR url IN (SELECT url FROM feedback)) AND story IS NOT NULL AND date(coalesce(published, first_seen)) BETWEEN ? AND ?
ORDER BY published, url
"""  # noqa: S608 - a constant
AROUND = "SELECT * FROM articles WHERE date(coalesce(published, first_seen)) BETWEEN ? AND ? AND url <> ?"


def link_articles(db: Database, now: datetime, stop: Event | None = None) -> None:
    """Group new articles into stories and link them to reports. Can be run at any time; what is linked stays linked.

    An article that cannot be linked is an issue of its own, and the others are. `stop`: looked at before each.
    """
    with isolated(db, "link", "the grouping of articles", now):
        _group(db)
        follow_marks(db, now)
    reports: dict[str, list[KnownReport]] = {}
    for row in rows(db, TO_LINK):
        if stop and stop.is_set():
            return
        with isolated(db, "link", row["url"], now):
            known = reports.get(row["urn"]) or reports.setdefault(row["urn"], known_reports(db, row["urn"]))
            _store(db, row["url"], link(_reading(row), _published(row), known), now)


def early_warnings(db: Database) -> list[str]:
    """The authorities of whose page a look should be taken at once: a story speaks of a report that we do not have.

    One good look for each article, or a few that failed: an authority whose page was looked at since is not named again.
    """
    return [row["urn"] for row in rows(db, EARLY, [LOOKS, WARN_FOR.days])]


def report_for(db: Database, reading: ArticleReading, published: datetime | None) -> Link | Undecided:
    """Which stored report an article just read is about; nothing is stored."""
    if reading.urn is None:
        return Undecided("no watched authority is named")
    return link(reading, published, known_reports(db, reading.urn))


def known_reports(db: Database, urn: str) -> list[KnownReport]:
    """The reports of an authority as linking needs them, oldest first."""
    return [_report(db, row) for row in rows(db, REPORTS, [urn])]


def _report(db: Database, row: dict[str, Any]) -> KnownReport:
    whole, areas = _grades(grades_of(db, row["id"]), row["framework"])
    return KnownReport(
        report_id=row["id"],
        kind=row["kind"] or unknown_kind(),
        published=stored_day(row["published"]),
        start=stored_day(row["inspection_start"]),
        end=stored_day(row["inspection_end"]),
        grade=whole,
        areas=areas,
        framework=row["framework"],
        visit_number=row["visit_number"],
        since_judgement=row["since_judgement"],
        text=row["text"] or "",
    )


def _grades(judgements: Sequence[Judgement], framework: str | None) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """The grade of the whole, if there is one, and those of the areas that tell where an authority stands."""
    found = [(graded_area(area_of(one.area, framework)), one.grade) for one in judgements]
    whole = next((grade for area, grade in found if area and area.whole), None)
    return whole, tuple((area.key, grade) for area, grade in found if area and (area.stands or area.parts))


def _reading(row: dict[str, Any]) -> ArticleReading:
    return ArticleReading(
        label=row["label"],
        kind=row["kind"],
        authority=None,
        urn=row["urn"],
        score=row["score"],
        reasons=tuple((what, points) for what, points in json.loads(row["reasons"])),
        clues=clues_from_json(row["clues"]),
        snippet=row["snippet"],
        shingles=unpack_shingles(row["shingles"]),
    )


def _store(db: Database, url: str, found: Link | Undecided, now: datetime) -> None:
    undecided = found if isinstance(found, Undecided) else None
    with writing(db):
        if isinstance(found, Link):
            db.conn.execute(
                "INSERT OR IGNORE INTO article_reports (article_url, report_id, method, confidence) VALUES (?, ?, ?, ?)",
                (url, found.report_id, found.method, found.confidence),
            )
        db.conn.execute(
            "INSERT INTO article_links (article_url, undecided, awaited, tried) VALUES (?, ?, ?, ?) ON CONFLICT (article_url) "
            "DO UPDATE SET undecided = excluded.undecided, awaited = excluded.awaited, tried = excluded.tried",
            (
                url,
                undecided.reason if undecided else None,
                int(undecided is not None and undecided.awaited),
                stamp(now),
            ),
        )


def _group(db: Database) -> None:
    """Give each relevant article without one a story, oldest first, among those of the sixty days before and after."""
    new = [_piece(row) for row in rows(db, UNGROUPED)]
    if not new:
        return
    days = [piece.day for piece in new]
    grouped = [_piece(row) for row in rows(db, GROUPED, _around(min(days), max(days)))]
    _write_stories(db, new, grouped)


def _around(first: date, last: date) -> list[str]:
    around = STORY_DAYS + timedelta(days=1)  # stored times are UTC's, and a day is London's
    return [(first - around).isoformat(), (last + around).isoformat()]


def _write_stories(db: Database, new: Iterable[Piece], grouped: list[Piece]) -> None:
    @cache
    def own(piece: Piece) -> frozenset[int]:
        return own_text(piece, _of_its_publisher(db, piece))

    @cache
    def seen(piece: Piece) -> int:
        return witnesses(piece, _of_its_publisher(db, piece))

    found = []
    for piece in new:
        story = story_of(piece, grouped, own, seen)
        grouped.append(replace(piece, story=story))
        found.append((story, piece.url))
    with writing(db):
        db.conn.executemany("UPDATE articles SET story = ? WHERE url = ? AND story IS NULL", found)


def _of_its_publisher(db: Database, piece: Piece) -> Iterator[Piece]:
    """The articles around one that its publisher printed, about whatever; one at a time, as there are many."""
    publisher = publisher_of(piece.url)
    for row in db.query(AROUND, [*_around(piece.day, piece.day), piece.url]):
        if publisher_of(row["url"]) == publisher:
            yield _piece(row)


def _published(row: dict[str, Any]) -> datetime | None:
    """When it came out, unless that cannot be: times are checked at the door now, and older rows may hold any."""
    return believable(time_of(row["published"]), datetime.fromisoformat(row["first_seen"]))


def _piece(row: dict[str, Any]) -> Piece:
    when = _published(row) or datetime.fromisoformat(row["first_seen"])
    return Piece(
        url=row["url"],
        urn=row["urn"],
        day=london_day(when),
        headline=row["headline"],
        shingles=unpack_shingles(row["shingles"]),
        owner_id=owner_id(row["url"]),
        story=row["story"],
        outlet=row["outlet"],
        said=_said(clues_from_json(row["clues"])),
        relevant=row["label"] != "other",
        start=start_of(row["snippet"]),
    )


def _said(clues: VisitClues) -> frozenset[str]:
    """What only a text about a visit says: its days, its month, its number, and the report's own words."""
    when = (f"{clues.start}" if clues.start else "", clues.month or "", clues.anchor or "")
    number = f"visit {clues.ordinal}" if clues.ordinal else ""
    return frozenset(filter(None, (*when, number, *map(words_of, clues.quotes))))
