"""Make scraper/reports/tone.json: weights of the tone model, from sentences labelled by hand, the reports' own lists and the
rules of reading_cues.py.

    python -m bench.reading_tone ../shared/corpus ../shared/truth/reports [--write]

tone_labels.csv holds what a language model, reading one by one, made of some 4,300 sentences of the corpus, each known by its authority and a hash of its
words. Prints the macro F1 of strength and weakness on the sentences labelled by hand, each half of the authorities read by a model
that saw neither its reports nor its labels. `--write` trains on everything and writes the weights.
"""

import argparse
import csv
import hashlib
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.reading_cues import margin
from scraper.errors import ScraperError
from scraper.reports.outline import Mode, Section
from scraper.reports.pdf import load
from scraper.reports.reader import outline_of
from scraper.reports.sentences import sentences_of
from scraper.reports.tone import FILE, features

STEEP = 3.0
HAND = 10.0
"""How much a sentence labelled by hand weighs against one labelled by its section and the rules."""
LABELS = Path(__file__).with_name("tone_labels.csv")
EPOCHS = 4
RATE = 0.5
DECAY = 2e-5
LEAST_SEEN, LEAST_AUTHORITIES = 5, 4
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
    """`fair`: the sentence was drawn at random or read with its whole section, not chosen because an earlier model was unsure of it."""

    label: str
    fair: bool


class Labelled(NamedTuple):
    """A sentence labelled by hand, with its features."""

    authority: str
    label: str
    found: frozenset[str]
    fair: bool = True


class Weights(NamedTuple):
    """A trained model."""

    bias: float
    by_feature: dict[str, float]

    def score(self, found: Iterable[str]) -> float:
        """Log-odds."""
        known = [self.by_feature[feature] for feature in found if feature in self.by_feature]
        return self.bias + sum(known) / math.sqrt(len(known) or 1)


