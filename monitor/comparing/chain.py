"""One report against the authority's earlier visits, as stored: what became of what was asked, what is new; then its areas anew.

Every step reads rows and writes rows, so that it can be run again with no harm. What is open is told by `monitor.comparing.areas`.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from threading import Event

from sqlite_utils import Database

from monitor.comparing.areas import Read, areas_after, followed, write_areas
from monitor.comparing.aspects import ASPECTS_FILE
from monitor.comparing.corrections import said_in_short, said_of
from monitor.comparing.judged import Correction, Key, comparison_name, judged, key_of
from monitor.comparing.learnt import LEARNT
from monitor.comparing.matching import WEIGHTS, WORD_WEIGHTS
from monitor.comparing.meaning import MEANINGS
from monitor.comparing.near_words import NEAR_WORDS
from monitor.comparing.outcomes import COMPARER, Comparison, Outcome, Past, asks_of, compare, raised_again, unraised
from monitor.comparing.second import second_words, show_again
from monitor.database import isolated, rows, stamp, value, writing
from monitor.reading import Stored, Visit, in_part, stored_reading, visits_before, visits_of
from scraper.reports import SUBJECTS_FILE

STEP = "compare"
WHOLE = "the whole step"


def to_compare(db: Database) -> list[int]:
    """Reports to be compared, oldest first: never compared, or something that the comparison, or its authority's areas, rest on has changed."""
    by, done, said = method(), _inputs(db), said_in_short(db)
    found: set[int] = set()
    known = visits_of(db)
    stale = _not_followed(db, _by_authority(known), done)
    for visits in _by_authority(known).values():
        for visit in visits:
            earlier = {one.report_id for one in visits_before(visit, visits)}
            if earlier & found or done.get(visit.report_id) != _input(visit, visits, done, by, said):
                found.add(visit.report_id)
        if (
            visits[-1].urn in stale
        ):  # one of its reports was withdrawn or listed again: its areas are written with the last one
            found.add(visits[-1].report_id)
    return [visit.report_id for visit in known if visit.report_id in found]


def compare_pending(
    db: Database, clock: Callable[[], datetime], stop: Event | None = None, *, only: str | None = None
) -> None:
    """Compare what is to be compared, and write the areas of each authority of whose reports one was compared, withdrawn or listed again.

    What fails is an issue of that report. `stop`: looked at before each. `only`: the URN of an authority, where no other is looked at.
    """
    by, done, said = method(), _inputs(db), said_in_short(db)
    known = _by_authority(visits_of(db, only))
    others = () if only else (row["urn"] for row in rows(db, "SELECT urn FROM followed"))
    for urn in dict.fromkeys([*known, *others]):
        visits = known.get(urn, [])
        read = _reader(db)
        for visit in visits:
            if stop and stop.is_set():
                return
            rests_on = _input(visit, visits, done, by, said)
            if done.get(visit.report_id) != rests_on:
                with isolated(db, STEP, f"report {visit.report_id}", clock()):
                    _compare(db, visit, visits, rests_on, by, clock(), read)
                    done[visit.report_id] = rests_on
        with isolated(db, STEP, f"the areas of {urn}", clock()):
            _follow(db, urn, visits, done, read)


def is_compared(db: Database, report_id: int) -> bool:
    """Whether a report's comparison, if it is one of its authority's visits, is that of the present readings and method."""
    return report_id not in uncompared(db, next((row["urn"] for row in rows(db, URN, [report_id])), ""))


def uncompared(db: Database, urn: str | None = None) -> set[int]:
    """The readable reports, of one authority or of all, whose comparison is not there or not current."""
    by, done, said = method(), _inputs(db), said_in_short(db)
    known = _by_authority(visits_of(db, urn)) if urn != "" else {}
    stale = _not_followed(db, known, done)
    return {
        visit.report_id
        for visits in known.values()
        for visit in visits
        if visit.urn in stale or done.get(visit.report_id) != _input(visit, visits, done, by, said)
    }


