"""How a crawl gets what it asks for: Scrapy's settings, polite requests along their redirects, and in words what went wrong.

In: addresses, the limits of a `Job`. Out: answers for the spiders; `FetchFailed`, `CrawlEnded`. Leaves no rows.
"""

from scraper.fetching.addresses import AddressGuard
from scraper.fetching.failures import CrawlEnded
from scraper.fetching.fetcher import Fetched, Fetcher, Limits
from scraper.fetching.proxies import wrong_proxy
from scraper.fetching.requests import Accept
from scraper.fetching.settings import settings_for
from scraper.politeness import FetchFailed

__all__ = [
    "Accept",
    "AddressGuard",
    "CrawlEnded",
    "FetchFailed",
    "Fetched",
    "Fetcher",
    "Limits",
    "settings_for",
    "wrong_proxy",
]
