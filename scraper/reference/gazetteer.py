"""Authorities found by what people call them: by name, by the bodies that deliver for them, by the site that is their own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from scraper.reference.authorities import Authority, known_authorities, name_key

LISTS = 16
"""Lists of authorities whose gazetteer is kept: all that there are, and those with what a configuration adds."""


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Authorities in the order given, and where two are called the same the first of them. Built once, and kept by what it is."""

    authorities: tuple[Authority, ...]
    by_urn: dict[str, Authority]
    by_key: dict[str, Authority]
    by_site: dict[str, Authority]
    bodies: tuple[str, ...]

    def find(self, text: str) -> Authority | None:
        """The authority with this URN, name or alias, or None; full council names are understood."""
        return self.by_urn.get(text.strip()) or self.by_key.get(name_key(text))

    def at_site(self, host: str) -> Authority | None:
        """The authority whose own site a host is, or is a part of."""
        parts = host.split(".")
        sites = (".".join(parts[start:]) for start in range(len(parts)))
        return next((self.by_site[site] for site in sites if site in self.by_site), None)


@lru_cache(maxsize=LISTS)
def gazetteer(authorities: tuple[Authority, ...]) -> Gazetteer:
    """Of these and no others."""
    return Gazetteer(
        authorities,
        by_urn=_first((one.urn, one) for one in authorities),
        by_key=_first((key, one) for one in authorities for key in _keys(one)),
        by_site=_first((name.name, one) for one in authorities for name in one.names if name.kind == "site"),
        bodies=tuple(
            dict.fromkeys(name.name for one in authorities for name in one.names if name.kind == "body"),
        ),
    )


@cache
def everywhere() -> Gazetteer:
    """Of all authorities that there are."""
    return gazetteer(known_authorities())


def with_all_others(authorities: Iterable[Authority]) -> Gazetteer:
    """Of these and all others that there are: what is given of an authority comes before what is known of it."""
    known = everywhere()
    own = tuple(one for one in authorities if known.by_urn.get(one.urn) is not one)
    if not own:
        return known
    given = {one.urn for one in own}
    return gazetteer((*own, *(one for one in known.authorities if one.urn not in given)))


def find_authority(text: str, among: Iterable[Authority]) -> Authority | None:
    """The first of these authorities with this URN, name or alias, or None; full council names are understood."""
    return gazetteer(tuple(among)).find(text)


def _first(pairs: Iterable[tuple[str, Authority]]) -> dict[str, Authority]:
    found: dict[str, Authority] = {}
    for key, one in pairs:
        found.setdefault(key, one)
    return found


def _keys(authority: Authority) -> Iterator[str]:
    short = (name.name for name in authority.names if name.kind == "short")
    return (name_key(name) for name in (authority.name, *authority.aliases, *short))
