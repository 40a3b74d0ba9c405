"""Vectors for the words that reports use: monitor/comparing/meanings.json, learnt from a folder of real reports and a model of sentences.

    python -m bench.meanings FOLDER [--model NAME_OR_FOLDER] [--encoded FILE] [--cache FILE] [--open]

The model (all-MiniLM-L6-v2, Apache 2.0) says where each sentence of the reports lies in 384 dimensions; the vectors are those whose mean over a sentence's
words comes nearest to that (ridge regression), in the 96 dimensions in which the sentences then differ most, in whole numbers from 1 to 255, 128 for 0.
Kept are the words that reports of two authorities or more use, so that most names of places stay out. `--encoded`: keeps what the model says, which takes
minutes; `--open`: without the reports of the authorities that are closed, for honest figures of those. Needs `pip install --group bench`.
"""

import argparse
import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bench.compare_corpus import readings
from bench.compare_pairs import is_closed
from monitor.comparing.meaning import MEANINGS, words_of
from scraper.items import Reading

MODEL = "sentence-transformers/all-MiniLM-L6-v2"
AUTHORITIES, DIMENSIONS, RIDGE = 2, 96, 0.01
"""How many authorities' reports must use a word, how many numbers a word gets, and how dear long vectors are; chosen on the open authorities."""

Rows: TypeAlias = NDArray[np.float32]


def sentences(folder: Path, cache: Path | None, *, open_only: bool) -> dict[str, set[str]]:
    """Every statement of the reports, with the authorities whose reports make it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, reading in readings(folder, cache).items():
        authority = path.parent.name.partition("_")[0]
        if isinstance(reading, Reading) and not (open_only and is_closed(authority)):
            for finding in reading.findings:
                found[finding.text].add(authority)
    return found


def words_used(texts: dict[str, set[str]]) -> list[str]:
    """The words that are kept."""
    users: dict[str, set[str]] = defaultdict(set)
    for text, authorities in texts.items():
        for word in words_of(text):
            users[word] |= authorities
    return sorted(word for word, authorities in users.items() if len(authorities) >= AUTHORITIES)


def encoded(texts: Sequence[str], model: str, kept: Path | None) -> Rows:
    """Where each text lies, (texts, 384), each of length 1; read from a file where that has it."""
    known: dict[str, Rows] = {}
    if kept and kept.exists():
        with np.load(kept) as file:
            known = dict(zip(file["texts"].tolist(), file["rows"], strict=True))
    if missing := [text for text in texts if text not in known]:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds, and not needed where all is kept

        known |= zip(missing, SentenceTransformer(model).encode(missing, normalize_embeddings=True), strict=True)
        if kept:
            np.savez(kept, texts=np.array([*known]), rows=np.array([*known.values()], np.float16))
    return np.array([known[text] for text in texts], np.float32)


def learnt(shares: csr_matrix, wanted: Rows) -> Rows:
    """The vectors of words whose means over the sentences come nearest to what is wanted. `shares`: of each sentence, the share of each word in it."""
    square = (shares.T @ shares).toarray() + RIDGE * np.eye(shares.shape[1])
    return np.asarray(np.linalg.solve(square, shares.T @ (wanted - wanted.mean(axis=0))), np.float32)


def narrowed(vectors: Rows, shares: csr_matrix) -> NDArray[np.uint8]:
    """The vectors in the dimensions in which the sentences differ most, widest first, as bytes."""
    means = shares @ vectors
    turned = vectors @ np.linalg.svd(means - means.mean(axis=0), full_matrices=False)[2][:DIMENSIONS].T
    return np.round(128 + turned * 127 / np.abs(turned).max()).astype(np.uint8)


def shares_of(texts: Sequence[str], words: Sequence[str]) -> csr_matrix:
    """Of each text the share of each word among those of its words that are kept."""
    places = {word: place for place, word in enumerate(words)}
    known = [[places[word] for word in words_of(text) if word in places] for text in texts]
    ends = np.cumsum([0, *map(len, known)])
    values = [1 / len(row) for row in known for _ in row]
    return csr_matrix((values, [place for row in known for place in row], ends), shape=(len(texts), len(words)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default=MODEL)
    parser.add_argument("--encoded", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--open", action="store_true")
    args = parser.parse_args()
    found = sentences(args.folder, args.cache, open_only=args.open)
    words, texts = words_used(found), sorted(found)
    shares = shares_of(texts, words)
    rows = narrowed(learnt(shares, encoded(texts, args.model, args.encoded)), shares)
    middle = (shares @ rows.astype(np.float32)).mean(axis=0)
    held = {
        "middle": [round(float(value), 3) for value in middle],
        "words": {word: b64encode(row.tobytes()).decode() for word, row in zip(words, rows, strict=True)},
    }
    MEANINGS.write_text(json.dumps(held, indent=0) + "\n", encoding="utf-8")
    print(f"{len(texts)} sentences, {len(words)} words, {MEANINGS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
