"""The local authorities of England with children's services, by Ofsted URN, each with what people call it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field

from scraper.errors import RuleFileError
from scraper.reference.rule_files import RuleModel, Text, read_table

AUTHORITIES = Path(__file__).with_name("authorities.csv")
NAMES = Path(__file__).with_name("authority_names.csv")
AFTER_A_NAME = frozenset(
    ["city", "county", "borough", "district", "metropolitan", "unitary", "mbc", "council", "authority", "of", "local"]
)
Kind = Literal["County", "Unitary Authority", "Metropolitan District", "London Borough"]
KINDS: tuple[str, ...] = get_args(Kind)
Urn = Annotated[str, Field(pattern=r"^\d{4,9}$")]
Month = Annotated[str, Field(pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$")]


class AuthorityRow(RuleModel):
    """A row of authorities.csv; `aliases` are divided by semicolons."""

    urn: Urn
    name: Text
    region: Text
    kind: Kind
    aliases: str


class NameRow(RuleModel):
    """A row of authority_names.csv."""

    urn: Urn
    kind: Literal["short", "body", "former", "town", "site"]
    name: Text
    since: Month
    until: Month


@dataclass(frozen=True, slots=True)
class Name:
    """What news calls an authority, and from and to which month ("YYYY-MM", empty: open) that is right.

    `kind`: `short` (a short form), `body` (a trust or company that delivers the services), `former` (a council it succeeded),
    `town` (a place in it: weak evidence), `site` (the host of its website).
    """

    kind: str
    name: str
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """`urn` is Ofsted's (a reorganised council has a new one); `aliases` are other names in use; `names` what news says.

    `kind` is the kind of council: County, Unitary Authority, Metropolitan District or London Borough.
    """

    urn: str
    name: str
    region: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    names: tuple[Name, ...] = ()

    def __hash__(self) -> int:
        """By its URN alone: what is kept by a list of authorities asks for the hash of each, with all of their names."""
        return hash(self.urn)


@cache
def known_authorities() -> tuple[Authority, ...]:
    """All 153 authorities of authorities.csv, by name, with the names of authority_names.csv.

    Raises `RuleFileError` where one of these files is wrong.
    """
    rows = read_table(AUTHORITIES, AuthorityRow)
    names = _names(frozenset(row.urn for row in rows))
    return tuple(
        Authority(row.urn, row.name, row.region, _aliases(row), row.kind, tuple(names.get(row.urn, ()))) for row in rows
    )


def authority_named(urn: str, name: str, aliases: Sequence[str] = (), replaces: str | None = None) -> Authority:
    """An authority by what a config says of it, and for the rest what the built-in one of this URN has, or that whose place it takes."""
    old = _known_by_urn().get(replaces or urn) or Authority(urn, name)
    made = Authority(urn, name, old.region, tuple(dict.fromkeys((*aliases, *old.aliases))), old.kind, old.names)
    return old if made == old else made  # one object each: lists of them are looked up by what is the same


@cache
def _known_by_urn() -> dict[str, Authority]:
    return {one.urn: one for one in known_authorities()}


def _aliases(row: AuthorityRow) -> tuple[str, ...]:
    return tuple(filter(None, row.aliases.split(";")))


def _names(urns: frozenset[str]) -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = defaultdict(list)
    for row in read_table(NAMES, NameRow):
        if row.urn not in urns:
            raise RuleFileError(f"{NAMES}: {row.name}: no authority has the URN {row.urn}")
        found[row.urn].append(Name(row.kind, row.name, row.since, row.until))
    return found


def name_key(name: str) -> str:
    """A name without case, punctuation and the words that councils put around it: "The London Borough of X Council" -> "x"."""
    text = name.lower().replace("&", " and ").replace("'", "").replace("’", "")
    text = re.sub(r"^(.+), ((?:city|county|(?:royal )?borough) of)$", r"\2 \1", text.strip())
    text = re.sub(r"[^a-z0-9]+", " ", text).strip()
    text = re.sub(r"^(the )?((royal|london|metropolitan|city|county|borough|district|unitary) )*(of )?", "", text)
    words = text.split(" ")
    while len(words) > 1 and words[-1] in AFTER_A_NAME:
        words.pop()
    return " ".join(words)
