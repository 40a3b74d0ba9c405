"""Pure: which articles are one story: the same copy in several outlets, or in several editions of one.

What articles of one publisher share though they are about different things is the paper's own text, and no story's.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from scraper.articles import SMALLEST, alike, containment, words_of
from scraper.reference import publisher_of, site_of

SAME_COPY = 0.5
STORY_DAYS = timedelta(days=60)
UNTOLD_DAYS = timedelta(days=7)

CORRECTED = timedelta(days=2)
"""So long after it a paper may print a story again under another headline; its sister papers, some of them weekly, `REPRINTED`."""
REPRINTED = timedelta(days=7)

WHOLE = 0.8
LONG = 150
"""A text of so many runs that a sister paper has as a whole is a story even where it says nothing of a visit."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as grouping needs it.

    `owner_id` is the publisher's number for it, the same on its sister sites; `said` is what its text says of a visit, which
    no paper's own text does; `relevant` is whether it is about children's services at all.
    """

    url: str
    urn: str | None
    day: date
    headline: str
    shingles: frozenset[int]
    owner_id: tuple[str, str] | None = None
    story: str | None = None
    outlet: str = ""
    said: frozenset[str] = frozenset()
    relevant: bool = True


OwnText = Callable[[Piece], frozenset[int]]


def story_of(piece: Piece, earlier: Sequence[Piece], own: OwnText | None = None) -> str:
    """The story of an article: that of an earlier one which is the same, else its own address.

    `own` gives what of an article's text is its own (`own_text`, with all articles around it); without it the earlier ones tell.
    """
    near = [other for other in earlier if abs(piece.day - other.day) <= STORY_DAYS and piece.urn in (None, other.urn)]
    own = own or (lambda one: own_text(one, [piece, *earlier]))
    for same in (_same_number, partial(_same_text, own), partial(_same_headline, own)):
        if found := next((other for other in near if same(piece, other)), None):
            return found.story or found.url
    return piece.url


def own_text(piece: Piece, around: Iterable[Piece]) -> frozenset[int]:
    """The runs of an article that no article of its publisher about something else has too; none where too few are left."""
    left = piece.shingles
    for other in around:
        if left & other.shingles and _about_something_else(piece, other):
            left -= other.shingles
    return left if left == piece.shingles or len(left) >= SMALLEST else frozenset()


def _same_number(piece: Piece, other: Piece) -> bool:
    return piece.owner_id is not None and piece.owner_id == other.owner_id


def _same_text(own: OwnText, piece: Piece, other: Piece) -> bool:
    return (
        _is_copy(piece.shingles, other.shingles)
        and _may_be_copies(piece, other)
        and _is_copy(own(piece), own(other))  # comes last: other articles are looked at
    )


def _same_headline(own: OwnText, piece: Piece, other: Piece) -> bool:
    """Where a text could not be had, the same headline within a week."""
    near = abs(piece.day - other.day) <= UNTOLD_DAYS
    same = near and piece.urn is not None and words_of(piece.headline) == words_of(other.headline)
    return same and not (own(piece) and own(other))


def _is_copy(text: frozenset[int], other: frozenset[int]) -> bool:
    return bool(text) and (text == other or containment(text, other) >= SAME_COPY)


def _may_be_copies(piece: Piece, other: Piece) -> bool:
    """Whether a text that two have in common may be a story's.

    Under unlike headlines of one publisher it must show that it is: by what both say of the visit, or, in a sister paper, by
    its length. Publishers that have nothing to do with each other share an agency's text and none of their own.
    """
    if not _one_publisher(piece, other) or alike(piece.headline, other.headline):
        return True
    apart, sister = abs(piece.day - other.day), not _one_outlet(piece, other)
    if piece.said & other.said:
        return apart <= (REPRINTED if sister else CORRECTED)
    return sister and _is_long(piece.shingles, other.shingles)  # further apart it is the publisher's own (`own_text`)


def _is_long(text: frozenset[int], other: frozenset[int]) -> bool:
    return len(text & other) >= LONG and containment(text, other) >= WHOLE


def _about_something_else(piece: Piece, other: Piece) -> bool:
    """Whether another article of the publisher cannot be the same story: it shows which text is the paper's own."""
    if not _one_publisher(piece, other) or piece.said & other.said or alike(piece.headline, other.headline):
        return False
    elsewhere = None not in (piece.urn, other.urn) and piece.urn != other.urn
    return elsewhere or not other.relevant or abs(piece.day - other.day) > CORRECTED


def _one_publisher(piece: Piece, other: Piece) -> bool:
    return publisher_of(piece.url) == publisher_of(other.url)


def _one_outlet(piece: Piece, other: Piece) -> bool:
    """Papers that share a site tell themselves apart by name."""
    return site_of(piece.url) == site_of(other.url) and piece.outlet == other.outlet
