"""Ofsted's report site: the page of each watched authority, straight by its URN, and the PDFs it makes us want."""

from collections.abc import Mapping

from scraper.crawling import (
    PATIENCE,
    Fall,
    PageResult,
    Summary,
    Watched,
    compare,
    doubted,
    doubtful,
    fall_of,
    fall_words,
    judge,
    of_authorities,
    recheck,
    wanted,
)
from scraper.database import (
    absences_of,
    keep_report,
    known_reports,
    least_recently_checked,
    listed_elsewhere,
    listings_of,
    report_path,
    stamp,
    store_provider,
    totals_of,
    validators_for,
    watched_since,
)
from scraper.errors import PageChanged, Unreadable
from scraper.fetching import Accept, Fetched, FetchFailed
from scraper.items import GOOD, ProviderPage, ReportLink, Verdict
from scraper.looks import Answer, Listing, PageTrust, PdfFetch, ProviderLook, StoredReport, Validators
from scraper.pages import IS_NOT_FOUND, NOT_FOUND, READ_PROVIDER, Page, came_instead, is_page
from scraper.reference import is_pdf
from scraper.spiders.base import SourceSpider

GLANCE = 64 * 1024
"""Bytes of an answer that are read to see whether a file is gone: Ofsted's page that says so is smaller, and a PDF is told by its size."""


