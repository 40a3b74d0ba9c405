"""One document at an address that a person names: a report that Ofsted does not list."""

from scraper.crawling import MEGABYTE, PageResult, Summary
from scraper.database import keep_report
from scraper.fetching import Accept, FetchFailed
from scraper.items import Verdict
from scraper.pages import came_instead
from scraper.spiders.base import SourceSpider

LARGEST = 50 * MEGABYTE


class DocumentSpider(SourceSpider):
    """Fetches the document politely and keeps it among the reports' files; no row says what it is."""

    name = "document"

    async def looks(self) -> None:
        """At the one address."""
        look = await self.apart(self.document())
        if not isinstance(look, PageResult):
            look = self._result(Verdict.CRASHED, f"an error in the crawler: {look!r}")
        self.results.append(look)

    async def document(self) -> PageResult:
        """Fetch and keep it."""
        try:
            answer = await self.fetcher.get(self.job.url, largest=LARGEST, accept=Accept.PDF)
        except FetchFailed as failure:
            return self._result(failure.verdict, failure.reason)
        if problem := came_instead(answer.body):
            return self._result(Verdict.BROKEN, problem)
        keep_report(self.job.data, answer.body)
        return self._result(Verdict.OK, "")

    def _result(self, verdict: Verdict, message: str) -> PageResult:
        return PageResult(self.job.url, "the document", verdict, message)

    def summary(self, stopped: tuple[Verdict, str] | None) -> Summary:
        """How the one look went."""
        last = self.results[-1] if self.results else self._result(Verdict.CRASHED, "it was not looked at")
        return Summary(*(stopped or (last.verdict, last.message)))
