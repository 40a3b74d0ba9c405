"""What the second reader is asked, and what may come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

STATUSES = ("improved", "mixed", "still_needs_improvement", "not_mentioned")
SILENT = "not_mentioned"
MOST_SENTENCES = 24
"""Of a report, in one question."""


@dataclass(frozen=True, slots=True)
class Question:
    """`item`: what an earlier report asked for; `sentences`: those of the later report that may bear on it, in its order.

    Raises `ValueError` for more than `MOST_SENTENCES`: no whole report leaves by this door.
    """

    item: str
    sentences: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.sentences) > MOST_SENTENCES:
            raise ValueError(f"{len(self.sentences)} sentences in a question, and {MOST_SENTENCES} are the most")


@dataclass(frozen=True, slots=True)
class Answer:
    """`status`: one of `STATUSES`; `sentences`: the places, from 0, of those in the question that show it; `model`: who says so."""

    status: str
    sentences: tuple[int, ...]
    model: str


@dataclass(frozen=True, slots=True)
class Refused:
    """No answer, or none that counts, and why, for people.

    `answered`: the model did answer, and would say the same again. `wait`: how long the server asked us to leave it alone.
    """

    reason: str
    answered: bool = False
    wait: timedelta | None = None


def places_around(best: Sequence[int], count: int, most: int = MOST_SENTENCES) -> tuple[int, ...]:
    """The places, in order, of the sentences to be asked about: each of the best (best first) with its neighbours, as many as may be.

    `count`: how many sentences the report has. A neighbour says what "this" is; the next best is worth more than a neighbour of its own.
    """
    near = [*best, *(place + step for place in best for step in (-1, 1))]
    there = dict.fromkeys(place for place in near if 0 <= place < count)
    return tuple(sorted([*there][:most]))
