"""The grade that an article reports as new; what a place was before, or is no longer, is none."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from scraper.articles.visit_days import REPORTED_WITHIN
from scraper.reference import as_graded, frameworks, grade_of, last_moment, months_in, said_grades

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
DATED = re.compile(r"[^.,;]{0,40}\b(?:in|since) (?P<when>(?:\w+ )?20\d\d)")
LASTING = re.compile(r"[^.;]{0,40}\bfor (?:the (?:past|last)|more than|over|nearly|almost) ")
BACK = re.compile(r"\b(?:was|were|previous(?:ly)?|last|since|following|after|had been)\b", re.IGNORECASE)

BETWEEN = re.compile(
    r"(?:effectiveness|services?|work|support|provision|experiences|outcomes|judge?ment|grade|rating|ratings|verdict|was|were|is|are|has|have|had|been|be|being|also|both|all|rated|judged"
    r"|graded|deemed|found|branded|labelled|given|as|to|an?|the|and|it|now|still|again|area|remains?|of|for|council|authority|county|city|ofsted|inspectors|department|children|s|which|that|\W+)*+",
    re.IGNORECASE,
)
"""Between an area and its grade, where it is that area's."""
FOR = re.compile(
    r"\W*+(?:(?:for|in|on|with|at)\s++)?(?:(?:the|its|their|his|her|how|experiences?|and|progress|of)\s++)*+",
    re.IGNORECASE,
)

AND = re.compile(r"\b(?:and|but)\s+$", re.IGNORECASE)

NEAR = 80
"""Characters before a grade that may tell what it is."""


@cache
def _grade() -> re.Pattern[str]:
    return re.compile(rf"\b{said_grades(everyday=True)}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Given:
    """A grade that is given as new, in the words Ofsted uses; `area` is the key of the graded area it is said of, "" where that is not said."""

    grade: str
    area: str = ""


def reported_grades(sentences: Iterable[str], published: date | None = None) -> list[Given]:
    """The grades that sentences of an article give as new, in order."""
    return [given for sentence in sentences for given in _given(sentence, published)]


def _given(sentence: str, published: date | None) -> Iterator[Given]:
    found = list(_grade().finditer(sentence))
    again = False
    for match, until in pairwise([*found, None]):
        before = sentence[max(0, match.start() - NEAR) : match.start()] if match else ""
        grade = grade_of(as_graded(match[0])) if match else None
        if match is None or grade is None:
            continue
        is_given = _is_given(before) or (again and AND.search(before) is not None)
        if is_given and not _is_past(before, sentence, match.end(), published):
            again = True
            after = sentence[match.end() : until.start() if until else None]
            yield Given(grade.full, _area(before, after[:NEAR]))


def _area(before: str, after: str) -> str:
    """The graded area that stands right before a grade, with only words between that give one, or right after it."""
    said = next((m for m in reversed(list(_areas().finditer(before))) if BETWEEN.fullmatch(before, m.end())), None)
    said = said or next((m for m in _areas().finditer(after) if FOR.fullmatch(after, 0, m.start())), None)
    return str(said.lastgroup) if said else ""


@cache
def _areas() -> re.Pattern[str]:
    """The graded areas as news name them, each a group of its key's name."""
    named = (f"(?P<{area.key}>{area.said.pattern})" for area in frameworks().areas if area.said)
    return re.compile("|".join(named), re.IGNORECASE)


def _is_given(before: str) -> bool:
    """In quotation marks, or after a word that gives a grade."""
    area = next((m for m in reversed(list(_areas().finditer(before))) if not before[m.end() :].strip()), None)
    words = re.findall(r"\w+", before[: area.start()] if area else before)
    return before.endswith(("'", '"')) or (bool(words) and SAID_BY.fullmatch(words[-1]) is not None)


def _is_past(before: str, sentence: str, end: int, published: date | None) -> bool:
    if PAST.search(before) and not NOW.search(before[-30:]):
        return True
    dated = DATED.match(sentence, end)
    if dated and (BACK.search(before) or _is_old(dated["when"], published)):
        return True
    return LASTING.match(sentence, end) is not None


def _is_old(when: str, published: date | None) -> bool:
    """Whether a month or a year was over too long before the article to be that of its news."""
    last = last_moment(next((month for _, _, month in months_in(when)), when[-4:]))
    return bool(last and published and published - last.date() > REPORTED_WITHIN)
