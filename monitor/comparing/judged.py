"""A reader's word on what a report says about an earlier ask, laid over what this program made of it. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.comparing.outcomes import Comparison, Outcome, Past, unraised
from monitor.comparing.verdict import IMPROVED, NOT_MENTIONED
from scraper.items import Finding

NAME_LENGTH = 8
READER = "reader: "
RELEASES = frozenset({IMPROVED, NOT_MENTIONED})
"""What is said of an area that the report does not ask for again."""

Key = tuple[int | None, str]
"""What is judged, in one report: the report that asked for it, and `item_key` of the item. Rows of a reading come and go; these stay."""

LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """A reader's word: the status, who said it, and the statements of the report that show it, if any were named."""

    status: str
    by: str
    evidence: tuple[Finding, ...] = ()


def letters_of(text: str) -> list[str]:
    """The runs of letters and digits of a text, in lower case: what wrapped lines, quotes and dashes leave of it."""
    return LETTERS.findall(unicodedata.normalize("NFKC", text).casefold())


def item_key(text: str) -> str:
    """By what an item is known again when its report is read again: a hash of its letters and digits."""
    return hashlib.sha256("".join(letters_of(text)).encode()).hexdigest()[:16]


def key_of(past: Past) -> Key:
    """By what a reader's word on an earlier ask is found."""
    return past.report_id, item_key(past.finding.text)


def comparison_name(report_id: int, key: Key) -> str:
    """The name of a comparison that a person can type: eight hex digits, the same for as long as both reports say the same."""
    earlier, item = key
    return hashlib.sha256(f"{report_id} {earlier} {item}".encode()).hexdigest()[:NAME_LENGTH]


def judged(found: Comparison, said: Mapping[Key, Correction], asks: Sequence[Finding]) -> Comparison:
    """The comparison as its readers corrected it; `asks` are all of the report's own, of which those that nothing raises any more are new.

    An area that is asked for again stays so, unless the reader says that it improved or is not mentioned.
    """
    areas = tuple(_corrected(one, said.get(key_of(one.past))) for one in found.areas)
    return Comparison(areas, unraised(asks, areas)) if areas != found.areas else found


def _corrected(outcome: Outcome, said: Correction | None) -> Outcome:
    if said is None:
        return outcome
    kept = outcome
    if said.status in RELEASES:
        own = {id(ask) for ask in outcome.asks}
        shown = tuple(one for one in outcome.evidence if id(one) not in own and said.status != NOT_MENTIONED)
        kept = replace(outcome, matched=None, also=(), same=(), evidence=shown)
    return replace(
        kept,
        status=said.status,
        evidence=said.evidence or kept.evidence,
        confidence=1.0,
        certain=True,
        decided_by=f"{READER}{said.by}",
        own=outcome.ours,
    )
