"""Each part of each rule of rules.yaml makes a difference: without it an invented headline is read otherwise."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from scraper.articles import relevance
from scraper.articles.rules import Rule, RuleBook, rules
from scraper.items import Article
from tests.paths import FIXTURES
from tests.scraper.table import table

KEYS = ("half_if", "when", "unless", "authority")


class Row(NamedTuple):
    rule: str
    what: str
    headline: str
    whole: str
    without: str


ROWS = [Row(*cells) for cells in table(FIXTURES / "rules/relevance.txt", 5)]


def parts(rule: Rule) -> Iterator[str]:
    """What there is of a rule, as the table names it."""
    yield from (f"words {number}" for number in range(len(rule.words)))
    yield from (key for key in KEYS if getattr(rule, key))


def less(rule: Rule, what: str) -> Rule:
    """The rule without a part of it."""
    if not what.startswith("words "):
        return rule.model_copy(update={what: type(getattr(rule, what))()})
    gone = int(what.removeprefix("words "))
    return rule.model_copy(update={"words": (*rule.words[:gone], *rule.words[gone + 1 :])})


def book_without(name: str, what: str) -> RuleBook:
    kept = tuple(less(rule, what) if rule.name == name else rule for rule in rules().rules)
    return rules().model_copy(update={"rules": kept})


def judged(headline: str) -> str:
    found = relevance.judge(Article("", headline, "", "", None))
    return f"{found.label} {found.score:g}"


def test_the_table_names_every_part_of_every_rule() -> None:
    there = [(rule.name, what) for rule in rules().rules for what in parts(rule)]
    assert sorted((row.rule, row.what) for row in ROWS) == sorted(there)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.rule}-{row.what}" for row in ROWS])
def test_without_a_part_of_a_rule_a_headline_is_judged_otherwise(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    assert row.whole != row.without
    assert judged(row.headline) == row.whole
    monkeypatch.setattr(relevance, "rules", lambda: book_without(row.rule, row.what))
    assert judged(row.headline) == row.without
