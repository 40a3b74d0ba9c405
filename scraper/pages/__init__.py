"""Pure parsers of the pages that a crawl fetches: bytes in, items out; no network, no database.

In: the bytes of a provider page, a feed, an article, a report's file. Out: items; `PageChanged` where a page lacks what it
must have. Leaves no rows. Heavy (trafilatura, lxml): only the crawl's own process comes in here.
"""

from scraper.pages.article import extract_article
from scraper.pages.feed import parse_feed
from scraper.pages.moved import is_gone_to
from scraper.pages.ofsted import NoReports, is_report_not_found, parse_provider
from scraper.pages.report_file import check_pdf

__all__ = [
    "NoReports",
    "check_pdf",
    "extract_article",
    "is_gone_to",
    "is_report_not_found",
    "parse_feed",
    "parse_provider",
]
