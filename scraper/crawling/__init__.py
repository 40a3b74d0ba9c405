"""What a crawl is asked to do, and how it went: its job, what of a page's list is believed, and the verdict from what its pages brought.

In: a `Job`; what the pages brought, and what was known before. Out: the trust in a page, and the `Summary` of the crawl. Pure, and
without what downloads; leaves no rows.
"""

from scraper.crawling.feed_past import ENOUGH_DAYS, ENOUGH_NEWS, FeedExpected, expected_of_feed, judge_feed
from scraper.crawling.health import SEVERAL, PageResult, Summary, of_authorities, of_feed
from scraper.crawling.job import MEGABYTE, Job, Watched
from scraper.crawling.links_past import judge_links
from scraper.crawling.listing import compare, doubted, doubtful, judge, recheck, wanted
from scraper.crawling.sweep import MOST_PAGES, ROWS, SEARCH, first_day, of_search, of_sweep, search_url, swept
from scraper.crawling.totals import PATIENCE, Fall, fall_of, fall_words, listed_words

__all__ = [
    "ENOUGH_DAYS",
    "ENOUGH_NEWS",
    "MEGABYTE",
    "MOST_PAGES",
    "PATIENCE",
    "ROWS",
    "SEARCH",
    "SEVERAL",
    "Fall",
    "FeedExpected",
    "Job",
    "PageResult",
    "Summary",
    "Watched",
    "compare",
    "doubted",
    "doubtful",
    "expected_of_feed",
    "fall_of",
    "fall_words",
    "first_day",
    "judge",
    "judge_feed",
    "judge_links",
    "listed_words",
    "of_authorities",
    "of_feed",
    "of_search",
    "of_sweep",
    "recheck",
    "search_url",
    "swept",
    "wanted",
]
