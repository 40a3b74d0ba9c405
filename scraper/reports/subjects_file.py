"""The shape of subjects.yaml, whose own words say what each part is for."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from scraper.reference import Flag, Place, RuleFile, RuleModel, Text, Texts

WORD = re.compile(r"[a-z0-9]+")
BEGINNING = re.compile(r"[a-z0-9]{3,}\*")


def _phrase(text: str) -> str:
    """A phrase, each word of which can be found: the texts that it is looked for in have no hyphens and no capitals."""
    words = text.split()
    if words[0] == ".." or words[-1] == "..":
        raise ValueError("`..` stands between words")
    for word in (choice for part in words for choice in part.split("|")):
        if not (word == ".." or WORD.fullmatch(word) or BEGINNING.fullmatch(word)):
            raise ValueError(
                f"{word!r} is not a word in small letters, the first three or more of one with `*`, or `..`"
            )
    return text


Phrases = Annotated[tuple[Annotated[Text, AfterValidator(_phrase)], ...], Field(min_length=1)]
"""How one thing is named: the phrases of a rule file, each of which can be found in a text."""


class SubjectRow(RuleModel):
    """A subject or group: at most one of the flags, by which it comes before or gives way to others."""

    family: Text | None = None
    narrow: Flag = False
    broad: Flag = False
    means: Flag = False
    phrases: Phrases

    @property
    def rank(self) -> str | None:
        """Which of the flags is set."""
        return next((flag for flag in ("narrow", "broad", "means") if getattr(self, flag)), None)

    @model_validator(mode="after")
    def _one_rank(self) -> "SubjectRow":
        if self.narrow + self.broad + self.means > 1:
            raise ValueError("only one of narrow, broad and means is expected")
        return self


class Heads(RuleModel):
    """What ends the part of a text that says what it is about."""

    ends: Texts


class SubjectRows(RuleFile):
    """The whole of subjects.yaml."""

    subjects: Annotated[dict[Text, SubjectRow], Field(min_length=1)]
    groups: dict[Text, SubjectRow]
    heads: Heads

    def wrong(self) -> Iterator[tuple[Place, str]]:
        """A name that is both a subject's and a group's."""
        yield from ((("groups", name), "a subject is called so too") for name in self.groups if name in self.subjects)