class OfstedSpider(SourceSpider):
    """Looks at one authority after the other; each look is complete and stored before the next is begun."""

    name = "ofsted"

    async def looks(self) -> None:
        """At each watched authority, the one not looked at for longest first."""
        watched = {authority.urn: authority for authority in self.job.authorities}
        listed = {number for urn in watched for number in listings_of(self.db, urn)}
        again = recheck(list(known_reports(self.db, listed).values()), self.job.recheck)
        for urn in least_recently_checked(self.db, watched):
            look = await self.apart(self.provider(watched[urn], again))
            self.keep_look(look if isinstance(look, ProviderLook) else self._crashed(watched[urn], look))

    def keep_look(self, look: ProviderLook) -> None:
        """Store one look at an authority."""
        self.keep(PageResult.of(look), lambda: store_provider(self.db, self.job.crawl_id, look, self.now()))

    async def provider(self, authority: Watched, again: frozenset[int]) -> ProviderLook:
        """Look at one authority: its page, then every PDF wanted because of it. Nothing of it is stored before all have come."""
        url, last = self.page_url(authority.urn), listings_of(self.db, authority.urn)
        validators = self._page_validators(url, last)
        try:
            answer = await self.fetcher.get(url, validators)
            page = await self._page(answer, authority, last, asked=validators != Validators())
        except FetchFailed as failure:
            return self._failed(authority, failure.verdict, failure.reason, failure.answer)
        except (PageChanged, Unreadable) as fault:
            return self._failed(authority, Verdict.BROKEN, str(fault), answer.answer)
        known = known_reports(self.db, {*last, *(link.report_id for link in page.links)})
        trust = await self._judged(page, last, known)
        copies = []
        if not self.job.probe:
            had = self._on_disk(known)
            copies = [await self.copy(link, had.get(link.report_id)) for link in wanted(page.links, had, again)]
        return ProviderLook(
            authority.urn,
            authority.name,
            url,
            trust,
            page.links,
            tuple(copies),
            answer.status == 304,
            answer.validators,
            None if trust.verdict in GOOD else answer.answer,
        )

    async def _page(
        self, answer: Fetched, authority: Watched, last: Mapping[int, Listing], *, asked: bool
    ) -> ProviderPage:
        """What the page lists; where the server called it unchanged, as it was `asked`, what it listed then."""
        if answer.status == 304:
            if not asked:
                raise PageChanged(f"{answer.url}: called unchanged, though nobody had asked whether it was")
            known = known_reports(self.db, last)
            links = tuple(known[number].link for number in sorted(last) if not last[number].missing_since)
            return ProviderPage(authority.urn, authority.name, links)
        page = await self.read(READ_PROVIDER, self._fetched(answer), answer.url)
        if page.urn != authority.urn:
            raise PageChanged(f"{answer.url}: the page of another provider, {page.name} (URN {page.urn})")
        return page

    async def _judged(
        self, page: ProviderPage, last: Mapping[int, Listing], known: Mapping[int, StoredReport]
    ) -> PageTrust:
        """How far the page is believed. Files are asked for only where the answers decide, and no more after the first that is there."""
        listed = {link.report_id for link in page.links}
        missing = last.keys() - listed
        falls = (
            bool(missing) and self.falls() is not None
        )  # all pages together are looked up only for a page that omits something
        elsewhere = listed_elsewhere(self.db, page.urn, missing)
        change = compare(last, listed, elsewhere, stamp(self.now() - PATIENCE) if falls else None)
        gone = set()
        for number in doubtful(change):
            if not await self.is_gone(known[number]):
                break
            gone.add(number)
        return doubted(judge(change, gone, known), page.left_out)

    async def copy(self, link: ReportLink, had: StoredReport | None) -> PdfFetch:
        """Fetch one report's PDF and keep it on the disk, or say why it could not be had."""
        sha256 = had.sha256 if had else None
        before = sha256 is not None
        validators = (
            Validators() if sha256 is None or self.job.full else validators_for(self.db, link.url, self.now(), sha256)
        )
        try:
            answer = await self.fetcher.get(link.url, validators, accept=Accept.PDF)
            if answer.status == 304:
                return PdfFetch(link.report_id, link.url, sha256, unchanged=True, had=before)
            if problem := await self._came_instead(answer):
                if is_pdf(answer.body):  # it counts for nothing, and may be all that there will ever be
                    keep_report(self.job.data, answer.body)
                return PdfFetch(link.report_id, link.url, problem=problem, had=before, answer=answer.answer)
        except FetchFailed as failure:
            return PdfFetch(
                link.report_id,
                link.url,
                problem=failure.reason,
                verdict=Verdict.OK if failure.lasting else failure.verdict,
                had=before,
                forbidden=failure.final,
                answer=failure.answer,
            )
        kept = keep_report(self.job.data, answer.body)
        return PdfFetch(link.report_id, link.url, kept, len(answer.body), had=before, validators=answer.validators)

    async def is_gone(self, report: StoredReport) -> bool:
        """Whether the server says of a file that it is no more; a file that is there is not downloaded for that."""
        validators = validators_for(self.db, report.link.url, self.now(), report.sha256)
        try:
            answer = await self.fetcher.get(report.link.url, validators, GLANCE)
        except FetchFailed as failure:
            return failure.gone
        return answer.status != 304 and await self._is_not_found(answer)

    async def _came_instead(self, answer: Fetched) -> str:
        problem = came_instead(answer.body)
        return NOT_FOUND if problem and await self._is_not_found(answer) else problem

    async def _is_not_found(self, answer: Fetched) -> bool:
        """A page that nobody can read is not the one that says so."""
        if not is_page(answer.body):
            return False
        try:
            return await self.read(IS_NOT_FOUND, self._fetched(answer), answer.url)
        except Unreadable:
            return False

    def _fetched(self, answer: Fetched) -> Page:
        return Page(answer.body, answer.url, self.now())

    def falls(self) -> Fall | None:
        """Whether all pages together list less than can be believed, as far as is stored just now."""
        watched = self.job.all_watched
        return fall_of(absences_of(self.db, watched), len(watched), watched_since(self.db, watched), self.now())

    def summary(self, stopped: tuple[Verdict, str] | None) -> Summary:
        """Every watched authority is expected to have a result, and all pages together what they had."""
        fall, watched = self.falls() if self.job.is_whole else None, self.job.all_watched
        told = fall_words(fall, len(watched), totals_of(self.db, self.job.source, watched)) if fall else ""
        names = {one.urn: one.name for one in self.job.authorities}
        return of_authorities(self.results, names, stopped, told, probe=self.job.probe)

    def page_url(self, urn: str) -> str:
        """The address of an authority's page; 44 is Ofsted's number for local authorities."""
        return f"{self.job.url.rstrip('/')}/provider/44/{urn}"

    def _page_validators(self, url: str, last: Mapping[int, Listing]) -> Validators:
        if not last or self.job.full:
            return Validators()
        return validators_for(self.db, url, self.now())

    def _on_disk(self, known: Mapping[int, StoredReport]) -> Mapping[int, StoredReport]:
        """The known reports but those whose PDF is no longer where it was kept: these are fetched anew."""
        return {
            number: report
            for number, report in known.items()
            if report.sha256 is None or report_path(self.job.data, report.sha256).exists()
        }

    def _failed(self, authority: Watched, verdict: Verdict, reason: str, answer: Answer | None = None) -> ProviderLook:
        url, trust = self.page_url(authority.urn), PageTrust(verdict, reason)
        return ProviderLook(authority.urn, authority.name, url, trust, answer=answer)

    def _crashed(self, authority: Watched, error: BaseException) -> ProviderLook:
        return self._failed(authority, Verdict.CRASHED, f"an error in the crawler: {error!r}")