def _not_followed(db: Database, known: Mapping[str, Sequence[Visit]], done: Mapping[int, str]) -> set[str]:
    """The authorities whose areas are not those of their visits as they are now."""
    stored = {row["urn"]: row["input"] for row in rows(db, "SELECT urn, input FROM followed")}
    return {urn for urn, visits in known.items() if stored.get(urn) != followed(visits, done)}


def awaits_comparison(db: Database, report_id: int) -> bool:
    """Whether a report is read and its comparison is still to come: not made yet, and not failed."""
    urn = value(db, URN, [report_id])
    keys = [f"step:{STEP}:{thing}" for thing in (f"report {report_id}", f"the areas of {urn}", WHOLE)]
    failed = value(db, "SELECT count(*) FROM issues WHERE key IN (?, ?, ?) AND healed IS NULL", keys)
    return not failed and not is_compared(db, report_id)


URN = "SELECT urn FROM reports WHERE id = ?"


def _by_authority(known: Sequence[Visit]) -> dict[str, list[Visit]]:
    found: dict[str, list[Visit]] = {}
    for visit in known:
        found.setdefault(visit.urn, []).append(visit)
    return found


def _inputs(db: Database) -> dict[int, str]:
    return {row["report_id"]: row["input"] for row in rows(db, "SELECT report_id, input FROM compared")}


def _input(visit: Visit, known: Sequence[Visit], done: Mapping[int, str], by: str, said: Mapping[int, str]) -> str:
    """A hash of everything that a comparison rests on: method and subjects, the report's reading, those before it and their comparisons.

    So one that could not be made, and is made later, has all that rest on it made again; and what readers say of it has, too.
    """
    rest = [f"{_line(one)} {done.get(one.report_id)}" for one in visits_before(visit, known)]
    own = [_line(visit), said.get(visit.report_id, "")]
    return hashlib.sha256("\n".join([by, *rest, *filter(None, own)]).encode()).hexdigest()


def _line(visit: Visit) -> str:
    return f"{visit.report_id} {visit.when} {visit.graded} {visit.read}"


def method() -> str:
    """The comparer's version, with the subjects and weights it uses: editing these files compares again."""
    files = hashlib.sha256()
    for path in (SUBJECTS_FILE, WEIGHTS, WORD_WEIGHTS, ASPECTS_FILE, NEAR_WORDS, MEANINGS, LEARNT):
        files.update(path.read_bytes())
    return f"{COMPARER}-{files.hexdigest()[:12]}"


def compare_report(db: Database, report_id: int, now: datetime) -> None:
    """Write what a report says about the open areas of its chain, which of its asks are new, and the authority's areas after it.

    Does nothing for a report that is not readable, and writes nothing where nothing has changed since the last time.
    """
    urn = next((row["urn"] for row in rows(db, URN, [report_id])), None)
    visits = visits_of(db, urn) if urn else []
    visit = next((one for one in visits if one.report_id == report_id), None)
    if visit is None:
        return
    done = _inputs(db)
    by, read = method(), _reader(db)
    rests_on = _input(visit, visits, done, by, said_in_short(db))
    if done.get(report_id) != rests_on:
        _compare(db, visit, visits, rests_on, by, now, read)
    _follow(db, visit.urn, visits, done | {report_id: rests_on}, read)


def _reader(db: Database) -> Read:
    """Reads what an authority's reports say once each: comparing changes none of it."""
    return cache(lambda visit: stored_reading(db, visit))


def _compare(
    db: Database, visit: Visit, visits: Sequence[Visit], rests_on: str, by: str, now: datetime, read: Read
) -> None:
    later = read(visit)
    areas = areas_after(db, visits_before(visit, visits), read)
    open_ = [area.past for area in areas if area.open and area.current]
    others = [area.past for area in areas if not (area.open and area.current)]
    said = said_of(db, visit.report_id)
    found = judged(_with_older(compare(open_, later.reading), others, later, said), said, asks_of(later.reading))
    with writing(db):
        _write(db, later, _without_doubt(found, visit, visits_before(visit, visits)), rests_on, by, now)


