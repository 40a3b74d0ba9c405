"""Pure: which articles are one story: the same copy in several outlets, or in several editions of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.news.which_report import words_of
from scraper.articles import containment

SAME_COPY = 0.5
STORY_DAYS = timedelta(days=60)
UNTOLD_DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as grouping needs it; `owner_id` is the publisher's number for it, the same on its sister sites."""

    url: str
    urn: str | None
    day: date
    headline: str
    shingles: frozenset[int]
    owner_id: tuple[str, str] | None = None
    story: str | None = None


def story_of(piece: Piece, earlier: Sequence[Piece]) -> str:
    """The story of an article: that of an earlier one which is the same, else its own address."""
    near = [other for other in earlier if abs(piece.day - other.day) <= STORY_DAYS and piece.urn in (None, other.urn)]
    for same in (_same_number, _same_text, _same_copy, _same_headline):
        if found := next((other for other in near if same(piece, other)), None):
            return found.story or found.url
    return piece.url


def _same_number(piece: Piece, other: Piece) -> bool:
    return piece.owner_id is not None and piece.owner_id == other.owner_id


def _same_text(piece: Piece, other: Piece) -> bool:
    return bool(piece.shingles) and piece.shingles == other.shingles


def _same_copy(piece: Piece, other: Piece) -> bool:
    return containment(piece.shingles, other.shingles) >= SAME_COPY


def _same_headline(piece: Piece, other: Piece) -> bool:
    """Where a text could not be had, the same headline within a week."""
    untold = not piece.shingles or not other.shingles
    near = abs(piece.day - other.day) <= UNTOLD_DAYS
    return untold and near and piece.urn is not None and words_of(piece.headline) == words_of(other.headline)
