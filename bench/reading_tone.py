"""Make scraper/reports/tone.json: weights of the tone model, from sentences labelled by hand, the reports' own lists and the
rules of reading_cues.py.

    python -m bench.reading_tone ../shared/corpus ../shared/truth/reports [--write]

tone_labels.csv holds what a language model, reading one by one, made of some 5,700 sentences of the corpus, each known by its
authority and a hash of its words; `chosen` is how it came there: drawn at random or read with its whole section, unsure (an earlier
model was), hard (drawn among sentences with a contrast, a need, a negation, a condition or a plan), last (drawn at random from ten
authorities of which nothing was looked at before the model was as it is). Prints the F1 of strength and weakness, each fifth of the
authorities read by a model that saw neither its reports nor its labels. `--write` trains on everything and writes the weights.
"""

import argparse
import csv
import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bench.reading_cues import margin
from bench.tone_fit import regression
from bench.tone_measure import Judged, told
from bench.tone_signs import sign_weights
from scraper.errors import ScraperError
from scraper.reports.outline import Mode, Section
from scraper.reports.pdf import load
from scraper.reports.reader import outline_of
from scraper.reports.sentences import sentences_of
from scraper.reports.tone import FILE, Model, clauses_of, decided, is_method, lean, scored, seen_in
from scraper.reports.tone_features import features, tokens_of
from scraper.reports.tone_polarity import Polarity

STEEP = 3.0
HAND = 10.0
"""How much a sentence labelled by hand weighs against one labelled by its section and the rules."""
LABELS = Path(__file__).with_name("tone_labels.csv")
FOLDS = 5
DECISIONS = {
    "weak": -0.9,
    "neutral": -0.5,
    "both": 4.0,
    "back": 1.5,
    "near": 0.5,
    "short": 0.4,
    "new": 1.5,
}
"""What is decided by and not learnt: chosen by cross-validation on the authorities that are not `last`."""
LEAST = 25
"""Letters of a sentence that can be learnt from."""
SMALLEST = 0.05
LISTS = (
    (Mode.ASK, r"do better", 1.0),
    (Mode.TELL, r"inadequate because|serious weaknesses and", 1.0),
    (Mode.TELL, r"inadequate\W*$", 0.5),
    (Mode.TELL, r"outstanding\W*$", -0.7),
    (Mode.TELL, r"doing that is effective|^(?!.*weakness).*strengths", -1.0),
)
"""How much a list or a graded section speaks for weakness, by the words of its heading."""
DESCRIBING = re.compile(
    r"information about|previous ofsted|local leadership|(living|protection|looked after) in this area|next steps",
    re.IGNORECASE,
)
METHOD = re.compile(
    r"^(inspectors (looked|considered|evaluated|reviewed|visited)|this (visit|letter|inspection)|her majesty|his majesty)",
    re.IGNORECASE,
)


class Example(NamedTuple):
    """`weak` and `neutral` are what the sentence is taught as, 0 to 1; a weight of 0 leaves it out of that model."""

    authority: str
    found: frozenset[str]
    weak: float
    weak_weight: float
    neutral: float
    neutral_weight: float


class Label(NamedTuple):
    """What a sentence is, and how it was chosen."""

    label: str
    chosen: str


class Labelled(NamedTuple):
    """A sentence labelled by hand, with the one before it in its section."""

    authority: str
    label: str
    chosen: str
    sentence: str
    before: str


