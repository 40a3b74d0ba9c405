"""Pure: which articles are one story: the same copy in several outlets, or in several editions of one.

What articles of one publisher share though they are about different things is the paper's own text, and no story's.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from scraper.reference import one_story, publisher_of, site_of
from scraper.text import SMALLEST, alike, containment, shingles, words_of

SAME_COPY = 0.5
STORY_DAYS = timedelta(days=60)
UNTOLD_DAYS = timedelta(days=7)

CORRECTED = timedelta(days=2)
"""So long after it a paper may print a story again under another headline; its sister papers, some of them weekly, `REPRINTED`."""
REPRINTED = timedelta(days=7)

WHOLE, SAME = 0.8, 0.95
"""Shares of the longer of two texts: what is less is a story of its own with something in common."""
SHORT, LONG = 100, 150
"""Runs: what papers print below every story is mostly shorter; a long text that a sister paper has as a whole is a story even
where it says nothing of a visit."""
WITNESSES = 3
"""So many articles of a paper about something else show that what none of them has is no text of its own."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as grouping needs it.

    `owner_id` is the publisher's number for it, the same on its sister sites; `said` is what its text says of a visit, which
    a paper's own text seldom does; `relevant` is whether it is about children's services at all; `start` the runs of its
    standfirst or first lines (`start_of`).
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
    start: frozenset[int] = frozenset()


OwnText = Callable[[Piece], frozenset[int]]
Witnesses = Callable[[Piece], int]


def start_of(snippet: str) -> frozenset[int]:
    """The runs of a standfirst or of first lines, none where they are too few to tell two apart."""
    runs = shingles(snippet)
    return runs if len(runs) >= SMALLEST else frozenset()


def story_of(piece: Piece, earlier: Sequence[Piece], own: OwnText | None = None, seen: Witnesses | None = None) -> str:
    """The story of an article: that of an earlier one which is the same, else its own address.

    `own` gives what of an article's text is its own (`own_text`, with all articles around it) and `seen` how many of them show
    that (`witnesses`); without them the earlier ones tell.
    """
    near = [other for other in earlier if abs(piece.day - other.day) <= STORY_DAYS and piece.urn in (None, other.urn)]
    own = own or (lambda one: own_text(one, [piece, *earlier]))
    seen = seen or (lambda one: witnesses(one, [piece, *earlier]))
    for same in (_same_number, partial(_same_text, own, seen), partial(_same_headline, own)):
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


def witnesses(piece: Piece, around: Iterable[Piece]) -> int:
    """How many articles of its paper are about something else, with a text that has next to nothing of this one's."""
    return sum(
        len(other.shingles) >= SHORT
        and _one_outlet(piece, other)
        and _common(piece, other) < SMALLEST
        and _about_something_else(piece, other)
        for other in around
    )


def _same_number(piece: Piece, other: Piece) -> bool:
    return piece.owner_id is not None and piece.owner_id == other.owner_id


def _same_text(own: OwnText, seen: Witnesses, piece: Piece, other: Piece) -> bool:
    return (
        _is_copy(piece.shingles, other.shingles)
        and (_may_be_copies(piece, other) or _is_shown(seen, piece, other))
        and _is_copy(own(piece), own(other))  # comes last: other articles are looked at
    )


def _same_headline(own: OwnText, piece: Piece, other: Piece) -> bool:
    """Where a text could not be had, the same headline or the same page within a week."""
    near = abs(piece.day - other.day) <= UNTOLD_DAYS and piece.urn is not None
    same = near and (words_of(piece.headline) == words_of(other.headline) or _one_page(piece, other))
    return same and not (own(piece) and own(other))


def _is_copy(text: frozenset[int], other: frozenset[int]) -> bool:
    return bool(text) and (text == other or containment(text, other) >= SAME_COPY)


