"""Each expression of each rule of rules.yaml finds words that no other expression of its rule finds: none is there for nothing."""

from typing import NamedTuple

import pytest

from scraper.articles.rules import rules
from tests.paths import FIXTURES
from tests.scraper.table import table


class Row(NamedTuple):
    rule: str
    number: str
    words: str


ROWS = [Row(*cells) for cells in table(FIXTURES / "rules/relevance.txt", 3)]


def test_the_table_names_every_expression_of_every_rule() -> None:
    there = [(rule.name, str(number)) for rule in rules().rules for number in range(len(rule.words))]
    assert sorted((row.rule, row.number) for row in ROWS) == sorted(there)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.rule}-{row.number}" for row in ROWS])
def test_words_are_found_by_one_expression_of_a_rule_alone(row: Row) -> None:
    rule = next(rule for rule in rules().rules if rule.name == row.rule)
    assert [str(number) for number, words in enumerate(rule.words) if words.search(row.words)] == [row.number]
