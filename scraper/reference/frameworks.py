"""What Ofsted's inspections grade, and on which scale: frameworks.yaml, which has every grade word and every name of an area."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from scraper.reference.rule_files import (
    Beginning,
    Flag,
    Pattern,
    RuleFile,
    RuleModel,
    Text,
    Words,
    meant,
    not_both,
    read_rules,
)
from scraper.reference.yaml_lines import Place

FRAMEWORKS = Path(__file__).with_name("frameworks.yaml")
Look = Literal["bad", "fair", "good", "best"]


class KindRow(RuleModel):
    """A kind of document: its name for people (empty where the site's is used), and the series of visits that it belongs to."""

    key: Text
    name: str = ""
    chain: Text
    letter: Flag = False


class FrontRow(RuleModel):
    """Words of a first page that tell of which kind and framework a document is."""

    words: Words
    kind: Text
    framework: Text


class FrameworkRow(RuleModel):
    """A framework: how many grades a graded report has (least, most).

    `board_reviewed`: the safeguarding board was reviewed with the authority; `front_matter`: what stands before the first heading holds nothing; `told`: named beside the kind of visit.
    """

    key: Text
    grades: tuple[int, int] | None = None
    board_reviewed: Flag = False
    front_matter: Flag = False
    told: Flag = False


class HeadingRow(RuleModel):
    """A heading of a section, from its beginning on, and what the section holds; `of`: the kind of a list of things to improve."""

    words: Beginning
    holds: Literal["ask", "tell", "skip"]
    of: Text | None = None


class GradeRow(RuleModel):
    """A grade: its words, other words for its place on the scale, and how pages show it. `verb`: it is said of something, as in "arrangements lead to ..."."""

    grade: Text
    also: tuple[Text, ...] = ()
    look: Look
    verb: Flag = False


class GradedArea(RuleModel):
    """An area that is graded: `heading` finds it in headings as printed (lower case, letters and blanks only).

    `parts` are areas graded apart in other frameworks, `follows` earlier areas in whose place it came; `whole`: it grades the whole report,
    `other_body`: somebody else than the authority; `phrase`: its grades are parts of a sentence;
    `standing`: it tells where an authority stands.
    """

    key: Text
    name: Text
    short: Text
    heading: Pattern
    parts: tuple[Text, ...] = ()
    follows: tuple[Text, ...] = ()
    whole: Flag = False
    other_body: Flag = False
    phrase: Flag = False
    until: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = None
    standing: Flag = False


class Frameworks(RuleFile):
    """The whole file. `areas` in the order in which headings are tried, `told` in the order for people."""

    kinds: tuple[KindRow, ...] = Field(min_length=1)
    fronts: tuple[FrontRow, ...] = Field(min_length=1)
    frameworks: tuple[FrameworkRow, ...] = Field(min_length=1)
    headings: tuple[HeadingRow, ...] = Field(min_length=1)
    scales: dict[Text, tuple[GradeRow, ...]] = Field(min_length=1)
    areas: tuple[GradedArea, ...] = Field(min_length=1)
    alike: tuple[tuple[Text, ...], ...] = ()
    told: tuple[Text, ...]

    def wrong(self) -> Iterator[tuple[Place, str]]:
        """Names that no area has, areas that nothing tells, and words that stand for two grades."""
        yield from self._wrong_documents()
        keys = [area.key for area in self.areas]
        yield from ((("told",), said) for said in not_both("area", self.told, keys))
        for index, area in enumerate(self.areas):
            if keys.index(area.key) != index:
                yield ("areas", index, "key"), f"another area is called {area.key!r} too"
            for other in (*area.parts, *area.follows):
                if other not in keys:
                    yield ("areas", index), f"no area has the key {other!r}"
            if next((one.key for one in self.areas if one.heading.search(area.name.lower())), None) != area.key:
                yield (
                    ("areas", index, "heading"),
                    f"does not find its own name {area.name!r}, or another area finds it first",
                )
        words = [word for scale in self.scales.values() for grade in scale for word in (grade.grade, *grade.also)]
        yield from (
            (("scales",), f"{word!r} stands for two grades") for word in {w for w in words if words.count(w) > 1}
        )

    def _wrong_documents(self) -> Iterator[tuple[Place, str]]:
        """Kinds and frameworks that the file does not have, and lists without their kind."""
        kinds, frameworks_ = {row.key for row in self.kinds}, {row.key for row in self.frameworks}
        for index, front in enumerate(self.fronts):
            if front.kind not in kinds:
                yield ("fronts", index, "kind"), f"there is no kind {front.kind!r}{meant(front.kind, kinds)}"
            if front.framework not in frameworks_:
                yield (
                    ("fronts", index, "framework"),
                    f"there is no framework {front.framework!r}{meant(front.framework, frameworks_)}",
                )
        for index, heading in enumerate(self.headings):
            if (heading.holds == "ask") != bool(heading.of):
                yield (
                    ("headings", index),
                    "`of` is what a list asks for: it belongs to `holds: ask`, and to nothing else",
                )


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade's place: 1 is the worst of its scale. `best` is the highest place."""

    words: str
    scale: str
    step: int
    best: int
    look: str
    verb: bool = False


@cache
def frameworks() -> Frameworks:
    """The file. Raises `RuleFileError` where it is wrong."""
    return read_rules(FRAMEWORKS, Frameworks)


def framework_of(key: str | None) -> FrameworkRow:
    """What is known of a framework; of one that is not in the file, nothing."""
    return next((row for row in frameworks().frameworks if row.key == key), FrameworkRow(key=key or "OTHER"))


@cache
def document_kinds() -> dict[str, KindRow]:
    """The kinds of document by their keys, which are those of `ReportType`."""
    return {row.key: row for row in frameworks().kinds}


def kind_name(kind: str) -> str:
    """What a kind of document is called; empty for one that has no name of its own, or is not in the file."""
    row = document_kinds().get(kind)
    return row.name if row else ""


@cache
def area_of(heading: str) -> str:
    """The key of a graded area from its heading as printed; the heading itself in lower case where it is none we know."""
    plain = " ".join(re.sub(r"[^a-z ]", " ", heading.lower().replace("-", " ")).split())
    return next((area.key for area in frameworks().areas if area.heading.search(plain)), plain)


@cache
def graded_area(key: str) -> GradedArea | None:
    """The area of a key, None for a heading that the file does not have."""
    return next((area for area in frameworks().areas if area.key == key), None)


def area_name(heading: str) -> str:
    """What an area is called, from its key or its heading as printed."""
    area = graded_area(heading) or graded_area(area_of(heading))
    return area.name if area else heading


def short_name(key: str) -> str:
    """What the area of a key is called in a sentence; the key itself for one that is not in the file."""
    area = graded_area(key)
    return area.short if area else key


def told_order(key: str) -> int:
    """The place of an area among those that are told; areas that are not in the file come last."""
    told = frameworks().told
    return told.index(key) if key in told else len(told)


def given_as_a_whole(month: str) -> bool:
    """Whether inspections of that month (YYYY-MM) of the services gave them a grade as a whole."""
    return any(area.until and month <= area.until for area in frameworks().areas if area.whole)


@cache
def earlier_areas(key: str) -> tuple[str, ...]:
    """The areas that a grade is compared with where its own was not given before: what it follows, what it was a part of, its first part."""
    area = graded_area(key)
    if area is None:
        return ()
    return (*area.follows, *(one.key for one in frameworks().areas if key in one.parts), *area.parts[:1])


@cache
def taken_over(key: str) -> frozenset[str]:
    """The areas that a grade of this one covers besides its own."""
    area = graded_area(key)
    return frozenset((*earlier_areas(key), *(area.parts if area else ())))


def alike(one: str, other: str) -> bool:
    """Whether the grades of two frameworks mean the same."""
    return one == other or any({one, other} <= set(group) for group in frameworks().alike)


@cache
def grade_of(words: str) -> Grade | None:
    """The grade that these words give, None where they are on no scale: the longest grade that stands in them."""
    text = words.lower()
    found = [(len(word), grade) for word, grade in _grades() if word in text]
    return max(found, key=lambda one: one[0])[1] if found else None


def grade_step(words: str) -> int:
    """The place of a grade on its scale, from 1 for the worst; 0 for words that are on none."""
    grade = grade_of(words)
    return grade.step if grade else 0


def scale_of(words: str) -> tuple[Grade, ...]:
    """Every grade of the scale that these words are on, the best first; empty where they are on none."""
    grade = grade_of(words)
    on_it = dict.fromkeys(one for _, one in _grades() if grade and one.scale == grade.scale)
    return tuple(sorted(on_it, key=lambda one: -one.step))


@cache
def _grades() -> tuple[tuple[str, Grade], ...]:
    return tuple(
        (word.lower(), Grade(row.grade, scale, place, len(rows), row.look, row.verb))
        for scale, rows in frameworks().scales.items()
        for place, row in enumerate(rows, 1)
        for word in (row.grade, *row.also)
    )
