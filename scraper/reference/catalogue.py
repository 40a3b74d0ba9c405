"""The news outlets built in (catalogue.yaml): their feeds, how sure each address is, and the authorities each covers."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from scraper.reference.addresses import address_parts
from scraper.reference.authorities import Authority, known_authorities
from scraper.reference.gazetteer import everywhere
from scraper.reference.rule_files import Pattern, RuleFile, RuleModel, Text, Texts, meant, read_rules
from scraper.reference.yaml_lines import Place

FILE = Path(__file__).with_name("catalogue.yaml")
SHORTEST_PLACE = 5
REMEMBERED = 16_384  # addresses; grouping asks for the same ones again and again
UNOWNED = ("other", "trade")
"""Headings of the file that are no owner: what is listed there has nothing in common."""

Address = Annotated[str, Field(pattern=r"^https?://\S+$")]


class OutletRow(RuleModel):
    """An outlet as the file lists it; catalogue.yaml says what each key is for. `area` and `slug` are for its owner's pattern."""

    name: Text
    host: Text = "bbc.co.uk"
    feed: Address | None = None
    sure: Literal["checked", "pattern", "medium", "guess", "none"]
    covers: Literal["London"] | Texts = ()
    also: Texts = ()
    path: str = ""
    area: str = ""
    slug: str = ""


class Catalogue(RuleFile):
    """The whole of catalogue.yaml: by owner, the pattern of its feeds, seconds between requests, how it numbers articles, outlets."""

    patterns: dict[str, Address]
    delay: dict[str, Annotated[int, Field(strict=True, ge=1)]]
    numbers: dict[str, Pattern]
    outlets: dict[str, Annotated[tuple[OutletRow, ...], Field(min_length=1)]]

    def wrong(self) -> Iterator[tuple[Place, str]]:
        """Owners without outlets or without a delay, outlets without an address for their feed, and names of no authority."""
        for key, owners in (("patterns", self.patterns), ("delay", self.delay), ("numbers", self.numbers)):
            yield from (
                ((key, owner), f"no outlets are listed under {owner!r}{meant(owner, self.outlets)}")
                for owner in owners
                if owner not in self.outlets
            )
        yield from (
            (("numbers", owner), "a group around the number is expected")
            for owner, number in self.numbers.items()
            if number.groups != 1
        )
        for owner, rows in self.outlets.items():
            if owner not in self.delay:
                yield ("outlets", owner), "has no delay"
            for index, row in enumerate(rows):
                yield from ((("outlets", owner, index, *at), said) for at, said in self._wrong_in(owner, row))

    def _wrong_in(self, owner: str, row: OutletRow) -> Iterator[tuple[Place, str]]:
        if row.sure != "none" and row.feed is None and not self.address(owner, row):
            yield (), "has neither a feed nor what the pattern of its owner needs"
        for index, name in enumerate(row.covers if row.covers != "London" else ()):
            if everywhere().find(name) is None:
                known = [authority.name for authority in known_authorities()]
                yield ("covers", index), f"no authority is called {name!r}{meant(name, known)}"

    def address(self, owner: str, row: OutletRow) -> str:
        """The address of its feed by the pattern of its owner; empty where the pattern needs what the row does not have."""
        pattern = self.patterns.get(owner, "")
        needed = re.findall(r"\{(\w+)\}", pattern)
        return pattern.format(**row.model_dump()) if all(getattr(row, key, "") for key in needed) else ""


@dataclass(frozen=True, slots=True)
class Outlet:
    """`feed` is empty where none is known; `covers` are URNs, none for the whole country; `delay` seconds between requests."""

    name: str
    owner: str
    host: str
    feed: str
    sure: str
    covers: tuple[str, ...]
    delay: int
    also: tuple[str, ...] = ()
    path: str = ""


@cache
def catalogue() -> Catalogue:
    """catalogue.yaml. Raises `RuleFileError` where it is wrong."""
    return read_rules(FILE, Catalogue)


@cache
def outlets() -> tuple[Outlet, ...]:
    """Every outlet of the catalogue."""
    return tuple(_outlet(owner, row) for owner, listed in catalogue().outlets.items() for row in listed)


def _outlet(owner: str, row: OutletRow) -> Outlet:
    return Outlet(
        name=row.name,
        owner=owner,
        host=row.host,
        feed="" if row.sure == "none" else row.feed or catalogue().address(owner, row),
        sure=row.sure,
        covers=_covers(row.covers),
        delay=catalogue().delay[owner],
        also=row.also,
        path=row.path,
    )


