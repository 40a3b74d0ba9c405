"""The kinds of crawl, thin: fetch, have the page parsed, yield what was found.

In: a job and the database. Out: one item a page, which the pipeline stores, and the summary of the crawl. Leaves PDFs,
and counts each attempt at an article before it is made.
"""

from scraper.spiders.base import SourceSpider
from scraper.spiders.document import DocumentSpider
from scraper.spiders.news import NewsSpider
from scraper.spiders.ofsted import OfstedSpider
from scraper.spiders.page import PageSpider
from scraper.spiders.sweep import SweepSpider

__all__ = ["DocumentSpider", "NewsSpider", "OfstedSpider", "PageSpider", "SourceSpider", "SweepSpider"]
