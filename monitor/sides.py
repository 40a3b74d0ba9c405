"""Whether a statement has two sides ("improved, but not yet consistent") and whether it tells of progress.

The reader's tone says which way a sentence leans as a whole; what became of an area turns on the sentences that lean both ways.
"""

import re
from functools import lru_cache

BUT = re.compile(r"\b(although|though|but|while|whilst|despite|however|albeit)\b", re.IGNORECASE)
TURN = re.compile(r"(However|But|Despite this|Nevertheless|Conversely)\b,? ?")
"""Words that open a sentence and set it against the one before: they make no second side."""

LACKING = re.compile(
    r"\b(not|no|too|inconsisten\w*|vari\w+|delay\w*|lack\w*|insufficient\w*|weak\w*|poor\w*|limited|gaps?|remains?|more to do|"
    r"more work|further|needed|needs? to|still|yet|absen\w*|slow\w*|less|few\w*|early stages?|infancy|mixed|requires?)\b",
    re.IGNORECASE,
)
DOING_WELL = re.compile(
    r"\b(effective\w*|good|strong\w*|well|timely|improv\w*|thorough\w*|robust\w*|clear\w*|positive\w*|regular\w*|appropriate\w*|"
    r"swift\w*|prompt\w*|success\w*|benefit\w*|comprehensive\w*|consistently|skilled|strengthened|better|most|majority|"
    r"responsive\w*|increas\w*)\b",
    re.IGNORECASE,
)
PROGRESS = re.compile(
    r"\b(improv\w+|strengthen\w*|better|increasing\w*|now|more (effective|timely|consistent|robust)|since the (last|previous)|success\w*|"
    r"no longer|recent\w*)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=10_000)
def two_sided(text: str) -> bool:
    """Whether one part of a sentence praises and the part that it is set against finds something lacking."""
    opening = TURN.match(text)
    rest = text[opening.end() :] if opening else text
    turn = BUT.search(rest)
    if turn is None:
        return False
    one, other = _parted(rest, turn.start())
    (good, bad), (other_good, other_bad) = _weighed(one), _weighed(other)
    return (good > bad and other_bad > 0) or (bad > 0 and other_good > other_bad)


def _parted(text: str, turn: int) -> tuple[str, str]:
    """The two parts: at the turn, or where it opens the sentence at the comma after it."""
    at = text.find(", ") if turn == 0 else turn
    return (text[:at], text[at:]) if at > 0 else (text, "")


def _weighed(text: str) -> tuple[int, int]:
    return len(DOING_WELL.findall(text)), len(LACKING.findall(text))


def tells_progress(text: str) -> bool:
    """Whether a statement says that something has moved on since before."""
    return PROGRESS.search(text) is not None
