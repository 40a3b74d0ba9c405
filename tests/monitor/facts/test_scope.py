"""What a visit says that it looked at. All texts are invented."""

import pytest

from monitor.facts.scope import looked_at


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "This letter is about a visit. Inspectors looked at the local authority’s\narrangements for care leavers. They read files.",
            "Inspectors looked at the local authority’s arrangements for care leavers.",
        ),
        (
            "During the visit, inspectors reviewed the progress made in the front door. It is slow.",
            "Inspectors reviewed the progress made in the front door.",
        ),
        ("Inspectors were shown round. Leaders looked at data.", ""),
        ("Inspectors looked at " + "one thing and another and " * 40 + ".", ""),
        ("", ""),
    ],
)
def test_the_sentence_that_says_what_was_looked_at(text: str, said: str) -> None:
    assert looked_at(text) == said
