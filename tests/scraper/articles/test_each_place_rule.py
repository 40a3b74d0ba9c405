"""Each list, expression and number of places.yaml makes a difference: without it an invented article is somebody else's."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pytest

from scraper.articles import authority, mentions
from scraper.articles.authority import which
from scraper.articles.places import PlaceRules, Points, place_rules
from scraper.items import Article
from scraper.reference import Authority, find_authority, known_authorities
from tests.paths import FIXTURES
from tests.scraper.table import table

NEVER = re.compile(r"(?!)")
LEDE = "This paragraph is long and names nobody at all. " * 10 + "\n"


class Row(NamedTuple):
    what: str
    headline: str
    text: str
    covers: str
    url: str
    whole: str
    without: str


ROWS = [Row(*cells) for cells in table(FIXTURES / "rules/places.txt", 7)]


def parts() -> Iterator[str]:
    """What there is in the file, as the table names it."""
    inner: dict[str, Iterable[str]] = {"of_kind": place_rules().of_kind, "points": Points.model_fields}
    for key in PlaceRules.model_fields:
        yield from (f"{key} {name}" for name in inner[key]) if key in inner else [key]


def less(what: str) -> PlaceRules:
    """The rules with one of the lists empty, one of the expressions never found, or one of the numbers 0."""
    key, _, name = what.partition(" ")
    whole = place_rules()
    if key == "of_kind":
        return whole.model_copy(
            update={key: {phrase: kinds for phrase, kinds in whole.of_kind.items() if phrase != name}}
        )
    if key == "points":
        return whole.model_copy(update={key: whole.points.model_copy(update={name: 0})})
    return whole.model_copy(update={key: NEVER if isinstance(getattr(whole, key), re.Pattern) else ()})


def named(name: str) -> Authority:
    found = find_authority(name, known_authorities())
    assert found, name
    return found


def meant(row: Row) -> str:
    """Whose the article is, with all its points."""
    article = Article(row.url, row.headline, row.text.replace("~", LEDE), "", None)
    guess = which(article, known_authorities(), [named(name).urn for name in row.covers.split("; ") if name])
    points = sum(points for _, points in guess.reasons)
    return f"{guess.authority.name if guess.authority else 'nobody'} {points:.4g}"


@pytest.fixture
def _forgetful() -> Iterator[None]:
    """What is made of the rules once is made anew, here and after."""
    kept = (mentions._wary, mentions.index)
    for cached in kept:
        cached.cache_clear()
    yield
    for cached in kept:
        cached.cache_clear()


def test_the_table_names_every_part_of_the_file() -> None:
    assert [row.what for row in ROWS] == list(parts())


@pytest.mark.parametrize("row", ROWS, ids=[row.what for row in ROWS])
def test_as_it_is_an_article_is_about_whom_the_table_says(row: Row) -> None:
    assert meant(row) == row.whole != row.without


@pytest.mark.usefixtures("_forgetful")
@pytest.mark.parametrize("row", ROWS, ids=[row.what for row in ROWS])
def test_without_a_part_it_is_about_somebody_else_or_less_surely(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = less(row.what)
    for module in (mentions, authority):
        monkeypatch.setattr(module, "place_rules", lambda: rules)
    assert meant(row) == row.without


def names() -> set[str]:
    """All names that are looked for, without case."""
    found = {name.name for one in known_authorities() for name in mentions._all_names(one)}
    return {name.casefold() for name in found}


def test_every_wary_name_is_one_that_is_looked_for() -> None:
    assert [name for name in place_rules().wary if name.casefold() not in names()] == []


def test_every_name_that_means_something_else_holds_one_that_is_looked_for() -> None:
    ours = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names())))})\b")
    assert [name for name in place_rules().not_meant if not ours.search(name.casefold())] == []
