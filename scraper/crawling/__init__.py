"""What a crawl is asked to do, and how it went: its job, what of a page's list is believed, and the verdict from what its pages brought.

In: a `Job`; what the pages brought, and what was known before. Out: the trust in a page, and the `Summary` of the crawl. Pure, and
without what downloads; leaves no rows.
"""

from scraper.crawling.health import SEVERAL, PageResult, Summary, of_authorities, of_feed
from scraper.crawling.job import MEGABYTE, Job, Watched
from scraper.crawling.listing import compare, doubted, doubtful, judge, recheck, wanted

__all__ = [
    "MEGABYTE",
    "SEVERAL",
    "Job",
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
    "wanted",
]
