"""The tone of sentences; none of these was used in making the model."""

import json

import pytest

from scraper.items import Kind
from scraper.reports.tone import FILE, features, tone_of

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