def main() -> None:
    """Train, measure, and with --write write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    labels = read_labels()
    taught, hand = [], list(labelled(options.truth))
    for sentence, example in examples(options.corpus):
        taught.append(example)
        if label := labels.pop((example.authority, mark(sentence)), None):
            hand.append(Labelled(example.authority, label.label, example.found, label.fair))
    print(len(labels), "labels without their sentence")
    print(len(taught), "sentences,", len(hand), "labelled by hand")
    print(json.dumps(cross_validated(taught, hand)))
    if options.write:
        write(trained(taught, hand))


def mark(sentence: str) -> str:
    """A hash of a sentence's words, by which its label is kept."""
    words = re.sub(r"[^a-z0-9]+", " ", sentence.lower()).strip()
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def read_labels() -> dict[tuple[str, str], Label]:
    """The labels of tone_labels.csv by authority (URN) and `mark`."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {
            (row["authority"], row["sentence"]): Label(row["label"], row["chosen"] == "drawn")
            for row in csv.DictReader(file)
        }


def examples(corpus: Path) -> Iterator[tuple[str, Example]]:
    """Every sentence of the corpus with what the rules and its section make of it."""
    for path in sorted(corpus.rglob("*.pdf")):
        authority = path.parent.name.split("_")[0]
        try:
            document = load(path)
        except ScraperError:
            continue
        for section, block in outline_of(document)[1]:
            for sentence in sentences_of(block.text):
                if len(sentence) >= 25 and (
                    section.mode is Mode.TELL or _prior(section) or DESCRIBING.search(section.name)
                ):
                    yield sentence, _taught(authority, section, sentence)


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
        for sentence in report["narrative"]:
            yield Labelled(authority, sentence["label"], frozenset(features(sentence["text"])))


def trained(taught: Sequence[Example], hand: Iterable[Labelled]) -> tuple[Weights, Weights]:
    """(weakness against strength, describing against judging)."""
    weak = [(each.authority, each.found, each.weak, each.weak_weight) for each in taught if each.weak_weight]
    neutral = [
        (each.authority, each.found, each.neutral, each.neutral_weight) for each in taught if each.neutral_weight
    ]
    for authority, label, found, _ in hand:
        neutral.append((authority, found, float(label == "neutral"), HAND))
        if label in ("strength", "weakness"):
            weak.append((authority, found, float(label == "weakness"), HAND))
    return regression(weak), regression(neutral)


def regression(rows: Sequence[tuple[str, frozenset[str], float, float]]) -> Weights:
    """Logistic regression by stochastic gradient descent with a step for each feature."""
    number = _vocabulary(rows)
    data = [
        ([number[feature] for feature in sorted(found) if feature in number], wanted, weight)
        for _, found, wanted, weight in rows
    ]
    weights, seen, bias = [0.0] * len(number), [1e-2] * len(number), 0.0
    shuffled = random.Random(1)
    for _ in range(EPOCHS):
        shuffled.shuffle(data)
        for present, wanted, weight in data:
            scale = 1 / math.sqrt(len(present) or 1)
            score = bias + scale * sum(weights[index] for index in present)
            error = (1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - wanted) * weight
            if abs(error) < 0.003:
                continue
            bias -= 0.02 * error
            for index in present:
                step = error * scale + DECAY * weights[index]
                seen[index] += step * step
                weights[index] -= RATE * step / math.sqrt(seen[index])
    return Weights(bias, {feature: weights[index] for feature, index in number.items()})


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


def cross_validated(taught: Sequence[Example], hand: Sequence[Labelled]) -> dict[str, float]:
    """Macro F1 on the fairly chosen sentences by thresholds, each half of the authorities read by a model of the others."""
    authorities = sorted({row.authority for row in hand})
    results: list[tuple[str, float, float]] = []
    for half in (set(authorities[::2]), set(authorities[1::2])):
        others = [each for each in taught if each.authority not in half]
        weak, neutral = trained(others, [row for row in hand if row.authority not in half])
        results += [
            (row.label, weak.score(row.found), neutral.score(row.found))
            for row in hand
            if row.fair and row.authority in half
        ]
    return {
        f"weak {w} neutral {n}": round(macro_f1(results, w, n), 4)
        for w in (-0.5, -0.25, -0.1, 0.0)
        for n in (-1.5, -1.0, 0.0, 99.0)
    }


def macro_f1(results: Iterable[tuple[str, float, float]], weak: float, neutral: float) -> float:
    """Mean F1 of strength and weakness; a mixed sentence counts for neither."""
    table: Counter[tuple[str, str]] = Counter()
    for label, weak_score, neutral_score in results:
        said = "weakness" if weak_score > weak else "neutral" if neutral_score > neutral else "strength"
        table[label, said] += 1
    return sum(_f1(table, kind) for kind in ("strength", "weakness")) / 2


def _f1(table: Counter[tuple[str, str]], kind: str) -> float:
    right = table[kind, kind]
    missed = sum(n for (label, said), n in table.items() if label == kind and said != kind)
    wrong = sum(n for (label, said), n in table.items() if label not in (kind, "mixed") and said == kind)
    return 2 * right / (2 * right + missed + wrong)


def write(models: tuple[Weights, Weights], *, weak: float = -0.1, neutral: float = 0.0, both: float = 1.0) -> None:
    """Write tone.json, without the weights too small to matter."""
    first, second = (model.by_feature for model in models)
    rows = [
        (f, round(first.get(f, 0.0), 2), round(second.get(f, 0.0), 2)) for f in sorted(first.keys() | second.keys())
    ]
    kept = [row for row in rows if max(abs(row[1]), abs(row[2])) >= SMALLEST]
    head = {"bias": [round(model.bias, 3) for model in models], "weak": weak, "neutral": neutral, "both": both}
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in kept)
    FILE.write_text(json.dumps(head)[:-1] + ', "weights": [\n' + lines + "\n]}\n", encoding="utf-8")
    print(len(kept), "weights,", FILE.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
