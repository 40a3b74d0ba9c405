"""Real pairs of reports against comparisons made by hand; skipped where the real reports are not beside the project."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from monitor.comparing.outcomes import Past, compare
from scraper.items import Finding, Reading
from scraper.reports import read_files
from tests.paths import SHARED

PAIRS = sorted((SHARED / "truth/pairs").glob("*.json"))
STATUSES = ("still_needs_improvement", "improved", "mixed", "not_mentioned")

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not PAIRS, reason=f"the real reports and pairs are not in {SHARED}"),
]


def f1(both: int, wanted: int, said: int) -> float:
    return 2 * both / (wanted + said)


@dataclass
class Counts:
    """What a set of pairs adds up to: matches as (report, earlier item, later item), statuses as (wanted, said)."""

    wanted: set[tuple[str, int, int | None]] = field(default_factory=set)
    related: set[tuple[str, int, int | None]] = field(default_factory=set)
    got: set[tuple[str, int, int | None]] = field(default_factory=set)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, truth: dict[str, Any], reading: Reading) -> None:
        past = [Past(one["n"], Finding("recommendation", "", one["text"], 1)) for one in truth["earlier_items"]]
        numbers = {squashed(one["text"]): one["n"] for one in truth["later_items"]}
        for earlier, other, kind in truth["matches"]:
            (self.wanted if kind == "same" else self.related).add((truth["later"], earlier, other))
        said = {one.past.key: one for one in compare(past, reading).areas}
        for key, one in said.items():
            if one.matched:
                self.got.add((truth["later"], key, numbers.get(squashed(one.matched.text))))
        self.statuses.update((one["status"], said[one["earlier_n"]].status) for one in truth["status"])

    @property
    def same(self) -> float:
        return f1(len(self.got & self.wanted), len(self.wanted), len(self.got - self.related))

    @property
    def right(self) -> float:
        return sum(self.statuses[(one, one)] for one in STATUSES) / self.statuses.total()


@pytest.fixture(scope="module")
def counts() -> dict[str, Counts]:
    """All pairs; the first 13, with which the method was made; and those read later, which say how sure their reader was."""
    truths = [json.loads(path.read_text(encoding="utf-8")) for path in PAIRS]
    readings = dict(read_files(sorted({SHARED / "corpus" / truth["later_pdf"] for truth in truths})))
    found = {"all": Counts(), "first": Counts(), "later": Counts()}
    for truth in truths:
        reading = readings[SHARED / "corpus" / truth["later_pdf"]]
        assert isinstance(reading, Reading)
        for name in ("all", "later" if any("sure" in one for one in truth["status"]) else "first"):
            found[name].add(truth, reading)
    return found


def check_bounds(counts: Counts) -> None:
    assert counts.same >= 0.8
    assert counts.right >= 0.75
    assert macro(counts.statuses, STATUSES) >= 0.7


@pytest.mark.timeout(300)
@pytest.mark.xfail(strict=True, raises=AssertionError, reason="comparing is wrong too often on the pairs read later")
def test_all_pairs(counts: dict[str, Counts]) -> None:
    """The bounds that hold for the first pairs, on all of them; once they are met, this test says so by failing."""
    check_bounds(counts["all"])


@pytest.mark.timeout(300)
def test_the_pairs_that_the_method_was_made_with(counts: dict[str, Counts]) -> None:
    check_bounds(counts["first"])


@pytest.mark.timeout(300)
def test_the_pairs_read_later_are_judged_no_worse_than_measured(counts: dict[str, Counts]) -> None:
    """A floor right under what was measured, and no goal: one verdict in three is wrong on these (docs/comparing.md)."""
    later = counts["later"]
    assert later.same >= 0.795
    assert later.right >= 0.655
    assert macro(later.statuses, STATUSES) >= 0.635


def macro(statuses: Counter[tuple[str, str]], kinds: Sequence[str]) -> float:
    wanted = Counter({kind: sum(number for (want, _), number in statuses.items() if want == kind) for kind in kinds})
    said = Counter({kind: sum(number for (_, got), number in statuses.items() if got == kind) for kind in kinds})
    return sum(f1(statuses[(kind, kind)], wanted[kind], said[kind]) for kind in kinds) / len(kinds)


def squashed(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
