"""A sweep: Ofsted's search tells in a request or two which authorities have a new report, and only their pages are looked at."""

from collections.abc import Mapping
from datetime import date

from scraper.crawling import (
    MOST_PAGES,
    ROWS,
    SEARCH,
    PageResult,
    Summary,
    first_day,
    of_search,
    of_sweep,
    search_url,
    swept,
)
from scraper.database import newest_reports, note_answer, store_swept, without_pdf, writing
from scraper.errors import PageChanged, Unreadable
from scraper.fetching import FetchFailed
from scraper.items import GOOD, SearchRow, Verdict
from scraper.looks import Answer, ProviderLook
from scraper.pages import READ_SEARCH
from scraper.spiders.ofsted import OfstedSpider

NOTHING_AGAIN: frozenset[int] = frozenset()


class SweepSpider(OfstedSpider):
    """Asks the search, then looks at each page about which it tells something new, as a whole crawl does.

    `answer` is the last one of the search.
    """

    name = "sweep"
    expected: tuple[str, ...] = ()
    answer: Answer | None = None

    async def looks(self) -> None:
        """The search, then the pages; where the search cannot be read, those are left to the next whole crawl."""
        watched = {authority.urn: authority for authority in self.job.authorities}
        known = newest_reports(self.db, watched)
        since = first_day(known, self.now())
        rows = await self._searched(since)
        if rows is None:
            return
        names = {urn: authority.name for urn, authority in watched.items()}
        found = swept(names, known, rows, since, self.now())
        self.results.append(of_search(found.missed, len(rows), since))
        self._settle(found.settled)
        latest = {row.urn: row.latest for row in rows if row.latest}
        self.expected = tuple(dict.fromkeys((*found.changed, *without_pdf(self.db, watched, self.now()))))
        for urn in self.expected:
            look = await self.apart(self.provider(watched[urn], NOTHING_AGAIN))
            self.keep_look(look if isinstance(look, ProviderLook) else self._crashed(watched[urn], look))
            if self.results[-1].verdict in GOOD and urn in latest:
                self._settle({urn: latest[urn]})

    async def _searched(self, since: date) -> list[SearchRow] | None:
        """All results; None where they could not be had, which is noted."""
        try:
            return await self._results(since)
        except FetchFailed as failure:
            self._failed_search(failure.verdict, failure.reason, failure.answer)
        except (PageChanged, Unreadable) as fault:
            self._failed_search(Verdict.BROKEN, str(fault), self.answer)
        return None

    def _failed_search(self, verdict: Verdict, reason: str, answer: Answer | None) -> None:
        self.results.append(PageResult(SEARCH, SEARCH, verdict, reason))
        with writing(self.db):
            note_answer(self.db, self.job.crawl_id, answer, None, verdict, reason, self.now())

    async def _results(self, since: date) -> list[SearchRow]:
        """Raises `PageChanged` where not all that are counted are listed."""
        rows: dict[str, SearchRow] = {}
        for page in range(MOST_PAGES):
            url = search_url(self.job.url, since, page * ROWS)
            answer = await self.fetcher.get(url)
            self.answer = answer.answer
            found = await self.read(READ_SEARCH, self._fetched(answer), url)
            rows |= {row.urn: row for row in found.rows}
            if len(rows) >= found.total:
                return list(rows.values())
            if len(rows) < (page + 1) * ROWS:
                raise PageChanged(f"{url}: {found.total} results are counted, and only {len(rows)} are listed")
        raise PageChanged(f"{url}: {found.total} results are more than there are authorities")

    def _settle(self, latest: Mapping[str, date]) -> None:
        with writing(self.db):
            store_swept(self.db, latest)

    def summary(self, stopped: tuple[Verdict, str] | None) -> Summary:
        """The search, and every page that was to be looked at because of it."""
        names = {one.urn: one.name for one in self.job.authorities}
        return of_sweep(self.results, names, self.expected, stopped)
