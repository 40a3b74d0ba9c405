"""The local authorities of England with children's services, by Ofsted URN, and how to find one by what people call it."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NAMES = Path(__file__).with_name("authority_names.csv")


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


@cache
def known_authorities() -> tuple[Authority, ...]:
    """All 153 authorities of authorities.csv, by name, with the names of authority_names.csv."""
    names = _names()
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Authority(
                row["urn"],
                row["name"],
                row["region"],
                tuple(filter(None, row["aliases"].split(";"))),
                row["kind"],
                tuple(names[row["urn"]]),
            )
            for row in csv.DictReader(file)
        )


def _names() -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = defaultdict(list)
    with NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["urn"]].append(Name(row["kind"], row["name"], row["since"], row["until"]))
    return found


def name_key(name: str) -> str:
    """A name without case, punctuation and the words that councils put around it: "The London Borough of X Council" -> "x"."""
    text = name.lower().replace("&", " and ").replace("'", "").replace("’", "")
    text = re.sub(r"^(.+), ((?:city|county|(?:royal )?borough) of)$", r"\2 \1", text.strip())
    text = re.sub(r"[^a-z0-9]+", " ", text).strip()
    text = re.sub(r"^(the )?((royal|london|metropolitan|city|county|borough|district|unitary) )*(of )?", "", text)
    return re.sub(r"( (city|county|borough|district|metropolitan|unitary|mbc|council|authority|of|local))+$", "", text)


def find_authority(text: str, among: Iterable[Authority]) -> Authority | None:
    """The authority with this URN, name or alias, or None; full council names are understood."""
    wanted = name_key(text)
    for authority in among:
        if text.strip() == authority.urn or wanted in _keys(authority):
            return authority
    return None


@cache
def _keys(authority: Authority) -> frozenset[str]:
    short = (name.name for name in authority.names if name.kind == "short")
    return frozenset(name_key(name) for name in (authority.name, *authority.aliases, *short))
