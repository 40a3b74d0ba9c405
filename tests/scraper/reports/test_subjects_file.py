"""subjects.yaml: refused where it is wrong, also by what can never be found in a text."""

from pathlib import Path

import pytest

from scraper.reports.subjects import SUBJECTS_FILE as FILE
from scraper.reports.subjects_file import SubjectRows
from tests.scraper.rule_file_changes import refusal

PHRASES = "phrases: [corporate parent, corporate parenting]"
PARENTING = "subjects: corporate parenting: "

WRONG = [
    (PHRASES, "phrase: [corporate parent]", f"{PARENTING}phrase: no such key is known"),
    (PHRASES, "phrase: [corporate parent]", f"{PARENTING}phrases: is missing"),
    (PHRASES, "phrases: []", f"{PARENTING}phrases: must not be empty"),
    (PHRASES, "phrases: corporate parent", f"{PARENTING}phrases: a list is expected"),
    (PHRASES, "phrases: [2]", f"{PARENTING}phrases: 0: a text is expected"),
    (
        PHRASES,
        "phrases: [corporate-parent]",
        f"{PARENTING}phrases: 0: 'corporate-parent' is not a word in small letters",
    ),
    (PHRASES, "phrases: [Corporate parent]", f"{PARENTING}phrases: 0: 'Corporate' is not a word"),
    (PHRASES, "phrases: [co*]", f"{PARENTING}phrases: 0: 'co*' is not a word"),
    (PHRASES, "phrases: [corporate|]", f"{PARENTING}phrases: 0: '' is not a word"),
    (PHRASES, "phrases: [.. parent]", f"{PARENTING}phrases: 0: `..` stands between words"),
    (PHRASES, "phrases: [corporate ..]", f"{PARENTING}phrases: 0: `..` stands between words"),
    ("    broad: true\n", "    broad: very\n", "subjects: management oversight: broad: true or false is expected"),
    (
        "    broad: true\n",
        "    broad: true\n    means: true\n",
        "management oversight: only one of narrow, broad and means",
    ),
    ("\n\nsubjects:\n", "\n\nsubject:\n", "subject: no such key is known"),
    ("  adolescents:", "  neglect:", "groups: neglect: a subject is called so too"),
    ("  ends: [so that", "  end: [so that", "heads: ends: is missing"),
]


@pytest.mark.parametrize(("good", "bad", "says"), WRONG, ids=[says[:60] for *_, says in WRONG])
def test_a_wrong_file_is_refused_with_its_place_and_what_is_wrong(
    tmp_path: Path, good: str, bad: str, says: str
) -> None:
    assert says in refusal(tmp_path, FILE, SubjectRows, good, bad)
