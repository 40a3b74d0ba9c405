"""Which entries are worth fetching, by headline and summary alone."""

import json
import re

import pytest

from scraper.articles import first_look, looks_relevant
from scraper.reference import everywhere
from tests.paths import FIXTURES
from tests.scraper.articles.headlines import Item, items

ITEMS = items()


@pytest.mark.parametrize("item", [item for item in ITEMS if item.relevant], ids=lambda item: item.article.headline[:40])
def test_what_is_relevant_is_fetched(item: Item) -> None:
    assert looks_relevant(item.article.headline, item.article.text)


@pytest.mark.parametrize(
    "headline",
    [
        "Rovers lose at home again",
        "Bypass to close for resurfacing",
        "Ten of the best Sunday roasts",
        "Man arrested after shop raid",
        "",
    ],
)
def test_most_news_is_not_fetched(headline: str) -> None:
    assert not looks_relevant(headline, "It happened on Tuesday.")


@pytest.mark.parametrize(
    ("words", "headline"),
    [
        ("_services", "Family services under new roof"),
        ("YOUNG", "Council gets damning verdict"),
        ("_inspected", "Council gets damning verdict"),
        ("CHILDREN", "Kids' care 'not good enough', town told"),
        ("IN_NEED", "Teenagers in danger, says mayor"),
        ("TOLD", "Children of our city: a letter"),
        ("COUNCIL", "Children of our city: a letter"),
    ],
)
def test_each_list_of_words_lets_something_be_fetched_that_the_others_do_not(
    words: str, headline: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looks_relevant(headline, "")
    nothing = re.compile("(?!)")
    monkeypatch.setattr(first_look, words, (lambda: nothing) if words.startswith("_") else nothing)
    assert not looks_relevant(headline, "")


@pytest.mark.parametrize("body", everywhere().bodies)
def test_a_body_that_delivers_the_services_is_fetched_by_its_name(body: str) -> None:
    assert looks_relevant(f"New chair of {body}", "")


def fetched(name: str, *, relevant: bool) -> float:
    """The share of the labelled items that would be fetched, of those that are about a report or of the others."""
    rows = [json.loads(line) for line in (FIXTURES / f"labelled/{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    asked = [row for row in rows if (row.get("label", "other") != "other") == relevant]
    return sum(looks_relevant(row["headline"], row.get("summary") or row.get("lede", "")) for row in asked) / len(asked)


def test_stories_that_name_no_inspector_before_their_text_are_fetched_and_few_ordinary_ones() -> None:
    assert fetched("hard_to_see", relevant=True) >= 0.97
    assert fetched("near_misses", relevant=True) >= 0.95
    assert fetched("ordinary", relevant=False) <= 0.1
