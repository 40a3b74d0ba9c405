"""What `ofsted-watch read-article` makes of one line, without a database."""

from datetime import UTC, datetime
from typing import Any

from scraper.articles import article_from, article_to_json, read_article
from scraper.reference import known_authorities

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def told(item: dict[str, Any]) -> dict[str, Any]:
    article = article_from(item, NOW)
    return article_to_json(article, read_article(article, known_authorities(), []))
