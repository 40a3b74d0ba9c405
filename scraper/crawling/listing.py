"""Pure: what a provider page means against what is known of it, and which PDFs to fetch because of it. No network, no database."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scraper.crawling.fetching import Validators
from scraper.items import ReportLink, Verdict


@dataclass(frozen=True, slots=True)
class Known:
    """A stored report, as far as a crawl needs it; times as stored. `sha256` is None while its PDF was never had."""

    link: ReportLink
    urn: str
    sha256: str | None = None
    problem: str | None = None
    missing_since: str | None = None
    withdrawn_at: str | None = None
    checked: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """What came for one report's PDF: its hash and size, or the `problem` in words.

    `verdict` is that of the fetch: not OK only where the server failed us, so that it may come another time.
    `had` is whether we have a PDF of this report from before.
    """

    report_id: int
    url: str
    sha256: str | None = None
    size: int = 0
    problem: str | None = None
    verdict: Verdict = Verdict.OK
    unchanged: bool = False
    had: bool = False
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a page is believed; `missing` are reports it no longer lists, `withdrawn` those now believed to be gone."""

    verdict: Verdict
    message: str = ""
    missing: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorityCheck:
    """One look at one authority's page: everything the pipeline stores in one transaction.

    `links` is None where the page could not be had or read; `sha256` is that of the page, None when the server called it unchanged.
    """

    urn: str
    name: str
    url: str
    judgement: Judgement
    links: tuple[ReportLink, ...] | None = None
    copies: tuple[Copy, ...] = ()
    sha256: str | None = None
    validators: Validators = Validators()


def no_longer_listed(
    listed: Collection[int], known: Mapping[int, Known], links: Iterable[ReportLink]
) -> tuple[int, ...]:
    """Reports that the last believed page listed and this one does not."""
    here = {link.report_id for link in links}
    return tuple(sorted(number for number in listed if number in known and number not in here))


def judge(
    listed: Collection[int], known: Mapping[int, Known], links: Sequence[ReportLink], gone: Collection[int]
) -> Judgement:
    """Believe a page that misses reports only when the crawl before missed exactly the same, and it is likely besides.

    Likely: their files are gone too (`gone`), or they are at most two and fewer than half of the `listed`.
    """
    missing = no_longer_listed(listed, known, links)
    if not missing:
        return Judgement(Verdict.OK)
    before = {number for number, report in known.items() if report.missing_since and not report.withdrawn_at}
    few = len(missing) <= 2 and 2 * len(missing) < len(listed)
    if set(missing) == before and (few or set(missing) <= set(gone)):
        return Judgement(
            Verdict.OK, f"no longer listed, and taken as withdrawn: {_named(missing, known)}", missing, missing
        )
    new = [link for link in links if link.report_id not in known]
    held = f"; {len(new)} new on the same page not believed until then" if new else ""
    return Judgement(Verdict.BROKEN, f"no longer listed: {_named(missing, known)}{held}", missing)


def wanted(links: Iterable[ReportLink], known: Mapping[int, Known], again: Collection[int]) -> tuple[ReportLink, ...]:
    """The links whose PDF is fetched: new ones, those not had so far, and those to look at `again`."""
    return tuple(link for link in links if _is_wanted(known.get(link.report_id), link.report_id in again))


def _is_wanted(report: Known | None, again: bool) -> bool:
    return report is None or report.sha256 is None or report.problem is not None or again


def recheck(known: Sequence[Known], budget: int) -> frozenset[int]:
    """Which known PDFs to look at again: the newest of each authority, then those not looked at for longest.

    Where the newest alone would take all of it, a quarter is still for the others: an old report may be replaced too.
    """
    had = sorted((report for report in known if report.sha256 and not report.withdrawn_at), key=_checked)
    newest: dict[str, Known] = {}
    for report in sorted(had, key=_age):
        newest[report.urn] = report
    first = [report for report in had if newest[report.urn] is report]
    rest = [report for report in had if newest[report.urn] is not report]
    share = max(budget - len(rest), budget - budget // 4) if rest else budget
    chosen = first[:share]
    left = (*rest, *first[share:])[: budget - len(chosen)]
    return frozenset(report.link.report_id for report in (*chosen, *left))


def _checked(report: Known) -> str:
    return report.checked or ""


def _age(report: Known) -> tuple[str, int]:
    return (report.link.published.isoformat() if report.link.published else "", report.link.report_id)


def _named(numbers: Iterable[int], known: Mapping[int, Known]) -> str:
    return ", ".join(f"{number} ({known[number].link.label}, {known[number].link.published})" for number in numbers)
