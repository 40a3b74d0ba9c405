"""Pairs of reports compared by hand, set against what was read of the later one: what the models of comparing are taught with.

A folder of them has one JSON a pair: earlier_items, later_items, matches [[earlier n, later n, "same" or "related"]], and for each earlier item
its status, the decisive sentences (`evidence`), every further one that bears on it (`also`), and whether the reader was sure.
"""

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz.distance import Indel

from bench.compare_corpus import readings
from monitor.comparing.evidence import Looked, looked_at
from monitor.comparing.features import Item, item_of
from monitor.comparing.said import Said, all_said
from monitor.comparing.same import same_features
from scraper.items import Reading
from scraper.reference import kind_of_document

BETWEEN = re.compile(r"\[\.\.\.\]|(?<=[.!?])\s+(?=[A-Z“‘\"'])")
ALIKE = 0.9
"""Of two squashed sentences, the likeness from which on they are one."""

DECISIVE, BEARS = 2, 1
CLOSED_OF = 4
"""One authority in so many is never looked at while the method is made."""


class Ask(NamedTuple):
    """An ask of the later report set against an item: `same`, `related` or nothing."""

    text: str
    kind: str
    found: dict[str, float]


class Row(NamedTuple):
    """One item of one pair: what the reader said of it, and what there is to judge it by.

    `labels`: of each statement looked at, DECISIVE, BEARS or 0; `evidence`: how many decisive sentences the reader named; `other`: the reader's second choice.
    """

    pair: str
    authority: str
    item: Item
    status: str
    other: str | None
    whole: bool
    evidence: int
    said: tuple[Said, ...]
    looked: list[Looked]
    labels: list[int]
    narrow: bool
    asks: list[Ask]
    missed: int

    @property
    def closed(self) -> bool:
        """Whether its authority is one of those kept for the last measurement."""
        return is_closed(self.authority)


def is_closed(authority: str) -> bool:
    """Whether an authority, by its URN, is one of those kept for the last measurement."""
    return zlib.crc32(authority.encode()) % CLOSED_OF == CLOSED_OF - 1


def squashed(text: str) -> str:
    """Letters and digits alone."""
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def sentences(quoted: str | None) -> list[str]:
    """The sentences of a quotation, squashed."""
    return [part for part in map(squashed, BETWEEN.split(quoted or "")) if len(part) > 15]


def one_holds(one: str, other: str) -> bool:
    """Whether two squashed sentences are the same, or one holds the other."""
    if min(len(one), len(other)) / max(len(one), len(other), 1) < 0.5:
        return False
    return one in other or other in one or Indel.normalized_similarity(one, other, score_cutoff=ALIKE) >= ALIKE


def rows(folder: Path, corpus: Path, cache: Path | None) -> list[Row]:
    """Every item of every pair of a folder."""
    read = {path.relative_to(corpus).as_posix(): one for path, one in readings(corpus, cache).items()}
    found: list[Row] = []
    for file in sorted(folder.glob("*.json")):
        truth = json.loads(file.read_text(encoding="utf-8"))
        later = read[truth["later_pdf"]]
        if not isinstance(later, Reading):
            raise SystemExit(f"{truth['later_pdf']}: {later}")
        found += _of_pair(file.stem, truth, later)
    return found


def _of_pair(name: str, truth: dict[str, Any], later: Reading) -> Iterator[Row]:
    said = all_said(later.findings)
    squash = [squashed(one.finding.text) for one in said]
    texts = {one["n"]: one["text"] for one in truth["earlier_items"]}
    asks = _asks(truth, texts)
    for one in truth["status"]:
        number = one["earlier_n"]
        item = item_of(texts[number])
        looked = looked_at(item, said)
        marks = _marks(one, squash)
        labels = [marks.get(each.place, 0) for each in looked]
        unsure = one.get("sure") is False
        yield Row(
            name, truth["later_pdf"].partition("_")[0], item, one["status"], one.get("other") if unsure else None, "sure" in one,
            len(sentences(one.get("evidence"))), said, looked, labels, kind_of_document(later.report_type).narrow, asks.get(number, []),
            sum(mark == DECISIVE for mark in marks.values()) - labels.count(DECISIVE),
        )  # fmt: skip


def _marks(one: dict[str, Any], squash: Sequence[str]) -> dict[int, int]:
    """Of each place in the report that the reader named, what it was named as."""
    marks: dict[int, int] = {}
    for also in one.get("also", ()):
        marks |= dict.fromkeys(_places(sentences(also["text"]), squash), BEARS)
    return marks | dict.fromkeys(_places(sentences(one.get("evidence")), squash), DECISIVE)


def _places(quoted: Sequence[str], squash: Sequence[str]) -> list[int]:
    return [
        place
        for place, text in enumerate(squash)
        if len(text) > 15 and any(one_holds(sentence, text) for sentence in quoted)
    ]


def _asks(truth: dict[str, Any], texts: dict[int, str]) -> dict[int, list[Ask]]:
    later = {one["n"]: one["text"] for one in truth["later_items"]}
    if not later:
        return {}
    kinds = {(one, other): kind for one, other, kind in truth["matches"]}
    found = same_features([item_of(text) for text in texts.values()], [item_of(text) for text in later.values()])
    return {
        number: [
            Ask(text, kinds.get((number, other), ""), two)
            for (other, text), two in zip(later.items(), row, strict=True)
        ]
        for number, row in zip(texts, found, strict=True)
    }
