"""The models of comparing, taught with rows of `bench.compare_pairs`: logistic regression, each feature on its own scale, L2.

What a later model is taught with comes from earlier ones that had not seen the authority: verdicts rest on statements as they are ranked for strangers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from bench.compare_pairs import BEARS, DECISIVE, Row
from monitor.comparing.evidence import Heard, weighed
from monitor.comparing.learnt import Model
from monitor.comparing.same import likely_same
from monitor.comparing.verdict import NOT_MENTIONED, Verdict, added_up, verdict_features

RANKING, SAME, VERDICT = 0.03, 0.03, 0.02
"""Strength of the data against L2, as scikit-learn's C; chosen on authorities that are not closed."""

INNER = 4
ALSO = 0.3
"""What a sentence that bears on an item and is not decisive counts against those that decide."""

SECOND = 0.3
"""What the reader's second choice counts, where there is one; the first the rest."""

IN_PART = 0.5
"""What a row counts whose reader did not name every sentence that bears on it."""

SAME_AT, LINK_AT = 0.35, 0.55
"""From which likeness on two items are the same thing; and are so surely that a later claim may rest on it."""


class Example(NamedTuple):
    """Features, what is wanted, and how much it counts."""

    found: Mapping[str, float]
    wanted: bool | str
    weight: float


class Models(NamedTuple):
    """All that is learnt but for the threshold of certainty."""

    decisive: Model
    bears: Model
    same: Model
    mentioned: Model
    status: dict[str, Model]


def fitted(examples: Sequence[Example], strength: float) -> dict[str, Model]:
    """A model for each thing wanted; of two only the one for "wanted"."""
    names = sorted(examples[0].found)
    table = np.array([[one.found[name] for name in names] for one in examples])
    scale = StandardScaler().fit(table)
    regression = LogisticRegression(C=strength, max_iter=2000)
    regression.fit(scale.transform(table), [one.wanted for one in examples], [one.weight for one in examples])
    slopes = regression.coef_ / scale.scale_
    starts = regression.intercept_ - slopes @ scale.mean_
    kinds = regression.classes_ if len(regression.classes_) > 2 else regression.classes_[1:]
    return {
        str(kind): Model(
            bias=round(float(start), 4),
            weights={name: round(float(slope), 4) for name, slope in zip(names, row, strict=True)},
        )
        for kind, row, start in zip(kinds, slopes, starts, strict=True)
    }


def one_model(examples: Sequence[Example], strength: float) -> Model:
    """The model of yes or no."""
    return fitted(examples, strength)["True"]


def parts(rows: Sequence[Row], number: int) -> Iterator[tuple[list[Row], list[Row]]]:
    """(all others, one part) of the rows, authorities kept together."""
    for rest, part in GroupKFold(number).split(rows, groups=[row.authority for row in rows]):
        yield [rows[place] for place in rest], [rows[place] for place in part]


def _ranking(rows: Sequence[Row], least: int) -> list[Example]:
    return [
        Example(
            looked.found, label >= least, (1.0 if row.whole else IN_PART) * (ALSO if label == BEARS < least else 1.0)
        )
        for row in rows
        for looked, label in zip(row.looked, row.labels, strict=True)
    ]


def _same(rows: Sequence[Row]) -> list[Example]:
    return [Example(ask.found, ask.kind == "same", 1.0) for row in rows for ask in row.asks]


class Ranked(NamedTuple):
    """What the ranking and the likeness to the asks make of a row."""

    row: Row
    heard: list[Heard]
    same: list[float]


def _ranked(rows: Iterable[Row], decisive: Model, bears: Model, same: Model) -> list[Ranked]:
    return [
        Ranked(row, weighed(row.looked, decisive, bears), [likely_same(ask.found, same) for ask in row.asks])
        for row in rows
    ]


def _first(rows: Sequence[Row]) -> tuple[Model, Model, Model]:
    return (
        one_model(_ranking(rows, DECISIVE), RANKING),
        one_model(_ranking(rows, BEARS), RANKING),
        one_model(_same(rows), SAME),
    )


def _asked(one: Ranked) -> bool:
    return max(one.same, default=0.0) >= SAME_AT


def _features(one: Ranked) -> dict[str, float]:
    likeliest = max(one.same, default=0.0)
    return verdict_features(one.row.item, one.row.said, one.heard, likeliest, _asked(one), one.row.narrow)


def _verdicts(ranked: Sequence[Ranked]) -> list[Example]:
    found = []
    for one in ranked:
        features = _features(one)
        found.append(Example(features, one.row.status, 1.0 - SECOND if one.row.other else 1.0))
        if one.row.other:
            found.append(Example(features, one.row.other, SECOND))
    return found


def taught(rows: Sequence[Row]) -> Models:
    """Everything, taught with these rows."""
    seen = [one for rest, part in parts(rows, INNER) for one in _ranked(part, *_first(rest))]
    verdicts = _verdicts(seen)
    decisive, bears, same = _first(rows)
    spoken_of = [one._replace(wanted=one.wanted != NOT_MENTIONED) for one in verdicts]
    return Models(
        decisive,
        bears,
        same,
        one_model(spoken_of, VERDICT),
        fitted([one for one in verdicts if one.wanted != NOT_MENTIONED], VERDICT),
    )


class Said(NamedTuple):
    """What the models say of a row that they were not taught with."""

    ranked: Ranked
    verdict: Verdict


def judged(rows: Iterable[Row], models: Models) -> list[Said]:
    """The verdict on each row."""
    ranked = _ranked(rows, models.decisive, models.bears, models.same)
    return [Said(one, added_up(_features(one), models.mentioned, models.status, _asked(one))) for one in ranked]


def left_out(rows: Sequence[Row], number: int) -> list[Said]:
    """The verdict on each row by models that have not seen its authority."""
    return [said for rest, part in parts(rows, number) for said in judged(part, taught(rest))]
