"""Which articles are one story."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.news.stories import Piece, story_of
from scraper.articles.shingles import shingles

COPY = "Inspectors from Ofsted have praised the way in which social workers at the council help children who come into care late in life"
PIECE = Piece("https://a.example/1", "1", date(2024, 3, 1), "Inspectors praise council", shingles(COPY))


def piece(url: str, text: str = "", days: int = 1, **other: object) -> Piece:
    changed = replace(PIECE, url=url, day=PIECE.day + timedelta(days=days), shingles=shingles(text), headline=url)
    return replace(changed, **other)  # type: ignore[arg-type]


def test_the_same_copy_in_several_outlets_is_one_story() -> None:
    second = piece("https://b.example/2", f"A new first line is here. {COPY} and a last one.")
    assert story_of(second, [PIECE]) == PIECE.url
    third = piece("https://c.example/3", f"{COPY} and a last one.", days=3)
    assert story_of(third, [PIECE, replace(second, story=PIECE.url)]) == PIECE.url


@pytest.mark.parametrize(
    "other",
    [
        piece(
            "https://b.example/2",
            "Quite another text of the same length about a bridge that is closed for the summer while it is painted in green",
        ),
        piece("https://b.example/2", COPY, days=61),
        piece("https://b.example/2", COPY, urn="2"),
        piece("https://b.example/2"),
    ],
)
def test_other_stories_stay_apart(other: Piece) -> None:
    assert story_of(other, [PIECE]) == other.url


def test_the_owners_number_and_the_same_headline_join_too() -> None:
    numbered = replace(PIECE, owner_id=("reach", "28000001"))
    assert story_of(piece("https://b.example/2", owner_id=("reach", "28000001")), [numbered]) == PIECE.url
    untold = piece("https://b.example/2", headline="Inspectors praise council!")
    assert story_of(untold, [PIECE]) == PIECE.url
    assert story_of(replace(untold, day=PIECE.day + timedelta(days=8)), [PIECE]) == untold.url


def test_the_first_article_is_its_own_story() -> None:
    assert story_of(PIECE, []) == PIECE.url
