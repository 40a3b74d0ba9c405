"""`ofsted-watch accept`: what a person has settled by looking at an authority's page, in words."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlite_utils import Database

from monitor.cli.terminal import wrapped
from monitor.database import rows
from scraper.database import Accepted, accept_page, begin_anew
from scraper.reference import Authority

NAMED = (
    "SELECT label, published, url, withdrawn_at, "
    "(SELECT group_concat(a.name, ', ') FROM listings l JOIN authorities a ON a.urn = l.urn "
    "WHERE l.report_id = r.id AND l.missing_since IS NULL) AS listed_by FROM reports r WHERE id = ?"
)
TOLD = "told with the next round: `ofsted-watch crawl`, or by the daemon"


def accept_all(db: Database, watched: Sequence[Authority], only: Collection[int], now: datetime) -> Iterator[str]:
    """A person has looked at the site as a whole: what its pages omit is gone. What is misfiled takes a look at each page. One line a report."""
    gone = tuple(number for one in watched for number in accept_page(db, one.urn, now, only, filing=False).gone)
    for number in gone:
        yield from wrapped(f"{_name(db, number)}: {_gone(db, number)}", "  ", "    ")
    yield TOLD if gone else "nothing is missing from any page"


def page_line(db: Database, source: str, url: str) -> str:
    """A person has looked at a page of stories: it is another one than before, and its next look is a silent baseline."""
    gone = begin_anew(db, source, url)
    return f"{source}: {gone} links forgotten; what the page lists at the next crawl is where the watch begins, and told to nobody"


def lines(db: Database, authority: Authority, asked: Collection[int], settled: Accepted) -> Iterator[str]:
    """One line a report, those `asked` for too that there was nothing to settle of; then when it is told."""
    for number in sorted(set(asked) - {*settled.gone, *settled.filed}):
        yield f"  {number}: neither missing from the page of {authority.name} nor misfiled on it"
    if not settled.gone and not settled.filed:
        yield f"{authority.name}: there is nothing to settle"
        return
    for number in settled.gone:
        yield from wrapped(f"{_name(db, number)}: {_gone(db, number)}", "  ", "    ")
    for number in settled.filed:
        yield from wrapped(
            f"{_name(db, number)}: belongs to {authority.name}, and is compared with its other reports", "  ", "    "
        )
    yield TOLD


def _gone(db: Database, number: int) -> str:
    row = rows(db, NAMED, [number])[0]
    if row["withdrawn_at"]:
        return "withdrawn, for nobody lists it any more"
    return f"no longer on this page, and not withdrawn: {row['listed_by'] or 'another page'} lists it"


def _name(db: Database, number: int) -> str:
    row = rows(db, NAMED, [number])[0]
    return f"{number} ({row['label']}, {row['published'] or 'no day given'}, {row['url']})"
