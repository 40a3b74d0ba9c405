"""The weights of scraper/articles/weights.json, and how well articles are told apart by them, cross-validated.

    python -m bench.news_fit [--write] [--show] [--apart FILE...]

Fitted by logistic regression on the labelled rows of tests/fixtures: the invented headlines, the labelled items but for closed.jsonl, and
the ordinary entries. Judged in five folds of authorities, and again in five folds of outlets, each by the weights of the other four.
Rows of FILEs (`--apart`, as for news_headlines.py) are judged by the weights of all rows and never fitted. `--show` prints what is judged wrong.
"""

import argparse
import hashlib
import json
import math
import zlib
from calendar import day_name, month_name
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.news_headlines import Item, read_items, scores
from bench.tone_fit import regression
from scraper.articles import looks_relevant, weights
from scraper.articles.features import WORD, features, rules_of
from scraper.articles.rules import FILE as RULES
from scraper.articles.rules import rules
from scraper.articles.weights import Weights

FIXTURES = Path(__file__).parents[1] / "tests/fixtures"
FOLDS = 5
EMPTY = (
    "a", "an", "the", "and", "or", "but", "of", "to", "in", "on", "at", "by", "for", "from", "with", "as",
    "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "it", "its", "it's", "this",
    "that", "these", "those", "they", "them", "their", "he", "she", "his", "her", "we", "our", "us", "you",
    "your", "i", "my", "me", "who", "which", "what", "when", "where", "how", "why", "not", "no", "nor", "so",
    "than", "then", "there", "here", "if", "into", "out", "up", "down", "over", "under", "about", "after",
    "before", "again", "all", "any", "some", "more", "most", "other", "such", "only", "own", "same", "too",
    "very", "can", "will", "just", "should", "now", "said", "says", "say",
)  # fmt: skip
"""Words that tell how somebody writes, and not what of."""
WORD_SEEN, WORD_AUTHORITIES = 20, 15
"""In so many rows, and of so many authorities, a word must be found to count: it is no name and no turn of one writer then."""
NOT_FITTED = "closed"
ORDINARY = "ordinary"


class Row(NamedTuple):
    """A labelled item with what is found in it; `source` is the name of its file."""

    source: str
    item: Item
    found: frozenset[str]

    @property
    def authority(self) -> str:
        return self.item.authority or ",".join(self.item.covers) or self.outlet

    @property
    def outlet(self) -> str:
        return self.item.article.outlet or self.item.article.headline

    @property
    def relevant(self) -> bool:
        return self.item.label != "other"


def read_rows(files: Sequence[Path]) -> list[Row]:
    return [Row(file.stem, item, features(item.article)) for file in files for item in read_items(file)]


def fitted_files() -> list[Path]:
    labelled = sorted((FIXTURES / "labelled").glob("*.jsonl"))
    return [*sorted((FIXTURES / "headlines").glob("*.txt")), *(file for file in labelled if file.stem != NOT_FITTED)]


def fit(rows: Sequence[Row]) -> tuple[Weights, Weights]:
    """(news or other, report or follow-up); the second learns from news alone, over the same features."""
    kept = common(rows)
    found = [
        frozenset(feature for feature in row.found if not feature.startswith(WORD) or feature in kept) for row in rows
    ]
    both = list(zip(rows, found, strict=True))
    news = regression([(row.authority, found, float(row.relevant), 1.0) for row, found in both], bounds)
    itself = regression(
        [(row.authority, found, float(row.item.label == "report"), float(row.relevant)) for row, found in both]
    )
    return Weights(news.bias, news.by_feature), Weights(itself.bias, itself.by_feature)


def bounds(feature: str) -> tuple[float, float]:
    """The least and the most that a feature may count, by what its rules speak for."""
    speaks = [rule.speaks for rule in rules().rules if rule.name in rules_of(feature)]
    if speaks and all(side == "for" for side in speaks):
        return 0.0, math.inf
    return (-math.inf, 0.0) if speaks == ["against"] else (-math.inf, math.inf)


