"""How near texts are in meaning, whatever their words. All texts are invented."""

import json
import math
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.comparing.chain import method
from monitor.comparing.evidence import ranked
from monitor.comparing.features import features, first_sight, item_of
from monitor.comparing.meaning import MEANINGS, Meanings, meaning_of, meanings, nearness, words_of
from monitor.comparing.said import all_said
from scraper.items import Tone
from tests.monitor.comparing.chain_store import said
from tests.scraper.rule_file_changes import refusal


def near(one: str, other: str) -> float:
    return nearness(meaning_of(one), meaning_of(other))


@pytest.mark.parametrize(
    ("text", "nearer", "farther"),
    [
        ("Bullying at school.", "Pupils are teased by classmates.", "Invoices are paid within a month."),
        ("Jobs for young people who leave care.", "Few of them are in work or training.", "Dental checks are up to date."),
        ("The emotional health of children.", "Their mental well-being is poor.", "Foster carers are recruited locally."),
    ],
)  # fmt: skip
def test_texts_without_a_word_in_common_are_near_by_what_they_mean(text: str, nearer: str, farther: str) -> None:
    assert not set(words_of(text)) - {"for", "of", "at", "the", "to"} & set(words_of(nearer)) - {"of", "at", "to"}
    assert near(text, nearer) > near(text, farther) + 0.1


def test_a_text_is_as_near_as_can_be_to_itself_whatever_the_order_and_the_case_of_its_words() -> None:
    assert near("Plans are timely.", "timely ARE plans") == pytest.approx(1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Young person's plan", "Young person’s plan"),
        ("ﬁrst ofﬁcers", "first officers"),
        ("man\u00adagement", "management"),
    ],
)
def test_apostrophes_ligatures_and_soft_hyphens_make_no_difference(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)
    assert near(one, other) == pytest.approx(1)


@pytest.mark.parametrize("text", ["", " ", "?!", "Xqzzv"])
def test_a_text_without_a_known_word_has_no_meaning_and_is_near_to_nothing(text: str) -> None:
    assert not meaning_of(text)
    assert near(text, "Plans are timely.") == near(text, text) == 0


@given(st.lists(st.sampled_from(sorted(meanings().words)), min_size=1, max_size=2000).map(" ".join))
def test_every_other_meaning_has_the_length_one_however_long_the_text(text: str) -> None:
    found = meaning_of(text)
    assert len(found) == len(meanings().middle)
    assert math.hypot(*found) == pytest.approx(1)


def test_a_meaning_is_the_mean_of_its_words_less_the_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {"ab": bytes([130, 0]), "cd": bytes([132, 255])}
    held = Meanings(middle=(130.0, 130.5), words={word: b64encode(row).decode() for word, row in rows.items()})
    monkeypatch.setattr("monitor.comparing.meaning.meanings", lambda: held)
    monkeypatch.setattr("monitor.comparing.meaning._added", meaning_of.__globals__["_added"].__wrapped__)
    assert list(meaning_of("ab cd")) == pytest.approx([1 / math.hypot(1, 3), -3 / math.hypot(1, 3)])


def test_a_vector_of_another_length_is_refused(tmp_path: Path) -> None:
    word, row = next(iter(json.loads(MEANINGS.read_text(encoding="utf-8"))["words"].items()))
    assert f"{word}: a vector of" in refusal(tmp_path, MEANINGS, Meanings, row, row[:-4])


def test_a_statement_in_other_words_is_ranked_by_its_meaning() -> None:
    item = item_of("Bullying at school.")
    heard = all_said([said(Tone.WEAKNESS, "Pupils are teased."), said(Tone.WEAKNESS, "Invoices are late.")])
    found = features(item, heard, first_sight(item, heard), [0, 1])
    assert ranked(item, heard)[0].said is heard[0]
    assert found[0]["meaning"] > found[1]["meaning"]
    assert found[0]["behind in meaning"] == 0 > found[1]["behind in meaning"]


def test_other_vectors_have_everything_compared_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before, other = method(), tmp_path / "meanings.json"
    other.write_text("{}", encoding="utf-8")
    monkeypatch.setattr("monitor.comparing.chain.MEANINGS", other)
    assert method() != before
