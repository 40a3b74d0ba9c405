"""Every regular expression takes time with the length of the text and no more, whatever the text: strangers write what they read."""

import re

import pytest

from scraper.articles.grade import NEAR
from scraper.reports.grades import HEADLINE_LENGTH
from tests.expressions.found import Found, expressions
from tests.expressions.growth import exponent, uses
from tests.expressions.hostile import parts, texts

LINEAR = 1.5
"""Above it, a power of the length is none of time with the length, nor of the noise of a busy machine."""

SHORT = {
    "scraper.articles.places.place_rules().": (60, "mentions.py hands on what stands close around a name"),
    "scraper.articles.grade.PAST": (NEAR, "grade.py looks right before a grade"),
    "scraper.reference.frameworks.frameworks().frameworks": (HEADLINE_LENGTH, "grades.py looks at short blocks"),
    "scraper.reference.scales.with_grades(": (
        HEADLINE_LENGTH,
        "grades.py looks at short blocks, outline.py at headings",
    ),
}
"""By how its name begins: the characters that an expression is given at most, by whom, and so what it may take is a constant."""

EVERYWHERE = frozenset({"scraper.articles.places.place_rules().generic"})
"""Those of such a family that are given whole texts all the same."""

ALL = expressions()


def limit_of(found: Found) -> int:
    """0 where there is none."""
    limits = (limit for begins, (limit, _) in SHORT.items() if found.name.startswith(begins))
    return 0 if found.name in EVERYWHERE else next(limits, 0)


def steepest(found: Found, limit: int = 0) -> tuple[float, str]:
    """The highest power of the length that its time grows with, and what it does so on; looks no further than for one too high."""
    is_bytes = isinstance(found.pattern.pattern, bytes)
    worst = (0.0, "")
    for part in parts(found.pattern):
        for text in texts(part.tree) if part.repeats_much else ():
            for use in uses(found, part.pattern):
                worst = max(worst, (exponent(use, text, limit, is_bytes=is_bytes), str(text)))
                if worst[0] >= LINEAR:
                    return worst
    return worst


@pytest.mark.speed
@pytest.mark.parametrize(
    "found", [one for one in ALL if any(part.repeats_much for part in parts(one.pattern))], ids=lambda one: one.name
)
def test_its_time_grows_with_the_length_of_the_text_and_no_faster(found: Found) -> None:
    power, text = steepest(found, limit_of(found))
    assert power < LINEAR, f"{found.pattern.pattern[:200]!r} takes time with the power {power:.2f} of {text}"


def test_those_of_modules_functions_and_rule_files_are_among_them() -> None:
    names = " ".join(one.name for one in ALL)
    for some in (
        "scraper.articles.lines.JUNK",
        "scraper.articles.rules.rules().rules[0].words[0]",
        "scraper.articles.places.place_rules().council",
        "scraper.reference.catalogue.catalogue().numbers",
        "scraper.reference.frameworks.frameworks().headings[0].words",
        "scraper.pages.feed.END",
        "scraper.pages.article:",
        "monitor.comparing.sides.LACKING",
    ):
        assert some in names


@pytest.mark.parametrize("begins", sorted((*SHORT, *EVERYWHERE)))
def test_no_limit_is_left_for_one_that_is_gone(begins: str) -> None:
    assert any(one.name.startswith(begins) for one in ALL)


@pytest.mark.speed
@pytest.mark.parametrize(
    ("slow", "used"),
    [
        (r"\s+$", "search"),
        (r"<!--.*?-->", "sub"),
        (r"<[^>]*>", "findall"),
        (r"[^.]*\bword", "search"),
        (r"(\w+\s+)*x", "search"),
        (r"(?:a|aa)+$", "match"),
        (r"good|\w+\d+x", "fullmatch"),
        (r"(?<=\w)-\s*\n\s*(?=[a-z])", "sub"),
        (r"\bfor the\b.*\bhere\b", "search"),
        (rb"<rss[^>]*/>\s*\Z", "search"),
    ],
)
def test_one_that_is_not_linear_is_noticed(slow: str | bytes, used: str) -> None:
    assert steepest(Found("slow", re.compile(slow), frozenset({used})))[0] >= LINEAR