def _covers(names: str | Iterable[str]) -> tuple[str, ...]:
    if names == "London":
        return tuple(authority.urn for authority in known_authorities() if authority.region == "London")
    return tuple(authority.urn for authority in map(everywhere().find, names) if authority)


def feeds_for(urns: Collection[str]) -> tuple[Outlet, ...]:
    """The outlets with a feed that write about any of these authorities; the trade press writes about all."""
    return tuple(
        outlet for outlet in outlets() if outlet.feed and (not outlet.covers or set(outlet.covers) & set(urns))
    )


def patch_of(outlet: str, url: str) -> tuple[str, ...]:
    """The URNs that an outlet covers: by the host of the address, else by its name, else by a place that either names."""
    if "." in outlet and " " not in outlet.strip() and not url:
        url = f"https://{outlet.strip()}/"
    host = site_of(url)
    for found in (_by_host(host, address_parts(url).path), _by_name(outlet), _by_site(host)):
        if found is not None:
            return found
    return _by_place(outlet) or _by_place(host.split(".")[0])


@lru_cache(REMEMBERED)
def site_of(url: str) -> str:
    """The site of an address: its host, without "www." and "m."."""
    return (address_parts(url).hostname or "").removeprefix("www.").removeprefix("m.")


def _by_host(host: str, path: str) -> tuple[str, ...] | None:
    """None where the host says nothing: it is not known, or stands for the whole country, as the BBC's does."""
    for outlet in outlets():
        if outlet.owner == "bbc":
            if host.startswith(("bbc.", "feeds.bbci.")) and f"uk-england-{outlet.path}-" in path:
                return outlet.covers
        elif outlet.covers and (host == outlet.host or host.endswith("." + outlet.host)):
            return outlet.covers
    return None


def _by_name(name: str) -> tuple[str, ...] | None:
    wanted = _key(name)
    found = [outlet for outlet in outlets() if wanted and wanted in _keys(outlet)]
    return found[0].covers if len(found) == 1 or len({outlet.covers for outlet in found}) == 1 else None


@cache
def _keys(outlet: Outlet) -> frozenset[str]:
    return frozenset(
        _key(name) for name in (outlet.name, *outlet.also, outlet.host if outlet.owner != "bbc" else outlet.name)
    )


def _key(name: str) -> str:
    text = re.sub(r"[^a-z0-9]+", "", re.sub(r"^the\s+", "", name.casefold().replace("&", " and ").strip()))
    return text.removeprefix("www")


def _by_site(host: str) -> tuple[str, ...] | None:
    found = everywhere().at_site(host)
    return (found.urn,) if found else None


def _by_place(words: str) -> tuple[str, ...]:
    """The authorities whose name, or a town of which, begins the name of an outlet: "Wigan Today", "banburyguardian"."""
    squeezed = _key(words)
    found = [(len(place), urn) for place, urn in _places() if squeezed.startswith(place)]
    longest = max((length for length, _ in found), default=0)
    return tuple(dict.fromkeys(urn for length, urn in found if length == longest))


@cache
def _places() -> tuple[tuple[str, str], ...]:
    return tuple(
        (place, authority.urn)
        for authority in known_authorities()
        for place in map(_key, _names(authority))
        if len(place) >= SHORTEST_PLACE
    )


def _names(authority: Authority) -> Iterable[str]:
    told = (name.name for name in authority.names if name.kind in ("short", "town", "former"))
    return (authority.name, *authority.aliases, *told)


def owner_id(url: str) -> tuple[str, str] | None:
    """(owner, the owner's number for the article), the same on every site of the owner that carries it; None if not known."""
    owner = _owner(site_of(url))
    pattern = catalogue().numbers.get(owner or "")
    match = pattern.search(address_parts(url).path) if pattern else None
    return (str(owner), match[1]) if match else None


@lru_cache(REMEMBERED)
def publisher_of(url: str) -> str:
    """Who prints what is at an address: the owner of several outlets where that is known, else the site itself."""
    host = site_of(url)
    owner = _owner(host)
    return host if owner in (None, *UNOWNED) else owner


@cache
def _owner(host: str) -> str | None:
    host = host.replace("bbc.com", "bbc.co.uk")
    return next((o.owner for o in outlets() if host == o.host or host.endswith("." + o.host)), None)
