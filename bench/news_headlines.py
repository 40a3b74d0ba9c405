"""How well items are told apart by headline and lede: precision and recall of report-or-follow-up, and the right authority.

    bench/news_headlines.py FILE [--show]

FILE is JSON lines (label, authority, headline, lede, url) or the project's own text columns. Of rows that the weights were fitted to, as all of
tests/fixtures but closed.jsonl, this says little: bench/news_fit.py judges each by the weights of the others.
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
    """A row with an address has its paper's patch; one that is invented has `covers`, and may have the article's `text`.

    An ordinary entry of a feed has no label: it is `other`.
    """
    authority = find_authority(row.get("authority") or "", known_authorities())
    named = (find_authority(name, known_authorities()) for name in row.get("covers", ()))
    covers = patch_of("", row["url"]) if row.get("url") else tuple(one.urn for one in named if one)
    text = "\n".join(filter(None, (row.get("lede") or row.get("summary"), row.get("text"))))
    article = Article(row.get("url") or "", row["headline"], text, row.get("outlet", ""), None)
    return Item(row.get("label", "other"), authority.name if authority else "", article, covers)


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
