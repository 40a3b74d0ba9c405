"""How well items are told apart by headline and lede: precision and recall of report-or-follow-up, and the right authority.

    bench/news_headlines.py FILE [--show]

FILE is JSON lines (label, authority, headline, lede, url) or the project's own text columns. Cross-validated: for the items of
each authority the score that makes an item relevant is chosen on the items of all the others.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from scraper.articles.authority import which
from scraper.articles.relevance import judge
from scraper.items import Article
from scraper.reference import find_authority, known_authorities, patch_of

THRESHOLD = 5.0
CANDIDATES = [quarter / 4 for quarter in range(8, 33)]


class Item(NamedTuple):
    label: str
    authority: str
    article: Article
    covers: tuple[str, ...]


def read_items(file: Path) -> list[Item]:
    lines = [
        line for line in file.read_text(encoding="utf-8").splitlines() if line.strip() and not line.startswith("#")
    ]
    return [_from_json(json.loads(line)) if line.startswith("{") else _from_columns(line) for line in lines]


def _from_json(row: dict[str, Any]) -> Item:
    """A row with an address has its paper's patch; one that is invented has `covers`, and may have the article's `text`."""
    authority = find_authority(row["authority"] or "", known_authorities())
    named = (find_authority(name, known_authorities()) for name in row.get("covers", ()))
    covers = patch_of("", row["url"]) if row.get("url") else tuple(one.urn for one in named if one)
    text = "\n".join(filter(None, (row["lede"], row.get("text"))))
    article = Article(row.get("url") or "", row["headline"], text, row.get("outlet", ""), None)
    return Item(row["label"], authority.name if authority else "", article, covers)


def _from_columns(line: str) -> Item:
    label, name, covered, headline, text = (part.strip() for part in line.split("|", 4))
    authority = find_authority(name, known_authorities()) if name else None
    covers = [find_authority(part, known_authorities()) for part in covered.split(", ") if part]
    return Item(
        label,
        authority.name if authority else "",
        Article("", headline, text, "", None),
        tuple(a.urn for a in covers if a),
    )


def scores(found: Sequence[bool], right: Sequence[bool]) -> tuple[float, float]:
    both = sum(f and r for f, r in zip(found, right, strict=True))
    return both / max(1, sum(found)), both / max(1, sum(right))


def total(item: Item) -> float:
    """The points that decide between relevant and other; far below where the rules say other for want of a subject."""
    found = judge(item.article)
    about = sum(points for what, points in found.reasons if not what.startswith(("report:", "followup:")))
    return about if found.label != "other" or about < THRESHOLD else -99.0


def cross_validated(items: Sequence[Item]) -> tuple[float, float, list[float]]:
    """Precision, recall and the scores chosen, each authority's items judged by the score that is best on all the others."""
    totals = [total(item) for item in items]
    found, chosen = [], []
    for item in items:
        others = [
            (points, other.label != "other")
            for points, other in zip(totals, items, strict=True)
            if other.authority != item.authority
        ]
        chosen.append(max(CANDIDATES, key=lambda score: (_f1(others, score), -abs(score - THRESHOLD))))
    for points, score in zip(totals, chosen, strict=True):
        found.append(points >= score)
    return (*scores(found, [item.label != "other" for item in items]), sorted(set(chosen)))


def _f1(pairs: Sequence[tuple[float, bool]], score: float) -> float:
    precision, recall = scores([points >= score for points, _ in pairs], [right for _, right in pairs])
    return 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--show", action="store_true", help="print the items told wrong, with the reasons")
    args = parser.parse_args()
    items = read_items(args.file)
    if not items:
        parser.error(f"{args.file} holds no items")
    read = [judge(item.article) for item in items]
    right = [item.label != "other" for item in items]
    found = [reading.label != "other" for reading in read]
    precision, recall = scores(found, right)
    print(f"{len(items)} items: precision {precision:.3f}  recall {recall:.3f} (report or follow-up)")
    precision, recall, chosen = cross_validated(items)
    print(f"cross-validated by authority: precision {precision:.3f}  recall {recall:.3f}  scores chosen {chosen}")
    split = sum(reading.label == item.label for reading, item in zip(read, items, strict=True)) / len(items)
    positives = [item for item in items if item.label != "other"]
    guesses = [which(item.article, known_authorities(), item.covers).authority for item in positives]
    names = [guess.name if guess else "" for guess in guesses]
    good = sum(name == item.authority for name, item in zip(names, positives, strict=True))
    print(f"all three labels {split:.3f}  authority {good}/{len(positives)} = {good / max(1, len(positives)):.3f}")
    if args.show:
        for item, reading in zip(items, read, strict=True):
            if (reading.label == "other") != (item.label == "other"):
                print(
                    f"{item.label} read as {reading.label}: {item.article.headline} | {item.article.text}\n    {reading.reasons}"
                )
        for item, name in zip(positives, names, strict=True):
            if name != item.authority:
                print(f"{item.authority!r} read as {name!r}: {item.article.headline} | {item.article.text}")


if __name__ == "__main__":
    main()
