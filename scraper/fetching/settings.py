"""Scrapy's settings for one job: polite, bounded, and without anything that is not needed."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from scraper.crawling import Job
from scraper.fetching.requests import LARGEST

OFF: dict[str, Any] = {
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "RETRY_ENABLED": False,  # fetching.py retries, with growing waits and Retry-After
    "REDIRECT_ENABLED": False,  # fetching.py follows them, so that each hop is asked of its host's robots.txt
    "METAREFRESH_ENABLED": False,
    "REFERER_ENABLED": False,
    "ROBOTSTXT_OBEY": False,  # scraper.politeness knows what it says, Crawl-delay included
    "DOWNLOAD_DELAY": 0,  # and when a host may be asked next
    "STATS_DUMP": False,
    "LOGSTATS_INTERVAL": 0,
    "EXTENSIONS_BASE": {"scrapy.extensions.corestats.CoreStats": 0},  # the others take a second to load
    "DOWNLOAD_HANDLERS": {"data": None, "file": None, "ftp": None, "s3": None},
}


def settings_for(job: Job) -> dict[str, Any]:
    """The settings of the child's one crawl."""
    return {
        **OFF,
        "SOURCE_URL": job.url,
        "USER_AGENT": user_agent(job.contact),
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_TIMEOUT": job.download_timeout,
        "DOWNLOAD_MAXSIZE": LARGEST,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "TWISTED_DNS_RESOLVER": "scraper.fetching.addresses.GuardedResolver",
        "DOWNLOADER_MIDDLEWARES": {
            # requests.py has the cookies of one chain of redirects; to load these, and to turn them off, takes a tenth of a second
            "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            "scraper.fetching.downloading.Unpacking": 590,  # where Scrapy has its own
        },
        "LOG_LEVEL": "WARNING",
    }


def user_agent(contact: str) -> str:
    """Who asks, and whom to write to about it."""
    try:
        number = version("ofsted-watch")
    except PackageNotFoundError:  # run from its folder without having been installed
        number = "0"
    return f"ofsted-watch/{number} (contact {contact})"
