"""What the reports of an authority ask for, followed from report to report: the one definition of what is open.

An area is open from the report that asks for it until a later one says that it improved; asked for again, it lives on in the newer wording.
It is `current` where it was asked for at or since the last graded inspection of its chain. The chain step stores all of this in `areas`;
mails, pages and the terminal read it there.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlite_utils import Database

from monitor.comparing.matching import likeness, profile
from monitor.comparing.outcomes import Past, asks_of
from monitor.comparing.standing import write_standing
from monitor.comparing.verdict import IMPROVED
from monitor.database import rows
from monitor.reading import Stored, Visit, since_inspection, stored_reading
from scraper.items import Finding
from scraper.reference import ask_kinds, kind_of_document, registry_version

ALIKE = 0.6
"""How like the newest wording an older one must be that it is linked with by one in between."""

OPEN, AGAIN, OF_THE_BOARD = "open", "raised_again", "of_the_board"

OUTCOMES = """
SELECT report_id, earlier_finding_id AS earlier, finding_id AS ask, CASE WHEN certain THEN status ELSE '' END AS status, surely FROM comparisons
WHERE earlier_finding_id IS NOT NULL AND report_id IN (SELECT value FROM json_each(:reports))
UNION ALL SELECT report_id, earlier_finding_id, finding_id, '', surely FROM comparisons_also
WHERE report_id IN (SELECT value FROM json_each(:reports))
"""


Read = Callable[[Visit], Stored]
"""Gives what a visit's report says."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a report asks for: `key` is its row in `findings`."""

    key: int
    finding: Finding
    visit: Visit


@dataclass(frozen=True, slots=True)
class Met:
    """What a report says of an earlier ask: `ask` is the row of its own that asks for the same, if one does, `surely` whether that is sure.

    `status` is empty where it is not certain: no area is settled by it.
    """

    earlier: int
    ask: int | None
    status: str
    surely: bool = True


@dataclass(frozen=True, slots=True)
class Area:
    """Something asked for: `line` is what earlier reports asked that is surely the same, oldest first; `settled_by` raised it again or called it improved."""

    asked: Asked
    line: tuple[Asked, ...] = ()
    state: str = OPEN
    settled_by: int | None = None
    current: bool = True

    @property
    def before(self) -> tuple[int, ...]:
        """The earlier reports that asked for the same, oldest first."""
        return tuple(dict.fromkeys(one.visit.report_id for one in self.line))

    @property
    def open(self) -> bool:
        """Whether no later report has raised it again or said that it improved."""
        return self.state == OPEN

    @property
    def past(self) -> Past:
        """As a later report is compared with it."""
        return Past(self.asked.key, self.asked.finding, self.asked.visit.report_id, self.asked.visit.published)


def follow(visits: Sequence[Visit], asked: Iterable[Asked], met: Mapping[int, Sequence[Met]]) -> list[Area]:
    """Everything that these visits ask of the authority, oldest first, each with what became of it. Pure.

    `visits` are in order; `met` are the outcomes of each of them, by report.
    """
    asks: dict[int, list[Asked]] = {}
    for one in asked:
        asks.setdefault(one.visit.report_id, []).append(one)
    areas: dict[int, Area] = {}
    order = {visit.report_id: place for place, visit in enumerate(visits)}
    for visit in visits:
        origins = _settle(areas, visit.report_id, met.get(visit.report_id, ()))
        for one in asks.get(visit.report_id, ()):
            areas[one.key] = Area(one, _line(one, origins.get(one.key, []), order))
    recent = _current(visits)
    return [replace(area, current=area.asked.visit.report_id in recent) for area in areas.values()]


def _line(one: Asked, origins: Sequence[Area], order: Mapping[int, int]) -> tuple[Asked, ...]:
    """What was asked for before and is the same: what it was matched with, and of the line of that what is still like it.

    An item that asks for several things links what has nothing to do with each other.
    """
    own = profile(one.finding.text)
    found = {area.asked.key: area.asked for area in origins}
    for area in origins:
        found |= {each.key: each for each in area.line if likeness(own, profile(each.finding.text)) >= ALIKE}
    return tuple(sorted(found.values(), key=lambda each: (order.get(each.visit.report_id, 0), each.key)))


