"""What workers are asked about pages. Light: what parses is imported by the workers alone, and by each what its question needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from pydantic import ConfigDict

from scraper.items import Article, ArticleReading, FeedEntry, FeedPage, ProviderPage, SearchPage
from scraper.reference import Authority
from scraper.workers import Task

BASE64 = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came, at `now`; `url` is where redirects ended."""

    body: bytes
    url: str
    now: datetime
    __pydantic_config__: ClassVar[ConfigDict] = BASE64


@dataclass(frozen=True, slots=True)
class NewsPage:
    """A page that lists stories; `links` is a CSS selector of these, "" where they are to be found."""

    page: Page
    links: str = ""


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A feed, or a page that lists stories, with address and headline of those entries whose article is worth fetching."""

    page: FeedPage
    relevant: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Paper:
    """Whose article is read: the outlet, the URNs of its patch, and the authorities that are watched."""

    outlet: str
    covers: tuple[str, ...]
    authorities: tuple[Authority, ...]


@dataclass(frozen=True, slots=True)
class ArticleAsked:
    """An entry of a paper's feed, and the page of its article; without one what the feed says has to do."""

    fed: FeedEntry
    paper: Paper
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """An article, without its text, and what was read of it."""

    article: Article
    reading: ArticleReading


READ_FEED = Task("scraper.pages.feed:read_feed", Page, FeedRead)
READ_NEWS_PAGE = Task("scraper.pages.news_page:read_news_page", NewsPage, FeedRead)
LINKED_DOCUMENTS = Task("scraper.pages.documents:linked_documents", Page, tuple[str, ...])
READ_ARTICLE = Task("scraper.pages.reading:read_fetched", ArticleAsked, ArticleRead)
READ_PROVIDER = Task("scraper.pages.ofsted:read_provider", Page, ProviderPage)
READ_SEARCH = Task("scraper.pages.ofsted:read_search", Page, SearchPage)
IS_NOT_FOUND = Task("scraper.pages.ofsted:is_not_found", Page, bool)
TASKS = (READ_FEED, READ_NEWS_PAGE, LINKED_DOCUMENTS, READ_ARTICLE, READ_PROVIDER, READ_SEARCH, IS_NOT_FOUND)
