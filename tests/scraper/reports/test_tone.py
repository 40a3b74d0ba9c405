"""The tone of sentences; none of these was used in making the model."""

import json
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import RuleFileError
from scraper.items import Tone
from scraper.reference import read_rules
from scraper.reports.tone import FILE, SHORT, ToneFile, decided, lean, model, scores, signed, tone_of
from scraper.reports.tone_polarity import Polarity

SENTENCES = [
    ("Social workers visit children often and know them well.", Tone.STRENGTH),
    ("Foster carers are well supported and value the training that they receive.", Tone.STRENGTH),
    ("Strategy meetings are held without delay and lead to clear plans.", Tone.STRENGTH),
    ("Leaders have acted swiftly to reduce drift and delay for children.", Tone.STRENGTH),
    ("Children do not wait for the help that they need.", Tone.STRENGTH),
    ("Too many children wait for an assessment of their needs.", Tone.WEAKNESS),
    ("Supervision is not regular and does not help workers to reflect.", Tone.WEAKNESS),
    ("The quality of plans is too variable.", Tone.WEAKNESS),
    ("However, pathway plans are often out of date and lack detail.", Tone.WEAKNESS),
    ("Management oversight has not been effective in preventing drift.", Tone.WEAKNESS),
    ("Inspectors looked at the arrangements for children in need.", None),
    ("This visit was carried out in line with the framework.", None),
]


OPEN = "This is so for some of the children in the area."


@pytest.mark.parametrize(("sentence", "kind"), SENTENCES, ids=[sentence[:30] for sentence, _ in SENTENCES])
def test_tone(sentence: str, kind: str | None) -> None:
    assert tone_of(sentence) is kind


def test_a_contrast_of_two_clear_clauses_is_mixed() -> None:
    assert (
        tone_of("Most plans are clear and well written, but too many are not reviewed and drift for months.")
        is Tone.MIXED
    )


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("While reviews are mentioned in the strategy, there is no effective oversight of them.", Tone.WEAKNESS),
        ("Although there is some delay, children receive effective help from skilled workers.", Tone.STRENGTH),
        ("A great deal of work is still needed to improve plans.", Tone.WEAKNESS),
        ("Further work is required to improve the quality of plans.", Tone.WEAKNESS),
        ("Leaders recognise the need to strengthen supervision further.", Tone.WEAKNESS),
        ("When risks increase and plans are not working, managers act swiftly to protect children.", Tone.STRENGTH),
        ("Timely intervention reduces drift and prevents unnecessary delay for children.", Tone.STRENGTH),
        (
            "Leaders have improved the service well from a low base, and children now receive good support.",
            Tone.STRENGTH,
        ),
        ("The strategy is in its infancy and has not yet had an impact on children.", Tone.WEAKNESS),
        ("Only a minority of care leavers have an up-to-date plan.", Tone.WEAKNESS),
        ("The large majority of care leavers have a good plan.", Tone.STRENGTH),
    ],
)
def test_a_hard_sentence_is_read_by_its_main_clause_and_by_what_is_wanted(sentence: str, kind: str) -> None:
    assert tone_of(sentence) is kind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Handovers are slipshod.", Tone.WEAKNESS),
        ("The garden is lovely.", Tone.STRENGTH),
        ("Vacancies have soared.", Tone.WEAKNESS),
        ("Vacancies have dwindled.", Tone.STRENGTH),
        ("Take-up of advocacy has plummeted.", Tone.WEAKNESS),
        ("Take-up of advocacy has doubled.", Tone.STRENGTH),
        ("The queue for speech therapy has lengthened.", Tone.WEAKNESS),
        ("Hardly any young person is homeless.", Tone.STRENGTH),
        ("Young people feel fobbed off.", Tone.WEAKNESS),
    ],
)
def test_a_plain_sentence_is_read_though_no_report_has_its_words(sentence: str, kind: Tone) -> None:
    assert tone_of(sentence) is kind


def test_signs_count_more_in_a_short_sentence_and_most_where_a_word_is_new() -> None:
    known = model()._replace(weights={"late": (1.0, 0.0)}, signs={"-": 1.0}, sign_bias=0.0, short=0.5, new=2.0)
    late, dire, turned = (Polarity(frozenset("-"), (word,)) for word in ("late", "dire", ""))
    assert signed(known, late, SHORT) == 0.5
    assert signed(known, dire, SHORT) == signed(known, turned, SHORT) == 2.5
    assert signed(known, dire, 2 * SHORT) == 2.5 / 4
    assert signed(known, Polarity(frozenset(), ()), 0) == 0


def test_a_sentence_that_points_back_goes_on_with_what_the_one_before_says() -> None:
    known = model()
    back, near = (
        lean(known, sentence, known.weak + 3) for sentence in ("This means that children know.", "Children know.")
    )
    assert back > near > 0
    assert lean(known, "This means that children know.", known.weak - 3) == pytest.approx(-back)
    assert lean(known, "This means that children know.", known.weak + 99) <= known.back


def test_the_sentence_before_decides_what_this_one_leaves_open() -> None:
    weak, _ = scores(OPEN)
    assert abs(weak - model().weak) < model().back
    assert tone_of(OPEN, "Too many visits are late, and plans drift.") is Tone.WEAKNESS
    assert tone_of(OPEN, "Social workers know children well and visit them often.") is Tone.STRENGTH


def test_scores_that_are_sure_decide_and_clauses_that_both_are_make_it_mixed() -> None:
    known = model()
    sure = known.both + 1
    assert decided(known, sure, known.neutral - 1, []) is Tone.WEAKNESS
    assert decided(known, -sure, known.neutral - 1, []) is Tone.STRENGTH
    assert decided(known, -sure, known.neutral + 1, []) is None
    assert decided(known, sure, known.neutral + 1, []) is Tone.WEAKNESS
    assert decided(known, sure, known.neutral - 1, [-sure, sure]) is Tone.MIXED
    assert decided(known, sure, known.neutral - 1, [0, sure]) is Tone.WEAKNESS


def test_the_weights_are_small_data() -> None:
    assert FILE.stat().st_size < 5 * 2**20
    assert len(json.loads(FILE.read_text(encoding="utf-8"))["weights"]) > 1000


GOOD: dict[str, Any] = {
    "bias": [-1.5, 2],
    "weak": 0,
    "neutral": 0.5,
    "both": 1,
    "back": 1,
    "near": 0,
    "short": 0.3,
    "new": 1,
    "weights": [["late", 1.5, -0.5]],
    "signs": [["-", 1]],
    "sign_bias": 0,
}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"baias": 1}, "baias: no such key is known"),
    ({"weak": "0"}, "weak: a number is expected"),
    ({"bias": [1]}, "bias: 1: is missing"),
    ({"weights": []}, "weights: must not be empty"),
    ({"signs": []}, "signs: must not be empty"),
    ({"signs": [["-"]]}, "signs: 0: 1: is missing"),
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
