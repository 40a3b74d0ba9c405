"""One news feed, and the articles of those entries that may be about children's services."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from scraper.articles import check_rule_files, looks_relevant, read_article
from scraper.crawling import MEGABYTE, SEVERAL, Accept, CrawlEnded, Fetched, FetchFailed, Summary, of_feed
from scraper.database import (
    ATTEMPTS,
    begin_article,
    last_tried,
    pending_articles,
    take_over_renamed,
    unseen_entries,
    validators_for,
)
from scraper.errors import PageChanged, Walled
from scraper.items import Article, FeedEntry, FeedPage, Verdict
from scraper.looks import ArticleCheck, FeedCheck, Pending, Validators
from scraper.pages import extract_article, is_gone_to, parse_feed
from scraper.reference import Authority, known_authorities
from scraper.spiders.base import SourceSpider

LARGEST = 5 * MEGABYTE


class NewsSpider(SourceSpider):
    """Yields one `FeedCheck`, then one `ArticleCheck` an article, one after the other; each article is fetched once."""

    name = "news"
    check_rules = staticmethod(check_rule_files)

    async def start(self) -> AsyncIterator[Any]:
        """The feed's check, then its articles, those left over from earlier crawls first; ends early where the time is up."""
        take_over_renamed(self.db, self.job.source, self.job.url, self.now())
        waiting = pending_articles(self.db, self.job.source)
        try:
            check = await self.apart(self.check())
            if not isinstance(check, FeedCheck):
                check = self._failed(Verdict.CRASHED, f"an error in the crawler: {check!r}")
            self.yielded += 1
            yield check
            if self.job.probe:
                return
            fresh = [Pending(e.url, e.headline, e.published, 0) for e in check.new if e.url in check.relevant]
            summaries = {entry.url: entry.summary for entry in check.entries or ()}
            for entry in (*waiting, *fresh):
                done = await self.one(entry, summaries.get(entry.url, ""))
                self.yielded += 1
                yield done
        except CrawlEnded:
            self.out_of_time = self.engine.running

    async def check(self) -> FeedCheck:
        """Look at the feed: which entries are new, and which of these are worth their article."""
        url = self.job.url
        validators = Validators() if self.job.full else validators_for(self.db, url, self.now())
        try:
            answer = await self.fetcher.get(url, validators, LARGEST, accept=Accept.FEED)
            if answer.status == 304:
                return FeedCheck(self.job.source, url, Verdict.OK)
            page = parse_feed(answer.body, answer.url, self.now())
        except FetchFailed as failure:
            return self._failed(failure.verdict, failure.reason)
        except PageChanged as change:
            return self._failed(Verdict.BROKEN, str(change))
        if not page.entries:
            return self._failed(Verdict.EMPTY, "the feed has no entries")
        return self._good(answer, page)

    def _good(self, answer: Fetched, page: FeedPage) -> FeedCheck:
        new = unseen_entries(self.db, self.job.source, page.entries)
        return FeedCheck(
            source=self.job.source,
            url=self.job.url,
            verdict=Verdict.OK,
            message=page.left_out,
            entries=page.entries,
            new=new,
            relevant=frozenset(entry.url for entry in new if looks_relevant(entry.headline, entry.summary)),
            sha256=answer.sha256,
            validators=answer.validators,
        )

    def _failed(self, verdict: Verdict, reason: str) -> FeedCheck:
        return FeedCheck(self.job.source, self.job.url, verdict, reason)

    async def one(self, entry: Pending, summary: str) -> ArticleCheck:
        """One attempt at one article; its error is its own. After the last attempt what the feed says of it has to do."""
        begin_article(self.db, self.job.source, entry.url)
        done = await self.apart(self.article(entry, summary))
        if not isinstance(done, ArticleCheck):
            problem = f"an error in the crawler: {done!r}"
            done = ArticleCheck(self.job.source, entry.url, problem=problem, verdict=Verdict.CRASHED, again=True)
        if done.again and entry.attempts + 1 >= ATTEMPTS:
            return replace(self._from_feed(entry, summary, done.problem or ""), verdict=done.verdict)
        return done

    async def article(self, entry: Pending, summary: str) -> ArticleCheck:
        """Fetch an article and read it. Its text is let go of at once: only what was read of it is kept."""
        try:
            answer = await self.fetcher.get(entry.url, largest=LARGEST)
            if is_gone_to(entry.url, answer.url):
                gone = f"gone: its address leads to {answer.url}"
                return ArticleCheck(self.job.source, entry.url, problem=gone, again=True)
            fed = FeedEntry(entry.url, entry.headline, summary, entry.published)
            found = extract_article(answer.body, answer.url, self._outlet(), self.now(), fed)
        except FetchFailed as failure:
            if failure.final:
                return self._from_feed(entry, summary, failure.reason)
            verdict = Verdict.OK if failure.lasting else failure.verdict
            return ArticleCheck(self.job.source, entry.url, problem=failure.reason, verdict=verdict, again=True)
        except Walled as wall:
            return self._from_feed(entry, summary, str(wall))
        except PageChanged as change:
            return ArticleCheck(self.job.source, entry.url, problem=str(change), again=True)
        return self._read(entry, replace(found, summary=found.summary or summary))

    def _from_feed(self, entry: Pending, summary: str, problem: str) -> ArticleCheck:
        """Read headline and summary alone."""
        told = Article(entry.url, entry.headline, "", self._outlet(), entry.published, summary)
        return replace(self._read(entry, told), problem=problem)

    def _read(self, entry: Pending, found: Article) -> ArticleCheck:
        reading = read_article(found, self._authorities(), self.job.covers)
        return ArticleCheck(self.job.source, entry.url, found, reading)

    def _outlet(self) -> str:
        return self.job.outlet or self.job.source

    def _authorities(self) -> tuple[Authority, ...]:
        """Those of the job, with the aliases that we know of them."""
        asked = {one.urn: Authority(one.urn, one.name) for one in self.job.authorities}
        return tuple((asked | {one.urn: one for one in known_authorities() if one.urn in asked}).values())

    def summary(self, stopped: tuple[Verdict, str] | None) -> Summary:
        """The feed itself is expected to have a result."""
        return of_feed(self.results, self.yielded, stopped, last_tried(self.db, self.job.source, SEVERAL))
