"""rules.yaml, checked: what is looked for in an article, each with its name."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from scraper.reference import HERE, Flag, Place, RuleFile, RuleModel, Text, Words, read_rules, said_grades

FILE = Path(__file__).with_name("rules.yaml")
NO_NAME = (" + ", " (")
"""What joins names and says where they were found: a name that has it would not be told from two."""


def _with_grades(value: object) -> object:
    """A pattern with every grade as news name it; the grades are those of frameworks.yaml."""
    return value.replace(HERE, said_grades(everyday=True)) if isinstance(value, str) else value


Said = Annotated[Words, BeforeValidator(_with_grades)]

Called = Literal["name", "body", "former", "town"]
"""Kinds of names as mentions.py finds them."""


class Rule(RuleModel):
    """One thing that is looked for: its words. With `authority` these kinds of names of any authority stand for words too.

    `speaks` for news of a report: neither it nor two such rules together count against it; or against it: alone it counts nothing for it.
    `elsewhere`: of a place that is not in England, so that a story which begins with it, and with no authority and nothing that is only in England
    (`ours`), is none of ours.
    """

    name: Text
    words: Annotated[tuple[Said, ...], Field(min_length=1)] = ()
    authority: Annotated[tuple[Called, ...], Field(min_length=1)] = ()
    speaks: Literal["for", "against", "either"] = "either"
    elsewhere: Flag = False
    ours: Flag = False

    @model_validator(mode="after")
    def _says_something(self) -> "Rule":
        if not self.words and not self.authority:
            raise ValueError("words or kinds of names (`authority`) are expected")
        return self


class RuleBook(RuleFile):
    """The whole of rules.yaml."""

    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]

    def wrong(self) -> Iterator[tuple[Place, str]]:
        """Names that two rules have, or that are no name."""
        names = [rule.name for rule in self.rules]
        for index, name in enumerate(names):
            place: Place = ("rules", index, "name")
            if name in names[:index]:
                yield place, f"another rule is called {name!r} too"
            yield from ((place, f"must not have {joint!r} in it") for joint in NO_NAME if joint in name)


@cache
def rules() -> RuleBook:
    """rules.yaml. Raises `RuleFileError` where it is wrong."""
    return read_rules(FILE, RuleBook)
