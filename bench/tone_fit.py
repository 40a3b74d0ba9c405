"""The weights of words and their pairs, by logistic regression: what bench/reading_tone.py and bench/news_fit.py teach with."""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

EPOCHS = 4
RATE = 0.5
FIRST_STEPS = 0.1
"""What each feature is taken to have moved before it is seen, so that a rare one does not leap."""
DECAY = 2e-5
ORDERS = 3
LEAST_SEEN, LEAST_AUTHORITIES = 5, 4


def free(_: str) -> tuple[float, float]:
    """Any weight."""
    return -math.inf, math.inf


class Weights(NamedTuple):
    """A trained model."""

    bias: float
    by_feature: dict[str, float]


def regression(
    rows: Sequence[tuple[str, frozenset[str], float, float]], bounds: Callable[[str], tuple[float, float]] = free
) -> Weights:
    """The mean of several fits, each in another order: what depends on the order is taken out. `bounds`: the least and the most a feature may count."""
    number = _vocabulary(rows)
    data = [
        ([number[feature] for feature in sorted(found) if feature in number], wanted, weight)
        for _, found, wanted, weight in rows
    ]
    limits = [bounds(feature) for feature in number]
    fits = [_fit(data, limits, order) for order in range(1, ORDERS + 1)]
    weights = [sum(column) / ORDERS for column in zip(*(fit for _, fit in fits), strict=True)]
    return Weights(sum(bias for bias, _ in fits) / ORDERS, dict(zip(number, weights, strict=True)))


def _fit(
    data: Iterable[tuple[list[int], float, float]], limits: Sequence[tuple[float, float]], order: int
) -> tuple[float, list[float]]:
    """Logistic regression by stochastic gradient descent with a step for each feature: bias and weights."""
    weights, seen, bias = [0.0] * len(limits), [FIRST_STEPS] * len(limits), 0.0
    shuffled, rows = random.Random(order), list(data)
    for _ in range(EPOCHS):
        shuffled.shuffle(rows)
        for present, wanted, weight in rows:
            scale = 1 / math.sqrt(len(present) or 1)
            score = bias + scale * sum([weights[index] for index in present])
            error = (1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - wanted) * weight
            if abs(error) < 0.003:
                continue
            bias -= 0.02 * error
            for index in present:
                step = error * scale + DECAY * weights[index]
                seen[index] += step * step
                least, most = limits[index]
                weights[index] = min(most, max(least, weights[index] - RATE * step / math.sqrt(seen[index])))
    return bias, weights


def _vocabulary(rows: Iterable[tuple[str, frozenset[str], float, float]]) -> dict[str, int]:
    """Features seen often enough and with enough authorities that none is a name."""
    count: Counter[str] = Counter()
    where: defaultdict[str, set[str]] = defaultdict(set)
    for authority, found, _, _ in rows:
        count.update(found)
        for feature in found:
            where[feature].add(authority)
    kept = sorted(f for f in count if count[f] >= LEAST_SEEN and len(where[f]) >= LEAST_AUTHORITIES)
    return {feature: index for index, feature in enumerate(kept)}
