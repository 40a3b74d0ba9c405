"""`ofsted-watch history`: an authority's visits, its judgements over time, and what is still open, from stored rows only."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlite_utils import Database

from monitor.cli.terminal import day, wrapped
from monitor.comparing import AREA_NAMES, area_of, areas_after
from monitor.database import rows
from monitor.facts import raised_before
from monitor.reading import Visit, grades_of, same_chain, since_inspection, visits_of
from scraper.items import Judgement
from scraper.reference import Authority

MISFILED = (
    "SELECT r.label, r.published, r.url, d.misfiled FROM reports r JOIN readings d ON d.report_id = r.id "
    "WHERE r.urn = ? AND d.misfiled IS NOT NULL AND r.withdrawn_at IS NULL ORDER BY r.published, r.id"
)


def lines(db: Database, authority: Authority) -> Iterator[str]:
    """The timeline with its judgements, then the areas still open since the last graded inspection of each chain of visits."""
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
        yield f"{day(visit.published)}: {visit.kind.replace('_', ' ')} ({visit.framework})  {visit.url}"
        yield from (f"    {line}" for line in _grades(grades_of(db, visit.report_id)))
    for chain in _chains(known):
        yield from _open(db, authority.urn, chain)


def _grades(judgements: Sequence[Judgement]) -> list[str]:
    return [f"{AREA_NAMES.get(area_of(judgement.area), judgement.area)}: {judgement.grade}" for judgement in judgements]


def _chains(known: Sequence[Visit]) -> list[list[Visit]]:
    chains: list[list[Visit]] = []
    for visit in known:
        chain = next((chain for chain in chains if same_chain(chain[0], visit)), None)
        if chain is None:
            chains.append([visit])
        else:
            chain.append(visit)
    return chains


def _open(db: Database, urn: str, chain: Sequence[Visit]) -> Iterator[str]:
    recent = {visit.report_id for visit in since_inspection(chain)}
    unsettled = [area.past for area in areas_after(db, chain) if area.open]
    still = [past for past in unsettled if past.report_id in recent]
    earlier = raised_before(db, urn)
    kinds = ", ".join(dict.fromkeys(visit.kind.replace("_", " ") for visit in chain))
    yield f"open areas ({kinds}): {len(still)}"
    for past in still:
        raised = earlier.get(past.key, ())
        first = raised[0].published if raised else past.when
        again = f", at {len(raised) + 1} visits" if raised else ""
        yield from wrapped(
            f"{past.finding.text} (page {past.finding.page})", f"  [since {_month(first)}{again}] ", "    "
        )
    if older := len(unsettled) - len(still):
        yield f"  and {older} of before the last inspection, of which no later report says that they improved"


def _month(when: date | None) -> str:
    return f"{when:%B %Y}" if when else "?"
