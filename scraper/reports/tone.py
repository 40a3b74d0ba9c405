"""Whether a sentence says that something is good, not good enough, both, or neither.

A linear model over words, word pairs and triples, and what stands under a negation or after a contrast. Its weights are data
(tone.json), made by bench/reading_tone.py from the reports' own lists: what is asked for is a weakness, a list of strengths
holds strengths, what stands under "Information about ..." is neither.
"""

import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field

from scraper.errors import RuleFileError
from scraper.items import Kind
from scraper.reference import Number, RuleFile, read_rules

FILE = Path(__file__).with_name("tone.json")
BAD_WORDS = Path(__file__).with_name("tone_bad.txt")
WORD = re.compile(r"[a-z]+(?:[-’][a-z]+)*")
TOKEN = re.compile(rf"{WORD.pattern}|\d+|[;:,.]")
NEGATION = frozenset(
    [
        "not",
        "no",
        "nor",
        "never",
        "cannot",
        "without",
        "rarely",
        "lack",
        "lacks",
        "lacking",
        "few",
        "neither",
        "insufficient",
        "insufficiently",
    ]
)
CONTRAST = frozenset(["but", "however", "although", "while", "despite", "yet", "though", "whilst"])
STOPS = frozenset(",.;:")
ENDING = re.compile(r"(?:ations?|ments?|ness|ingly|ing|edly|ed|es|s|ly|ity)$")
REACH = 5
"""How many words after a negation stand under it."""

CLAUSES = re.compile(r"(?:,|;)\s+(?:but|although|though|yet|while|whilst)\b|;\s", re.IGNORECASE)
WORDS_IN_CLAUSE = 5


class ToneFile(RuleFile):
    """The whole of tone.json; each weight is a feature with (towards weakness, towards neutral)."""

    bias: tuple[Number, Number]
    weights: Annotated[tuple[tuple[str, Number, Number], ...], Field(min_length=1)]
    weak: Number
    neutral: Number
    both: Number


class Model(NamedTuple):
    """`weights` is (towards weakness, towards neutral) by feature; a score above its threshold decides."""

    bias: tuple[float, float]
    weights: dict[str, tuple[float, float]]
    weak: float
    neutral: float
    both: float


@cache
def model() -> Model:
    """The weights of tone.json. Raises `RuleFileError` where it is wrong."""
    data = read_rules(FILE, ToneFile)
    weights = {feature: (weak, neutral) for feature, weak, neutral in data.weights}
    return Model(data.bias, weights, data.weak, data.neutral, data.both)


@cache
def bad_words() -> frozenset[str]:
    """The words of tone_bad.txt. Raises `RuleFileError` where one is none that a sentence can hold, or there are none."""
    lines = BAD_WORDS.read_text(encoding="utf-8").splitlines()
    found = [
        (number, word) for number, line in enumerate(lines, 1) if not line.startswith("#") for word in line.split()
    ]
    wrong = [
        f"{BAD_WORDS}:{number}: not a word in small letters: {word}"
        for number, word in found
        if not WORD.fullmatch(word)
    ]
    if wrong or not found:
        raise RuleFileError("\n".join(wrong) or f"{BAD_WORDS}: there is no word in it")
    return frozenset(word for _, word in found)


METHOD = re.compile(
    r"^(?:specifically, )?(?:inspectors|they) (?:also )?(?:looked at|considered|evaluated|reviewed|visited|met with|spoke with)\b"
    r"|^(?:this|the|our|between|it) .{0,90}(?:(?:inspection|visit|letter|report) (?:took place|was carried out|summarises|outlines|sets out)"
    r"|(?:undertook|carried out) (?:a|an|by|the|in|under)\b|was carried out)"
    r"|^it is ofsted’s expectation|^this (?:letter|report) |\bcopying this letter|\bthe inspectors (?:were|for this)",
    re.IGNORECASE,
)
"""Sentences about the inspection and not about what it found."""


def tone_of(sentence: str) -> Kind | None:
    """STRENGTH, WEAKNESS or MIXED; None for a sentence that only describes."""
    if METHOD.search(sentence.replace("'", "’")):
        return None
    weak, neutral = scores(sentence)
    if neutral > model().neutral and weak < model().weak:
        return None
    if is_mixed(sentence):
        return Kind.MIXED
    return Kind.WEAKNESS if weak > model().weak else Kind.STRENGTH


def scores(sentence: str) -> tuple[float, float]:
    """Log-odds of (weakness against strength, describing against judging)."""
    known = model()
    pairs = [pair for feature in features(sentence) if (pair := known.weights.get(feature))]
    # Divided by the root of how many there are, so that a short sentence can be as sure as a long one.
    scale = 1 / math.sqrt(len(pairs) or 1)
    weak, neutral = (sum(column) * scale for column in zip(*pairs, strict=True)) if pairs else (0.0, 0.0)
    return known.bias[0] + weak, known.bias[1] + neutral


def is_mixed(sentence: str) -> bool:
    """Whether one clause says that something is good and another that something is not, both clearly."""
    clauses = [clause for clause in CLAUSES.split(sentence) if len(clause.split()) >= WORDS_IN_CLAUSE]
    if len(clauses) < 2:
        return False
    each = [scores(clause)[0] for clause in clauses]
    return min(each) < -model().both and max(each) > model().both


def stem_of(word: str) -> str:
    """A long word without its ending, so that rare forms share the weight of the common ones."""
    return ENDING.sub("", word) if len(word) > 6 else word


def features(sentence: str) -> set[str]:
    """The features that are present: `a`, `a b`, `a b c`; `!a` under a negation; `>a` after a contrast; numbers are #.

    `@bad` stands for any word of tone_bad.txt, `!@bad` for one under a negation; `~a` for a word without its ending.
    """
    found: set[str] = set()
    before, last = "", "^"
    negated, contrasted = 0, False
    for token in TOKEN.findall(sentence.lower().replace("'", "’")):
        word = "#" if token[0].isdigit() else token
        if word in STOPS:
            negated = 0
        else:
            found.update(_of_word(word, last, negated > 0))
            if before and before not in STOPS and last not in STOPS:
                found.add(f"{before} {last} {word}")
            negated = max(0, negated - 1)
            if contrasted:
                found.add(f">{word}")
            negated = REACH if word in NEGATION else negated
            contrasted = contrasted or word in CONTRAST
        before, last = last if last != "^" else "", word
    return found


def _of_word(word: str, last: str, negated: bool) -> Iterator[str]:
    """What a word and the one before it say by themselves."""
    yield from (word, f"{last} {word}")
    if word in bad_words():
        yield from ("@bad", f"{last} @bad")
        if negated:
            yield "!@bad"
    if (stem := stem_of(word)) != word:
        yield f"~{stem}"
    if negated:
        yield f"!{word}"
