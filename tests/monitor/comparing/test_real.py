"""Some real pairs of reports against comparisons made by hand; skipped where the real reports are not beside the project.

The models were taught with these pairs too: what holds here says that nothing broke, and not how good comparing is (docs/comparing.md does).
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from statistics import mean
from typing import Any

import pytest

from bench.compare_pairs import one_holds, sentences, squashed
from monitor.comparing.outcomes import Outcome, Past, compare
from scraper.items import Finding, Reading
from scraper.reports import read_files
from tests.paths import SHARED

EACH = 5
"""One pair in so many: reading their reports takes a third of a second each."""

PAIRS = sorted((SHARED / "truth/pairs").glob("*.json"))[::EACH]

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not PAIRS, reason=f"the real reports and pairs are not in {SHARED}"),
]


@dataclass
class Counts:
    """What these pairs add up to: asks found, too many, missed; of each item whether the status is right, is shown, and quotes a decisive sentence."""

    same: Counter[str] = field(default_factory=Counter)
    right: list[bool] = field(default_factory=list)
    certain: list[bool] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)

    def add(self, truth: dict[str, Any], reading: Reading) -> None:
        past = [Past(one["n"], Finding("recommendation", "", one["text"], 1)) for one in truth["earlier_items"]]
        said = {one.past.key: one for one in compare(past, reading).areas}
        self._add_same(truth, said)
        for one in truth["status"]:
            self._add_status(one, said[one["earlier_n"]])

    def _add_same(self, truth: dict[str, Any], said: dict[int, Outcome]) -> None:
        numbers = {squashed(one["text"]): one["n"] for one in truth["later_items"]}
        kinds = {(earlier, later): kind for earlier, later, kind in truth["matches"]}
        got = {(key, numbers.get(squashed(ask.text))) for key, one in said.items() for ask in one.asks}
        self.same.update(kinds.get((key, other), "wrong") for key, other in got if other is not None)
        self.same["missed"] += sum(kind == "same" and pair not in got for pair, kind in kinds.items())

    def _add_status(self, wanted: dict[str, Any], found: Outcome) -> None:
        other = wanted.get("other") if wanted.get("sure") is False else None
        self.right.append(found.status in (wanted["status"], other))
        self.certain.append(found.certain)
        decisive = sentences(wanted.get("evidence"))
        if decisive and found.status != "not_mentioned":
            quoted = [squashed(one.text) for one in found.evidence]
            self.quoted.append(any(one_holds(one, other) for one in quoted for other in decisive))


@pytest.fixture(scope="module")
def counts() -> Counts:
    truths = [json.loads(path.read_text(encoding="utf-8")) for path in PAIRS]
    readings = dict(read_files(sorted({SHARED / "corpus" / truth["later_pdf"] for truth in truths})))
    found = Counts()
    for truth in truths:
        reading = readings[SHARED / "corpus" / truth["later_pdf"]]
        assert isinstance(reading, Reading)
        found.add(truth, reading)
    return found


@pytest.mark.timeout(300)
def test_what_is_asked_for_again_is_found(counts: Counts) -> None:
    found = counts.same
    assert 2 * found["same"] / (2 * found["same"] + found["wrong"] + found["missed"]) >= 0.8


@pytest.mark.timeout(300)
def test_nine_in_ten_of_the_verdicts_that_are_shown_are_right_and_half_are_shown(counts: Counts) -> None:
    assert mean(right for right, certain in zip(counts.right, counts.certain, strict=True) if certain) >= 0.9
    assert mean(counts.certain) >= 0.5
    assert mean(counts.right) >= 0.78


@pytest.mark.timeout(300)
def test_most_quotations_hold_a_decisive_sentence(counts: Counts) -> None:
    assert mean(counts.quoted) >= 0.78
