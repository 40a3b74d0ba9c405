"""One look of a crawl at a page, a feed, an article or a PDF: what was known before, and all that is stored of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from scraper.items import Article, ArticleReading, FeedEntry, ReportLink, Verdict


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server itself said of a page it once gave; sent back so that it can answer "not modified"."""

    etag: str | None = None
    last_modified: str | None = None


HEAD = 2000
"""Bytes of an answer that are kept where it is not what was wanted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came for `url` in place of what was wanted, be it what it may; `status` 0: no whole answer came.

    `final_url` is whose answer it is: where redirects led, or a robots.txt. `size` are the bytes of its body, unpacked where that can be
    done, and `head` the first of them; of a robots.txt that forbids, its lines that do. Where it was met, `url` and `asked` are not known yet.
    """

    url: str = ""
    asked: datetime | None = None
    status: int = 0
    final_url: str = ""
    content_type: str = ""
    size: int = 0
    title: str = ""
    head: bytes = b""


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A stored report, as far as a crawl needs it; times as stored. `sha256` is None while its PDF was never had."""

    link: ReportLink
    urn: str
    sha256: str | None = None
    problem: str | None = None
    withdrawn_at: str | None = None
    checked: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A report's place on an authority's page; times as stored.

    `missing_since` is set while the page does not list it, `withdrawn_at` once that is believed of this page.
    """

    missing_since: str | None = None
    withdrawn_at: str | None = None
    first_seen: str | None = None


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest report that an authority's page lists: when it was published and first seen; `swept`: its day as the search told it last."""

    published: date
    first_seen: datetime
    swept: date | None = None


@dataclass(frozen=True, slots=True)
class PdfFetch:
    """What came for one report's PDF: its hash and size, or the `problem` in words.

    `verdict` is that of the fetch: not OK only where the server failed us, so that it may come another time.
    `forbidden` is whether robots.txt does not allow it, `had` whether we have a PDF of this report from before; `answer` what came instead.
    """

    report_id: int
    url: str
    sha256: str | None = None
    size: int = 0
    problem: str | None = None
    verdict: Verdict = Verdict.OK
    unchanged: bool = False
    forbidden: bool = False
    had: bool = False
    validators: Validators = Validators()
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class PageTrust:
    """How far a page is believed: what it lists always is, what it omits is where the verdict is OK.

    `missing` are reports that it no longer lists, `withdrawn` those of them now believed to be gone from it.
    """

    verdict: Verdict
    message: str = ""
    missing: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderLook:
    """One look at one authority's page: everything the pipeline stores in one transaction.

    `links` is None where the page could not be had or read, and empty where it lists no report; `unchanged`: the server called it that.
    `answer` is what came where it is not believed.
    """

    urn: str
    name: str
    url: str
    trust: PageTrust
    links: tuple[ReportLink, ...] | None = None
    copies: tuple[PdfFetch, ...] = ()
    unchanged: bool = False
    validators: Validators = Validators()
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class FeedLook:
    """One look at a feed. `relevant` are the keys of those entries whose article is worth fetching.

    `there` are the stored entries that the feed still has, as it has them now, by their key; of these `renamed` were stored by their
    address and have been given a guid since: {old key: new key}; `replaced` are the keys whose place one of the `new` takes. `there` is None where the feed could not be had or read, or was
    called unchanged; `answer` is what came then in the feed's place. `entries` is how many it has, None where that was not looked at;
    `doubted`: it could be read, and has less than its past lets expect: what is new in it is believed, and nothing else. `is_page`: it is a
    page that lists stories.
    """

    source: str
    url: str
    verdict: Verdict
    message: str = ""
    there: Mapping[str, FeedEntry] | None = None
    new: tuple[FeedEntry, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    relevant: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()
    validators: Validators = Validators()
    answer: Answer | None = None
    entries: int | None = None
    doubted: bool = False
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry whose article is still to be fetched, and how many attempts at it were begun."""

    entry: FeedEntry
    attempts: int


@dataclass(frozen=True, slots=True)
class ArticleLook:
    """One attempt at an article: what it was read as, or the `problem` with the `verdict` of its fetch, and whether it is tried again.

    With both, the article was read from what its feed says of it, for nothing more can be had. `answer` is what came in its place.
    `instead`: what its page is, in words, where that is no story; then there is neither article nor problem.
    """

    source: str
    entry: FeedEntry
    article: Article | None = None
    reading: ArticleReading | None = None
    problem: str | None = None
    verdict: Verdict = Verdict.OK
    again: bool = False
    answer: Answer | None = None
    instead: str = ""


@dataclass(frozen=True, slots=True)
class FeedDay:
    """One day, in England, on which a feed was looked at well.

    `least` and `most` are entries of a look (None: it was always called unchanged), `new` of the whole day; `broken`: a look was told as
    broken for what it had, or had not.
    """

    day: date
    least: int | None = None
    most: int | None = None
    new: int = 0
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Absence:
    """A report that was on an authority's page and is on nobody's: since when, as stored, and whether that is believed, or `accepted` by a person."""

    urn: str
    since: str
    believed: bool = False
    accepted: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is not believed yet."""
        return not self.believed

    @property
    def went(self) -> datetime:
        """When it was first missed."""
        return datetime.fromisoformat(self.since)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many reports all watched pages list, and on how many pages; `rounds` the same of the last good rounds.

    Those are counted for the authorities that were watched in all of them, and `compared` is what these list now, where they are not all.
    """

    listed: int
    pages: int
    rounds: tuple[tuple[int, int], ...] = ()
    compared: tuple[int, int] | None = None
