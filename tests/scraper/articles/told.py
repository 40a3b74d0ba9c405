"""What `ofsted-watch read-article` makes of one line, without a database."""

from collections.abc import Sequence
from typing import Any

from scraper.articles import article_from, article_to_json, read_article
from scraper.reference import known_authorities


def told(item: dict[str, Any], covers: Sequence[str] = ()) -> dict[str, Any]:
    article = article_from(item)
    return article_to_json(article, read_article(article, known_authorities(), covers))
