"""One news feed, and the articles of those entries that may be about children's services."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from scraper.crawling import MEGABYTE, SEVERAL, PageResult, Summary, expected_of_feed, judge_feed, of_feed
from scraper.database import (
    ATTEMPTS,
    Recognised,
    begin_article,
    due_articles,
    feed_days_of,
    last_tried,
    moved_to,
    note_moved,
    recognise_entries,
    store_article,
    store_feed,
    take_back_article,
    take_over_renamed,
    validators_for,
    worn_out_articles,
)
from scraper.errors import NoStory, PageChanged, Unreadable, Walled
from scraper.fetching import Accept, CrawlEnded, Fetched, FetchFailed
from scraper.items import GOOD, FeedEntry, Verdict
from scraper.looks import Answer, ArticleLook, FeedLook, Pending, Validators
from scraper.pages import (
    READ_ARTICLE,
    READ_FEED,
    ArticleAsked,
    FeedRead,
    Page,
    Paper,
    is_gone_to,
)
from scraper.reference import authority_named, london_day
from scraper.spiders.base import SourceSpider

LARGEST = 5 * MEGABYTE
GONE = "gone for good (HTTP 410): find its new address, or take it out of config.yaml"


class NewsSpider(SourceSpider):
    """Looks at the feed, then at its articles one after the other; each article is fetched once, and each look stored at once."""

    name = "news"
    accept, called, is_page = Accept.FEED, "the feed", False

    @staticmethod
    def check_rules() -> None:
        """Read the files that reading an article needs; crawls of Ofsted do without them, and without a third of a second."""
        from scraper.articles import check_rule_files  # noqa: PLC0415

        check_rule_files()

    async def looks(self) -> None:
        """At the feed, then at what is due of its articles: what crawls ended on is closed, then the new ones, then the waiting."""
        take_over_renamed(self.db, self.job.source, self.job.url, self.now())
        look = await self.apart(self.feed())
        if not isinstance(look, FeedLook):
            look = self._failed(Verdict.CRASHED, f"an error in the crawler: {look!r}")
        self.keep_feed(self.measured(look))
        if self.job.probe:
            return
        for worn_out in worn_out_articles(self.db, self.job.source):
            problem = f"the crawl was ended {worn_out.attempts} times at its article"
            await self.end_without(worn_out.entry, problem, Verdict.BROKEN)
        for due in due_articles(self.db, self.job.source):
            kept = self.keep_article(await self.one(due))
            if not kept and due.attempts + 1 >= ATTEMPTS:
                await self.end_without(due.entry, self.results[-1].message, Verdict.CRASHED)

    async def end_without(self, entry: FeedEntry, problem: str, verdict: Verdict) -> None:
        """Make an end of an entry without its article: by what the feed says of it, and where that cannot be stored, by the problem."""
        if not self.keep_article(await self.last_resort(entry, problem, verdict)):
            look = ArticleLook(self.job.source, entry, problem=self.results[-1].message)
            store_article(self.db, self.job.crawl_id, look, self.now())

    def keep_feed(self, look: FeedLook) -> None:
        """Store one look at the feed."""
        result = PageResult(look.url, self.called, look.verdict, look.message)
        self.keep(result, lambda: store_feed(self.db, self.job.crawl_id, look, self.now()))

    def keep_article(self, look: ArticleLook) -> bool:
        """Store one attempt at an article; whether that could be done."""
        result = PageResult(look.entry.url, look.entry.url, look.verdict, look.problem or "", instead=look.instead)
        return self.keep(result, lambda: store_article(self.db, self.job.crawl_id, look, self.now()))

    async def feed(self) -> FeedLook:
        """Look at the feed: which entries are new, and which of these are worth their article."""
        url = self.job.url
        try:
            answer = await self._fetched()
            if answer.status == 304:
                return FeedLook(self.job.source, url, Verdict.OK)
            read = await self.entries(Page(answer.body, answer.url, self.now()))
        except FetchFailed as failure:
            return self._failed(failure.verdict, GONE if failure.status == 410 else failure.reason, failure.answer)
        except (PageChanged, Unreadable) as fault:
            note_moved(self.db, url, "", self.now())
            return self._failed(Verdict.BROKEN, str(fault), answer.answer)
        if answer.moved:
            note_moved(self.db, url, answer.url, self.now())
        if not read.page.entries:
            return replace(self._failed(Verdict.EMPTY, "the feed has no entries"), entries=0)
        return self._good(answer, read)

    async def _fetched(self) -> Fetched:
        """What came for the feed: from where it has moved to for good, as far as that is known, else from its own address."""
        url = self.job.url
        validators = Validators() if self.job.full else validators_for(self.db, url, self.now())
        if there := moved_to(self.db, url):
            try:
                return await self.fetcher.get(there, validators, LARGEST, accept=self.accept)
            except FetchFailed as failure:
                self.logger.info("%s has moved to %s and is not to be had there: %s", url, there, failure.reason)
        answer = await self.fetcher.get(url, validators, LARGEST, accept=self.accept)
        if there and not answer.moved:
            note_moved(self.db, url, "", self.now())
        return answer

    async def entries(self, page: Page) -> FeedRead:
        """The entries of the feed."""
        return await self.read(READ_FEED, page, page.url)

    def recognised(self, entries: Sequence[FeedEntry]) -> Recognised:
        """Which of the entries are new."""
        return recognise_entries(self.db, self.job.source, entries, self.now())

    def doubt(self, found: Recognised) -> str:  # noqa: ARG002 - of a feed that has been rebuilt nothing is known by this
        """Why nothing of what was found is to be believed; "" where it is."""
        return ""

    def measured(self, look: FeedLook) -> FeedLook:
        """A look as it is told against the feed's own past."""
        if look.verdict not in GOOD:
            return look
        today, days = london_day(self.now()), feed_days_of(self.db, self.job.source)
        new = len(look.new) + sum(one.new for one in days if one.day == today)
        expected = expected_of_feed(one for one in days if one.day < today)
        said = judge_feed(expected, today, look.entries, new)
        if not said:
            return look
        told = "; ".join(filter(None, (said, look.message)))
        return replace(look, verdict=Verdict.BROKEN, message=told, doubted=True)

    def _good(self, answer: Fetched, read: FeedRead) -> FeedLook:
        found = self.recognised(read.page.entries)
        if said := self.doubt(found):
            return self._failed(Verdict.BROKEN, said, answer.answer)
        return FeedLook(
            source=self.job.source,
            url=self.job.url,
            verdict=Verdict.OK,
            message=read.page.left_out,
            there=found.there,
            new=found.new,
            renamed=found.renamed,
            replaced=found.replaced,
            relevant=frozenset(
                key
                for key, entry in (*((one.key, one) for one in found.new), *found.there.items())
                if (entry.url, entry.headline) in read.relevant
            ),
            validators=answer.validators,
            entries=len(read.page.entries),
            is_page=self.is_page,
        )

    def _failed(self, verdict: Verdict, reason: str, answer: Answer | None = None) -> FeedLook:
        return FeedLook(self.job.source, self.job.url, verdict, reason, answer=answer)

    async def one(self, due: Pending) -> ArticleLook:
        """One attempt at one article; its error is its own. After the last attempt what the feed says of it has to do."""
        begin_article(self.db, self.job.source, due.entry.key)
        try:
            done = await self.apart(self.article(due.entry))
        except CrawlEnded as ended:
            if not ended.asked:
                take_back_article(self.db, self.job.source, due.entry.key)
            raise
        if not isinstance(done, ArticleLook):
            done = self._problem(due.entry, f"an error in the crawler: {done!r}", Verdict.CRASHED)
        if done.again and due.attempts + 1 >= ATTEMPTS:
            return await self.last_resort(due.entry, done.problem or "", done.verdict, done.answer)
        return done

    async def article(self, entry: FeedEntry) -> ArticleLook:
        """Fetch an article and read it. Its text is let go of at once: only what was read of it is kept."""
        try:
            answer = await self.fetcher.get(entry.url, largest=LARGEST)
        except FetchFailed as failure:
            verdict = Verdict.OK if failure.lasting else failure.verdict
            if failure.final:
                return await self.last_resort(entry, failure.reason, verdict, failure.answer)
            return self._problem(entry, failure.reason, verdict, failure.answer)
        came = answer.answer
        if is_gone_to(entry.url, answer.url):
            return self._problem(entry, f"gone: its address leads to {answer.url}", answer=came)
        try:
            return await self.read_story(entry, Page(answer.body, answer.url, self.now()))
        except NoStory as other:
            self.logger.info("%s: %s, and no story", entry.url, other)
            return ArticleLook(self.job.source, entry, instead=str(other))
        except Walled as wall:
            return await self.last_resort(entry, str(wall), answer=came)
        except PageChanged as change:
            return self._problem(entry, str(change), answer=came)
        except Unreadable as fault:  # whoever runs the watch is told: it may be a fault of ours
            return self._problem(entry, str(fault), Verdict.BROKEN, came)

    async def last_resort(
        self, entry: FeedEntry, problem: str, verdict: Verdict = Verdict.OK, answer: Answer | None = None
    ) -> ArticleLook:
        """Read what the feed says alone; where not even that can be read, there is nothing to tell but the problem."""
        told = await self.apart(self.read_story(entry))
        if not isinstance(told, ArticleLook):
            problem = f"{problem}; nor can be read what its feed says of it: {told!r}"
            return ArticleLook(self.job.source, entry, problem=problem, verdict=Verdict.CRASHED, answer=answer)
        return replace(told, problem=problem, verdict=verdict, answer=answer)

    async def read_story(self, entry: FeedEntry, page: Page | None = None) -> ArticleLook:
        """What an article says, by its page or by what its feed says of it."""
        read = await self.read(READ_ARTICLE, ArticleAsked(entry, self.paper, page), entry.url)
        return ArticleLook(self.job.source, entry, read.article, read.reading)

    def _problem(
        self, entry: FeedEntry, problem: str, verdict: Verdict = Verdict.OK, answer: Answer | None = None
    ) -> ArticleLook:
        return ArticleLook(self.job.source, entry, problem=problem, verdict=verdict, again=True, answer=answer)

    @cached_property
    def paper(self) -> Paper:
        """Whose articles these are: the outlet, its patch, and the authorities of the job with the names that we know of them."""
        job = self.job
        authorities = (authority_named(one.urn, one.name, one.aliases, one.replaces) for one in job.authorities)
        return Paper(job.outlet or job.source, tuple(job.covers), tuple(authorities))

    def summary(self, stopped: tuple[Verdict, str] | None) -> Summary:
        """The feed itself is expected to have a result."""
        tried = last_tried(self.db, self.job.source, SEVERAL, self.now())
        return of_feed(self.results, stopped, tried, probe=self.job.probe)
