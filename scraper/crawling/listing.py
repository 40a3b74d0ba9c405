"""Pure: what a provider page means against what is known of it, and which PDFs to fetch because of it. No network, no database."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from scraper.items import Known, PageTrust, ReportLink, Verdict


def no_longer_listed(
    listed: Collection[int], known: Mapping[int, Known], links: Iterable[ReportLink]
) -> tuple[int, ...]:
    """Reports that the last believed page listed and this one does not."""
    here = {link.report_id for link in links}
    return tuple(sorted(number for number in listed if number in known and number not in here))


def judge(
    listed: Collection[int], known: Mapping[int, Known], links: Sequence[ReportLink], gone: Collection[int]
) -> PageTrust:
    """Believe a page that misses reports only when the crawl before missed exactly the same, and it is likely besides.

    Likely: their files are gone too (`gone`), or they are at most two and fewer than half of the `listed`.
    """
    missing = no_longer_listed(listed, known, links)
    if not missing:
        return PageTrust(Verdict.OK)
    before = {number for number, report in known.items() if report.missing_since and not report.withdrawn_at}
    few = len(missing) <= 2 and 2 * len(missing) < len(listed)
    if set(missing) == before and (few or set(missing) <= set(gone)):
        return PageTrust(
            Verdict.OK, f"no longer listed, and taken as withdrawn: {_named(missing, known)}", missing, missing
        )
    new = [link for link in links if link.report_id not in known]
    held = f"; {len(new)} new on the same page not believed until then" if new else ""
    return PageTrust(Verdict.BROKEN, f"no longer listed: {_named(missing, known)}{held}", missing)


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
