"""rules.yaml, checked: each rule with its words and points, and the names in it that the code refers to."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from scraper.reference import (
    HERE,
    Flag,
    Number,
    Place,
    RuleFile,
    RuleModel,
    Text,
    Texts,
    Words,
    meant,
    not_both,
    read_rules,
    said_grades,
)

FILE = Path(__file__).with_name("rules.yaml")
SUBJECT = "subject"
SAID = ("verdict", "trouble")
ABOUT = (SUBJECT, *SAID, "tone", "council", "not_this", "elsewhere")
NEWS = ("report", "followup")


def _with_grades(value: object) -> object:
    """A pattern with every grade as news name it; the grades are those of frameworks.yaml."""
    return value.replace(HERE, said_grades(everyday=True)) if isinstance(value, str) else value


Said = Annotated[Words, BeforeValidator(_with_grades)]


class Group(RuleModel):
    """The most, or with a negative limit the least, that the rules of a group give together."""

    limit: Number


Called = Literal["name", "body", "former", "town"]
"""Kinds of names as mentions.py finds them."""


class Rule(RuleModel):
    """One reason: its words, and its points where they stand. With `authority` these kinds of names of any authority stand for words too.

    `subject_itself`: where it is found at the start, what the rest of the text says against it counts nothing; `anywhere`: it halves others wherever it stands.
    """

    name: Text
    group: Text
    headline: Number
    lede: Number
    body: Number
    words: Annotated[tuple[Said, ...], Field(min_length=1)] = ()
    half_if: Texts = ()
    when: Annotated[tuple[Texts, ...], Field(min_length=1)] = ()
    unless: Texts = ()
    authority: Annotated[tuple[Called, ...], Field(min_length=1)] = ()
    subject_itself: Flag = False
    anywhere: Flag = False

    @property
    def points(self) -> tuple[float, float, float]:
        """In headline, lede and body."""
        return self.headline, self.lede, self.body

    @model_validator(mode="after")
    def _says_something(self) -> "Rule":
        if not self.words and not self.authority:
            raise ValueError("words or kinds of names (`authority`) are expected")
        if not any(self.points):
            raise ValueError("gives no points anywhere")
        return self

    def names(self) -> Iterator[tuple[Place, str]]:
        """The rules it refers to, each with its place in the rule."""
        for key, names in (("half_if", self.half_if), ("unless", self.unless)):
            yield from (((key, index), name) for index, name in enumerate(names))
        for index, names in enumerate(self.when):
            yield from ((("when", index, place), name) for place, name in enumerate(names))


class RuleBook(RuleFile):
    """The whole of rules.yaml, which says what each part is for."""

    relevant_from: Number
    subject_from: Number
    said_from: Number
    report_from: Number
    groups: dict[str, Group]
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]

    def wrong(self) -> Iterator[tuple[Place, str]]:
        """Names that nothing is called, points against the limit of their group, and what code and file do not both have."""
        names = [rule.name for rule in self.rules]
        yield from ((("groups",), said) for said in not_both("group", self.groups, (*ABOUT, *NEWS)))
        for index, rule in enumerate(self.rules):
            for at, said in self._wrong_in(rule, names, names[:index]):
                yield ("rules", index, *at), said

    def _wrong_in(self, rule: Rule, names: list[str], before: list[str]) -> Iterator[tuple[Place, str]]:
        if rule.name in before:
            yield ("name",), f"another rule is called {rule.name!r} too"
        for at, name in rule.names():
            if name not in names:
                yield at, f"no rule is called {name!r}{meant(name, names)}"
        if rule.group not in self.groups:
            yield ("group",), f"no group is called {rule.group!r}{meant(rule.group, self.groups)}"
        elif any(points * self.groups[rule.group].limit < 0 for points in rule.points):
            yield (), f"its points and the limit of its group {rule.group!r} pull in opposite directions"


@cache
def rules() -> RuleBook:
    """rules.yaml. Raises `RuleFileError` where it is wrong."""
    return read_rules(FILE, RuleBook)
