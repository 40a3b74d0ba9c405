"""What a worker does with a page: parse it, and read at once what no text is kept for."""

from dataclasses import replace

from scraper.articles import looks_relevant, read_article
from scraper.items import Article, ProviderPage
from scraper.pages.article import extract_article
from scraper.pages.feed import parse_feed
from scraper.pages.ofsted import NoReports, is_report_not_found, parse_provider
from scraper.pages.tasks import ArticleAsked, ArticleRead, FeedRead, Page


def read_feed(page: Page) -> FeedRead:
    """Its entries, and which of them may be about a report. Raises `PageChanged`."""
    found = parse_feed(page.body, page.url, page.now)
    relevant = ((entry.url, entry.headline) for entry in found.entries if looks_relevant(entry.headline, entry.summary))
    return FeedRead(found, frozenset(relevant))


def read_fetched(asked: ArticleAsked) -> ArticleRead:
    """The article of a page, or what its feed says of it where there is no page. Raises `PageChanged`, `Walled`."""
    fed, paper, page = asked.fed, asked.paper, asked.page
    if page is None:
        found = Article(fed.url, fed.headline, "", paper.outlet, fed.published, fed.summary)
    else:
        found = extract_article(page.body, page.url, paper.outlet, page.now, fed)
        found = replace(found, summary=found.summary or fed.summary)
    reading = read_article(found, paper.authorities, paper.covers)
    return ArticleRead(replace(found, text=""), reading)


def read_provider(page: Page) -> ProviderPage:
    """An authority's page, also one on which there are no reports yet. Raises `PageChanged`."""
    try:
        return parse_provider(page.body, page.url)
    except NoReports as none:
        return none.page


def is_not_found(page: Page) -> bool:
    """Whether it is what Ofsted answers in place of a removed PDF."""
    return is_report_not_found(page.body)
