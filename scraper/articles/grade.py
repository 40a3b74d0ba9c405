"""The grade that an article reports as new; what a place was before, or is no longer, is none."""

import re
from collections.abc import Iterable
from functools import cache

from scraper.reference import as_graded, grade_of, said_grades

SAID_BY = re.compile(
    "is|are|been|was|were|now|still|again|it|services|service|council|care|rate|rated|rates|judge|judged|judges|"
    "branded|deemed|graded|labelled|found|rating|ratings|of|as|gives|given|to|an|a|overall|the|be|being|hailed|"
    "another|second|third|successive|back|keeps|keep|retains|retain|awarded|wins|win|verdict|handed|moved|up|"
    "remains|remain|says|stays|stay|named|children|department",
    re.IGNORECASE,
)
"""Words that stand right before a grade where one is given."""

PAST = re.compile(
    r"\b(?:no longer|not|from|had been|previous(?:ly)?|previous rating of|escaped?|out of|lifted|since|after (?:being|it was|an?)|following(?: an?)?|"
    r"formerly|shed|was(?: rated)?)\W+(?:\w+\W+){0,4}$",
    re.IGNORECASE,
)
NOW = re.compile(r"\b(?:to|now|again)\W+(?:be(?:ing)? )?(?:\w+\W+){0,2}$", re.IGNORECASE)
DATED = re.compile(r"[^.,;]{0,40}\b(?:in|since) (?:\w+ )?20\d\d")
LASTING = re.compile(r"[^.;]{0,40}\bfor (?:the (?:past|last)|more than|over|nearly|almost) ")
BACK = re.compile(r"\b(?:was|were|previous(?:ly)?|last|since|following|after|had been)\b", re.IGNORECASE)

NEAR = 60
"""Characters before a grade that may tell what it is."""


@cache
def _grade() -> re.Pattern[str]:
    return re.compile(rf"\b{said_grades(everyday=True)}\b", re.IGNORECASE)


def reported_grade(sentences: Iterable[str]) -> str | None:
    """The first grade that a sentence gives as new, in the words Ofsted uses, or None."""
    return next(filter(None, map(_graded, sentences)), None)


def _graded(sentence: str) -> str | None:
    for match in _grade().finditer(sentence):
        before = sentence[max(0, match.start() - NEAR) : match.start()]
        if _is_given(before) and not _is_past(before, sentence, match.end()):
            grade = grade_of(as_graded(match[0]))
            return grade.full if grade else None
    return None


def _is_given(before: str) -> bool:
    """In quotation marks, or after a word that gives a grade."""
    words = re.findall(r"\w+", before)
    return before.endswith(("'", '"')) or (bool(words) and SAID_BY.fullmatch(words[-1]) is not None)


def _is_past(before: str, sentence: str, end: int) -> bool:
    if PAST.search(before) and not NOW.search(before[-30:]):
        return True
    return bool((DATED.match(sentence, end) and BACK.search(before)) or LASTING.match(sentence, end))
