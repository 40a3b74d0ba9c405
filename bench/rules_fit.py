"""What each alternative of rules.yaml is worth: the rows it is found in, the groups of these, and F1 with it less F1 without it.

    python -m bench.rules_fit FILE... [--show] [--json FILE]

FILEs as for news_headlines.py. An alternative is what stands between two strokes of an expression, or of the group that is all
of one. Rows of one authority, or else of one patch, are a group. What is found in one group only was perhaps written for it: so
rows are judged once more in folds of groups, each without what is found in its own fold alone. F1 is the mean of those of report,
followup and other. `--json` keeps (group, label, label judged, label judged in folds) of each row.
"""

import argparse
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from bench.news_headlines import Item, read_items
from scraper.articles import relevance
from scraper.articles.rules import rules
from scraper.text.wording import lede, plain

FOLDS = 5
LABELS = ("report", "followup", "other")
TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])++\]|.")
NO_WIDTH = ("\\b", "\\B", "^", "$", "(?=", "(?!", "(?<=", "(?<!")


class Alternative(NamedTuple):
    rule: str
    pattern: re.Pattern[str]


def alternatives(expression: str) -> Iterator[str]:
    """Each with what without width stands around all of them."""
    for atoms in _choices(expression):
        wide = [number for number, atom in enumerate(atoms) if not atom.startswith(NO_WIDTH)]
        if len(wide) == 1 and atoms[wide[0]].startswith("(?:"):
            before, after = "".join(atoms[: wide[0]]), "".join(atoms[wide[0] + 1 :])
            yield from (f"{before}{one}{after}" for one in alternatives(atoms[wide[0]][3:-1]))
        else:
            yield "".join(atoms)


def _choices(expression: str) -> list[list[str]]:
    """Divided at the strokes that stand in no group: each as its parts, a group as one."""
    choices: list[list[str]] = [[]]
    depth = 0
    for part in TOKEN.findall(expression):
        if part == "|" and not depth:
            choices.append([])
        elif depth:
            choices[-1][-1] += part
        else:
            choices[-1].append(part)
        depth += (part == "(") - (part == ")")
    return choices


def judged(items: Sequence[Item], kept: Sequence[Alternative]) -> list[str]:
    """The labels by these alternatives alone."""
    words = {rule.name: tuple(one.pattern for one in kept if one.rule == rule.name) for rule in rules().rules}
    less = tuple(rule.model_copy(update={"words": words[rule.name]}) for rule in rules().rules)
    book = rules().model_copy(update={"rules": less})
    with patch.object(relevance, "rules", lambda: book):
        return [relevance.judge(item.article).label for item in items]


def f1(found: Sequence[str], right: Sequence[str]) -> float:
    both = Counter(one for one, other in zip(found, right, strict=True) if one == other)
    return sum(2 * both[label] / max(1, found.count(label) + right.count(label)) for label in LABELS) / len(LABELS)


def put(labels: Sequence[str], items: Sequence[Item], where: Sequence[int], kept: Sequence[Alternative]) -> list[str]:
    """The labels with those of some rows judged again."""
    again = dict(zip(where, judged([items[number] for number in where], kept), strict=True))
    return [again.get(number, label) for number, label in enumerate(labels)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--show", action="store_true", help="print the alternatives, those of the fewest groups first")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    items = [item for file in args.files for item in read_items(file)]
    group = [item.authority or ",".join(item.covers) or item.article.headline for item in items]
    texts = [(plain(item.article.headline), lede("", item.article.text)[0]) for item in items]
    all_of_them = [
        Alternative(rule.name, re.compile(one, words.flags))
        for rule in rules().rules
        for words in rule.words
        for one in alternatives(words.pattern)
    ]
    rows = {one: [n for n, both in enumerate(texts) if any(map(one.pattern.search, both))] for one in all_of_them}
    right, sample = [item.label for item in items], judged(items, all_of_them)
    if args.show:
        for one, where in sorted(rows.items(), key=lambda pair: (len({group[n] for n in pair[1]}), len(pair[1]))):
            without = put(sample, items, where, [other for other in all_of_them if other != one])
            worth = f1(sample, right) - f1(without, right)
            print(f"{len(where):4} {len({group[n] for n in where}):4} {worth:+7.4f}  {one.rule}: {one.pattern.pattern}")
    folded = sample
    for fold in range(FOLDS):
        own = [n for n, name in enumerate(group) if zlib.crc32(name.encode()) % FOLDS == fold]
        folded = put(folded, items, own, [one for one in all_of_them if not rows[one] or set(rows[one]) - set(own)])
    counts = [len(where) for where in rows.values()]
    print(f"{len(rows)} alternatives: {counts.count(0)} in no row, {counts.count(1)} in one, of {len(items)}")
    print(f"F1 of the label {f1(sample, right):.4f}, in {FOLDS} folds {f1(folded, right):.4f}")
    if args.json:
        args.json.write_text(json.dumps(list(zip(group, right, sample, folded, strict=True))))


if __name__ == "__main__":
    main()
