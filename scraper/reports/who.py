"""Which authority a report is about, by its title."""

import re
from collections.abc import Sequence
from functools import cache

from scraper.reference import frameworks, known_authorities, name_key
from scraper.reports.blocks import Block

NAMES_IT = r"\b(?:visit to|inspection of|review of|children[’']?s services|children[’']?s trust|safeguarding (?:children )?board)\b"
TWO_NAMES = re.compile(r"\b[A-Z][a-z’'-]+ [A-Z][\w’'-]+")
"""Somebody's name, or that of a place: "the inspectors for this visit were Amaris Kent and Ann Essex"."""
MAX_TITLE = 200
TITLE_BLOCKS = 2
ADDRESS_LINES = 30
OFSTED_ADDRESS = re.compile(
    r"^(?:Ofsted|Manchester|London|Bristol|Nottingham)$|Piccadilly Gate|Aviation House|enquiries@ofsted", re.IGNORECASE
)
CITY_ITSELF = "city of london"
"""Its name has no short form: "London" alone stands in the name of every London borough."""
AROUND = re.compile(
    r"the|of|in|and|its|local|areas?|authority|partnerships?|councils?|childrens?|s|services?|trust|borough|city|county|district"
    r"|metropolitan|unitary|london|royal|social|care|safeguarding|board"
)
"""Words that stand around a name and make no other one of it."""
COMPASS = frozenset(["north", "south", "east", "west", "central", "mid", "greater", "new", "upper", "lower"])
COUNCIL_WORDS = re.compile(
    r"^(?:the )?(?:(?:royal|london|metropolitan|city|county) )*(?:borough |city |county |district )?of |^(?:the )?(?:london|royal) borough "
    r"|(?: (?:city|county|borough|district|metropolitan|unitary|council|local authority|local area partnership|children[’']s trust)){1,12}$",
    re.IGNORECASE,
)


def authority_of(front: Sequence[Block]) -> str | None:
    """The short name: that of the known authority which the title names, else what the title says, else one of the address.

    A title that holds a known name and more, as reorganised councils have, is a new one.
    """
    texts = [block.text for block in front]
    titles = titles_in([*texts, " ".join(texts[:TITLE_BLOCKS])])
    for title in titles:
        if name := known_name(title):
            return name if is_whole(title, name) else short_name(title)
    if titles:
        return short_name(titles[0])
    lines = [block.text for block in front if len(block.text) < MAX_TITLE and not OFSTED_ADDRESS.search(block.text)]
    named = [line for line in lines if re.search(NAMES_IT, line, re.IGNORECASE)]
    found = (known_name(TWO_NAMES.sub(_unless_a_person, text)) for text in [*lines[:1], *named, *lines[:ADDRESS_LINES]])
    return next(filter(None, found), None)


def _unless_a_person(names: re.Match[str]) -> str:
    """The two names, or nothing where one of them is a known authority's and the other no part of it."""
    name = known_name(names[0])
    return names[0] if name is None or is_whole(names[0], name) else " "


def is_whole(title: str, name: str) -> bool:
    """Whether a title names this known authority and nothing more: "Plymouth and South Hams" is not Plymouth, but a new one."""
    key = f" {_key(title)} "
    names = (own for authority, own in _names() if authority == name)
    rests = [key.replace(f" {_key(own)} ", " ", 1).split() for own in names if f" {_key(own)} " in key]
    return not rests or min(len([word for word in rest if not AROUND.fullmatch(word)]) for rest in rests) == 0


def titles_in(texts: Sequence[str]) -> list[str]:
    """What stands for the authority in a title or in the first sentence of a letter, the surest pattern first."""
    found = (title.search(text) for title in frameworks().titles for text in texts)
    return [match[1].strip(" .") for match in found if match]


def known_name(text: str) -> str | None:
    """The name of the known authority whose longest name or alias stands in the text as whole words, or None.

    "West Surrey" is not Surrey.
    """
    if CITY_ITSELF in text.lower():
        return next(authority.name for authority in known_authorities() if authority.name.lower() == CITY_ITSELF)
    key = f" {_key(text)} "
    best = ("", "")
    for authority, name in _names():
        before, found, _ = key.partition(f" {_key(name)} ")
        if found and len(name) > len(best[0]) and before.split()[-1:] not in ([word] for word in COMPASS):
            best = (name, authority)
    return best[1] or None


@cache
def _names() -> tuple[tuple[str, str], ...]:
    """(name of the authority, one of its names), without the City of London."""
    others = [authority for authority in known_authorities() if authority.name.lower() != CITY_ITSELF]
    return tuple((authority.name, name) for authority in others for name in (authority.name, *authority.aliases))


def short_name(title: str) -> str:
    """A name without "Council", "London Borough of" and the like."""
    return COUNCIL_WORDS.sub("", COUNCIL_WORDS.sub("", title)).strip() or title


@cache
def _key(name: str) -> str:
    return name_key(name) or name.lower()
