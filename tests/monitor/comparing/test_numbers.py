"""numbers.json and word_weights.json: refused where they are wrong."""

from pathlib import Path

import pytest

from monitor.comparing.matching import WEIGHTS as FILE
from monitor.comparing.matching import WORD_WEIGHTS
from monitor.comparing.numbers import Numbers, WordWeights
from tests.scraper.rule_file_changes import refusal

WRONG = [
    ('"unknown_word"', '"unknown_words"', "shares: unknown_words: no such key is known"),
    ('"unknown_word"', '"unknown_words"', "shares: unknown_word: is missing"),
    ('"nested": 0.85', '"nested": "0.85"', "said: nested: a number is expected"),
    ('"nested": 0.85', '"nested": -0.3', "said: nested: "),
    ('"again": 1.3', '"again": 1.3, "again": 0.8', "again is given twice"),
    ('"plans | reviews"', '"plan | reviews"', "near: plan | reviews: no subject is called 'plan'; is 'plans' meant?"),
    ('"plans | reviews"', '"plans, reviews"', "two subjects are expected"),
    ('"plans | reviews": 0.3', '"plans | reviews": 0.3, "reviews | plans": 0.4', "each pair once"),
    ('"plans | reviews": 0.3', '"plans | reviews": 3', "near: plans | reviews: "),
]


@pytest.mark.parametrize(("good", "bad", "says"), WRONG, ids=[says[:60] for *_, says in WRONG])
def test_a_wrong_file_is_refused_with_its_place_and_what_is_wrong(
    tmp_path: Path, good: str, bad: str, says: str
) -> None:
    assert says in refusal(tmp_path, FILE, Numbers, good, bad)


def test_a_weight_that_is_no_number_is_refused_with_its_word(tmp_path: Path) -> None:
    said = refusal(tmp_path, WORD_WEIGHTS, WordWeights, '"abduction":9.0', '"abduction":null')
    assert said == "word_weights.json:1: abduction: a number is expected"
