"""What our pages show, read from the database: plain values, nothing written. Each function takes an open sqlite3 connection."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlite_utils import Database

from monitor.comparing import why as explained
from monitor.facts import about_story, answers_of, phrases, report_facts
from monitor.reading import stored_reading, visits_of, weighty
from scraper.items import GOOD, Finding
from scraper.reference import area_name, area_of, graded_area, kind_of_document, short_name, stored_day, told_order

Row = dict[str, Any]
CONFIG = Path(__file__).with_name("datasette.yaml")
CURRENT = "at or since the last inspection"
OWN_SERVICES = "children's services"
LAST_CRAWLS, LAST_ANSWERS = 10, 5


@dataclass(frozen=True, slots=True)
class Visit:
    """One report of an authority as its timeline tells it; `counts` are its comparisons by status.

    `misfiled` is the other authority that its text names, if it does; `in_part` says why it was read in part only, if it was.
    """

    report_id: int
    kind: str
    label: str
    url: str
    published: date | None
    start: date | None
    end: date | None
    withdrawn: bool
    amended: bool
    visit_number: int | None
    why_unread: str | None
    asks: int
    grades: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    misfiled: str | None = None
    in_part: str = ""
    framework: str | None = None

    @property
    def counted(self) -> bool:
        """Whether it is one of the authority's visits: still listed, and not about another."""
        return not self.withdrawn and not self.misfiled


@dataclass(frozen=True, slots=True)
class Grades:
    """Grades of an authority's inspections: `visits` newest first, `rows` (area, the grade at each of the visits or None)."""

    visits: tuple[Visit, ...]
    rows: tuple[tuple[str, tuple[str | None, ...]], ...]


