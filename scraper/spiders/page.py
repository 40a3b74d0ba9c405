"""A page that lists stories and has no feed: its links are what the entries of a feed are, and documents that it links are fetched too."""

from collections.abc import Sequence

from scraper.crawling import MEGABYTE, judge_links
from scraper.database import (
    Recognised,
    documents_to_fetch,
    feed_days_of,
    keep_report,
    known_entries,
    note_documents,
    recognise_links,
    store_document,
    watched_since_baseline,
)
from scraper.errors import Unreadable
from scraper.fetching import Accept, FetchFailed
from scraper.items import FeedEntry
from scraper.looks import ArticleLook
from scraper.pages import LINKED_DOCUMENTS, READ_NEWS_PAGE, FeedRead, NewsPage, Page, came_instead
from scraper.reference import london_day
from scraper.spiders.news import NewsSpider

LARGEST = 50 * MEGABYTE
MOST = 10
"""Documents of one crawl; the others come with the next ones."""


class PageSpider(NewsSpider):
    """As a feed's; documents met on the page and on its stories' pages are noted as they are met, and fetched at the end."""

    name = "page"
    accept, called, is_page = Accept.PAGE, "the page", True

    async def looks(self) -> None:
        """At the page and its stories, then at the documents that they link and that may be reports."""
        self.first = not watched_since_baseline(self.db, self.job.source)
        await super().looks()
        for url in () if self.job.probe else documents_to_fetch(self.db, self.job.source, self.now())[:MOST]:
            await self.apart(self.document(url))

    async def entries(self, page: Page) -> FeedRead:
        """The stories that the page lists."""
        read = await self.read(READ_NEWS_PAGE, NewsPage(page, self.job.links), page.url)
        await self.note_documents(page)
        return read

    def recognised(self, entries: Sequence[FeedEntry]) -> Recognised:
        """Which of the page's stories are new."""
        return recognise_links(self.db, self.job.source, entries, self.now())

    def doubt(self, found: Recognised) -> str:
        """Whether it is another page than the one that was watched."""
        known, days = known_entries(self.db, self.job.source), feed_days_of(self.db, self.job.source)
        there = len(found.there) + len(found.replaced)
        return judge_links(known, there, len(found.new), days, london_day(self.now()))

    async def read_story(self, entry: FeedEntry, page: Page | None = None) -> ArticleLook:
        """Read a story, and note which documents its page links."""
        if page is not None:
            await self.note_documents(page)
        return await super().read_story(entry, page)

    async def note_documents(self, page: Page) -> None:
        """Note which documents a page links; where that cannot be read, the page and its story are none the worse."""
        try:
            linked = await self.read(LINKED_DOCUMENTS, page, page.url)
        except Unreadable as fault:
            self.logger.warning("%s: which documents it links cannot be read: %s", page.url, fault)
        else:
            note_documents(self.db, self.job.source, linked, self.now(), baseline=self.first)

    async def document(self, url: str) -> None:
        """Fetch a document and keep it until it is read; one that does not come is tried again in later crawls."""
        sha256, problem = None, None
        try:
            answer = await self.fetcher.get(url, largest=LARGEST, accept=Accept.PDF)
            problem = came_instead(answer.body) or None
            sha256 = None if problem else keep_report(self.job.data, answer.body)
        except FetchFailed as failure:
            problem = failure.reason
        store_document(self.db, url, sha256, problem, self.now())
        if problem:
            self.logger.warning("%s: a document that may be a report did not come: %s", url, problem)
