"""What was learnt: every weight is of a feature that there is, and every feature has its weight. All texts are invented."""

import json
import math
from pathlib import Path

import pytest

from monitor.comparing.evidence import looked_at, ranked
from monitor.comparing.features import item_of
from monitor.comparing.learnt import LEARNT, Learnt, Model, chance, chances, learnt
from monitor.comparing.near_words import NEAR_WORDS, NearWords, Wanted, near_words
from monitor.comparing.said import all_said
from monitor.comparing.same import same_features
from monitor.comparing.verdict import IMPROVED, MIXED, STILL, added_up, verdict_features
from scraper.items import Finding, Tone
from scraper.reference import ask_kinds
from scraper.reports import stemmed_words
from tests.monitor.comparing.chain_store import said
from tests.scraper.rule_file_changes import refusal

ITEM = item_of("The quality of supervision.")
SAID = all_said([said(Tone.STRENGTH, "Supervision is regular."), said(Tone.WEAKNESS, "Plans lack timescales.")])


def test_sentences_are_ranked_by_all_their_features_and_no_others() -> None:
    found = set(looked_at(ITEM, SAID)[0].found)
    assert set(learnt().decisive.weights) == set(learnt().bears.weights) == found
    assert len(found) > 50


def test_a_verdict_rests_on_all_its_features_and_no_others() -> None:
    found = set(verdict_features(ITEM, SAID, ranked(ITEM, SAID), 0.2, False, True))
    assert set(learnt().status) == {STILL, IMPROVED, MIXED}
    assert all(set(model.weights) == found for model in (learnt().mentioned, *learnt().status.values()))


def test_likeness_rests_on_all_its_features_and_no_others() -> None:
    found = set(same_features([ITEM], [item_of("Reflective supervision.")])[0][0])
    assert set(learnt().same.weights) == found


def test_a_verdict_is_certain_only_where_it_is_likelier_than_not() -> None:
    assert 0.5 < learnt().certain_at < 1
    assert 0 < learnt().same_at < learnt().link_at < 1


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ('"certain_at"', '"sure_at"', "sure_at: no such key is known"),
        ('"bias": ', '"bias": "much", "start": ', "a number is expected"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, good: str, bad: str, says: str) -> None:
    assert says in refusal(tmp_path, LEARNT, Learnt, good, bad)


def test_words_with_a_nearness_that_is_none_are_refused(tmp_path: Path) -> None:
    first = next(iter(json.loads(NEAR_WORDS.read_text(encoding="utf-8")).items()))
    name, near = next(iter(first[1].items()))
    said_of_it = refusal(tmp_path, NEAR_WORDS, NearWords, f'"{name}":{near}', f'"{name}":7')
    assert said_of_it.startswith(f"near_words.json:1: {first[0]}: {name}: ")


def test_the_parts_of_a_score_add_up_to_it_and_the_most_telling_comes_first() -> None:
    model = Model(bias=0.5, weights={"a": 1.0, "b": -3.0})
    found = {"a": 1.0, "b": 0.5}
    assert model.parts(found) == [("b", -1.5), ("a", 1.0)]
    assert model.score(found) == model.bias + sum(value for _, value in model.parts(found)) == 0
    with pytest.raises(KeyError):
        model.score({"a": 1.0})


def test_chances_are_probabilities_however_large_the_scores() -> None:
    assert chance(0) == 0.5
    assert 0 < chance(-1e6) < 1e-12 < chance(1e6) < 1.000001
    found = chances({"a": 1000.0, "b": 0.0})
    assert (found["a"], sum(found.values())) == (1.0, 1.0)


def test_a_word_near_one_that_is_wanted_is_found_in_part() -> None:
    wanted = Wanted(stemmed_words("Reflective supervision."))
    assert wanted.found(stemmed_words("Supervision is reflective.")) == pytest.approx(1.0)
    near = max(near_words()["supervision"], key=lambda word: near_words()["supervision"][word])
    assert 0 < wanted.found([near]) < 1
    assert wanted.found(["snowplough"]) == wanted.found([]) == 0


def test_what_is_asked_for_is_no_praise_and_what_the_board_is_told_says_nothing() -> None:
    kind = next(iter(ask_kinds()))
    asked, of_board = Finding(kind, "", "Better plans.", 1), Finding(Tone.STRENGTH, "", "Good.", 1, lscb=True)
    found = all_said([asked, of_board, said(Tone.STRENGTH, "Plans are good.")])
    assert [(one.ask, one.credit, one.lean) for one in found] == [(True, 0.0, -1.0), (False, 1.0, 1.0)]


@pytest.mark.parametrize(("again", "improved"), [(1.0, 0.0), (0.6, 0.4 * 0.5), (0.4, 0.6 * 0.5)])
def test_how_sure_it_is_that_something_is_asked_for_again_counts_for_how_sure_its_status_is(
    again: float, improved: float
) -> None:
    how = {
        name: Model(bias=math.log(value), weights={}) for name, value in ((IMPROVED, 0.5), (MIXED, 0.2), (STILL, 0.3))
    }
    found = added_up({"asked again": again}, Model(bias=99.0, weights={}), how, True)
    assert found.status == STILL
    assert found.likely[IMPROVED] == pytest.approx(improved, abs=1e-9)
    assert sum(found.likely.values()) == pytest.approx(1)
    assert found.confidence == pytest.approx(again * 0.6 + (1 - again) * 0.3)


def test_what_is_not_asked_for_again_may_be_anything() -> None:
    how = {name: Model(bias=bias, weights={}) for name, bias in ((IMPROVED, 2.0), (MIXED, 0.0), (STILL, 0.0))}
    assert added_up({}, Model(bias=99.0, weights={}), how, False).status == IMPROVED
    assert added_up({}, Model(bias=-99.0, weights={}), how, False).status == "not_mentioned"
