"""Which words stand for each other in reports: monitor/comparing/near_words.json, from a folder of real reports.

    python -m bench.near_words FOLDER [--cache FILE]

Words that occur in the same places, a sentence and those beside it under one heading, get like vectors (latent semantic analysis: TF-IDF and a
truncated singular value decomposition); of each word the nearest are kept. The file holds single words with numbers, none of the reports' text.
Needs scikit-learn: `pip install --group bench`.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from bench.compare_corpus import readings
from monitor.comparing.matching import word_weights
from monitor.comparing.near_words import NEAR_WORDS
from scraper.items import Reading
from scraper.reports import stemmed_words

DIMENSIONS = 100
LEAST_PLACES = 12
MOST, LEAST = 12, 0.4
"""How many words near one are kept, and how near they must be."""

TELLING = 2.5
"""How rare a word must be, as a logarithm, that the list of words does not call telling."""


def places(reading: Reading) -> Iterator[list[str]]:
    """The words of each sentence and of those beside it under the same heading."""
    words = [list(stemmed_words(finding.text)) for finding in reading.findings]
    for place, finding in enumerate(reading.findings):
        beside = range(max(0, place - 1), min(len(words), place + 2))
        yield [word for one in beside if reading.findings[one].section == finding.section for word in words[one]]


def near_words(texts: list[list[str]]) -> dict[str, dict[str, float]]:
    """For each telling word the words nearest to it, 0 to 1."""
    table = TfidfVectorizer(
        analyzer=lambda words: [word for word in words if not word.isdigit()], min_df=LEAST_PLACES, sublinear_tf=True
    )
    found = TruncatedSVD(DIMENSIONS, random_state=1).fit(table.fit_transform(texts))
    names, rare = table.get_feature_names_out(), word_weights()
    kept = np.array([rare.get(name, 0) > 0 or weight > TELLING for name, weight in zip(names, table.idf_, strict=True)])
    names = names[kept]
    vectors = (found.components_.T * np.sqrt(found.singular_values_))[kept]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, 0)
    return {
        str(name): near
        for name, row in zip(names, likeness, strict=True)
        if (
            near := {str(names[one]): round(float(row[one]), 2) for one in np.argsort(-row)[:MOST] if row[one] >= LEAST}
        )
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path)
    args = parser.parse_args()
    read = [one for one in readings(args.folder, args.cache).values() if isinstance(one, Reading)]
    found = near_words([words for reading in read for words in places(reading)])
    NEAR_WORDS.write_text(json.dumps(found, sort_keys=True, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(found)} words, {NEAR_WORDS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
