"""One report against the authority's earlier visits, as stored: which areas were open, what became of them, what is new.

An area is open from the report that asks for it until a later one says that it improved; asked for again, it lives on in the
newer wording. Every step reads rows and writes rows, so that it can be run again with no harm.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event

from sqlite_utils import Database

from monitor.comparing.evidence import IMPROVED
from monitor.comparing.matching import WEIGHTS, WORD_WEIGHTS
from monitor.comparing.outcomes import COMPARER, Comparison, Past, asks_of, compare, raised_again, unraised
from monitor.database import isolated, rows, stamp, writing
from monitor.reading import Stored, Visit, since_inspection, stored_reading, visits_before, visits_of
from scraper.reports import SUBJECTS_FILE


@dataclass(frozen=True, slots=True)
class Area:
    """Something asked for, in its latest wording; `open`: no later report has said that it improved."""

    past: Past
    open: bool = True


def to_compare(db: Database) -> list[int]:
    """Reports to be compared, oldest first: never compared, or something that the comparison rests on has changed since."""
    done = {row["report_id"]: row["input"] for row in rows(db, "SELECT report_id, input FROM compared")}
    known = visits_of(db)
    by_authority: dict[str, list[Visit]] = {}
    for visit in known:
        by_authority.setdefault(visit.urn, []).append(visit)
    return [visit.report_id for visit in known if done.get(visit.report_id) != _input(visit, by_authority[visit.urn])]


def compare_pending(db: Database, clock: Callable[[], datetime], stop: Event | None = None) -> None:
    """Compare what is to be compared, one by one: what fails is an issue of that report. `stop`: looked at before each."""
    for report_id in to_compare(db):
        if stop and stop.is_set():
            return
        with isolated(db, "compare", f"report {report_id}", clock()):
            compare_report(db, report_id, clock())


def _input(visit: Visit, known: Sequence[Visit]) -> str:
    """A hash of everything that a comparison rests on: method, subjects, and the readings of the report and of those before it."""
    rest = [f"{one.report_id} {one.when} {one.graded} {one.read}" for one in [*visits_before(visit, known), visit]]
    return hashlib.sha256("\n".join([method(), *rest]).encode()).hexdigest()


def method() -> str:
    """The comparer's version, with the subjects and weights it uses: editing these files compares again."""
    files = hashlib.sha256()
    for path in (SUBJECTS_FILE, WEIGHTS, WORD_WEIGHTS):
        files.update(path.read_bytes())
    return f"{COMPARER}-{files.hexdigest()[:12]}"


def compare_report(db: Database, report_id: int, now: datetime) -> None:
    """Write what a report says about the open areas of its chain, and which of its asks are new.

    Does nothing for a report that is not readable, and writes nothing where nothing has changed since the last time.
    """
    urn = next((row["urn"] for row in rows(db, "SELECT urn FROM reports WHERE id = ?", [report_id])), None)
    known = visits_of(db, urn) if urn else []
    visit = next((one for one in known if one.report_id == report_id), None)
    if visit is None:
        return
    rests_on = _input(visit, known)
    if rows(db, "SELECT 1 FROM compared WHERE report_id = ? AND input = ?", [report_id, rests_on]):
        return
    earlier = visits_before(visit, known)
    later = stored_reading(db, visit)
    areas = areas_after(db, earlier)
    recent = {one.report_id for one in since_inspection(earlier)}
    open_ = [area.past for area in areas if area.open and area.past.report_id in recent]
    others = [area.past for area in areas if area.past not in open_]
    found = compare(open_, later.reading)
    with writing(db):
        _write(db, later, _with_older(found, others, later), rests_on, now)


def _with_older(found: Comparison, others: Sequence[Past], later: Stored) -> Comparison:
    """Areas of before the last inspection, or said to have improved, count where the report asks for them again."""
    again = raised_again(others, found.new)
    back = [others[index] for index in sorted(again)]
    more = compare(back, later.reading) if back else Comparison((), ())
    outcomes = tuple(outcome for outcome in more.areas if outcome.matched)
    return replace(found, areas=found.areas + outcomes, new=unraised(found.new, outcomes))


def areas_after(db: Database, earlier: Sequence[Visit]) -> list[Area]:
    """Everything that these visits ask for, oldest first, each once and in its latest wording. `earlier` are compared already."""
    areas: dict[int, Area] = {}
    for visit in earlier:
        own = stored_reading(db, visit)
        outcomes = rows(db, "SELECT * FROM comparisons WHERE report_id = ? ORDER BY position", [visit.report_id])
        for row in outcomes:
            _follow(areas, row["earlier_finding_id"], row["finding_id"], row["status"])
        for ask in asks_of(own.reading):
            key = own.id_of(ask)
            areas[key] = Area(Past(key, ask, visit.report_id, visit.published))
    return list(areas.values())


def _follow(areas: dict[int, Area], earlier: int | None, finding: int | None, status: str) -> None:
    if earlier not in areas:
        return
    if finding is not None:
        del areas[earlier]
    elif status == IMPROVED:
        areas[earlier] = replace(areas[earlier], open=False)


def _write(db: Database, later: Stored, found: Comparison, rests_on: str, now: datetime) -> None:
    report_id = later.visit.report_id
    db.conn.execute("DELETE FROM comparisons WHERE report_id = ?", (report_id,))
    db.conn.executemany(
        "INSERT INTO comparisons (report_id, earlier_report_id, earlier_finding_id, finding_id, status, evidence, page, position) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(report_id, *row, position) for position, row in enumerate(_rows(later, found))],
    )
    db.conn.execute("DELETE FROM comparisons_also WHERE report_id = ?", (report_id,))
    db.conn.executemany(
        "INSERT INTO comparisons_also (report_id, earlier_finding_id, finding_id) VALUES (?, ?, ?)",
        [(report_id, outcome.past.key, later.id_of(ask)) for outcome in found.areas for ask in outcome.also],
    )
    db.conn.execute(
        "INSERT OR REPLACE INTO compared (report_id, comparer, input, compared_at) VALUES (?, ?, ?, ?)",
        (report_id, method(), rests_on, stamp(now)),
    )


def _rows(
    later: Stored, found: Comparison
) -> Iterable[tuple[int | None, int | None, int | None, str, str | None, int | None]]:
    for outcome in found.areas:
        matched = later.id_of(outcome.matched) if outcome.matched else None
        yield outcome.past.report_id, outcome.past.key, matched, outcome.status, outcome.quote, outcome.page
    for ask in found.new:
        yield None, None, later.id_of(ask), "new", None, ask.page
