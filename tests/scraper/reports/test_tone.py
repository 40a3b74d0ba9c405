"""The tone of sentences; none of these was used in making the model."""

import json
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import RuleFileError
from scraper.items import Kind
from scraper.reference import read_rules
from scraper.reports import tone
from scraper.reports.tone import FILE, ToneFile, features, tone_of

SENTENCES = [
    ("Social workers visit children often and know them well.", Kind.STRENGTH),
    ("Foster carers are well supported and value the training that they receive.", Kind.STRENGTH),
    ("Strategy meetings are held without delay and lead to clear plans.", Kind.STRENGTH),
    ("Leaders have acted swiftly to reduce drift and delay for children.", Kind.STRENGTH),
    ("Children do not wait for the help that they need.", Kind.STRENGTH),
    ("Too many children wait for an assessment of their needs.", Kind.WEAKNESS),
    ("Supervision is not regular and does not help workers to reflect.", Kind.WEAKNESS),
    ("The quality of plans is too variable.", Kind.WEAKNESS),
    ("However, pathway plans are often out of date and lack detail.", Kind.WEAKNESS),
    ("Management oversight has not been effective in preventing drift.", Kind.WEAKNESS),
    ("Inspectors looked at the arrangements for children in need.", None),
    ("This visit was carried out in line with the framework.", None),
]


@pytest.mark.parametrize(("sentence", "kind"), SENTENCES, ids=[sentence[:30] for sentence, _ in SENTENCES])
def test_tone(sentence: str, kind: Kind | None) -> None:
    assert tone_of(sentence) is kind


def test_a_contrast_of_two_clear_clauses_is_mixed() -> None:
    assert (
        tone_of("Most plans are clear and well written, but too many are not reviewed and drift for months.")
        is Kind.MIXED
    )


def test_features_know_negation_and_contrast() -> None:
    found = features("Plans are not clear, but 12 are weak.")
    assert {"plans", "are not", "!clear", ">weak", "#", "@bad"} <= found
    assert "!weak" not in found


def test_rare_forms_share_what_is_known_of_the_common_ones() -> None:
    assert "~hamper" in features("This hampered progress.") & features("Turnover is hampering progress.")
    assert "!@bad" in features("There is no backlog.")
    assert "!@bad" not in features("There is a backlog.")


def test_the_weights_are_small_data() -> None:
    assert FILE.stat().st_size < 5 * 2**20
    assert len(json.loads(FILE.read_text(encoding="utf-8"))["weights"]) > 1000


GOOD: dict[str, Any] = {"bias": [-1.5, 2], "weak": 0, "neutral": 0.5, "both": 1, "weights": [["late", 1.5, -0.5]]}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"baias": 1}, "baias: no such key is known"),
    ({"weak": "0"}, "weak: a number is expected"),
    ({"bias": [1]}, "bias: 1: is missing"),
    ({"weights": []}, "weights: must not be empty"),
    ({"weights": [["late", 1.5]]}, "weights: 0: 2: is missing"),
    ({"weights": [["late", "much", 1]]}, "weights: 0: 1: a number is expected"),
]


@pytest.mark.parametrize(("change", "says"), WRONG, ids=[says for _, says in WRONG])
def test_weights_that_are_none_are_refused(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    path = tmp_path / "tone.json"
    path.write_text(json.dumps(GOOD))
    assert read_rules(path, ToneFile).weights == (("late", 1.5, -0.5),)
    path.write_text(json.dumps(GOOD | change))
    with pytest.raises(RuleFileError, match=f"tone.json:1: {says}"):
        read_rules(path, ToneFile)


@pytest.mark.parametrize(
    ("text", "says"),
    [("# words\nlate Weak\n", "bad.txt:2: not a word in small letters: Weak"), ("# words\n", "there is no word in it")],
)
def test_words_that_no_sentence_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, says: str
) -> None:
    (tmp_path / "bad.txt").write_text(text)
    monkeypatch.setattr(tone, "BAD_WORDS", tmp_path / "bad.txt")
    with pytest.raises(RuleFileError, match=says):
        tone.bad_words.__wrapped__()
