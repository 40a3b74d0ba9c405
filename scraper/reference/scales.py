"""The grades of frameworks.yaml: their place on a scale, and the patterns that find them in reports and in news."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from scraper.reference.framework_rows import GradeRow
from scraper.reference.frameworks import framework_of, frameworks

HERE = "<grade>"
"""What stands in a pattern of the file for every grade as it is printed."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade's place: 1 is the worst of its scale. `best` is the highest place; `phrase`: its words are part of a sentence, `verb`: said of something."""

    words: str
    full: str
    scale: str
    step: int
    best: int
    look: str
    phrase: bool = False
    verb: bool = False


@cache
def grade_of(words: str, framework: str | None = None) -> Grade | None:
    """The grade that these words give, on the framework's scale or else on any; None where they are on none: the longest grade that stands in them."""
    text = words.lower()
    own = framework_of(framework).scale
    found = [(grade.scale == own, len(word), grade) for word, grade in _grades() if word in text]
    return max(found, key=lambda one: one[:2])[2] if found else None


def grade_step(words: str, framework: str | None = None) -> int:
    """The place of a grade on its scale, from 1 for the worst; 0 for words that are on none."""
    grade = grade_of(words, framework)
    return grade.step if grade else 0


def look_of(words: str | None, framework: str | None = None) -> str:
    """How pages show a grade: best, good, fair, bad, or plain for words that are on no scale."""
    grade = grade_of(words or "", framework)
    return grade.look if grade else "plain"


@cache
def _grades() -> tuple[tuple[str, Grade], ...]:
    """Every grade by each of its words; where two scales have the same word the earlier one comes first."""
    return tuple(
        (word.lower(), Grade(row.grade, row.full or row.grade, scale, place, len(rows), row.look, row.phrase, row.verb))
        for scale, rows in frameworks().scales.items()
        for place, row in enumerate(rows, 1)
        for word in (row.grade, *row.also)
    )


def _rows(framework: str | None) -> Iterator[GradeRow]:
    scale = framework_of(framework).scale
    for name, rows in frameworks().scales.items():
        yield from rows if name == scale or not scale else ()


@cache
def printed_grades(framework: str | None = None) -> str:
    """A pattern of the grades of a framework's scale, or of all scales, as reports print them."""
    return f"(?:{'|'.join(word for row in _rows(framework) for word in (_words(row), *map(re.escape, row.also)))})"


def _words(row: GradeRow) -> str:
    return row.printed.pattern if row.printed else re.escape(row.grade)


@cache
def said_grades(*, everyday: bool = False) -> str:
    """A pattern of the grades of all scales as news name them; `everyday`: with those that are everyday words."""
    rows = (row for row in _rows(None) if not row.phrase and (everyday or not row.everyday))
    return f"(?:{'|'.join(_words(row) for row in rows)})"


@cache
def with_grades(pattern: re.Pattern[str], framework: str | None = None) -> re.Pattern[str]:
    """A pattern of the file in which `<grade>` is every grade of a framework's scale, or of all; the first is a group of the name `grade`."""
    grades = printed_grades(framework)
    before, here, after = pattern.pattern.partition(HERE)
    return re.compile(before + f"(?P<grade>{grades})" * bool(here) + after.replace(HERE, grades), pattern.flags)


@cache
def as_graded(printed: str, framework: str | None = None) -> str:
    """A grade as it is printed, in the words of its scale: "require improvement to be good" is "requires improvement"."""
    text = printed.lower()
    return next((row.grade for row in _rows(framework) if row.printed and row.printed.fullmatch(text)), text)
