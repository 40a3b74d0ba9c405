"""Ofsted's report site: the page of each watched authority, straight by its URN, and the PDFs it makes us want."""

from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import replace
from typing import Any

from scraper.crawling import (
    Accept,
    CrawlEnded,
    Fetched,
    FetchFailed,
    Summary,
    Watched,
    compare,
    doubtful,
    judge,
    of_authorities,
    recheck,
    wanted,
)
from scraper.database import (
    keep_report,
    known_reports,
    least_recently_checked,
    listed_elsewhere,
    listings_of,
    report_path,
    validators_for,
)
from scraper.errors import NotAReport, PageChanged
from scraper.items import ReportLink, Verdict
from scraper.looks import AuthorityCheck, Copy, Known, Listing, PageTrust, Validators
from scraper.pages import NoReports, check_pdf, is_report_not_found, parse_provider
from scraper.spiders.base import SourceSpider

GLANCE = 64 * 1024
"""Bytes of an answer that are read to see whether a file is gone: Ofsted's page that says so is smaller, and a PDF is told by its size."""


class OfstedSpider(SourceSpider):
    """Yields one `AuthorityCheck` an authority, one after the other, so that each is complete before the next is begun."""

    name = "ofsted"

    async def start(self) -> AsyncIterator[Any]:
        """A check for each watched authority, the one not looked at for longest first; ends early where the time is up."""
        watched = {authority.urn: authority for authority in self.job.authorities}
        listed = {number for urn in watched for number in listings_of(self.db, urn)}
        known = [report for number, report in known_reports(self.db).items() if number in listed]
        again = recheck(known, self.job.recheck)
        for urn in least_recently_checked(self.db, watched):
            try:
                check = await self.apart(self.check(watched[urn], again))
            except CrawlEnded:
                self.out_of_time = self.engine.running
                return
            yield check if isinstance(check, AuthorityCheck) else self._crashed(watched[urn], check)

    async def check(self, authority: Watched, again: frozenset[int]) -> AuthorityCheck:
        """Look at one authority: its page, then every PDF wanted because of it. Nothing of it is stored before all have come."""
        url, last = self.page_url(authority.urn), listings_of(self.db, authority.urn)
        validators = self._page_validators(url, last)
        try:
            answer = await self.fetcher.get(url, validators)
            links = self._links(answer, authority.urn, last, asked=validators != Validators())
        except FetchFailed as failure:
            return self._failed(authority, failure.verdict, failure.reason)
        except PageChanged as change:
            return self._failed(authority, Verdict.BROKEN, str(change))
        judgement = await self._judged(authority.urn, last, links)
        copies = []
        if not self.job.probe:
            had = self._on_disk()
            copies = [await self.copy(link, had.get(link.report_id)) for link in wanted(links, had, again)]
        page = (None if answer.status == 304 else answer.sha256, answer.validators)
        return AuthorityCheck(authority.urn, authority.name, url, judgement, links, tuple(copies), *page)

    def _links(self, answer: Fetched, urn: str, last: Mapping[int, Listing], *, asked: bool) -> tuple[ReportLink, ...]:
        """What the page lists; where the server called it unchanged, as it was `asked`, what it listed then."""
        if answer.status == 304:
            if not asked:
                raise PageChanged(f"{answer.url}: called unchanged, though nobody had asked whether it was")
            known = known_reports(self.db, urn)
            return tuple(known[number].link for number in sorted(last) if not last[number].missing_since)
        try:
            page = parse_provider(answer.body, answer.url)
        except NoReports as none:
            page = none.page
        if page.urn != urn:
            raise PageChanged(f"{answer.url}: the page of another provider, {page.name} (URN {page.urn})")
        return page.links

    async def _judged(self, urn: str, last: Mapping[int, Listing], links: Iterable[ReportLink]) -> PageTrust:
        """How far the page is believed. Files are asked for only where the answers decide, and no more after the first that is there."""
        change = compare(last, {link.report_id for link in links}, listed_elsewhere(self.db, urn))
        gone, known = set(), known_reports(self.db, urn)
        for number in doubtful(change):
            if not await self.is_gone(known[number]):
                break
            gone.add(number)
        return judge(change, gone, known)

    async def copy(self, link: ReportLink, had: Known | None) -> Copy:
        """Fetch one report's PDF and keep it on the disk, or say why it could not be had."""
        sha256 = had.sha256 if had else None
        before = sha256 is not None
        validators = (
            Validators() if sha256 is None or self.job.full else validators_for(self.db, link.url, self.now(), sha256)
        )
        try:
            answer = await self.fetcher.get(link.url, validators, accept=Accept.PDF)
            if answer.status == 304:
                return Copy(link.report_id, link.url, sha256, unchanged=True, had=before)
            check_pdf(answer.body)
        except FetchFailed as failure:
            verdict = Verdict.OK if failure.lasting else failure.verdict
            told = Copy(link.report_id, link.url, problem=failure.reason, verdict=verdict, had=before)
            return replace(told, forbidden=failure.final)
        except NotAReport as other:
            return Copy(link.report_id, link.url, problem=str(other), had=before)
        kept = keep_report(self.job.data, answer.body)
        return Copy(link.report_id, link.url, kept, len(answer.body), had=before, validators=answer.validators)

    async def is_gone(self, report: Known) -> bool:
        """Whether the server says of a file that it is no more; a file that is there is not downloaded for that."""
        validators = validators_for(self.db, report.link.url, self.now(), report.sha256)
        try:
            answer = await self.fetcher.get(report.link.url, validators, GLANCE)
        except FetchFailed as failure:
            return failure.gone
        return answer.status != 304 and is_report_not_found(answer.body)

    def summary(self, stopped: tuple[Verdict, str] | None) -> Summary:
        """Every watched authority is expected to have a result."""
        return of_authorities(self.results, {one.urn: one.name for one in self.job.authorities}, stopped)

    def page_url(self, urn: str) -> str:
        """The address of an authority's page; 44 is Ofsted's number for local authorities."""
        return f"{self.job.url.rstrip('/')}/provider/44/{urn}"

    def _page_validators(self, url: str, last: Mapping[int, Listing]) -> Validators:
        if not last or self.job.full:
            return Validators()
        return validators_for(self.db, url, self.now())

    def _on_disk(self) -> Mapping[int, Known]:
        """All stored reports but those whose PDF is no longer where it was kept: these are fetched anew."""
        return {
            number: report
            for number, report in known_reports(self.db).items()
            if report.sha256 is None or report_path(self.job.data, report.sha256).exists()
        }

    def _failed(self, authority: Watched, verdict: Verdict, reason: str) -> AuthorityCheck:
        return AuthorityCheck(authority.urn, authority.name, self.page_url(authority.urn), PageTrust(verdict, reason))

    def _crashed(self, authority: Watched, error: BaseException) -> AuthorityCheck:
        return self._failed(authority, Verdict.CRASHED, f"an error in the crawler: {error!r}")
