"""Alerts about the watch itself: a source that stopped working, works in another broken way, or is well again.

`source_health` holds how each source did last. What counts is the source's last crawl of all that it has and, for Ofsted, the last
check of each authority's page: a crawl of one authority alone does not make the others well, nor the source. Only crawls that have ended
count, and one that was stopped because we asked for it says nothing about its source and is left out.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from monitor.alerts.new_alert import NewAlert
from monitor.database import rows, stamp, value
from scraper.items import GOOD

AGAIN = timedelta(days=1)  # after which a fault that came and went is told of again while the source is not well

LAST_CRAWLS = """
SELECT c.id, c.source, c.verdict, c.message, c.started, l.last FROM crawls c JOIN (
  SELECT max(CASE WHEN scope = 'all' THEN id END) AS id, max(id) AS last FROM crawls WHERE verdict IS NOT NULL AND NOT stopped GROUP BY source) l
  ON l.id = c.id
"""

# A page that the last complete crawl did not look at is not watched any more.
BAD_PAGES = """
WITH complete AS (
  SELECT coalesce(max(id), 0) AS id FROM crawls
  WHERE source = :source AND scope = 'all' AND verdict NOT IN ('crashed', 'timed_out') AND NOT stopped)
SELECT p.urn, p.url, p.verdict, p.message, p.crawl_id FROM crawls c JOIN page_checks p ON p.crawl_id = c.id
WHERE c.source = :source AND c.id >= (SELECT id FROM complete) AND c.verdict IS NOT NULL AND p.urn IS NOT NULL AND p.verdict NOT IN ('ok', 'empty')
  AND NOT EXISTS (SELECT 1 FROM page_checks q WHERE q.urn = p.urn AND (q.crawl_id, q.checked) > (p.crawl_id, p.checked))
