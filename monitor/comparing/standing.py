"""Where an authority stands: the latest grade of each area with its day, from the graded inspections of its services.

No overall grade is ever computed. One that the newest inspection gave is today's; where that gave none, the last one is history.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlite_utils import Database

from monitor.comparing.judgements import Graded
from monitor.database import rows
from monitor.reading import Stored
from scraper.reference import alike, area_name, area_of, graded_area, look_of, parts_of, stored_day, told_order


@dataclass(frozen=True, slots=True)
class Standing:
    """An area's latest grade: `area` its key, `given` when that report was published, `together`: graded as one with another area.

    `current`: not so for an overall grade that the newest inspection does not give any more.
    """

    area: str
    name: str
    grade: str
    given: date | None
    report_id: int | None
    together: bool = False
    current: bool = True
    look: str = "plain"


def standing(inspections: Sequence[Graded]) -> tuple[Standing, ...]:
    """The state after these graded inspections of one authority's services, oldest first, in the order in which it is told: today's first. Pure.

    Grades of a framework that means other things by them than that of the newest one does are left to history.
    """
    graded = [one for one in inspections if one.judgements]
    family = [one for one in graded if alike(one.framework, graded[-1].framework)]
    latest: dict[str, Standing] = {}
    for one in family:
        for found in _given(one, newest=one is family[-1]):
            for old in _followed(found.area):
                latest.pop(old, None)
            latest[found.area] = found
    return tuple(sorted(latest.values(), key=lambda one: (not one.current, told_order(one.area))))


def _given(inspection: Graded, *, newest: bool) -> Iterator[Standing]:
    """What one inspection says of where the authority stands; of areas that are in no list, only the newest counts."""
    for judgement in inspection.judgements:
        key = area_of(judgement.area, inspection.framework)
        area = graded_area(key)
        look = look_of(judgement.grade, inspection.framework)
        told = Standing(key, area_name(key), judgement.grade, inspection.when, inspection.report_id, look=look)
        if area is None:
            yield from [replace(told, name=judgement.area)] if newest else []
        elif area.whole:
            yield replace(told, current=newest)
        elif area.stands:
            yield told
        for part in parts_of(key):
            yield replace(told, area=part, name=area_name(part), together=True)


def _followed(key: str) -> tuple[str, ...]:
    area = graded_area(key)
    return area.follows if area else ()


def write_standing(db: Database, urn: str, inspections: Sequence[Stored]) -> None:
    """Write where an authority stands anew, inside the caller's transaction. `inspections`: oldest first."""
    graded = [
        Graded(one.visit.framework, one.visit.published, one.reading.judgements, one.visit.report_id)
        for one in inspections
    ]
    db.conn.execute("DELETE FROM standing WHERE urn = ?", (urn,))
    db.conn.executemany(
        "INSERT INTO standing (urn, position, area, name, grade, look, given, report_id, together, current) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                urn, position, one.area, one.name, one.grade, one.look, one.given and one.given.isoformat(), one.report_id,
                int(one.together), int(one.current),
            )
            for position, one in enumerate(standing(graded))
        ],
    )  # fmt: skip


def stored_standing(db: Database, urn: str) -> tuple[Standing, ...]:
    """Where an authority stands, as the chain step wrote it."""
    found = rows(db, "SELECT * FROM standing WHERE urn = ? ORDER BY position", [urn])
    return tuple(
        Standing(
            row["area"], row["name"], row["grade"], stored_day(row["given"]), row["report_id"],
            bool(row["together"]), bool(row["current"]), row["look"],
        )
        for row in found
    )  # fmt: skip
