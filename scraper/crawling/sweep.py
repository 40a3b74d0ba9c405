"""Pure: what a search for the latest reports tells: whose page to look at, and whether the search knows what we know."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from scraper.crawling.health import PageResult, Summary, of_authorities
from scraper.items import SearchRow, Verdict
from scraper.looks import Newest
from scraper.reference import london_day

SEARCH = "the search"
"""What the search page is called among the pages of a sweep."""
ROWS = 100
"""Results on a page: the site gives no more, whatever is asked for."""
MOST_PAGES = 4
BACK = timedelta(days=14)
"""How far back a report may be dated that is listed only now."""
KNOWN_FOR = timedelta(hours=6)
"""After which the search is expected to know of a report too."""
TOLD = 3


def search_url(base: str, since: date, start: int) -> str:
    """The address of a page of results: local authorities' children's services whose latest report is of that day or later."""
    asked = {
        "q": "", "level_1_types": 3, "level_2_types[]": 12, "latest_report_date_start": f"{since:%d-%m-%Y}",
        "start": start, "rows": ROWS,
    }  # fmt: skip
    return f"{base.rstrip('/')}/search?{urlencode(asked)}"


def first_day(known: Mapping[str, Newest], now: datetime) -> date:
    """From which day on is asked: so far back that the newest report that we know is among the results, if the search works."""
    return min([london_day(now) - BACK, *([max(one.published for one in known.values())] if known else [])])


@dataclass(frozen=True, slots=True)
class Swept:
    """`changed`: the URNs whose page is to be looked at; `missed`: what we know and the search does not; `settled`: the days of all others."""

    changed: tuple[str, ...]
    missed: tuple[str, ...]
    settled: Mapping[str, date]


def swept(
    names: Mapping[str, str], known: Mapping[str, Newest], rows: Sequence[SearchRow], since: date, now: datetime
) -> Swept:
    """What the results, of `since` or later, say of the watched authorities (names by URN), given the newest report known of each."""
    latest = {row.urn: row.latest for row in rows if row.latest and row.urn in names}
    changed = tuple(urn for urn, day in latest.items() if _is_news(known.get(urn), day))
    missed = tuple(
        f"{names[urn]}, whose report of {one.published.strftime('%-d %B %Y')} is known"
        for urn, one in known.items()
        if one.published >= since and now - one.first_seen > KNOWN_FOR and latest.get(urn, date.min) < one.published
    )
    return Swept(changed, missed, {urn: day for urn, day in latest.items() if urn not in changed})


def _is_news(one: Newest | None, day: date) -> bool:
    """Another day than the search told last; where it was never asked, a later one than that of the newest report."""
    if one is None:
        return True
    return day != one.swept if one.swept else day > one.published


def of_search(missed: Sequence[str], found: int, since: date) -> PageResult:
    """How the search did."""
    if not missed:
        return PageResult(SEARCH, SEARCH, Verdict.OK, f"authorities with reports since {since:%d.%m.%Y}: {found}")
    more = f" and {len(missed) - TOLD} more" if len(missed) > TOLD else ""
    return PageResult(SEARCH, SEARCH, Verdict.BROKEN, f"the search does not know {'; '.join(missed[:TOLD])}{more}")


def of_sweep(
    results: Sequence[PageResult],
    names: Mapping[str, str],
    expected: Collection[str],
    stopped: tuple[Verdict, str] | None,
) -> Summary:
    """Sum up a sweep: the search, and the pages that were looked at because of it."""
    search = next((result for result in results if result.key == SEARCH), None)
    if search is None or not expected:
        verdict, said = (search.verdict, search.message) if search else (Verdict.CRASHED, "the search was not asked")
        return Summary(*(stopped or (verdict, said)))
    pages = of_authorities(
        [one for one in results if one is not search], {urn: names[urn] for urn in expected}, stopped
    )
    bad = search.verdict is not Verdict.OK
    return Summary(
        search.verdict if bad else pages.verdict, f"{search.message}; {pages.message}", pages.found, pages.issues
    )
