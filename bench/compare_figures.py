"""How good what the models say is: the figures of docs/comparing.md, each with the interval that 95 of 100 resamplings of the pairs fall in."""

import random
from collections.abc import Callable, Mapping, Sequence
from statistics import mean
from typing import NamedTuple

from bench.compare_models import SAME_AT, Said
from bench.compare_pairs import DECISIVE, one_holds, squashed
from monitor.comparing.evidence import Heard
from monitor.comparing.showing import earned, shown
from monitor.comparing.verdict import NOT_MENTIONED, STATUSES

DRAWN = 1000


class Told(NamedTuple):
    """One item: what the reader said, what we say, how sure; what of the sentences shown is right, best first; asks found, too many, missed."""

    wanted: str
    other: str | None
    said: str
    confidence: float
    labels: list[int]
    shown: list[int]
    whole: bool
    decisive: int
    same: tuple[int, int, int]

    @property
    def right(self) -> bool:
        """Whether it is the reader's first or second choice."""
        return self.said in (self.wanted, self.other)


def counted(one: Said) -> Told:
    """What counts of a row."""
    row, by_place = (
        one.ranked.row,
        dict(zip((each.place for each in one.ranked.row.looked), one.ranked.row.labels, strict=True)),
    )
    got = [(ask.kind, likely >= SAME_AT) for ask, likely in zip(row.asks, one.ranked.same, strict=True)]
    same = got.count(("same", True)), got.count(("", True)), got.count(("same", False))
    labels = [by_place[heard.place] for heard in one.ranked.heard]
    again = [squashed(ask.text) for ask, likely in zip(row.asks, one.ranked.same, strict=True) if likely >= SAME_AT]
    told = shown([heard for heard in one.ranked.heard if not _asks(heard, again)], one.verdict)
    quoted = [by_place[heard.place] for heard in told]
    asked = [0.0] if max(one.ranked.same, default=0.0) >= SAME_AT else []
    confidence = earned(one.verdict, [*(heard.said.credit for heard in told), *asked])
    return Told(row.status, row.other, one.verdict.status, confidence, labels, quoted, row.whole, row.evidence, same)


def _asks(heard: Heard, again: Sequence[str]) -> bool:
    """Whether a statement is one of the asks that are the item asked for again: those are told beside what is shown."""
    return heard.said.ask and any(one_holds(ask, squashed(heard.said.finding.text)) for ask in again)


def figures(rows: Sequence[Told], certain_at: float) -> dict[str, float]:
    """Every figure over these items."""
    found, wrong, missed = (sum(row.same[place] for row in rows) for place in range(3))
    surest = sorted(rows, key=lambda row: -row.confidence)
    certain = [row for row in rows if row.confidence >= certain_at]
    quoted = [row for row in rows if row.said != NOT_MENTIONED and row.decisive]
    seen = [row for row in rows if row.decisive]
    return {
        "same F1": 2 * found / max(1, 2 * found + wrong + missed),
        "same, precision": found / max(1, found + wrong),
        "status": _share(rows, lambda row: row.said == row.wanted),
        "macro F1": mean(_f1(rows, status) for status in STATUSES),
        "lenient": _share(rows, lambda row: row.right),
        "sure": _share([row for row in rows if row.other is None], lambda row: row.said == row.wanted),
        "accuracy at 80": _share(surest[: round(0.8 * len(rows))], lambda row: row.right),
        "accuracy at 70": _share(surest[: round(0.7 * len(rows))], lambda row: row.right),
        "certain share": len(certain) / len(rows),
        "certain right": _share(certain, lambda row: row.right),
        "quote hit": _share(quoted, lambda row: DECISIVE in row.shown),
        "quote right": mean(bool(label) for row in quoted for label in row.shown) if quoted else 1.0,
        "quote right, whole": mean([bool(label) for row in quoted if row.whole for label in row.shown] or [True]),
        "recall at 3": _share(seen, lambda row: DECISIVE in row.labels[:3]),
        "recall at 6": _share(seen, lambda row: DECISIVE in row.labels[:6]),
    }


def _share(rows: Sequence[Told], test: Callable[[Told], bool]) -> float:
    return mean(map(test, rows)) if rows else 1.0


def _f1(rows: Sequence[Told], status: str) -> float:
    both = sum(row.said == row.wanted == status for row in rows)
    either = sum(row.said == status for row in rows) + sum(row.wanted == status for row in rows)
    return 2 * both / either if either else 1.0


def certain_at(rows: Sequence[Told], wanted: float) -> float:
    """The least confidence from which on so many of the verdicts are right."""
    surest = sorted(rows, key=lambda row: -row.confidence)
    right, best = 0, 1.0
    for number, row in enumerate(surest, start=1):
        right += row.right
        if right >= wanted * number:
            best = row.confidence
    return best


def intervals(pairs: Mapping[str, Sequence[Told]], certain: float) -> dict[str, tuple[float, float]]:
    """Of each figure the interval that 95 of 100 resamplings of the pairs fall in."""
    draw, names = random.Random(1), sorted(pairs)
    drawn = [
        figures([row for name in draw.choices(names, k=len(names)) for row in pairs[name]], certain)
        for _ in range(DRAWN)
    ]
    return {
        name: (sorted(one[name] for one in drawn)[25], sorted(one[name] for one in drawn)[974]) for name in drawn[0]
    }
