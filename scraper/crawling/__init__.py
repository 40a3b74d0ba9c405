"""How a crawl goes about its work: its job, Scrapy's settings, polite fetching, and the verdict from what its pages brought.

In: a `Job`. Out: answers for the spiders, and the `Summary` of the crawl. Leaves no rows.
"""

from scraper.crawling.addresses import AddressGuard
from scraper.crawling.failures import CrawlEnded
from scraper.crawling.fetching import Fetched, Fetcher, Limits, utc_now
from scraper.crawling.health import SEVERAL, PageResult, Summary, of_authorities, of_feed
from scraper.crawling.job import MEGABYTE, Job, Watched
from scraper.crawling.listing import compare, doubted, doubtful, judge, recheck, wanted
from scraper.crawling.requests import Accept
from scraper.crawling.settings import settings_for
from scraper.politeness import FetchFailed

__all__ = [
    "MEGABYTE",
    "SEVERAL",
    "Accept",
    "AddressGuard",
    "CrawlEnded",
    "FetchFailed",
    "Fetched",
    "Fetcher",
    "Job",
    "Limits",
    "PageResult",
    "Summary",
    "Watched",
    "compare",
    "doubted",
    "doubtful",
    "judge",
    "of_authorities",
    "of_feed",
    "recheck",
    "settings_for",
    "utc_now",
    "wanted",
]
