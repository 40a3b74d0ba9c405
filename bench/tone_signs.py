"""What the signs of scraper/reports/tone_polarity.py weigh, learnt from the short sentences that were labelled by hand.

They are learnt by themselves and not with the words: beside words that tell the same they would get no weight of their own, and then
say nothing where the words are unknown. In a long sentence more stands than the signs see, so those teach nothing here.
"""

import math
from collections import Counter
from collections.abc import Iterable

from scraper.reports.tone_polarity import Polarity

LONGEST = 18
"""Words and stops of a sentence that teaches."""
PULL = 5.0
"""How hard a weight is held to zero, in sentences: what is seen in a few says little."""
STEPS, RATE = 150, 0.5


def sign_weights(rows: Iterable[tuple[Polarity | None, int, bool]]) -> tuple[dict[str, float], float]:
    """Weights and bias towards weakness, of (signs, number of words and stops, whether it is one): logistic regression over groups."""
    told: Counter[frozenset[str]] = Counter()
    weak: Counter[frozenset[str]] = Counter()
    for seen, length, is_weak in rows:
        if seen and seen.signs and length <= LONGEST:
            told[seen.signs] += 1
            weak[seen.signs] += is_weak
    weights = dict.fromkeys(sorted(frozenset().union(*told)), 0.0)
    bias, moved, moved_bias = 0.0, dict.fromkeys(weights, 1e-6), 1e-6
    for _ in range(STEPS):
        slope, slope_bias = _slopes(told, weak, weights, bias)
        for sign, step in slope.items():
            moved[sign] += step * step
            weights[sign] -= RATE * step / math.sqrt(moved[sign])
        moved_bias += slope_bias * slope_bias
        bias -= RATE * slope_bias / math.sqrt(moved_bias)
    return weights, bias


def _slopes(
    told: Counter[frozenset[str]], weak: Counter[frozenset[str]], weights: dict[str, float], bias: float
) -> tuple[dict[str, float], float]:
    """How the loss changes with each weight and with the bias."""
    slope, slope_bias = {sign: PULL * weight for sign, weight in weights.items()}, 0.0
    for signs, number in sorted(told.items(), key=lambda one: sorted(one[0])):
        score = bias + sum(weights[sign] for sign in sorted(signs))
        error = number / (1 + math.exp(-score)) - weak[signs]
        slope_bias += error
        for sign in signs:
            slope[sign] += error
    return slope, slope_bias
