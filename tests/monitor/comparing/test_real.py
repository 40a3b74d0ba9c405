"""Real pairs of reports against comparisons made by hand; skipped where the real reports are not beside the project."""

import json
from collections import Counter
from collections.abc import Sequence

import pytest

from monitor.comparing.outcomes import Past, compare
from scraper.items import Finding, Kind, Reading
from scraper.reports.pool import read_files
from tests.paths import SHARED

PAIRS = sorted((SHARED / "truth/pairs").glob("*.json"))
STATUSES = ("still_needs_improvement", "improved", "mixed", "not_mentioned")

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not PAIRS, reason=f"the real reports and pairs are not in {SHARED}"),
]


def f1(both: int, wanted: int, said: int) -> float:
    return 2 * both / (wanted + said)


@pytest.mark.timeout(300)
def test_pairs_compared_by_hand() -> None:
    truths = [json.loads(path.read_text(encoding="utf-8")) for path in PAIRS]
    files = [SHARED / "corpus" / truth["later_pdf"] for truth in truths]
    later = dict(read_files(files))
    wanted: set[tuple[str, int, int | None]] = set()
    related: set[tuple[str, int, int | None]] = set()
    got: set[tuple[str, int, int | None]] = set()
    statuses: Counter[tuple[str, str]] = Counter()
    for truth, file in zip(truths, files, strict=True):
        reading = later[file]
        assert isinstance(reading, Reading)
        past = [Past(one["n"], Finding(Kind.RECOMMENDATION, "", one["text"], 1)) for one in truth["earlier_items"]]
        numbers = {squashed(one["text"]): one["n"] for one in truth["later_items"]}
        for earlier, other, kind in truth["matches"]:
            (wanted if kind == "same" else related).add((truth["later"], earlier, other))
        said = {one.past.key: one for one in compare(past, reading).areas}
        for key, one in said.items():
            if one.matched:
                got.add((truth["later"], key, numbers.get(squashed(one.matched.text))))
        statuses.update((one["status"], said[one["earlier_n"]].status) for one in truth["status"])
    assert f1(len(got & wanted), len(wanted), len(got - related)) >= 0.8
    assert sum(statuses[(one, one)] for one in STATUSES) / statuses.total() >= 0.75
    assert macro(statuses, STATUSES) >= 0.7


def macro(statuses: Counter[tuple[str, str]], kinds: Sequence[str]) -> float:
    wanted = Counter({kind: sum(number for (want, _), number in statuses.items() if want == kind) for kind in kinds})
    said = Counter({kind: sum(number for (_, got), number in statuses.items() if got == kind) for kind in kinds})
    return sum(f1(statuses[(kind, kind)], wanted[kind], said[kind]) for kind in kinds) / len(kinds)


def squashed(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
