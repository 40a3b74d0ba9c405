"""What a worker does with the page of an article: parse it, and read at once what no text is kept for."""

from dataclasses import replace

from scraper.articles import read_article
from scraper.errors import NoStory, PageChanged
from scraper.items import Article, FeedEntry
from scraper.pages.article import extract_article, is_about
from scraper.pages.own_address import leads_to
from scraper.pages.tasks import ArticleAsked, ArticleRead, Page


def read_fetched(asked: ArticleAsked) -> ArticleRead:
    """The article of a page, or what its feed says of it where there is no page. Raises `PageChanged`, `Walled`, `NoStory`."""
    fed, paper, page = asked.fed, asked.paper, asked.page
    if page is None:
        found = Article(fed.url, fed.headline, "", paper.outlet, fed.published, fed.summary)
    else:
        if not leads_to(page.url, fed):
            _check_about(page, fed, paper.outlet)
        found = extract_article(page.body, page.url, paper.outlet, page.now, fed)
        found = replace(found, summary=found.summary or fed.summary)
    reading = read_article(found, paper.authorities, paper.covers)
    return ArticleRead(replace(found, text=""), reading)


def _check_about(page: Page, fed: FeedEntry, outlet: str) -> None:
    """Raise `PageChanged` where a redirect ended at a page with another headline: that of a section, to which removed stories lead."""
    try:
        headline = extract_article(page.body, page.url, outlet, page.now).headline
    except NoStory as other:  # a live or a gallery section
        headline = other.headline
    if not is_about(headline, fed.headline):
        raise PageChanged(f"gone: its address leads to {page.url}, which is about something else: {headline[:80]!r}")
