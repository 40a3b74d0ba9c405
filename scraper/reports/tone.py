"""Whether a sentence says that something is good, not good enough, both, or neither.

A linear model over the features of tone_features.py, and a little of what the sentence before says. Its weights are data
(tone.json), made by bench/reading_tone.py from labels, and from the reports' own lists: what is asked for is a weakness, a list
of strengths holds strengths, what stands under "Information about ..." is neither.
"""

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field

from scraper.items import Tone
from scraper.reference import Number, RuleFile, read_rules
from scraper.reports.tone_features import features_of, tokens_of
from scraper.reports.tone_polarity import Polarity, polarity

FILE = Path(__file__).with_name("tone.json")
CLAUSES = re.compile(r"(?:,|;)\s+(?:but|although|though|yet|while|whilst)\b|;\s", re.IGNORECASE)
WORDS_IN_CLAUSE = 5
POINTS_BACK = re.compile(
    r"(?:this|these|those|such|it|they|as a (?:result|consequence)|consequently|therefore|thus|for (?:example|instance)"
    r"|in (?:addition|particular)|similarly|likewise|furthermore|additionally|also|moreover|in some (?:cases|instances)|the same)\b",
    re.IGNORECASE,
)
"""How a sentence begins that goes on with what the one before says."""
FLAT = 5.0
"""Log-odds from which on the sentence before is hardly surer."""


SHORT, LONG = 13, 24
"""Words and stops up to which a sentence is short, and from which on it is long: more stands in it than the signs see."""


class ToneFile(RuleFile):
    """The whole of tone.json; each weight is a feature with (towards weakness, towards neutral)."""

    bias: tuple[Number, Number]
    weights: Annotated[tuple[tuple[str, Number, Number], ...], Field(min_length=1)]
    signs: Annotated[tuple[tuple[str, Number], ...], Field(min_length=1)]
    sign_bias: Number
    weak: Number
    neutral: Number
    both: Number
    back: Number
    near: Number
    short: Number
    new: Number


class Model(NamedTuple):
    """`weights` is (towards weakness, towards neutral) by feature; a score above its threshold decides, for `both` in two clauses.

    `back` and `near`: how far the sentence before can move this one where it points back, and where it does not. `short`
    and `new`: how much the signs of tone_polarity.py count in a short sentence, and how much more in one with something of which
    the weights know nothing.
    """

    bias: tuple[float, float]
    weights: dict[str, tuple[float, float]]
    signs: dict[str, float]
    sign_bias: float
    weak: float
    neutral: float
    both: float
    back: float
    near: float
    short: float
    new: float


@cache
def model() -> Model:
    """The weights of tone.json. Raises `RuleFileError` where it is wrong."""
    data = read_rules(FILE, ToneFile)
    weights = {feature: (weak, neutral) for feature, weak, neutral in data.weights}
    rest = (data.weak, data.neutral, data.both, data.back, data.near, data.short, data.new)
    return Model(data.bias, weights, dict(data.signs), data.sign_bias, *rest)


BEGINS_METHOD = re.compile(
    r"(?:specifically, )?(?:inspectors|they) (?:also )?(?:looked at|considered|evaluated|reviewed|visited|met with|spoke with)\b"
    r"|(?:this|the|our|between|it) .{0,90}(?:(?:inspection|visit|letter|report) (?:took place|was carried out|summarises|outlines|sets out)"
    r"|(?:undertook|carried out) (?:a|an|by|the|in|under)\b|was carried out)"
    r"|it is ofsted’s expectation|this (?:letter|report) ",
    re.IGNORECASE,
)
SAYS_METHOD = re.compile(r"\b(?:copying this letter|the inspectors (?:were|for this))")
"""How sentences begin, and what in small letters stands in others, that are about the inspection and not about what it found."""


def tone_of(sentence: str, before: str = "") -> Tone | None:
    """STRENGTH, WEAKNESS or MIXED; None for a sentence that only describes. `before` is the sentence before it in its section."""
    if is_method(sentence):
        return None
    known = model()
    weak, neutral = scores(sentence)
    if before:
        weak += lean(known, sentence, scores(before)[0])
    return decided(known, weak, neutral, [scores.__wrapped__(clause)[0] for clause in clauses_of(sentence)])


def is_method(sentence: str) -> bool:
    """Whether a sentence is about the inspection and not about what it found."""
    plain = sentence.replace("'", "’")
    return bool(BEGINS_METHOD.match(plain) or SAYS_METHOD.search(plain.lower()))


@lru_cache(maxsize=4)  # two would throw away the one that is asked for next
def scores(sentence: str) -> tuple[float, float]:
    """Log-odds of (weakness against strength, describing against judging). Kept for the next sentence, which looks back."""
    tokens = tokens_of(sentence)
    return scored(model(), features_of(tokens), seen_in(tokens), len(tokens))


def seen_in(tokens: Sequence[str]) -> Polarity | None:
    """The signs of a sentence that is short enough for them to tell what it says."""
    return polarity(tokens) if len(tokens) <= LONG else None


def scored(known: Model, found: Iterable[str], seen: Polarity | None, length: int) -> tuple[float, float]:
    """The same of features, signs and the number of words and stops."""
    pairs = list(filter(None, map(known.weights.get, found)))
    # Divided by the root of how many there are, so that a short sentence can be as sure as a long one.
    scale = 1 / math.sqrt(len(pairs) or 1)
    weak, neutral = scale * sum([pair[0] for pair in pairs]), scale * sum([pair[1] for pair in pairs])
    if seen and seen.signs:
        weak += signed(known, seen, length)
    return known.bias[0] + weak, known.bias[1] + neutral


def signed(known: Model, seen: Polarity, length: int) -> float:
    """Log-odds towards weakness that good and bad words add, whichever they are and whether the weights know them or not."""
    is_new = not all(word in known.weights for word in seen.words)
    shortness = min(1.0, SHORT / max(1, length)) ** 2
    share = shortness * (known.short + known.new * is_new)
    return share * (known.sign_bias + sum(known.signs.get(sign, 0.0) for sign in seen.signs))


def lean(known: Model, sentence: str, before: float) -> float:
    """Log-odds towards weakness that a sentence before it, itself of `before`, adds: more to one that points back to it."""
    most = known.back if POINTS_BACK.match(sentence) else known.near
    return most * math.tanh((before - known.weak) / FLAT)


def clauses_of(sentence: str) -> list[str]:
    """The clauses of a contrast; none where there are not two of some length."""
    clauses = [clause for clause in CLAUSES.split(sentence) if len(clause.split()) >= WORDS_IN_CLAUSE]
    return clauses if len(clauses) > 1 else []


def decided(known: Model, weak: float, neutral: float, clauses: Sequence[float]) -> Tone | None:
    """What the scores of a sentence and of its clauses come to: mixed where one is clearly good and another clearly not."""
    if neutral > known.neutral and weak < known.weak:
        return None
    if clauses and min(clauses) < -known.both and max(clauses) > known.both:
        return Tone.MIXED
    return Tone.WEAKNESS if weak > known.weak else Tone.STRENGTH
