"""How telling each word is, from a folder of real reports: monitor/comparing/word_weights.json, by which items are told apart.

    python -m bench.compare_words FOLDER [--cache FILE]

A word's weight is the logarithm of how rare the statements are that have it; words that every report is full of weigh nothing.
The file holds single words with numbers, none of the reports' text.
"""

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from bench.compare_corpus import readings
from monitor.comparing.matching import WORD_WEIGHTS
from scraper.items import Reading
from scraper.reports import stemmed_words

LEAST_STATEMENTS = 4
LEAST_WEIGHT = 3.0


def word_weights(texts: Iterable[str]) -> dict[str, float]:
    """The weight of every word that enough statements have; 0 for the commonest."""
    having: Counter[str] = Counter()
    total = 0
    for text in texts:
        total += 1
        having.update(set(stemmed_words(text)))
    weights = {word: math.log(total / number) for word, number in having.items() if number >= LEAST_STATEMENTS}
    return {
        word: round(weight, 1) if weight >= LEAST_WEIGHT else 0.0
        for word, weight in sorted(weights.items())
        if not word.isdigit()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path)
    args = parser.parse_args()
    found = readings(args.folder, args.cache)
    weights = word_weights(
        finding.text for reading in found.values() if isinstance(reading, Reading) for finding in reading.findings
    )
    WORD_WEIGHTS.write_text(json.dumps(weights, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(weights)} words in {WORD_WEIGHTS}")


if __name__ == "__main__":
    main()
