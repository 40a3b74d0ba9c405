"""`ofsted-watch history`: an authority's visits, its judgements over time, and what is still open, from stored rows only."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from monitor.cli.terminal import day, wrapped
from monitor.comparing import OPEN, Standing, stored_standing
from monitor.database import rows
from monitor.facts import EarlierArea, phrases
from monitor.reading import Visit, grades_of, visits_of
from scraper.items import Judgement
from scraper.reference import Authority, area_name, stored_day
from scraper.text import counted

MISFILED = (
    "SELECT r.label, r.published, r.url, d.misfiled FROM reports r JOIN readings d ON d.report_id = r.id "
    "WHERE r.urn = ? AND d.misfiled IS NOT NULL AND r.withdrawn_at IS NULL ORDER BY r.published, r.id"
)

AREAS = (
    "SELECT f.text, f.page, a.first_asked, a.times, a.current FROM areas a JOIN findings f ON f.id = a.finding_id "
    "WHERE a.urn = ? AND a.chain = ? AND a.state = ? ORDER BY a.asked, a.report_id, f.position"
)

LAST = (
    "SELECT c.name, c.status, c.decided_by, c.certain, c.surely, f.text, f.page, m.text AS matched FROM comparisons c "
    "JOIN findings f ON f.id = c.earlier_finding_id LEFT JOIN findings m ON m.id = c.finding_id "
    "WHERE c.report_id = ? AND c.name IS NOT NULL ORDER BY c.position"
)


def lines(db: Database, authority: Authority) -> Iterator[str]:
    """The timeline with its judgements, where the authority stands, then of each chain of visits the areas open since its last graded inspection, and what its last visit says of earlier ones."""
    known = visits_of(db, authority.urn)
    yield f"{authority.name} (URN {authority.urn})"
    for row in rows(db, MISFILED, [authority.urn]):
        yield from wrapped(
            f"{row['label']}, {row['published'] or 'no day given'}: on its page, but its text names {row['misfiled']}; compared with nothing "
            f"until you have looked: `ofsted-watch accept`  {row['url']}",
            "! ",
        )
    if not known:
        yield "no report of this authority has been stored and read yet"
        return
    for visit in known:
        yield f"{day(visit.published)}: {phrases.kind_of(visit.ref)}{phrases.of_framework(visit.framework)}  {visit.url}"
        if visit.doubts:
            yield from wrapped(phrases.in_part(visit.doubts), "    ")
        yield from (f"    {line}" for line in _grades(grades_of(db, visit.report_id), visit.framework))
    yield from _standing(stored_standing(db, authority.urn))
    for chain in dict.fromkeys(visit.chain for visit in known):
        visits = [visit for visit in known if visit.chain == chain]
        yield from _open(db, authority.urn, chain, visits)
        yield from _last(db, visits[-1])


def _grades(judgements: Sequence[Judgement], framework: str) -> list[str]:
    return [f"{area_name(judgement.area, framework)}: {judgement.grade}" for judgement in judgements]


def _standing(areas: Sequence[Standing]) -> Iterator[str]:
    """Today's grade of each area; an overall grade that is given no more is told as history."""
    if areas:
        yield "where it stands:"
    for one in areas:
        told = f"{one.grade} ({phrases.month(one.given)}{'; graded as one with another area' if one.together else ''})"
        yield f"  {one.name}: {told if one.current else f'no longer given; {told} was the last'}"


def _open(db: Database, urn: str, chain: str, visits: Sequence[Visit]) -> Iterator[str]:
    unsettled = rows(db, AREAS, [urn, chain, OPEN])
    still = [area for area in unsettled if area["current"]]
    kinds = ", ".join(dict.fromkeys(phrases.kind_of(visit.ref) for visit in visits))
    yield f"open areas ({kinds}): {len(still)}"
    for area in still:
        yield from wrapped(f"{area['text']} (page {area['page']})", f"  [{_since(area)}] ", "    ")
    if partly := sum(bool(visit.doubts) for visit in visits):
        yield f"  {counted(partly, 'report')} of these could only be read in part, so that areas may be missing here"
    if older := len(unsettled) - len(still):
        yield f"  and {older} from before the last inspection that no later report says to have improved"


def _last(db: Database, visit: Visit) -> Iterator[str]:
    """Each comparison of a visit by its name, for whoever finds it wrong."""
    found = rows(db, LAST, [visit.report_id])
    if found:
        yield from wrapped(
            f"earlier areas at the {phrases.kind_of(visit.ref)} published {day(visit.published)}; where one is wrong: `ofsted-watch judge NAME STATUS`"
        )
    for one in found:
        area = EarlierArea(
            one["text"], one["page"], (), one["status"], matched=one["matched"], surely=bool(one["surely"]),
            certain=bool(one["certain"]), decided_by=one["decided_by"],
        )  # fmt: skip
        yield from wrapped(area.text, f"  {one['name']} [{phrases.became(area)}] ", "    ")


def _since(area: dict[str, Any]) -> str:
    again = f", at {area['times']} visits" if area["times"] > 1 else ""
    return f"since {phrases.month(stored_day(area['first_asked']))}{again}"