def common(rows: Sequence[Row]) -> set[str]:
    """The words that count: seen often, and none of those that tell only how, or when, somebody wrote a row."""
    seen: Counter[str] = Counter()
    where: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        for feature in row.found:
            if feature.startswith(WORD):
                seen[feature] += 1
                where[feature].add(row.authority)
    names = {f'{WORD}{name.casefold()}{end}"' for name in (*month_name, *day_name) for end in ("", "'s")}
    names |= {f'{WORD}{word}"' for word in EMPTY}
    return {word for word in seen if seen[word] >= WORD_SEEN and len(where[word]) >= WORD_AUTHORITIES} - names


def folded(rows: Sequence[Row], group: Callable[[Row], str]) -> list[str]:
    """The label of each row by the weights of the rows of other groups."""
    folds = [zlib.crc32(group(row).encode()) % FOLDS for row in rows]
    fits = [fit([row for row, own in zip(rows, folds, strict=True) if own != fold]) for fold in range(FOLDS)]
    return [judged(row, fits[fold]) for row, fold in zip(rows, folds, strict=True)]


def judged(row: Row, models: tuple[Weights, Weights]) -> str:
    news, itself = models
    if news.weighed(row.found)[0] < 0:
        return "other"
    return "report" if itself.weighed(row.found)[0] >= 0 else "followup"


def told(rows: Sequence[Row], labels: Sequence[str], name: str) -> None:
    """Print precision and recall of each source and of all, without the ordinary entries, and these apart."""
    both = list(zip(rows, labels, strict=True))
    for source in (*dict.fromkeys(row.source for row in rows if row.source != ORDINARY), ""):
        of = [(row, label) for row, label in both if (row.source == source if source else row.source != ORDINARY)]
        precision, recall = scores([label != "other" for _, label in of], [row.relevant for row, _ in of])
        right = [label == row.item.label for row, label in of if row.relevant and label != "other"]
        print(
            f"{name}: {source or 'all':12} {len(of):5} rows  precision {precision:.3f}  recall {recall:.3f}"
            f"  report told from follow-up {sum(right) / max(1, len(right)):.3f}"
        )
    ordinary = [
        row.item.article.headline for row, label in both if row.source == ORDINARY and label != "other" and fetched(row)
    ]
    print(f"{name}: of the ordinary entries {len(ordinary)} kept {ordinary}")


def fetched(row: Row) -> bool:
    """Whether a crawl would look at it at all, by what its feed says."""
    article = row.item.article
    return looks_relevant(article.headline, article.text)


def show(rows: Sequence[Row], labels: Sequence[str]) -> None:
    for row, label in zip(rows, labels, strict=True):
        if row.relevant != (label != "other"):
            article = row.item.article
            print(f"{row.source}: {row.item.label} read as {label}: {article.headline} | {article.text[:300]}")


def made_from() -> str:
    """A digest of the rules and the labelled rows: of what the weights are made from."""
    digest = hashlib.sha256()
    for file in (RULES, *fitted_files()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def written(models: tuple[Weights, Weights]) -> str:
    """weights.json; what counts nothing in either is left out."""
    news, itself = models
    rows = [
        [feature, round(news.by_feature[feature], 3), round(itself.by_feature[feature], 3)]
        for feature in news.by_feature
    ]
    lines = ",\n".join(f"  {json.dumps(row)}" for row in rows)
    return f'{{"made_from": "{made_from()}", "news": {news.bias:.3f}, "report": {itself.bias:.3f}, "weights": [\n{lines}\n]}}\n'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--apart", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    rows = read_rows(fitted_files())
    by_authority = folded(rows, lambda row: row.authority)
    told(rows, by_authority, "by authority")
    told(rows, folded(rows, lambda row: row.outlet), "by outlet")
    if args.show:
        show(rows, by_authority)
    models = fit(rows)
    for file in args.apart:
        apart = read_rows([file])
        told(apart, [judged(row, models) for row in apart], "apart")
    if args.write:
        weights.FILE.write_text(written(models), encoding="utf-8")


if __name__ == "__main__":
    main()
