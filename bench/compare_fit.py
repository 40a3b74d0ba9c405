"""How good the numbers of monitor/comparing/numbers.json are on pairs of reports compared by hand, and how much better others would be.

    python -m bench.compare_fit TRUTH_PAIRS CORPUS [--cache FILE] [--list]

TRUTH_PAIRS has one JSON a pair: earlier_items, later_items, matches [[earlier n, later n, "same" or "related"]] and the status of
each earlier item. Leave-one-authority-out: for each authority the numbers are chosen on the pairs of all the others.
"""

import argparse
import itertools
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.compare_corpus import readings
from monitor.comparing import matching
from monitor.comparing.outcomes import Comparison, Past, compare
from scraper.items import Finding, Reading

TRIED: dict[tuple[str, str], Sequence[float]] = {
    ("same", "threshold"): (0.7, 0.75, 0.8),
    ("status", "relevant"): (0.95, 1.0),
    ("status", "within"): (0.2, 0.3),
    ("status", "improved"): (0.8, 0.85, 0.9),
    ("status", "still"): (0.3, 0.35, 0.4),
    ("status", "progress_share"): (0.4, 0.5),
}
STATUSES = ("still_needs_improvement", "improved", "mixed", "not_mentioned")


class Pair(NamedTuple):
    """One pair: whose it is, the earlier items as past findings, the later report, and what the reader said."""

    authority: str
    past: list[Past]
    later: Reading
    truth: dict[str, Any]


class Tally(NamedTuple):
    """Counts of one pair: same items found, too many, missed; (wanted, said) statuses."""

    found: int
    wrong: int
    missed: int
    statuses: Counter[tuple[str, str]]


def pairs(folder: Path, corpus: Path, cache: Path | None) -> list[Pair]:
    read = {path.relative_to(corpus).as_posix(): one for path, one in readings(corpus, cache).items()}
    found = []
    for file in sorted(folder.glob("*.json")):
        truth = json.loads(file.read_text(encoding="utf-8"))
        later = read[truth["later_pdf"]]
        if not isinstance(later, Reading):
            raise SystemExit(f"{truth['later_pdf']}: {later}")
        past = [
            Past(item["n"], Finding("area_for_improvement", "", item["text"], 1)) for item in truth["earlier_items"]
        ]
        found.append(Pair(truth["later_pdf"].partition("/")[0], past, later, truth))
    return found


def squash(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def tally(pair: Pair) -> tuple[Tally, Comparison]:
    compared = compare(pair.past, pair.later)
    numbers = {squash(item["text"]): item["n"] for item in pair.truth["later_items"]}
    got = {(one.past.key, numbers.get(squash(ask.text), -1)) for one in compared.areas for ask in one.asks}
    same = {(one, other) for one, other, kind in pair.truth["matches"] if kind == "same"}
    related = {(one, other) for one, other, kind in pair.truth["matches"] if kind != "same"}
    said = {one.past.key: one.status for one in compared.areas}
    statuses = Counter((one["status"], said[one["earlier_n"]]) for one in pair.truth["status"])
    return Tally(len(got & same), len(got - same - related), len(same - got), statuses), compared


def figures(tallies: Sequence[Tally]) -> tuple[float, float, float]:
    """(F1 on same items, accuracy of statuses, their macro F1)."""
    found, wrong, missed = (sum(one[place] for one in tallies) for place in range(3))  # type: ignore[misc]  # ints all
    statuses: Counter[tuple[str, str]] = sum((one.statuses for one in tallies), Counter())
    right = sum(number for (want, said), number in statuses.items() if want == said)
    macro = sum(_f1(statuses, status) for status in STATUSES) / len(STATUSES)
    return 2 * found / max(1, 2 * found + wrong + missed), right / max(1, statuses.total()), macro


def _f1(statuses: Counter[tuple[str, str]], status: str) -> float:
    wanted = sum(number for (want, _), number in statuses.items() if want == status)
    said = sum(number for (_, got), number in statuses.items() if got == status)
    return 2 * statuses[(status, status)] / (wanted + said) if wanted + said else 1.0


def numbers_tried() -> Iterator[tuple[float, ...]]:
    """Put each combination into the loaded numbers, in turn; the shipped ones are put back at the end."""
    loaded = matching.weights()
    shipped = tuple(loaded[section][key] for section, key in TRIED)
    for values in (*itertools.product(*TRIED.values()), shipped):
        for (section, key), value in zip(TRIED, values, strict=True):
            loaded[section][key] = value
        yield values


def left_out(found: Sequence[Pair]) -> list[Tally]:
    """The tallies of each authority's pairs, with the numbers that are best for the other authorities."""
    tried = [[tally(pair)[0] for pair in found] for _ in numbers_tried()]
    chosen = []
    for authority in {pair.authority for pair in found}:
        own = [index for index, pair in enumerate(found) if pair.authority == authority]
        rest = [index for index in range(len(found)) if index not in own]
        best = max(tried, key=lambda tallies: sum(figures([tallies[index] for index in rest])))
        chosen += [best[index] for index in own]
    return chosen


def differences(pair: Pair) -> Iterator[str]:
    """Each item whose status or match is not the reader's."""
    compared = tally(pair)[1]
    wanted = {one["earlier_n"]: one["status"] for one in pair.truth["status"]}
    for one in compared.areas:
        if wanted[one.past.key] != one.status:
            yield f"{pair.truth['later']} E{one.past.key}: {wanted[one.past.key]}, said {one.status}: {one.past.finding.text[:90]}"
            yield f"    by: {(one.quote or '-')[:200]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("truth", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    found = pairs(args.truth, args.corpus, args.cache)
    print("same_f1 {:.3f}  status_accuracy {:.3f}  status_macro_f1 {:.3f}  as shipped".format(
        *figures([tally(pair)[0] for pair in found])))  # fmt: skip
    print("same_f1 {:.3f}  status_accuracy {:.3f}  status_macro_f1 {:.3f}  leave one authority out".format(
        *figures(left_out(found))))  # fmt: skip
    for line in itertools.chain.from_iterable(map(differences, found)) if args.list else ():
        print(line)


if __name__ == "__main__":
    main()
