"""The invented, labelled rows of tests/fixtures/comparing/aspects.jsonl: items, and sentences of a later report that bear on them or only seem to.

A sentence that does not bear on its item and has a `why` is on the same subject: another aspect, actor, group or object, the item's
thing as mere means, or a blanket scope. One without a `why` is about something else altogether.
"""

import json
import re
from collections import Counter
from statistics import mean
from typing import Any

from monitor.comparing.evidence import ranked
from monitor.comparing.features import item_of
from monitor.comparing.said import all_said
from scraper.items import Finding, Tone
from scraper.reference import known_authorities
from tests.paths import FIXTURES

WHY = ("aspect", "actor", "group", "object", "means", "scope")
SAYS = ("good", "poor", "mixed")
LEAST_ITEMS, LEAST_HARD = 170, 1050
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (FIXTURES / "comparing" / "aspects.jsonl").read_text(encoding="utf-8").splitlines()
]
STATEMENTS: list[dict[str, Any]] = [statement for row in ROWS for statement in row["statements"]]


def test_each_row_is_whole() -> None:
    for row in ROWS:
        assert set(row) == {"item", "subject", "statements"} and row["item"] and row["subject"]
        bearing = [one for one in row["statements"] if one["bears"]]
        assert len(bearing) >= 2 and len({one["says"] for one in bearing}) >= 2, row["item"]
        unrelated = [one for one in row["statements"] if not one["bears"] and "why" not in one]
        assert 1 <= len(unrelated) <= 2, row["item"]


def test_each_statement_has_the_keys_of_its_kind() -> None:
    kinds = ({"says"}, {"why", "note"}, set[str]())
    for one in STATEMENTS:
        more = set(one) - {"text", "section", "bears"}
        assert one["text"] and one["section"] and more in kinds and one["bears"] is ("says" in more), one["text"]
        assert one.get("says", "good") in SAYS and one.get("why", "scope") in WHY and one.get("note", "told"), one


def test_nothing_stands_there_twice() -> None:
    texts = [one["text"] for one in STATEMENTS] + [row["item"] for row in ROWS]
    assert len(texts) == len(set(texts))


def test_there_are_enough_that_bear_and_of_each_way_not_to_bear() -> None:
    whys = Counter(one["why"] for one in STATEMENTS if "why" in one)
    assert sum(whys.values()) >= LEAST_HARD and set(whys) == set(WHY) and min(whys.values()) >= 25
    assert sum(one["bears"] for one in STATEMENTS) >= sum(whys.values())
    assert len(ROWS) >= LEAST_ITEMS


def test_no_text_names_an_authority_or_a_place_of_one() -> None:
    names = {name for one in known_authorities() for name in (one.name, *one.aliases, *(it.name for it in one.names))}
    named = re.compile(rf"\b({'|'.join(map(re.escape, sorted(names)))})\b")
    texts = [one["text"] for one in STATEMENTS] + [row["item"] for row in ROWS]
    assert named.search("Kent County Council") and not [text for text in texts if named.search(text)]


def test_what_bears_on_an_item_mostly_comes_before_what_is_about_another_aspect_of_its_subject() -> None:
    """Of all pairs of the two; they were not taught with. Under what was measured (docs/comparing.md)."""
    right = [
        bearing > hard
        for row in ROWS
        for scores in [scores_of(row)]
        for bearing in scores[True]
        for hard in scores[False]
    ]
    assert len(right) > 6000
    assert mean(right) >= 0.65


def scores_of(row: dict[str, Any]) -> dict[bool, list[float]]:
    """How much each statement bears on the item, of those that do and of the hard negatives."""
    judged = [one for one in row["statements"] if one["bears"] or "why" in one]
    said = all_said(
        Finding(TONES.get(one.get("says", "")) or Tone.STRENGTH, one["section"], one["text"], 1) for one in judged
    )
    by_place = {one.place: one.score for one in ranked(item_of(row["item"]), said)}
    found: dict[bool, list[float]] = {True: [], False: []}
    for place, one in enumerate(judged):
        found[one["bears"]].append(by_place.get(place, -99.0))
    return found


TONES = {"good": Tone.STRENGTH, "poor": Tone.WEAKNESS, "mixed": Tone.MIXED}
