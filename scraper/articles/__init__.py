"""What a news article is about: whether it is news of a report, of which authority, and which visit it means. Pure.

In: an `Article`. Out: an `ArticleReading`: label, authority, clues, each with its reasons. Leaves no rows; no text is kept.
"""

from scraper.articles.characters import CONTROLS, mended, storable
from scraper.articles.files import check_rule_files
from scraper.articles.headlines import alike, words_of
from scraper.articles.lines import CAPTION_TO, TWICE, clean_lines
from scraper.articles.reading import article_from, article_to_json, read_article
from scraper.articles.relevance import looks_relevant
from scraper.articles.shingles import SMALLEST, containment, pack_shingles, shingles, unpack_shingles
from scraper.articles.wording import plain_words

__all__ = [
    "CAPTION_TO",
    "CONTROLS",
    "SMALLEST",
    "TWICE",
    "alike",
    "article_from",
    "article_to_json",
    "check_rule_files",
    "clean_lines",
    "containment",
    "looks_relevant",
    "mended",
    "pack_shingles",
    "plain_words",
    "read_article",
    "shingles",
    "storable",
    "unpack_shingles",
    "words_of",
]