GROUP BY p.urn ORDER BY p.urn
"""


@dataclass(frozen=True, slots=True)
class State:
    """How a source does: its verdict, what it says, and the URNs whose pages are not right.

    `files_only`: every page (or the feed) was read, and what failed are PDFs or articles that they link. `found_by` is the crawl whose
    verdict it is, `crawl_id` the last one that counts.
    """

    verdict: str
    message: str
    pages: frozenset[str]
    crawl_id: int
    found_by: int
    files_only: bool = False
    link: str = ""

    @property
    def good(self) -> bool:
        """Whether the crawl reached its end with nothing amiss."""
        return self.verdict in GOOD


@dataclass(frozen=True, slots=True)
class Unwell:
    """Since when a source is not well, and the names of the authorities whose page that is; none where it is the whole source."""

    since: datetime
    authorities: tuple[str, ...]


def unwell(db: Database) -> dict[str, Unwell]:
    """The sources that are not well by their last crawls, also where no step has concluded from those yet."""
    known = {row["source"]: row for row in rows(db, "SELECT * FROM source_health")}
    found = {}
    for crawl in rows(db, LAST_CRAWLS):
        state, before = _state(db, crawl), known.get(crawl["source"])
        if not state.good:
            since = datetime.fromisoformat(_since(before, state, crawl))
            found[crawl["source"]] = Unwell(since, tuple(_names(db, state.pages)))
    return found


def source_changes(db: Database, now: datetime) -> Iterator[NewAlert]:
    """A source is told of when it breaks, breaks in another way or for more authorities, and when it is well again."""
    known = {row["source"]: row for row in rows(db, "SELECT * FROM source_health")}
    for crawl in rows(db, LAST_CRAWLS):
        state, before = _state(db, crawl), known.get(crawl["source"])
        since = _since(before, state, crawl)
        if _is_news(db, crawl["source"], before, state, now):
            yield _alert(db, crawl["source"], state, since, before)
        _remember(db, crawl["source"], state, since)


def _state(db: Database, crawl: dict[str, Any]) -> State:
    bad = rows(db, BAD_PAGES, {"source": crawl["source"]})
    verdict, message, found_by = crawl["verdict"], crawl["message"] or "", crawl["id"]
    if bad and verdict in GOOD:
        verdict, message, found_by = bad[0]["verdict"], bad[0]["message"] or "", bad[0]["crawl_id"]
    files_only = not bad and verdict in ("broken", "blocked", "timed_out") and _pages_read(db, crawl["id"])
    link = bad[0]["url"] if bad else ""
    return State(verdict, message, frozenset(row["urn"] for row in bad), crawl["last"], found_by, files_only, link)


def _pages_read(db: Database, crawl_id: int) -> bool:
    sql = "SELECT count(*) > 0 AND min(verdict IN ('ok', 'empty')) FROM page_checks WHERE crawl_id = ?"
    return bool(value(db, sql, [crawl_id]))


def _is_news(db: Database, source: str, before: dict[str, Any] | None, state: State, now: datetime) -> bool:
    """Whether somebody is to be told: of a change from good to bad or back, and of a fault that is not the one before.

    A site that fails now in this way and now in that, or now for these authorities and now for those, is told of once a
    day for each, and not at each turn.
    """
    if not before or before["verdict"] in GOOD:
        return not state.good
    if state.good:
        return True
    verdicts, pages = _told(db, source, stamp(now - AGAIN))
    old = pages | set(json.loads(before["pages"] or "[]"))
    return state.verdict not in verdicts | {before["verdict"]} or not state.pages <= old


def _told(db: Database, source: str, since: str) -> tuple[set[str], set[str]]:
    """The verdicts and the URNs of pages in the notices of a source since a time; of those since it was last well."""
    sql = "SELECT detail FROM alerts WHERE kind = 'source' AND source = ? AND created >= ? ORDER BY id"
    verdicts: set[str] = set()
    pages: set[str] = set()
    for detail in (json.loads(row["detail"]) for row in rows(db, sql, [source, since])):
        verdicts = set() if detail["well"] else verdicts | {detail["verdict"]}
        pages = set() if detail["well"] else pages | set(detail.get("pages", ()))
    return verdicts, pages


def _since(before: dict[str, Any] | None, state: State, crawl: dict[str, Any]) -> str:
    return str(before["since"] if before and _same_side(before, state) else crawl["started"])


def _same_side(before: dict[str, Any], state: State) -> bool:
    return (before["verdict"] in GOOD) == state.good


def _alert(db: Database, source: str, state: State, since: str, before: dict[str, Any] | None) -> NewAlert:
    detail = {
        "verdict": state.verdict,
        "message": state.message,
        "since": since,
        "well": state.good,
        "files_only": state.files_only,
        "link": state.link,
        "authorities": _names(db, state.pages),
        "pages": sorted(state.pages),
        "answer": None if state.good else _answer(db, state),
        "last_good": _last_good(db, source, state),
        "broken_since": before["since"] if before and state.good else None,
    }
    return NewAlert("source", f"source:{source}:{state.crawl_id}", source=source, detail=detail)


def _answer(db: Database, state: State) -> int | None:
    """The number of what came in place of what was wanted: of the page that is linked, else of one with the verdict that is told."""
    sql = "SELECT id FROM answers WHERE crawl_id = ? ORDER BY url = ? DESC, verdict = ? DESC, id LIMIT 1"
    found: int | None = value(db, sql, [state.found_by, state.link, state.verdict])
    return found


def _names(db: Database, urns: frozenset[str]) -> list[str]:
    named = "SELECT name FROM authorities WHERE urn IN (SELECT value FROM json_each(?)) ORDER BY name"
    return [row["name"] for row in rows(db, named, [json.dumps(sorted(urns))])]


def _last_good(db: Database, source: str, state: State) -> str | None:
    """When the source was last well before this crawl; None if it never was."""
    sql = (
        "SELECT started FROM crawls WHERE source = ? AND id < ? AND scope = 'all' AND verdict IN ('ok', 'empty') "
        "ORDER BY id DESC LIMIT 1"
    )
    found = value(db, sql, [source, state.crawl_id])
    return str(found) if found else None


def _remember(db: Database, source: str, state: State, since: str) -> None:
    db.conn.execute(
        "INSERT OR REPLACE INTO source_health (source, verdict, message, since, crawl_id, pages) VALUES (?, ?, ?, ?, ?, ?)",
        (source, state.verdict, state.message, since, state.crawl_id, json.dumps(sorted(state.pages))),
    )
