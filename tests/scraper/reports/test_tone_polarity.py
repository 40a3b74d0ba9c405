"""What the good and bad words of a sentence come to."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from scraper.errors import RuleFileError
from scraper.reference import read_rules
from scraper.reports.tone_features import tokens_of
from scraper.reports.tone_polarity import LISTS, WORDS, Polarity, PolarityWords, polarity


def seen(sentence: str) -> Polarity:
    return polarity(tokens_of(sentence))


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("Turnover is high.", "turned -"),
        ("Turnover is low.", "turned +"),
        ("Morale is low.", "turned -"),
        ("Fewer children are seen alone.", "turned -"),
        ("Few visits are missed.", "turned +"),
        ("More children are adopted.", "turned +"),
        ("Visits reduce the risk of harm.", "turned +"),
        ("Low turnover was found.", "turned +"),
        ("There has been a reduction in social work vacancies.", "turned +"),
        ("Waiting times for support have grown.", "turned -"),
        ("The quality of support is low.", "turned -"),
        ("The number of children without a permanent home has risen.", "turned -"),
        ("Drift has not fallen.", "turned -"),
        ("Visits are not prompt.", "not -"),
        ("No visits are missed.", "not +"),
        ("Visits are not recorded and drift.", "not -"),
        ("No child is without a plan.", "not +"),
        ("Nobody listens.", "not -"),
        ("Records could be clearer.", "need -"),
        ("Records are skeletal.", "bad -"),
        ("Records are crisp.", "good +"),
        ("Records are out of date.", "bad -"),
        ("Records are up to date.", "good +"),
    ],
)
def test_more_or_less_of_a_thing_is_good_or_bad_by_what_it_is(sentence: str, sign: str) -> None:
    signs = seen(sentence).signs
    assert sign in signs
    assert not {kind + ("+" if sign.endswith("-") else "-") for kind in ("", "main ", sign[:-1])} & signs


def test_each_direction_is_about_its_own_thing() -> None:
    assert {"turned -", "sum -2"} <= seen("Turnover is high and morale is low.").signs
    assert seen("Turnover is low and morale is low.").signs == {"+", "-", "turned +", "turned -"}


@pytest.mark.parametrize(
    "sentence", ["Plans aim to improve lives.", "When plans are poor, managers act.", "They recognise poor plans."]
)
def test_an_aim_a_condition_and_what_is_recognised_are_no_finding(sentence: str) -> None:
    assert not {"+", "-"} & seen(sentence).signs
    assert {"?+", "?-"} & seen(sentence).signs


def test_the_main_part_is_the_last_that_gives_no_way() -> None:
    assert "main +" in seen("Visits are prompt, although plans are poor.").signs
    assert "main -" in seen("Although visits are prompt, plans are poor.").signs
    assert "main -" in seen("Visits are prompt, but plans are poor.").signs


def test_what_is_neither_good_nor_bad_has_no_sign() -> None:
    assert seen("The panel meets in June.") == Polarity(frozenset(), ())
    assert not seen("More than nine met.").signs


def test_the_words_that_bear_a_sign_by_themselves_are_told() -> None:
    assert seen("Records are skeletal, and morale is low.").words == ("skeletal", "")
    assert seen("Records are out of date.").words == ("",)


GOOD: dict[str, Any] = {name: [f"{name}ward"] for name in LISTS}
WRONG: list[tuple[dict[str, Any], str]] = [
    ({"ups": ["high"]}, "ups: no such key is known"),
    ({"up": []}, "up: must not be empty"),
    ({"up": ["High"]}, "'High' is not words in small letters"),
    ({"up": ["on  high"]}, "'on  high' is not words in small letters"),
    ({"up": ["downward"]}, "downward is in another list too"),
]


@pytest.mark.parametrize(("change", "says"), WRONG, ids=[says for _, says in WRONG])
def test_words_that_make_no_lists_are_refused(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    path = tmp_path / WORDS.name
    path.write_text(yaml.safe_dump(GOOD))
    assert read_rules(path, PolarityWords).up == ("upward",)
    path.write_text(yaml.safe_dump(GOOD | change))
    with pytest.raises(RuleFileError, match=says):
        read_rules(path, PolarityWords)