def main() -> None:
    """Train, measure, and with --write write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    labels = read_labels()
    taught, hand = [], list(labelled(options.truth))
    for sentence, before, example in examples(options.corpus):
        taught.append(example)
        if label := labels.pop((example.authority, mark(sentence)), None):
            hand.append(Labelled(example.authority, label.label, label.chosen, sentence, before))
    print(len(labels), "labels without their sentence")
    print(len(taught), "sentences,", len(hand), "labelled by hand")
    print(*told(cross_validated(taught, hand)), sep="\n")
    if options.write:
        write(trained(taught, hand))


def mark(sentence: str) -> str:
    """A hash of a sentence's words, by which its label is kept."""
    words = re.sub(r"[^a-z0-9]+", " ", sentence.lower()).strip()
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def read_labels() -> dict[tuple[str, str], Label]:
    """The labels of tone_labels.csv by authority (URN) and `mark`."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {(row["authority"], row["sentence"]): Label(row["label"], row["chosen"]) for row in csv.DictReader(file)}


def examples(corpus: Path) -> Iterator[tuple[str, str, Example]]:
    """Every sentence of the corpus, the one before it in its section, and what the rules and its section make of it."""
    for path in sorted(corpus.rglob("*.pdf")):
        authority = path.parent.name.split("_")[0]
        try:
            document = load(path)
        except ScraperError:
            continue
        before, last = "", None
        for section, block in outline_of(document)[1]:
            before, last = before if section == last else "", section
            for sentence in sentences_of(block.text):
                if len(sentence) >= LEAST and (
                    section.mode is Mode.TELL or _prior(section) or DESCRIBING.search(section.name)
                ):
                    yield sentence, before, _taught(authority, section, sentence)
                before = sentence


def _taught(authority: str, section: Section, sentence: str) -> Example:
    found = frozenset(features(sentence))
    if section.mode is Mode.SKIP or METHOD.match(sentence):
        return Example(authority, found, 0, 0, 1, 1)
    prior = _prior(section)
    weak = 1 / (1 + math.exp(-(STEEP * margin(sentence) + prior)))
    return Example(authority, found, weak, 1, 0, 1)


def _prior(section: Section) -> float:
    for mode, pattern, weight in LISTS:
        if section.mode is mode and re.search(pattern, section.name, re.IGNORECASE):
            return weight
    return 0.0


def labelled(truth: Path) -> Iterator[Labelled]:
    """The sentences of the reports that were read by hand as a whole."""
    for path in sorted(truth.glob("*.json")):
        report = json.loads(path.read_text(encoding="utf-8"))
        authority = report["pdf"].split("_")[0]
        before = ""
        for sentence in report["narrative"]:
            yield Labelled(authority, sentence["label"], "drawn", sentence["text"], before)
            before = sentence["text"]


@cache
def found_in(sentence: str) -> frozenset[str]:
    """The features of a sentence, kept."""
    return frozenset(features(sentence))


@cache
def signs_in(sentence: str) -> tuple[Polarity | None, int]:
    """The signs of a sentence, kept, and how many words and stops it has."""
    tokens = tokens_of(sentence)
    return seen_in(tokens), len(tokens)


def trained(taught: Sequence[Example], hand: Iterable[Labelled]) -> Model:
    """The model that these sentences make."""
    weak = [(each.authority, each.found, each.weak, each.weak_weight) for each in taught if each.weak_weight]
    neutral = [
        (each.authority, each.found, each.neutral, each.neutral_weight) for each in taught if each.neutral_weight
    ]
    signs = []
    for authority, label, _, sentence, _ in hand:
        neutral.append((authority, found_in(sentence), float(label == "neutral"), HAND))
        if label in ("strength", "weakness"):
            weak.append((authority, found_in(sentence), float(label == "weakness"), HAND))
            signs.append((*signs_in(sentence), label == "weakness"))
    (bias, first), (other_bias, second) = regression(weak), regression(neutral)
    weights = {name: (first.get(name, 0.0), second.get(name, 0.0)) for name in first.keys() | second.keys()}
    by_sign, sign_bias = sign_weights(signs)
    return Model((bias, other_bias), weights, by_sign, sign_bias, **DECISIONS)


def cross_validated(taught: Sequence[Example], hand: Sequence[Labelled]) -> list[Judged]:
    """What is said of every sentence labelled by hand, each fifth of the authorities read by a model of the others."""
    authorities = sorted({row.authority for row in hand})
    judged = []
    for start in range(FOLDS):
        fold = set(authorities[start::FOLDS])
        known = trained(
            [each for each in taught if each.authority not in fold], [row for row in hand if row.authority not in fold]
        )
        judged += [
            Judged(row.authority, row.chosen, row.label, said(known, row.sentence, row.before))
            for row in hand
            if row.authority in fold
        ]
    return judged


def said(known: Model, sentence: str, before: str) -> str:
    """The tone of a sentence by some model; the same as `tone_of`, whose model is the file's."""
    if is_method(sentence):
        return "neutral"
    weak, neutral = _score(known, sentence)
    if before:
        weak += lean(known, sentence, _score(known, before)[0])
    kind = decided(known, weak, neutral, [_score(known, clause)[0] for clause in clauses_of(sentence)])
    return kind.value if kind else "neutral"


def _score(known: Model, sentence: str) -> tuple[float, float]:
    return scored(known, found_in(sentence), *signs_in(sentence))


def write(known: Model) -> None:
    """Write tone.json, without the weights too small to matter."""
    rows = [(feature, round(weak, 2), round(neutral, 2)) for feature, (weak, neutral) in sorted(known.weights.items())]
    kept = [row for row in rows if max(abs(row[1]), abs(row[2])) >= SMALLEST]
    signs = [(sign, round(weight, 2)) for sign, weight in sorted(known.signs.items())]
    head = {
        "bias": [round(bias, 3) for bias in known.bias],
        "sign_bias": round(known.sign_bias, 3),
        "signs": signs,
        **DECISIONS,
    }
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in kept)
    FILE.write_text(json.dumps(head)[:-1] + ', "weights": [\n' + lines + "\n]}\n", encoding="utf-8")
    print(len(kept), "weights,", FILE.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
