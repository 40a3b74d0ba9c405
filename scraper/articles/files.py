"""The files of rules that reading an article needs, all read at once: one that is wrong is better known before a crawl than at each article."""

from scraper.articles.places import place_rules
from scraper.articles.rules import rules
from scraper.articles.weights import models
from scraper.reference import known_authorities, outlets


def check_rule_files() -> None:
    """Raise `RuleFileError` where a file is wrong."""
    rules()
    models()
    place_rules()
    known_authorities()
    outlets()
