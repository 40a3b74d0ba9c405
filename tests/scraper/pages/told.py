"""Pages of articles to try one thing on."""

import json
from datetime import UTC, datetime

from scraper.items import Article, FeedEntry
from scraper.pages import article

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
SITE = "https://www.news.example"
URL = f"{SITE}/news/an-article-1234567"
HEADLINE = "Council’s children’s services praised"
TITLE = f"<title>{HEADLINE} | Ayford Gazette</title>"
FED = FeedEntry(URL, HEADLINE, "", datetime(2026, 5, 1, 10, tzinfo=UTC))


def paged(head: str = "", body: str = "", headline: str = "<h1>Council’s children’s services praised</h1>") -> bytes:
    told = "".join(
        f"<p>Inspectors found that social workers know each child well, and said so {n} times.</p>" for n in range(6)
    )
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}<article>{headline}{told}</article></body></html>".encode()


def extracted(page: bytes, fed: FeedEntry | None = FED, outlet: str = "Ayford Gazette") -> Article:
    return article.extract_article(page, URL, outlet, NOW, fed)


def data(*articles: dict[str, str]) -> str:
    return f'<script type="application/ld+json">{json.dumps([{"@type": "NewsArticle"} | one for one in articles])}</script>'
