"""What a news article is about: whether it is news of a report, of which authority, and which visit it means. Pure.

In: an `Article`. Out: an `ArticleReading`: label, authority, clues, each with its reasons. Leaves no rows; no text is kept.
"""

from scraper.articles.files import check_rule_files
from scraper.articles.first_look import looks_relevant
from scraper.articles.lines import CAPTION_TO, LONGEST, TWICE, clean_lines
from scraper.articles.reading import article_from, article_to_json, read_article

__all__ = [
    "CAPTION_TO",
    "LONGEST",
    "TWICE",
    "article_from",
    "article_to_json",
    "check_rule_files",
    "clean_lines",
    "looks_relevant",
    "read_article",
]
