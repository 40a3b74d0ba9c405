"""Where what a spider yields is stored: one item, one transaction. Only what is stored counts for the verdict."""

from typing import Any

from scrapy.crawler import Crawler

from scraper.crawling.health import PageResult
from scraper.database import store_article, store_check, store_feed
from scraper.looks import ArticleCheck, AuthorityCheck, FeedCheck


class StorePipeline:
    """Stores each item through the spider's database and notes its outcome in the spider's `results`."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "StorePipeline":
        """As Scrapy makes a pipeline."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Store one page, feed or article and note how it went; returns the item as it came."""
        spider: Any = self.crawler.spider
        if isinstance(item, AuthorityCheck):
            found = store_check(spider.db, spider.job.crawl_id, item, spider.now())
            spider.results.append(PageResult.of(item, found))
        elif isinstance(item, FeedCheck):
            store_feed(spider.db, spider.job.crawl_id, item, spider.now())
            spider.results.append(PageResult(item.url, "the feed", item.verdict, item.message, found=len(item.new)))
        elif isinstance(item, ArticleCheck):
            found = store_article(spider.db, item, spider.now())
            spider.results.append(PageResult(item.entry, item.entry, item.verdict, item.problem or "", found=found))
        return item
