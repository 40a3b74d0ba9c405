"""Where a text names an authority: longest names first, so that North Yorkshire is not York and Sutton Coldfield not Sutton."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from scraper.articles.places import place_rules
from scraper.reference import LISTS, Authority, Gazetteer, Name

OFFICIAL = "name"
FALSE_FRIEND = "false friend"


@dataclass(frozen=True, slots=True)
class Mention:
    """One name found in a text: what kind of name, of which authorities, and what it counts there.

    `then`: the name of a former council that was still there in the month of the article.
    """

    name: str
    kind: str
    urns: tuple[str, ...]
    points: float
    then: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A name to look for; `owners` are (urn, since, until)."""

    text: str
    kind: str
    owners: tuple[tuple[str, str, str], ...]


Index = dict[str, tuple[Entry, ...]]


@cache
def _wary() -> frozenset[str]:
    return frozenset(name.casefold() for name in place_rules().wary)


@lru_cache(maxsize=LISTS)
def index(known: Gazetteer) -> Index:
    """The names of its authorities by their first word, longest first."""
    owners: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for authority in known.authorities:
        for name in _all_names(authority):
            owners[name.name, name.kind].append((authority.urn, name.since, name.until))
    for other in place_rules().not_meant:
        owners[other, FALSE_FRIEND] = []
    entries: dict[str, list[Entry]] = defaultdict(list)
    for (text, kind), owned in owners.items():
        entries[_first_word(text)].append(Entry(text.casefold(), kind, tuple(owned)))
    return {word: tuple(sorted(found, key=lambda entry: -len(entry.text))) for word, found in entries.items()}


def _all_names(authority: Authority) -> Iterator[Name]:
    for text in (authority.name, *authority.aliases):
        yield Name(OFFICIAL, text)
    for name in authority.names:
        if name.kind != "site":
            yield Name(OFFICIAL, name.name) if name.kind == "short" else name


def _first_word(text: str) -> str:
    match = re.match(r"[\w&]+", text.casefold())
    return match[0] if match else text.casefold()


def find_mentions(text: str, names: Index, month: str = "", home: Collection[str] = ()) -> list[Mention]:
    """Every name in a plain text, in order, without overlaps. `month` ("YYYY-MM") leaves out bodies that were not there then.

    A name that is a word or a surname too needs less to be meant in a paper whose patch (`home`, URNs) it is in.
    """
    found: list[Mention] = []
    folded, reached = _folded(text), 0
    for word in re.finditer(r"[\w&]+", folded):
        if word.start() < reached:
            continue
        for entry in names.get(word[0], ()):
            end = word.start() + len(entry.text)
            if folded.startswith(entry.text, word.start()) and not folded[end : end + 1].isalnum():
                reached = end
                found.extend(_mention(entry, text, word.start(), end, month, home))
                break
    return found


def _folded(text: str) -> str:
    """Without regard to case, and every character in its place: casefold makes two of some, and what is found stands elsewhere then."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    return "".join(low if len(low := char.casefold()) == 1 else char for char in text)


def _mention(entry: Entry, text: str, start: int, end: int, month: str, home: Collection[str]) -> Iterator[Mention]:
    urns = tuple(urn for urn, since, until in entry.owners if _valid(entry.kind, since, until, month))
    points = _points(entry, text, start, end, at_home=any(urn in home for urn in urns))
    if urns and points:
        then = entry.kind == "former" and bool(month) and any(until >= month for _, _, until in entry.owners)
        yield Mention(text[start:end], entry.kind, urns, points, then)


def _valid(kind: str, since: str, until: str, month: str) -> bool:
    """A body counts while it delivers the services and two years after; a former council's name goes on being used."""
    if not month or kind == "former":
        return True
    return (not since or since <= month) and (not until or month <= f"{int(until[:4]) + 2}{until[4:]}")


def _points(entry: Entry, text: str, start: int, end: int, *, at_home: bool) -> float:
    places = place_rules()
    points = places.points
    before, after = text[max(0, start - 30) : start], text[end : end + 60]
    if entry.kind == "body":
        return points.body_of
    base = {"town": points.town, "former": points.former}.get(entry.kind, points.name)
    if places.council.match(after):
        return base + (points.council if entry.kind != "town" else 0.3)
    if places.children.match(after):
        return base + (points.children if entry.kind != "town" else 0.3)
    if places.elsewhere.match(after) or places.elsewhere_before.search(before):
        return base * points.elsewhere if entry.text not in _wary() else 0.0
    named = text[start:end]
    meant = entry.text not in _wary() or (at_home and named[:1].isupper()) or _means_place(named, before, after)
    return base if meant else 0.0


def _means_place(name: str, before: str, after: str) -> bool:
    named = name[:1].isupper() and not name.islower()
    places = place_rules()
    told = places.place_before.search(before) or places.place_after.match(after) or re.match(r"'s?\b", after)
    return named and bool(told)
