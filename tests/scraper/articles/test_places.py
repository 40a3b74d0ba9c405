"""places.yaml: refused where it is wrong."""

from pathlib import Path

import pytest

from scraper.articles.places import FILE, PlaceRules
from tests.scraper.rule_file_changes import refusal

WRONG = [
    ("wary: [Acton", "weary: [Acton", "weary: no such key is known"),
    ("wary: [Acton, Alton", "wary: [Acton, 7", "wary: 1: a text is expected"),
    ("place_before:", "place_befor:", "place_before: is missing"),
    ('generic: "\\\\b(?:the|', 'generic: "\\\\b(?:(the|', "generic: is no regular expression"),
    ("council: \"'?s?,?", "council: \"|'?s?,?", "council: a regular expression that every text matches"),
    ("[County]", "[Countie]", "of_kind: county council: 0: no authority is a 'Countie'; is 'County' meant?"),
    ("[County]", "[]", "of_kind: county council: must not be empty"),
    ("margin: 0.5", "margins: 0.5", "points: margins: no such key is known"),
    ("margin: 0.5", "margin: '0.5'", "points: margin: a number is expected"),
    (", margin: 0.5", "", "points: margin: is missing"),
    ("most_repeats: 3", "most_repeats: 3.5", "points: most_repeats: "),
]


@pytest.mark.parametrize(("good", "bad", "says"), WRONG, ids=[says[:60] for *_, says in WRONG])
def test_a_wrong_file_is_refused_with_its_place_and_what_is_wrong(
    tmp_path: Path, good: str, bad: str, says: str
) -> None:
    assert says in refusal(tmp_path, FILE, PlaceRules, good, bad)