def _without_doubt(found: Comparison, visit: Visit, earlier: Sequence[Visit]) -> Comparison:
    """Of a report that was read in part only, what its own lists show: that something is asked for again. Silence and praise prove nothing then.

    What a reader says counts. Nor is anything new where an earlier report that it is set against was read in part: that one may have asked for it.
    """
    if visit.doubts:
        return Comparison(tuple(one for one in found.areas if one.matched or one.decided_by), ())
    return replace(found, new=()) if in_part(earlier) else found


def _follow(db: Database, urn: str, visits: Sequence[Visit], done: Mapping[int, str], read: Read) -> None:
    rests_on = followed(visits, done)
    if not rows(db, "SELECT 1 FROM followed WHERE urn = ? AND input = ?", [urn, rests_on]):
        with writing(db):
            write_areas(db, urn, visits, rests_on, read)


def _with_older(found: Comparison, others: Sequence[Past], later: Stored, said: Mapping[Key, Correction]) -> Comparison:
    """Areas of before the last inspection, or said to have improved, count where the report asks for them again, or a reader speaks of them."""
    again = raised_again(others, found.new)
    back = [one for index, one in enumerate(others) if index in again or key_of(one) in said]
    more = compare(back, later.reading) if back else Comparison((), ())
    outcomes = tuple(outcome for outcome in more.areas if outcome.matched or key_of(outcome.past) in said)
    return replace(found, areas=found.areas + outcomes, new=unraised(found.new, outcomes))


def _write(db: Database, later: Stored, found: Comparison, rests_on: str, by: str, now: datetime) -> None:
    report_id = later.visit.report_id
    second = second_words(db, report_id)
    db.conn.execute("DELETE FROM comparisons WHERE report_id = ?", (report_id,))
    db.conn.executemany(
        "INSERT INTO comparisons (report_id, earlier_report_id, earlier_finding_id, finding_id, status, evidence, page, name, confidence, "
        "certain, decided_by, surely, near, near_hash, own, own_certain, position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(report_id, *row, position) for position, row in enumerate(_rows(later, found))],
    )
    show_again(db, report_id, second)
    db.conn.execute("DELETE FROM comparisons_also WHERE report_id = ?", (report_id,))
    db.conn.executemany(
        "INSERT INTO comparisons_also (report_id, earlier_finding_id, finding_id, surely) VALUES (?, ?, ?, ?)",
        [
            (report_id, outcome.past.key, later.id_of(ask), int(surely))
            for outcome in found.areas
            for ask, surely in zip(outcome.also, outcome.surely[1:], strict=True)
        ],
    )
    db.conn.execute(
        "INSERT OR REPLACE INTO compared (report_id, comparer, input, compared_at) VALUES (?, ?, ?, ?)",
        (report_id, by, rests_on, stamp(now)),
    )


def _rows(later: Stored, found: Comparison) -> Iterable[tuple[object, ...]]:
    """What is stored of each outcome: the report that asked, the rows of both asks, then what was concluded; of a new ask only what it is."""
    for outcome in found.areas:
        matched = later.id_of(outcome.matched) if outcome.matched else None
        name = comparison_name(later.visit.report_id, key_of(outcome.past))
        yield (
            outcome.past.report_id, outcome.past.key, matched, outcome.status, outcome.quote, outcome.page, name, outcome.confidence,
            int(outcome.certain), outcome.decided_by, int(all(outcome.surely[:1])),
            json.dumps([later.id_of(one) for one in outcome.near]) if outcome.near else None, _hash(outcome) if outcome.near else None, *outcome.ours,
        )  # fmt: skip
    for ask in found.new:
        yield None, None, later.id_of(ask), "new", None, ask.page, None, None, 1, None, 1, None, None, None, None


def _hash(outcome: Outcome) -> str:
    """By which it is known whether a second reader was asked about the same."""
    return hashlib.sha256(
        "\n".join([outcome.past.finding.text, *(f"{one.page} {one.text}" for one in outcome.near)]).encode()
    ).hexdigest()[:16]
