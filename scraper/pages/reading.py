"""What a worker does with the page of an article: parse it, and read at once what no text is kept for."""

from dataclasses import replace

from scraper.articles import read_article
from scraper.items import Article
from scraper.pages.article import extract_article
from scraper.pages.tasks import ArticleAsked, ArticleRead


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
