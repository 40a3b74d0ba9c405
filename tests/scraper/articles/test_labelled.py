"""The invented, labelled items of tests/fixtures/labelled, written by language models that had not seen the rules.

`bench/news_headlines.py` tells how well they are judged; `closed.jsonl` is opened once, when the rules are as they will be. Some rows stand against real names: never quote one as fact.
"""

import json
from typing import Any

import pytest

from bench.news_fit import made_from
from scraper.articles import looks_relevant
from scraper.articles.relevance import judge
from scraper.articles.weights import FILE as WEIGHTS
from scraper.items import Article
from scraper.reference import find_authority, known_authorities
from tests.paths import FIXTURES

FOLDER = FIXTURES / "labelled"
LABELS = ("report", "followup", "other")


def items(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("near_misses", 358),
        ("hard_to_see", 180),
        ("closed", 120),
        ("mixed", 367),
        ("every_kind", 350),
        ("with_text", 215),
        ("short", 485),
        ("twins", 358),
    ],
)
def test_each_row_is_whole_and_names_an_authority_that_there_is(name: str, count: int) -> None:
    rows = items(name)
    assert len(rows) == len({(row["headline"], row["lede"], row.get("text")) for row in rows}) == count
    for row in rows:
        assert row["label"] in LABELS and row["headline"] and row["lede"] and row["why"]
        assert row["authority"] is None or find_authority(row["authority"], known_authorities())


def test_of_a_thousand_ordinary_entries_one_at_most_is_kept() -> None:
    """As a crawl does: what looks relevant is judged, here by what the feed says of it."""
    kept = [
        row["headline"]
        for row in items("ordinary")
        if looks_relevant(row["headline"], row["summary"])
        and judge(Article("", row["headline"], row["summary"], row["outlet"], None)).label != "other"
    ]
    assert len(kept) <= 1, kept


def test_the_weights_are_made_from_these_rows_and_rules() -> None:
    """After a change of either: `python -m bench.news_fit --write`."""
    assert json.loads(WEIGHTS.read_text(encoding="utf-8"))["made_from"] == made_from()
