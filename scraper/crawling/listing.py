"""Pure: what a provider page means against what is known of it, and which PDFs to fetch because of it. No network, no database."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scraper.items import ReportLink, Verdict
from scraper.looks import Listing, PageTrust, StoredReport

FEW = 2
NOT_YET = "not believed before the next crawl finds the same"
TOO_MUCH = "too much to be believed; if it is right, say so with `ofsted-watch accept`"
TOO_MANY = "not believed, for too many pages list less at once; if it is right, say so with `ofsted-watch accept`"


@dataclass(frozen=True, slots=True)
class Change:
    """What a whole page says against the ones before, as numbers of reports in order.

    `added` were never on it, `back` are there again, `missing` are not there and not yet believed to be gone; of these `moved` are on
    another authority's page. `kept` is how many of the last page are on this one, `listed` how many are on this one; `repeated`: the
    last page missed exactly the same. `instead` is how many came with the very page on which those that are missing went: a report issued anew
    under another number. `doubted`: so many pages lose something at once that this one's loss counts as large however small it is, and `waited`:
    it has been missing long enough for its files to decide.
    """

    added: tuple[int, ...]
    back: tuple[int, ...]
    missing: tuple[int, ...]
    moved: tuple[int, ...]
    kept: int
    listed: int
    repeated: bool
    instead: int = 0
    doubted: bool = False
    waited: bool = True

    @property
    def lost(self) -> tuple[int, ...]:
        """Those missing that no other page lists."""
        return tuple(number for number in self.missing if number not in self.moved)

    @property
    def few(self) -> bool:
        """Whether so little is lost that it is likely to be right."""
        return not self.doubted and len(self.lost) <= FEW and len(self.lost) < self.kept + self.instead


def compare(
    last: Mapping[int, Listing],
    page: Collection[int],
    elsewhere: Collection[int] = (),
    doubted_after: str | None = None,
) -> Change:
    """Set a whole page against what is stored of the pages before it.

    `last` is every report that it ever listed, `elsewhere` are the reports that other authorities' pages list. `doubted_after`: where too many
    pages lose something at once, the time (as stored) after which what is missing has not been so for long.
    """
    here = set(page)
    standing = {number for number, listing in last.items() if not listing.withdrawn_at}
    waiting = {number for number in standing if last[number].missing_since}
    went = {since for number in standing - here if (since := last[number].missing_since)}
    return Change(
        added=tuple(sorted(here - last.keys())),
        back=tuple(sorted(number for number in here & last.keys() if last[number].missing_since)),
        missing=tuple(sorted(standing - here)),
        moved=tuple(sorted((standing - here) & set(elsewhere))),
        kept=len(standing & here),
        listed=len(here),
        repeated=standing - here == waiting,
        instead=sum(last[number].first_seen in went for number in standing & here),
        doubted=doubted_after is not None,
        waited=doubted_after is None or all(since <= doubted_after for since in went),
    )


def doubtful(change: Change) -> tuple[int, ...]:
    """The lost reports of whose files it is worth asking whether they are gone: none, unless the answers decide."""
    return change.lost if change.repeated and change.listed and not change.few and change.waited else ()


def judge(change: Change, gone: Collection[int], known: Mapping[int, StoredReport]) -> PageTrust:
    """What a whole page adds is believed whatever it omits, and what another page lists is no loss. What is lost waits.

    It is believed when the page before missed exactly the same and it is likely: few are lost, here and on all pages, or all that are lost are
    `gone`, their files too. A page that lists nothing is never believed to have lost what was on it. `known` is for the words.
    """
    if not change.missing:
        again = f"listed again: {_named(change.back, known)}" if change.back else ""
        return PageTrust(Verdict.OK, again) if change.listed else PageTrust(Verdict.EMPTY, "its page lists no report")
    told = f"no longer listed: {_named(change.missing, known)}"
    if change.listed and not change.lost:
        return PageTrust(Verdict.OK, f"{told}; on the page of another authority", change.missing, change.missing)
    if change.listed and change.repeated and (change.few or set(change.lost) <= set(gone)):
        return PageTrust(Verdict.OK, f"{told}; believed", change.missing, change.missing)
    new = f"; {len(change.added)} new on the same page" if change.added else ""
    why = f"{told}; {(TOO_MANY if change.doubted else TOO_MUCH) if change.repeated else NOT_YET}{new}"
    return PageTrust(Verdict.BROKEN, why, change.missing, change.moved if change.listed else ())


def doubted(trust: PageTrust, left_out: str) -> PageTrust:
    """How far a page is believed of which something was `left_out`, "" for nothing: what it omits may be that."""
    if not left_out:
        return trust
    return PageTrust(Verdict.BROKEN, "; ".join(filter(None, (left_out, trust.message))), trust.missing)


def wanted(
    links: Iterable[ReportLink], known: Mapping[int, StoredReport], again: Collection[int]
) -> tuple[ReportLink, ...]:
    """The links whose PDF is fetched: new ones, those not had so far, and those to look at `again`."""
    return tuple(link for link in links if _is_wanted(known.get(link.report_id), link.report_id in again))


def _is_wanted(report: StoredReport | None, again: bool) -> bool:
    return report is None or report.sha256 is None or report.problem is not None or again


def recheck(known: Sequence[StoredReport], budget: int) -> frozenset[int]:
    """Which known PDFs to look at again: the newest of each authority, then those not looked at for longest.

    Where the newest alone would take all of it, a quarter is still for the others: an old report may be replaced too.
    """
    had = sorted((report for report in known if report.sha256 and not report.withdrawn_at), key=_checked)
    newest: dict[str, StoredReport] = {}
    for report in sorted(had, key=_age):
        newest[report.urn] = report
    first = [report for report in had if newest[report.urn] is report]
    rest = [report for report in had if newest[report.urn] is not report]
    share = max(budget - len(rest), budget - budget // 4) if rest else budget
    chosen = first[:share]
    left = (*rest, *first[share:])[: budget - len(chosen)]
    return frozenset(report.link.report_id for report in (*chosen, *left))


def _checked(report: StoredReport) -> str:
    return report.checked or ""


def _age(report: StoredReport) -> tuple[str, int]:
    return (report.link.published.isoformat() if report.link.published else "", report.link.report_id)


def _named(numbers: Iterable[int], known: Mapping[int, StoredReport]) -> str:
    links = {number: known[number].link for number in numbers}
    return ", ".join(f"{number} ({link.label}, {link.published or 'no day given'})" for number, link in links.items())