def _may_be_copies(piece: Piece, other: Piece) -> bool:
    """Whether a text that two have in common may be a story's.

    Under unlike headlines it must be most of the longer text too, and in days: what they have in common may be what one
    publisher, or two of whom nobody knows that they are one, print below every story. In papers of one publisher it must show
    besides that it is a story, by what both say of the visit, or, in a sister paper, by its length. On one site the address may
    show it: its number, or the words at its end, are those of the story, whatever its headline is now.
    """
    if alike(piece.headline, other.headline) or _one_place(piece, other):
        return True
    apart, sister = abs(piece.day - other.day), not _one_outlet(piece, other)
    if apart > (REPRINTED if sister else CORRECTED):
        return False
    if not _one_publisher(piece, other):
        return _is_agencys(piece, other)
    tells = bool(piece.said & other.said) or (sister and _common(piece, other) >= LONG)
    return tells and _is_whole(piece, other)  # further apart it is the publisher's own (`own_text`)


def _one_place(piece: Piece, other: Piece) -> bool:
    """Whether two of one site are at what may be one story's address, and have more in common than papers print below every story."""
    return _common(piece, other) >= SHORT and _one_address(piece, other)


def _one_address(piece: Piece, other: Piece, *, by_end: bool = False) -> bool:
    """Whether two are at what may be one story's address; `by_end` where its number is certainly not its section's."""
    return site_of(piece.url) == site_of(other.url) and one_story(piece.url, other.url, by_end=by_end)


def _one_page(piece: Piece, other: Piece) -> bool:
    """Whether two are at one address, which names a story: more than one may be told on a page of news."""
    return piece.url.partition("#")[0] == other.url.partition("#")[0] and one_story(piece.url, other.url)


def _is_shown(seen: Witnesses, piece: Piece, other: Piece) -> bool:
    """Whether the other articles of both papers show that a text which they have whole is a story, and no paper's own."""
    apart, whole = abs(piece.day - other.day), _common(piece, other) >= SHORT and _is_whole(piece, other)
    limit = CORRECTED if _one_publisher(piece, other) else STORY_DAYS
    return whole and apart <= limit and seen(piece) >= WITNESSES and seen(other) >= WITNESSES


def _is_agencys(piece: Piece, other: Piece) -> bool:
    """Whether papers that have nothing to do with each other have one text from elsewhere, in full or cut at its end."""
    starts = _start_alike(piece, other)
    if starts is None:
        return _share(piece, other) >= SAME_COPY
    return _common(piece, other) >= SHORT and (starts or _share(piece, other) >= SAME)


def _is_whole(piece: Piece, other: Piece) -> bool:
    """Whether two have the same text but for a few words, or for a paragraph where they are known to begin alike."""
    starts = _start_alike(piece, other)
    if starts is None:
        return _share(piece, other) >= SAME
    return starts and _common(piece, other) >= SHORT and _share(piece, other) >= WHOLE


def _common(piece: Piece, other: Piece) -> int:
    return len(piece.shingles & other.shingles)


def _share(piece: Piece, other: Piece) -> float:
    """Of the longer text, what the other has too."""
    return _common(piece, other) / max(len(piece.shingles), len(other.shingles), 1)


def _start_alike(piece: Piece, other: Piece) -> bool | None:
    """None where the start of one is not known."""
    return containment(piece.start, other.start) >= SAME_COPY if piece.start and other.start else None


def _about_something_else(piece: Piece, other: Piece) -> bool:
    """Whether another article of the publisher cannot be the same story: it shows which text is the paper's own."""
    if not _one_publisher(piece, other) or piece.said & other.said or alike(piece.headline, other.headline):
        return False
    if _common(piece, other) >= SHORT and _one_address(piece, other, by_end=True):
        return False
    elsewhere = None not in (piece.urn, other.urn) and piece.urn != other.urn
    return elsewhere or not other.relevant or abs(piece.day - other.day) > CORRECTED


def _one_publisher(piece: Piece, other: Piece) -> bool:
    return publisher_of(piece.url) == publisher_of(other.url)


def _one_outlet(piece: Piece, other: Piece) -> bool:
    """Papers that share a site tell themselves apart by name."""
    return site_of(piece.url) == site_of(other.url) and piece.outlet == other.outlet
