"""What the tone of a sentence is read from."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from scraper.errors import RuleFileError
from scraper.reference import read_rules
from scraper.reports import tone_vocabulary
from scraper.reports.tone_features import features, in_parts
from scraper.reports.tone_vocabulary import WORDS, ToneWords, vocabulary


def test_words_pairs_and_numbers() -> None:
    found = features("Plans are good, and 12 of them are read.")
    assert {"plans", "^ plans", "are good", "#", "and #", ", and"} <= found
    assert not {"12", "good ,", "good and"} & found


def test_what_stands_under_a_negation_up_to_its_stop() -> None:
    found = features("Plans are not clear, but 12 are weak.")
    assert {"!clear", "@bad", "@not"} <= found
    assert not {"!weak", "!@bad"} & found
    assert "!clear" not in features("Plans are clear.")


@pytest.mark.parametrize(
    ("sentence", "feature"),
    [
        ("There is no backlog.", "/no"),
        ("Children do not wait.", "/not"),
        ("Plans are not clear.", "not"),
        ("They do not reduce delays.", "not"),
        ("Plans are not clear, and are late.", "not"),
    ],
)
def test_a_negation_of_what_is_bad_is_none(sentence: str, feature: str) -> None:
    found = features(sentence)
    assert found & {"no", "/no", "not", "/not"} == {feature}
    assert ("@not" in found) is (feature == "not")
    assert not {"@bad", "@harm"} & features("There is no backlog, and children do not wait.")


def test_rare_forms_share_what_is_known_of_the_common_ones() -> None:
    assert "~hamper" in features("This hampered progress.") & features("Turnover is hampering progress.")
    assert "!~improv" in features("Plans are not improving.") & features("Plans have not improved.")


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("Although visits to children are late, plans are read.", {"<late", ">read"}),
        ("Although visits, plans and minutes are late, all are read.", {"<late", ">read"}),
        ("Visits to the children are late, but plans are read.", {"<late", ">read"}),
        ("However, plans are read.", {">read"}),
        ("Plans are read, although visits are late.", {"(late"}),
        ("Plans are read.", set()),
    ],
)
def test_the_parts_of_a_contrast_are_told_apart(sentence: str, parts: set[str]) -> None:
    found = features(sentence)
    assert {part for part in found if part in {f"{mark}{word}" for mark in "<(>" for word in ("late", "read")}} == parts


@pytest.mark.parametrize(
    ("sentence", "feature"),
    [
        ("When plans drift, managers act.", "?@bad"),
        ("Children who are not seen are found.", "?@not"),
        ("Managers reduce drift.", "%@bad"),
        ("There is drift.", "@bad"),
        ("When asked, managers admit drift.", "@bad"),
        ("They reduce the number of visits to a child, and drift.", "@bad"),
    ],
)
def test_a_bad_word_in_a_condition_or_taken_away_is_no_finding(sentence: str, feature: str) -> None:
    kinds = {"@bad", "?@bad", "%@bad"} if feature.endswith("bad") else {"@not", "?@not", "%@not"}
    assert features(sentence) & kinds == {feature}


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Plans need to be strengthened.", True),
        ("Sharper plans are required.", True),
        ("Leaders recognise the need for a wider offer.", True),
        ("The needs of children are met.", False),
        ("Plans have been strengthened.", False),
        ("Plans need time, and visits have been strengthened.", False),
    ],
)
def test_a_need_for_something_better_is_wanted_in_either_order_and_one_clause(sentence: str, wanted: bool) -> None:
    assert any(feature.startswith("@wanted") for feature in features(sentence)) is wanted


def test_words_of_a_class_share_pairs_and_triples() -> None:
    both = features("Few plans are clear.") & features("Not audits are blue.")
    assert {"=@not @record", "=@not @record are", "=@record are"} <= both
    assert "=are clear" not in features("They are clear.")
    assert not any(feature.startswith("=") and "," in feature for feature in features("Some plans, all audits."))


def test_a_word_stands_under_what_was_said_before_it_and_not_under_itself() -> None:
    words = list(in_parts(["when", "not", "late", ",", "seen"]))
    assert [(word.text, word.negated, word.unreal) for word in words] == [
        ("when", False, ""),
        ("not", False, "?"),
        ("late", True, "?"),
        ("seen", False, ""),
    ]


def test_no_text_has_no_words() -> None:
    assert not features("")


def test_bad_words_and_negations_are_classes_whatever_the_file_says_of_them() -> None:
    known = vocabulary().classes
    assert (known["drift"], known["not"], known["few"]) == ("@bad", "@not", "@not")


CLASSES: dict[str, Any] = {"need": ["needs"], "better": ["ensure"], "more": ["more"], "harm": ["wait"]}
GOOD: dict[str, Any] = {
    "classes": CLASSES,
    **{key: ["not"] for key in ("negations", "concedes", "turns", "conditions", "relieves")},
}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"turn": ["but"]}, "turn: no such key is known"),
    ({"turns": []}, "turns: must not be empty"),
    ({"turns": ["But"]}, "'But' is not a word in small letters"),
    ({"classes": CLASSES | {"few": ["needs"]}}, "needs is in another class too"),
    ({"classes": {"need": ["needs"], "more": ["more"], "harm": ["wait"]}}, "better: is missing"),
]


@pytest.mark.parametrize(("change", "says"), WRONG, ids=[says for _, says in WRONG])
def test_words_that_make_no_vocabulary_are_refused(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    path = tmp_path / WORDS.name
    path.write_text(yaml.safe_dump(GOOD))
    assert read_rules(path, ToneWords).turns == ("not",)
    path.write_text(yaml.safe_dump(GOOD | change))
    with pytest.raises(RuleFileError, match=says):
        read_rules(path, ToneWords)


@pytest.mark.parametrize(
    ("text", "says"),
    [("# words\nlate Weak\n", "bad.txt:2: not a word in small letters: Weak"), ("# words\n", "there is no word in it")],
)
def test_words_that_no_sentence_holds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, says: str
) -> None:
    (tmp_path / "bad.txt").write_text(text)
    monkeypatch.setattr(tone_vocabulary, "BAD_WORDS", tmp_path / "bad.txt")
    with pytest.raises(RuleFileError, match=says):
        tone_vocabulary.bad_words.__wrapped__()
