"""Pure: headlines as they are compared, and whether two of them say the same."""

import re

from rapidfuzz import fuzz

COMMON = 2 / 3
MISSPELT = 80.0


def words_of(text: str) -> str:
    """Words and numbers only, as they are compared."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower().replace("’", "'").replace("'", "")).strip()


def alike(one: str, other: str) -> bool:
    """Whether a headline is another one, but for a few words more ("UPDATED:", the name of the site) or a slip of spelling.

    A word that stands in the place of another is no small change, however long the headline: "good", "inadequate".
    """
    words, others = set(words_of(one).split()), set(words_of(other).split())
    if len(words & others) < COMMON * max(len(words), len(others), 1):
        return False
    only, only_other = (" ".join(sorted(left)) for left in (words - others, others - words))
    return not (only and only_other) or fuzz.ratio(only, only_other) >= MISSPELT
