"""Which statements a reader is shown for an item, and whether they bear out what is said of it: else there is no verdict."""

import re
from collections.abc import Sequence

from monitor.comparing.evidence import Heard
from monitor.comparing.verdict import IMPROVED, MIXED, NOT_MENTIONED, STILL, Verdict

SHOWN, BOTH = 2, 0.5
"""How many statements a reader is shown for an item; the credit of one that has two sides."""

UNEARNED = 0.5
"""What a confidence is at most where the statements shown say something else: about so many of those are right."""

FAINT, BEARING = 0.2, 0.3
"""How likely the first statement must bear on the item to be shown, and a second one."""

BARE = re.compile(
    r"(?:\d+\. ?)?(?:This|These|They|It|Its|Their|Such)\b(?! (?:authority|council|focused|inspection|local|monitoring|visit))"
)
"""How a statement begins that nobody understands without the one before it."""


def shown(heard: Sequence[Heard], found: Verdict) -> tuple[Heard, ...]:
    """The first of the ranked statements, and another only where it likely bears on the item; of what is surely mixed one of each side, if there is one.

    With one that begins "This" or "They" goes the one before it, where that bears on the item; else such a one comes last.
    """
    told = [one for one in heard if one.said.finding.text]
    if not told or told[0].bears < FAINT:
        return ()
    others = [one for one in told[1:] if one.bears >= BEARING]
    mixed = found.certain and found.status == MIXED and told[0].said.credit != BOTH
    others.sort(key=lambda one: (mixed and one.said.credit == told[0].said.credit, not _understood(told[0], one)))
    both = (told[0], *others[: SHOWN - 1])
    return tuple(sorted(both, key=lambda one: one.place)) if _together(both) else both


def _understood(first: Heard, other: Heard) -> bool:
    """Whether a second statement is understood beside the first, and that beside it."""
    together = first.said.finding.section == other.said.finding.section
    if _bare(first):
        return together and other.place == first.place - 1
    return not _bare(other) or (together and other.place == first.place + 1)


def _together(both: Sequence[Heard]) -> bool:
    """Whether one stands right after the other, so that the report's order is the one to read them in."""
    return max(one.place for one in both) - min(one.place for one in both) == 1


def _bare(one: Heard) -> bool:
    return BARE.match(one.said.finding.text) is not None


def earned(found: Verdict, credits_shown: Sequence[float]) -> float:
    """How likely a verdict is right, 0 to 1, where statements of these credits are shown for it: not much where they do not bear it out."""
    return found.confidence if borne_out(found.status, credits_shown) else min(found.confidence, UNEARNED)


def borne_out(status: str, of_each: Sequence[float]) -> bool:
    """Whether statements of these credits, 0 to 1, show a status: praise alone is not mixed, blame alone not improved."""
    if not of_each:
        return status == NOT_MENTIONED
    mean = sum(of_each) / len(of_each)
    if status == MIXED:
        return any(credit > 0 for credit in of_each) and any(credit < 1 for credit in of_each)
    return {IMPROVED: mean >= BOTH, STILL: mean <= BOTH}.get(status, True)