def rows(conn: sqlite3.Connection, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
    """Every row of a query as a dict by column name; `parameters` by place or by name."""
    cursor = conn.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


@cache
def told() -> Row:
    """What datasette.yaml tells of the database: title, tables, queries."""
    config: Row = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["databases"]["ofsted-watch"]
    return config


def named_queries() -> dict[str, str]:
    """The SQL of each named query of datasette.yaml, so that a page and a query never tell two stories."""
    return {name: query["sql"] for name, query in told()["queries"].items()}


def open_areas(conn: sqlite3.Connection, authority: str = "") -> list[Row]:
    """The named query of that name; `authority` a URN, or empty for all."""
    return rows(conn, named_queries()["open_areas"], {"authority": authority})


def home(conn: sqlite3.Connection) -> Row:
    """What the first page shows."""
    counts = Counter(
        area["urn"] for area in open_areas(conn) if area["asked"] == CURRENT and area["asked_of"] == OWN_SERVICES
    )
    last = rows(conn, LAST_VISITS)
    standing = standing_of(conn)
    areas = dict.fromkeys(one["area"] for one in sorted(_flat(standing), key=lambda one: told_order(one["area"])))
    return {
        "new": rows(conn, named_queries()["what_is_new"])[:10],
        "areas": {key: phrases.sentence_case(short_name(key)) for key in areas},
        "standing": [row | {"open": counts[row["urn"]], "grades": standing.get(row["urn"], {})} for row in last],
        "articles": with_reports(conn, rows(conn, named_queries()["articles_and_reports"])[:6]),
        "reports": sum(row["reports"] for row in last),
        "sources": sources(conn),
        "unread": sum(bool(row["failed"]) for row in rows(conn, named_queries()["reports_not_read"])),
    }


def standing_of(conn: sqlite3.Connection, urn: str = "") -> dict[str, dict[str, Row]]:
    """Where each authority, or one, stands: by URN, then by the key of the area in the order of the mails."""
    found: dict[str, dict[str, Row]] = {}
    for row in rows(conn, "SELECT * FROM standing WHERE :urn IN ('', urn) ORDER BY urn, position", {"urn": urn}):
        found.setdefault(row["urn"], {})[row["area"]] = row
    return found


def _flat(standing: dict[str, dict[str, Row]]) -> list[Row]:
    return [row for areas in standing.values() for row in areas.values()]


def sources(conn: sqlite3.Connection) -> list[Row]:
    """How each source does, as last concluded; `well` where a person need not look."""
    health = rows(conn, named_queries()["source_health_now"])
    return [row | {"well": row["last_verdict"] in GOOD | {"running", "stopped"}} for row in health]


def source(conn: sqlite3.Connection, name: str) -> Row | None:
    """What a source's page shows: how it does, its last crawls, and what came instead of what was wanted; None where it was never crawled."""
    known = [row for row in sources(conn) if row["source"] == name]
    if not known:
        return None
    crawls = rows(conn, "SELECT * FROM crawls WHERE source = ? ORDER BY id DESC LIMIT ?", [name, LAST_CRAWLS])
    answers = answers_of(Database(conn, recursive_triggers=False), name, LAST_ANSWERS)
    return {"source": known[0], "crawls": crawls, "answers": answers}


def authority(conn: sqlite3.Connection, urn: str) -> Row | None:
    """What an authority's page shows, or None where it is not known."""
    found = rows(conn, "SELECT urn, name, region FROM authorities WHERE urn = ?", [urn])
    if not found:
        return None
    told = visits(conn, urn)
    areas = open_areas(conn, urn)
    page = rows(conn, "SELECT url FROM page_checks WHERE urn = ? ORDER BY crawl_id DESC LIMIT 1", [urn])
    return found[0] | {
        "page": page[0]["url"] if page else None,
        "visits": told,
        "grades": grades_over_time(told),
        "standing": list(standing_of(conn, urn).get(urn, {}).values()),
        "open": _by_chain([area for area in areas if area["asked"] == CURRENT]),
        "older": [area for area in areas if area["asked"] != CURRENT],
        "articles": with_reports(conn, articles(conn, "n.urn = ?", [urn])[:20]),
    }


def _by_chain(areas: Sequence[Row]) -> dict[str, list[Row]]:
    """Areas by whom they were asked of, in the order of the query: children's services first."""
    chains: dict[str, list[Row]] = {}
    for area in areas:
        chains.setdefault(area["asked_of"], []).append(area)
    return chains


def visits(conn: sqlite3.Connection, urn: str) -> tuple[Visit, ...]:
    """An authority's reports, newest first."""
    found = rows(conn, VISITS, [urn])
    return tuple(
        Visit(
            **{name: value for name, value in row.items() if name != "warnings"}
            | {name: stored_day(row[name]) for name in ("published", "start", "end")}
            | {name: bool(row[name]) for name in ("withdrawn", "amended")},
            grades=_grades(conn, row["report_id"]),
            counts=_counts(conn, row["report_id"]),
            in_part=phrases.in_part(weighty(row["warnings"])),
        )
        for row in found
    )


def _grades(conn: sqlite3.Connection, report_id: int) -> dict[str, str]:
    found = rows(conn, "SELECT area, grade FROM judgements WHERE report_id = ? ORDER BY position", [report_id])
    return {row["area"]: row["grade"] for row in found}


def _counts(conn: sqlite3.Connection, report_id: int) -> dict[str, int]:
    return {row["status"]: row["n"] for row in rows(conn, COUNTED, [report_id])}


COUNTED = (
    "SELECT CASE WHEN earlier_finding_id IS NULL THEN status WHEN finding_id IS NOT NULL AND surely THEN 'raised_again' "
    "WHEN certain THEN status ELSE 'unclear' END AS status, count(*) AS n FROM comparisons WHERE report_id = ? GROUP BY 1"
)


def grades_over_time(told: Sequence[Visit]) -> Grades:
    """The graded inspections of children's services side by side, areas under the names that mails use, overall effectiveness first."""
    graded = tuple(visit for visit in told if visit.grades and kind_of_document(visit.kind).standing and visit.counted)
    keyed = [
        {area_of(area, visit.framework): (area, grade) for area, grade in visit.grades.items()} for visit in graded
    ]
    keys = {key: area_name(key) if graded_area(key) else area for visit in keyed for key, (area, _) in visit.items()}
    order = sorted(keys, key=told_order)
    return Grades(graded, tuple((keys[key], tuple(v[key][1] if key in v else None for v in keyed)) for key in order))


def articles(conn: sqlite3.Connection, where: str, parameters: Sequence[Any]) -> list[Row]:
    """Articles about children's services, newest first, one line a story; `where` is ours and never a visitor's."""
    return rows(conn, ARTICLES.format(where=where), parameters)


def articles_of(conn: sqlite3.Connection, report_id: int) -> list[Row]:
    """Articles that are about one report."""
    return with_reports(
        conn, articles(conn, "n.url IN (SELECT article_url FROM article_reports WHERE report_id = ?)", [report_id])
    )


def with_reports(conn: sqlite3.Connection, articles: Sequence[Row]) -> list[Row]:
    """Articles with which report each is about, and what it counts in it."""
    db = Database(conn, recursive_triggers=False)
    return [article | {"about": about_story(db, article["url"])} for article in articles]


def report(conn: sqlite3.Connection, report_id: int) -> Row | None:
    """What a report's page shows: the same facts as its mail, and the news about it; None where it is not stored."""
    found = rows(conn, "SELECT withdrawn_at AS withdrawn, amended_at AS amended FROM reports WHERE id = ?", [report_id])
    if not found:
        return None
    facts = report_facts(Database(conn, recursive_triggers=False), report_id)
    return found[0] | {"facts": facts, "articles": articles_of(conn, report_id)}


def why(conn: sqlite3.Connection, report_id: int, name: str) -> Row | None:
    """Why a comparison of a report came out as it did, by this program alone; None where there is none of this name, or the report no longer counts."""
    db = Database(conn, recursive_triggers=False)
    found = rows(conn, COMPARISONS, [report_id])
    place = next((place for place, row in enumerate(found) if row["name"] == name), None)
    visit = next((one for one in visits_of(db, found[0]["urn"]) if one.report_id == report_id), None) if found else None
    if visit is None or place is None:
        return None
    items = [Finding(row["kind"], "", row["item"], row["page"]) for row in found]
    return found[place] | {"why": explained(items, stored_reading(db, visit).reading)[place], "report_id": report_id}


COMPARISONS = (
    "SELECT c.name, c.status, c.certain, c.decided_by, f.text AS item, f.kind, f.page, r.urn, a.name AS authority FROM comparisons c "
    "JOIN findings f ON f.id = c.earlier_finding_id JOIN reports r ON r.id = c.report_id JOIN authorities a ON a.urn = r.urn "
    "WHERE c.report_id = ? ORDER BY c.position"
)


def find(conn: sqlite3.Connection, words: str) -> tuple[list[Row], list[Row]]:
    """Findings and pages that hold these words; `words` as a visitor types them."""
    parameters = {"words": words, "authority": ""}
    found = rows(conn, named_queries()["search_findings"], parameters)
    return found, rows(conn, named_queries()["search_pages"], parameters)


def looked_at(conn: sqlite3.Connection, day: date) -> Row:
    """What was looked at on a day, a row a source, and the days with rows before and after it."""
    near = "SELECT max(day) FILTER (WHERE day < :day) AS before, min(day) FILTER (WHERE day > :day) AS after FROM days"
    looks = rows(conn, named_queries()["looked_at"], {"day": day.isoformat()})
    return {"looks": looks} | rows(conn, near, {"day": day.isoformat()})[0]


def whereabouts(conn: sqlite3.Connection, report_id: int) -> Row | None:
    """Where a report's PDF is: its `url`, which is none of the web where a person added a file, and the `sha256` of the kept one, or empty."""
    found = rows(conn, "SELECT url, coalesce(sha256, '') AS sha256 FROM reports WHERE id = ?", [report_id])
    return found[0] if found else None


LAST_VISITS = """
WITH last AS (
  SELECT urn, id, coalesce(kind, '') AS kind, published, row_number() OVER (PARTITION BY urn ORDER BY published DESC, id DESC) AS n,
    count(*) OVER (PARTITION BY urn) AS reports
  FROM reports r WHERE r.withdrawn_at IS NULL AND r.id NOT IN (SELECT report_id FROM readings WHERE misfiled IS NOT NULL))
SELECT a.name AS authority, l.kind AS last_visit, l.published AS last_report, l.id AS report_id, l.reports, a.urn
FROM authorities a JOIN last l ON l.urn = a.urn AND l.n = 1 ORDER BY a.name
"""
VISITS = """
SELECT r.id AS report_id, coalesce(r.kind, '') AS kind, r.framework, r.label, r.url, r.published, coalesce(r.inspection_start, r.on_site) AS start,
  r.inspection_end AS "end", r.withdrawn_at IS NOT NULL AS withdrawn, r.amended_at IS NOT NULL AS amended, d.misfiled, r.visit_number,
  coalesce(d.error, r.problem, CASE WHEN d.report_id IS NULL THEN 'not read yet' END) AS why_unread,
  (SELECT count(*) FROM areas o WHERE o.report_id = r.id AND o.lscb = 0) AS asks, d.warnings
FROM reports r LEFT JOIN readings d ON d.report_id = r.id WHERE r.urn = ? ORDER BY r.published DESC, r.id DESC
"""
ARTICLES = """
WITH told AS (
  SELECT n.*, coalesce(n.story, n.url) AS one, row_number() OVER (PARTITION BY coalesce(n.story, n.url) ORDER BY n.published, n.url) AS place
  FROM articles n WHERE n.label <> 'other' AND {where})
SELECT url, headline, published, label, snippet, p.outlets
FROM told t JOIN (SELECT one, group_concat(DISTINCT outlet) AS outlets FROM told GROUP BY one) p ON p.one = t.one
WHERE place = 1 ORDER BY published DESC
"""
