"""Why a comparison came out as it did: the best sentences with what speaks for each, and what spoke for the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from monitor.comparing.evidence import Heard, ranked
from monitor.comparing.features import item_of
from monitor.comparing.learnt import learnt
from monitor.comparing.outcomes import Asked, asks_of, likely_same_asks
from monitor.comparing.said import Said, all_said
from monitor.comparing.verdict import Verdict, verdict
from scraper.items import Finding, Reading
from scraper.reference import RuleFile, Text, kind_of_document, read_rules

BEST, TELLING = 10, 5
"""How many sentences, and how many features of each, are told."""

Parts = tuple[tuple[str, float], ...]
"""Features, in words, and what each added: more than 0 speaks for, less against."""

IN_WORDS = Path(__file__).with_name("in_words.yaml")


class InWords(RuleFile):
    """The whole of in_words.yaml: what the names of features mean, of a sentence and of a verdict."""

    sentence: dict[Text, Text]
    verdict: dict[Text, Text]


@cache
def in_words() -> InWords:
    """What in_words.yaml holds. Raises `RuleFileError` where it is wrong."""
    return read_rules(IN_WORDS, InWords)


@dataclass(frozen=True, slots=True)
class Why:
    """The verdict on an item, what spoke for and against it being mentioned and for its status, the best sentences and the likeliest asks."""

    item: str
    verdict: Verdict
    mentioned: Parts
    status: Parts
    best: tuple[tuple[Heard, Parts], ...]
    asks: tuple[Asked, ...]


def why(items: Sequence[Finding], later: Reading) -> list[Why]:
    """Why a report says of each of these items, which it was set against together, what we say it does, by this program alone."""
    said, narrow = all_said(later.findings), kind_of_document(later.report_type).narrow
    same = likely_same_asks(items, asks_of(later))
    return [_why(item, said, likely, narrow) for item, likely in zip(items, same, strict=True)]


def _why(item: Finding, said: Sequence[Said], same: Sequence[Asked], narrow: bool) -> Why:
    one, models = item_of(item.text), learnt()
    heard = ranked(one, said)
    found = verdict(one, said, heard, same[0].chance if same else 0.0, narrow)
    how = models.status.get(found.status)
    return Why(
        item.text,
        found,
        _told(models.mentioned.parts(found.found), in_words().verdict),
        _told(how.parts(found.found), in_words().verdict) if how else (),
        tuple((each, _told(models.decisive.parts(each.found), in_words().sentence)) for each in heard[:BEST]),
        tuple(same[:3]),
    )


def _told(parts: Sequence[tuple[str, float]], words: Mapping[str, str]) -> Parts:
    return tuple((words.get(name, name), value) for name, value in parts[:TELLING])


def as_json(told: Why) -> Mapping[str, Any]:
    """The same as plain values."""
    return {
        "likely": {status: round(value, 3) for status, value in told.verdict.likely.items()},
        "certain_from": learnt().certain_at,
        "mentioned": _plain(told.mentioned),
        "status": _plain(told.status),
        "sentences": [
            {
                "text": one.said.finding.text, "page": one.said.finding.page, "kind": one.said.finding.kind, "score": round(one.score, 2),
                "decisive": round(one.decisive, 3), "bears": round(one.bears, 3), "because": _plain(parts),
            }
            for one, parts in told.best
        ],
        "asks": [{"text": ask.finding.text, "same": round(ask.chance, 3)} for ask in told.asks],
    }  # fmt: skip


def _plain(parts: Sequence[tuple[str, float]]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in parts}
