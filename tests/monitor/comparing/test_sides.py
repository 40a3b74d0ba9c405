"""Sentences that lean both ways, and those that tell of progress. All texts are invented."""

import pytest

from monitor.comparing.sides import credit, tells_progress, two_sided
from scraper.items import Tone

BOTH = [
    "Audits are thorough, although actions are not always followed up.",
    "While most plans are clear, some lack timescales.",
    "Although the format has improved, there is more to do.",
    "There is an effective response, but interviews are not yet timely for all.",
    "However, practice is improving, although it remains inconsistent.",
    "Some plans are weak, but most are thorough.",
]
ONE = [
    "Audits are thorough and lead to clear actions.",
    "However, supervision is not always regular and its quality varies.",
    "Plans are too long, but more importantly they lack timescales.",
    "While children wait, nobody tells them why.",
    "Although it snowed, the visit took place.",
    "Although demand has increased, help is good and is given without delay when needed.",
    "",
]


@pytest.mark.parametrize("text", BOTH)
def test_both_sides(text: str) -> None:
    assert two_sided(text)


@pytest.mark.parametrize("text", ONE)
def test_one_side(text: str) -> None:
    assert not two_sided(text)


@pytest.mark.parametrize(
    ("text", "progress"),
    [
        ("Supervision has improved.", True),
        ("Plans are now clearer.", True),
        ("Workers value their supervision.", False),
        ("Plans are unclear.", False),
        ("A small number of young people have benefited from better plans.", False),
        ("Plans have improved for some children.", False),
    ],
)
def test_progress(text: str, progress: bool) -> None:
    assert tells_progress(text) is progress


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Tone.STRENGTH, "Plans are clear and purposeful.", 1.0),
        (Tone.STRENGTH, "Managers act quickly to reduce inconsistent practice.", 1.0),
        (Tone.STRENGTH, "There is more work to do to build on recent improvements.", 0.0),
        (Tone.STRENGTH, "High demand hampers the good work of the team.", 0.0),
        (Tone.STRENGTH, "Plans are thorough, although they are not always shared.", 0.5),
        (Tone.MIXED, "Some plans are clear and others are not.", 0.5),
        (Tone.WEAKNESS, "Plans lack timescales.", 0.0),
        (Tone.WEAKNESS, "Plans lack timescales for a small number of children.", 0.0),
        (Tone.WEAKNESS, "Plans previously lacked timescales.", 0.0),
    ],
)
def test_credit(kind: str, text: str, expected: float) -> None:
    assert credit(kind, text) == expected
