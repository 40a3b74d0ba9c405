"""Kinds of document, what they ask for, frameworks and graded areas: what is asked of frameworks.yaml, which has all words of that sort."""

import hashlib
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from scraper.reference.framework_rows import AskRow, FrameworkRow, GradedArea, KindRow, finds
from scraper.reference.frameworks_file import Frameworks
from scraper.reference.rule_files import read_rules

OWN_FILE = "OFSTED_WATCH_FRAMEWORKS"
"""The environment variable that names a file to be read in place of ours: one that has a framework which no release knows yet."""
UNKNOWN = "OTHER"
"""The framework of a document that no words of a first page tell."""


def registry_path() -> Path:
    """The file that is read."""
    return Path(os.environ.get(OWN_FILE) or Path(__file__).with_name("frameworks.yaml"))


@cache
def registry_version() -> str:
    """What tells this registry from another, in a few letters."""
    return hashlib.sha256(registry_path().read_bytes()).hexdigest()[:8]


@cache
def frameworks() -> Frameworks:
    """The file. Raises `RuleFileError` where it is wrong."""
    return read_rules(registry_path(), Frameworks)


@cache
def document_kinds() -> Mapping[str, KindRow]:
    """The kinds of document by their keys."""
    return {row.key: row for row in frameworks().kinds}


@cache
def unknown_kind() -> str:
    """The kind of what fits no other."""
    return next(row.key for row in frameworks().kinds if row.unknown)


def kind_of_document(key: str | None) -> KindRow:
    """What is known of a kind; one that is not in the file is of the unknown kind."""
    kinds = document_kinds()
    return kinds.get(key or "") or kinds[unknown_kind()]


def kind_name(kind: str | None) -> str:
    """What a kind of document is called; empty for one that has no name of its own, or is not in the file."""
    return kind_of_document(kind).name


@cache
def ask_kinds() -> Mapping[str, AskRow]:
    """What lists ask for, by key, in the order for people."""
    return {row.key: row for row in frameworks().asks}


@cache
def usual_ask() -> AskRow:
    """The kind of list whose words stand for all: the first that is not urgent."""
    return next(row for row in frameworks().asks if not row.urgent)


def framework_of(key: str | None) -> FrameworkRow:
    """What is known of a framework; of one that is not in the file, nothing."""
    return next((row for row in frameworks().frameworks if row.key == key), FrameworkRow(key=key or UNKNOWN))


@cache
def areas_of(framework: str | None) -> tuple[GradedArea, ...]:
    """The areas that a framework grades, in the order in which headings are tried; every area for one of which that is not known."""
    own = framework_of(framework).areas
    known = {area.key: area for area in frameworks().areas}
    return tuple(known[key] for key in own) if own else frameworks().areas


@cache
def area_of(heading: str, framework: str | None = None) -> str:
    """The key of a graded area from its heading as printed; the heading itself in lower case where it is none of the framework's."""
    plain = " ".join(re.sub(r"[^a-z ]", " ", heading.lower().replace("-", " ")).split())
    return next((area.key for area in areas_of(framework) if finds(area, plain)), plain)


@cache
def graded_area(key: str) -> GradedArea | None:
    """The area of a key, None for a heading that the file does not have."""
    return next((area for area in frameworks().areas if area.key == key), None)


def area_name(heading: str, framework: str | None = None) -> str:
    """What an area is called, from its key or its heading as printed."""
    area = graded_area(heading) or graded_area(area_of(heading, framework))
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


def parts_of(key: str) -> tuple[str, ...]:
    """The areas that are graded together under this key; none for one that is graded by itself."""
    area = graded_area(key)
    return area.parts if area else ()


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
    return frozenset((*earlier_areas(key), *parts_of(key)))


def alike(one: str, other: str) -> bool:
    """Whether the grades of two frameworks mean the same."""
    return one == other or any({one, other} <= set(group) for group in frameworks().alike)
