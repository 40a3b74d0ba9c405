"""What a news article is about: whether it is news of a report, of which authority, and which visit it means."""

from collections.abc import Sequence
from typing import Any

from scraper.articles.reading import article_from, as_json, read, snippet
from scraper.articles.relevance import looks_relevant
from scraper.reference.authorities import Authority, known

__all__ = ["article_from", "as_json", "looks_relevant", "read", "read_article", "snippet"]


def read_article(
    item: dict[str, Any], authorities: Sequence[Authority] = (), covers: Sequence[str] = ()
) -> dict[str, Any]:
    """One line of `ofsted-watch read-article`: `{"url", "headline", "text", "outlet", "published"}` -> what it is about.

    Without `covers` the outlet's patch is looked up in the catalogue, by its name and by the host of the address.
    Raises ValueError where there is neither headline nor text, or `published` is no time.
    """
    article = article_from(item)
    return as_json(article, read(article, authorities or known(), covers))
