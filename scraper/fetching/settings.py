"""Scrapy's settings for one job: polite, bounded, and without anything that is not needed."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from scraper.crawling import Job
from scraper.fetching.requests import LARGEST

OFF: dict[str, Any] = {
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "DOWNLOAD_DELAY": 0,  # scraper.politeness knows when a host may be asked next
    "STATS_DUMP": False,
    "LOGSTATS_INTERVAL": 0,
    "EXTENSIONS_BASE": {"scrapy.extensions.corestats.CoreStats": 0},  # the others take a second to load
    "DOWNLOAD_HANDLERS": {"data": None, "file": None, "ftp": None, "s3": None},
}

# All that a request goes through, in place of Scrapy's own list: fetcher.py follows each redirect and tries again, requests.py has the
# cookies of one chain of redirects, scraper.politeness knows robots.txt. To load Scrapy's for cookies takes a tenth of a second, in use or not.
MIDDLEWARES = {
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scraper.fetching.downloading.Unpacking": 590,  # where Scrapy has its own
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": 850,
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
        "DOWNLOADER_MIDDLEWARES_BASE": MIDDLEWARES,
        "SPIDER_MIDDLEWARES_BASE": {},  # a spider here yields nothing
        "LOG_LEVEL": "WARNING",
    }


def user_agent(contact: str) -> str:
    """Who asks, and whom to write to about it."""
    try:
        number = version("ofsted-watch")
    except PackageNotFoundError:  # run from its folder without having been installed
        number = "0"
    return f"ofsted-watch/{number} (contact {contact})"
