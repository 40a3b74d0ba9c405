"""How well sentences are judged, as acceptance counts it: F1 of strength and weakness, with intervals over authorities."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

ROUNDS = 1000
KINDS = ("strength", "weakness")


class Judged(NamedTuple):
    """A sentence labelled by hand; `said` is what the model makes of it: strength, weakness, mixed or neutral."""

    authority: str
    chosen: str
    label: str
    said: str


def told(judged: Sequence[Judged]) -> Iterator[str]:
    """A line for each way in which sentences were chosen."""
    for chosen in sorted({row.chosen for row in judged}):
        rows = [row for row in judged if row.chosen == chosen]
        figures = zip(
            ("macro", *KINDS), f1s(Counter((row.label, row.said) for row in rows)), intervals(rows), strict=True
        )
        neutral = Counter(row.said for row in rows if row.label == "neutral")
        yield (
            f"{chosen}, {len(rows)} of {len({row.authority for row in rows})} authorities: "
            + ", ".join(f"{name} {value:.3f} ({low:.3f} to {high:.3f})" for name, value, (low, high) in figures)
            + f"; {neutral['strength']} of {neutral.total()} neutral read as praise"
        )


def f1s(table: Mapping[tuple[str, str], int]) -> tuple[float, float, float]:
    """Mean F1, F1 of strength, F1 of weakness of (label, said); a mixed sentence read as either counts neither way."""
    strength, weakness = (_f1(table, kind) for kind in KINDS)
    return (strength + weakness) / 2, strength, weakness


def _f1(table: Mapping[tuple[str, str], int], kind: str) -> float:
    right = table.get((kind, kind), 0)
    missed = sum(n for (label, said), n in table.items() if label == kind and said != kind)
    wrong = sum(n for (label, said), n in table.items() if label not in (kind, "mixed") and said == kind)
    return 2 * right / (2 * right + missed + wrong or 1)


def intervals(judged: Iterable[Judged]) -> list[tuple[float, float]]:
    """The middle 95 % of each of `f1s` when whole authorities are drawn again."""
    tables: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for row in judged:
        tables[row.authority][row.label, row.said] += 1
    drawn, authorities = random.Random(3), sorted(tables)
    rounds = []
    for _ in range(ROUNDS):
        table: Counter[tuple[str, str]] = Counter()
        for authority in drawn.choices(authorities, k=len(authorities)):
            table.update(tables[authority])
        rounds.append(f1s(table))
    columns = (sorted(column) for column in zip(*rounds, strict=True))
    return [(column[ROUNDS * 25 // 1000], column[ROUNDS * 975 // 1000 - 1]) for column in columns]
