"""Pure parsers of the pages that a crawl fetches: bytes in, items out; no network, no database.

In: the bytes of a provider page, a feed, an article. Out: items; `PageChanged` where a page lacks what it must have. Leaves no
rows. The door is light: what parses (`ofsted`, `feed`, `news_page` and `reading`, with bs4, feedparser and trafilatura) is imported by the workers alone.
"""

from scraper.pages.moved import is_gone_to
from scraper.pages.report_file import NOT_FOUND, came_instead, is_page
from scraper.pages.tasks import (
    IS_NOT_FOUND,
    LINKED_DOCUMENTS,
    READ_ARTICLE,
    READ_FEED,
    READ_NEWS_PAGE,
    READ_PROVIDER,
    READ_SEARCH,
    TASKS,
    ArticleAsked,
    ArticleRead,
    FeedRead,
    NewsPage,
    Page,
    Paper,
)

__all__ = [
    "IS_NOT_FOUND",
    "LINKED_DOCUMENTS",
    "NOT_FOUND",
    "READ_ARTICLE",
    "READ_FEED",
    "READ_NEWS_PAGE",
    "READ_PROVIDER",
    "READ_SEARCH",
    "TASKS",
    "ArticleAsked",
    "ArticleRead",
    "FeedRead",
    "NewsPage",
    "Page",
    "Paper",
    "came_instead",
    "is_gone_to",
    "is_page",
]
