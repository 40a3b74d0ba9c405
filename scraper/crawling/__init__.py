"""How a crawl goes about its work: its job, Scrapy's settings, polite fetching, and the verdict from what its pages brought.

In: a `Job`. Out: answers for the spiders, and the `Summary` of the crawl. Leaves no rows.
"""

from scraper.crawling.failures import CrawlEnded, FetchFailed
from scraper.crawling.fetching import Accept, Fetched, Fetcher, Limits, utc_now
from scraper.crawling.health import SEVERAL, PageResult, Summary, of_authorities, of_feed
from scraper.crawling.job import MEGABYTE, Job, Watched
from scraper.crawling.listing import compare, doubted, doubtful, judge, recheck, wanted
from scraper.crawling.settings import settings_for

__all__ = [
    "MEGABYTE",
    "SEVERAL",
    "Accept",
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
