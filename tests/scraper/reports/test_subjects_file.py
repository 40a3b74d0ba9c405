"""subjects.yaml: refused where it is wrong, also by what can never be found in a text."""

from pathlib import Path

import pytest

from scraper.reports.subjects import SUBJECTS_FILE as FILE
from scraper.reports.subjects_file import SubjectRows
from tests.scraper.rule_file_changes import refusal

PHRASES = "phrases: [private fostering, privately fostered, private foster*]"
FOSTERING = "subjects: private fostering: "

WRONG = [
    (PHRASES, "phrase: [private fostering]", f"{FOSTERING}phrase: no such key is known"),
    (PHRASES, "phrase: [private fostering]", f"{FOSTERING}phrases: is missing"),
    (PHRASES, "phrases: []", f"{FOSTERING}phrases: must not be empty"),
    (PHRASES, "phrases: private fostering", f"{FOSTERING}phrases: a list is expected"),
    (PHRASES, "phrases: [2]", f"{FOSTERING}phrases: 0: a text is expected"),
    (
        PHRASES,
        "phrases: [private-fostering]",
        f"{FOSTERING}phrases: 0: 'private-fostering' is not a word in small letters",
    ),
    (PHRASES, "phrases: [Private fostering]", f"{FOSTERING}phrases: 0: 'Private' is not a word"),
    (PHRASES, "phrases: [pr*]", f"{FOSTERING}phrases: 0: 'pr*' is not a word"),
    (PHRASES, "phrases: [private|]", f"{FOSTERING}phrases: 0: '' is not a word"),
    (PHRASES, "phrases: [.. fostering]", f"{FOSTERING}phrases: 0: `..` stands between words"),
    (PHRASES, "phrases: [private ..]", f"{FOSTERING}phrases: 0: `..` stands between words"),
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