def _settle(areas: dict[int, Area], report_id: int, met: Sequence[Met]) -> dict[int, list[Area]]:
    """Settle what a report raises again or calls improved; for each of its asks, the areas that it surely raises again."""
    origins: dict[int, list[Area]] = {}
    for one in met:
        area = areas.get(one.earlier)
        if area is None:  # of a report that no longer counts
            continue
        if one.ask is not None:
            if one.surely:  # "raised before" rests on a chain of matches, none of which is a guess
                origins.setdefault(one.ask, []).append(area)
            areas[one.earlier] = replace(area, state=AGAIN, settled_by=report_id)
        elif one.status == IMPROVED and area.state != AGAIN:
            areas[one.earlier] = replace(area, state=IMPROVED, settled_by=report_id)
    return origins


def _current(visits: Sequence[Visit]) -> set[int]:
    chains: dict[str, list[Visit]] = {}
    for visit in visits:
        chains.setdefault(visit.chain, []).append(visit)
    return {visit.report_id for chain in chains.values() for visit in since_inspection(chain)}


def areas_after(db: Database, visits: Sequence[Visit], read: Read | None = None) -> list[Area]:
    """Everything that these visits of one authority, compared already, ask for, oldest first, each once and in its latest wording."""
    read = read or (lambda visit: stored_reading(db, visit))
    return [area for area in _areas(db, visits, [read(visit) for visit in visits]) if area.state != AGAIN]


def _areas(db: Database, visits: Sequence[Visit], readings: Sequence[Stored]) -> list[Area]:
    met: dict[int, list[Met]] = {}
    for row in rows(db, OUTCOMES, {"reports": json.dumps([visit.report_id for visit in visits])}):
        met.setdefault(row["report_id"], []).append(Met(row["earlier"], row["ask"], row["status"], bool(row["surely"])))
    return follow(visits, [one for own in readings for one in _asked(own, asks_of(own.reading))], met)


def _asked(own: Stored, findings: Iterable[Finding]) -> list[Asked]:
    return [Asked(own.id_of(finding), finding, own.visit) for finding in findings]


def _of_the_board(own: Stored) -> list[Area]:
    found = (finding for finding in own.reading.findings if finding.kind in ask_kinds() and finding.lscb)
    return [Area(asked, state=OF_THE_BOARD) for asked in _asked(own, found)]


def followed(visits: Sequence[Visit], compared: Mapping[int, str]) -> str:
    """A hash of all that an authority's `areas` and `standing` rest on: the frameworks, which visits count, and what each was compared with."""
    rest = [
        f"{one.report_id} {one.when} {one.chain} {one.graded} {one.read} {compared.get(one.report_id)}"
        for one in visits
    ]
    return hashlib.sha256("\n".join([registry_version(), *rest]).encode()).hexdigest()


def write_areas(db: Database, urn: str, visits: Sequence[Visit], rests_on: str, read: Read) -> None:
    """Write an authority's `areas` and its `standing` anew, inside the caller's transaction."""
    readings = [read(visit) for visit in visits]
    areas = [*_areas(db, visits, readings), *(area for own in readings for area in _of_the_board(own))]
    when = {visit.report_id: visit.when for visit in visits}
    db.conn.execute("DELETE FROM areas WHERE urn = ?", (urn,))
    db.conn.executemany(
        "INSERT OR REPLACE INTO areas (finding_id, report_id, urn, chain, state, settled_by, current, asked, first_asked, raised_before, "
        "times, lscb, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                area.asked.key, area.asked.visit.report_id, urn, area.asked.visit.chain, area.state, area.settled_by, int(area.current),
                area.asked.visit.when, when[(*area.before, area.asked.visit.report_id)[0]], json.dumps(area.before),
                len(area.before) + 1, int(area.state == OF_THE_BOARD), json.dumps([one.key for one in area.line]),
            )
            for area in areas
        ],
    )  # fmt: skip
    write_standing(db, urn, [own for own in readings if kind_of_document(own.visit.kind).standing])
    db.conn.execute("INSERT OR REPLACE INTO followed (urn, input) VALUES (?, ?)", (urn, rests_on))
