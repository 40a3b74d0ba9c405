"""frameworks.yaml as a whole, and what may not be in it: names that nothing has, entries that nothing uses, a grade that has two places."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Annotated

from pydantic import Field

from scraper.reference.framework_rows import (
    LOOKS,
    AskRow,
    FrameworkRow,
    FrontRow,
    GradedArea,
    GradeRow,
    HeadingRow,
    KindRow,
    Marks,
    finds,
)
from scraper.reference.rule_files import RuleFile, Text, Texts, Words, meant
from scraper.reference.yaml_lines import Place


class Frameworks(RuleFile):
    """The whole file. `told`: the areas in the order for people."""

    kinds: tuple[KindRow, ...] = Field(min_length=1)
    asks: tuple[AskRow, ...] = Field(min_length=1)
    fronts: tuple[FrontRow, ...] = Field(min_length=1)
    titles: tuple[Words, ...] = Field(min_length=1)
    frameworks: tuple[FrameworkRow, ...] = Field(min_length=1)
    scales: dict[Text, Annotated[tuple[GradeRow, ...], Field(min_length=2)]] = Field(min_length=1)
    areas: tuple[GradedArea, ...] = Field(min_length=1)
    alike: tuple[Texts, ...] = ()
    told: tuple[Text, ...]
    marks: Marks
    headings: tuple[HeadingRow, ...] = Field(min_length=1)

    def wrong(self) -> Iterator[tuple[Place, str]]:
        """Names that nothing has, entries that nothing uses, areas that their own heading does not find, and words that stand for two grades."""
        for part in ("kinds", "asks", "frameworks", "areas"):
            yield from _twice(part, [row.key for row in getattr(self, part)])
        yield from self._wrong_names()
        yield from self._unused()
        yield from self._wrong_kinds()
        yield from self._wrong_asks()
        for index, framework in enumerate(self.frameworks):
            yield from self._wrong_framework(index, framework)
        for name, scale in self.scales.items():
            yield from _wrong_scale(("scales", name), scale)
        for index, title in enumerate(self.titles):
            if title.groups != 1:
                yield ("titles", index), "one part in brackets is the authority's name"
        scales = {row.key: row.scale for row in self.frameworks}
        for index, group in enumerate(self.alike):
            if len({scales.get(key) for key in group}) > 1:
                yield ("alike", index), "frameworks whose grades mean the same have the same scale"

    def _wrong_names(self) -> Iterator[tuple[Place, str]]:
        kinds, asks = [row.key for row in self.kinds], [row.key for row in self.asks]
        frameworks, areas = [row.key for row in self.frameworks], [row.key for row in self.areas]
        for index, front in enumerate(self.fronts):
            yield from _unknown("kind", [front.kind], kinds, ("fronts", index, "kind"))
            yield from _unknown("framework", [front.framework], frameworks, ("fronts", index, "framework"))
        for index, row in enumerate(self.frameworks):
            yield from _unknown("area", [*row.areas, *row.sentences], areas, ("frameworks", index))
            yield from _unknown("scale", [row.scale] if row.scale else [], list(self.scales), ("frameworks", index))
        for index, area in enumerate(self.areas):
            yield from _unknown("area", [*area.parts, *area.follows], areas, ("areas", index))
        for index, heading in enumerate(self.headings):
            yield from _unknown("ask", [heading.of] if heading.of else [], asks, ("headings", index, "of"))
            if (heading.holds == "ask") != bool(heading.of):
                yield (
                    ("headings", index),
                    "`of` is what a list asks for: it belongs to `holds: ask`, and to nothing else",
                )
        for index, group in enumerate(self.alike):
            yield from _unknown("framework", group, frameworks, ("alike", index))
        yield from _unknown("area", self.told, areas, ("told",))
        yield from ((("told",), f"the area {key!r} has no place in it") for key in areas if key not in self.told)

    def _unused(self) -> Iterator[tuple[Place, str]]:
        """Entries that nothing comes to: a kind or framework without words of a first page, an area, a scale or a list of no framework."""
        used = {
            "kinds": {front.kind for front in self.fronts} | {row.key for row in self.kinds if row.unknown},
            "frameworks": {front.framework for front in self.fronts},
            "areas": {key for row in self.frameworks for key in row.areas},
            "asks": {row.of or "" for row in self.headings},
        }
        for part, keys in used.items():
            for index, key in enumerate(row.key for row in getattr(self, part)):
                if key not in keys:
                    yield (part, index, "key"), f"nothing comes to {key!r}: {COMES_BY[part]}"
        for name in self.scales.keys() - {row.scale for row in self.frameworks}:
            yield ("scales", name), "no framework has this scale"

    def _wrong_kinds(self) -> Iterator[tuple[Place, str]]:
        unknown = [row.key for row in self.kinds if row.unknown]
        if len(unknown) != 1:
            yield ("kinds",), f"one kind has `unknown: true`, for what fits no other; here {len(unknown)} have"
        chains = {row.chain for row in self.kinds}
        for index, row in enumerate(self.kinds):
            if not row.name and not row.unknown:
                yield ("kinds", index, "name"), f"{row.key!r} has no name for people"
            if (row.first or row.since) and not row.numbered:
                yield ("kinds", index), "`first` and `since` are said of visits that are `numbered`"
            near = [other for other in chains if other != row.chain and _letters(other) == _letters(row.chain)]
            yield from ((("kinds", index, "chain"), f"is {other!r} meant? Another kind has that") for other in near)

    def _wrong_asks(self) -> Iterator[tuple[Place, str]]:
        for index, ask in enumerate(self.asks):
            if ask.urgent != bool(ask.marked):
                yield ("asks", index), "`urgent` and `marked` belong together"
        if all(ask.urgent for ask in self.asks):
            yield ("asks",), "one kind of list at least is not `urgent`"

    def _wrong_framework(self, index: int, row: FrameworkRow) -> Iterator[tuple[Place, str]]:
        """One that grades has a scale, areas and how many; each of its areas is found by its own name, and by no other's heading before."""
        place: Place = ("frameworks", index)
        if bool(row.areas) != bool(row.scale):
            yield place, "`areas` and `scale` belong together"
        if row.grades and not (row.areas and 0 < row.grades[0] <= row.grades[1]):
            yield (*place, "grades"), "least and most of the grades of its `areas`"
        graded = {kind.key for kind in self.kinds if kind.graded}
        if row.areas and not row.grades and any(one.kind in graded for one in self.fronts if one.framework == row.key):
            yield (
                (*place, "grades"),
                f"is missing: how many of its `areas` a report of {row.key} grades, least and most",
            )
        if (row.from_ or "") > (row.until or "9999"):
            yield (*place, "until"), "it ends before it begins"
        own = [area for key in row.areas for area in self.areas if area.key == key]
        for area in own:
            found = next((one.key for one in own if finds(one, area.name.lower())), None)
            if found != area.key:
                told = f"{found!r} finds it first" if found else "its `heading` does not"
                yield (*place, "areas"), f"{area.key!r} is not found by its own name {area.name!r}: {told}"


def _wrong_scale(place: Place, scale: Sequence[GradeRow]) -> Iterator[tuple[Place, str]]:
    """Words that stand for two grades, patterns that do not find their own grade or find another's, and looks that fall as grades rise."""
    words = Counter(word.lower() for row in scale for word in (row.grade, *row.also))
    yield from ((place, f"{word!r} stands for two grades") for word, times in words.items() if times > 1)
    looks = [LOOKS.index(row.look) for row in scale]
    if looks != sorted(looks):
        yield place, f"begins with its worst grade, and no better one has a worse look: {', '.join(LOOKS)}"
    for row in scale:
        found = [other.grade for other in scale if row.printed and row.printed.fullmatch(other.grade)]
        if row.printed and found != [row.grade]:
            yield place, f"the `printed` of {row.grade!r} finds {', '.join(map(repr, found)) or 'nothing'}"


def _letters(chain: str) -> str:
    return re.sub(r"[^a-z]", "", chain.lower())


COMES_BY = {
    "kinds": "no `fronts` lead to it",
    "frameworks": "no `fronts` lead to it",
    "areas": "no framework has it among its `areas`",
    "asks": "no heading is `of` it",
}


def _twice(part: str, keys: Collection[str]) -> Iterator[tuple[Place, str]]:
    met: set[str] = set()
    for index, key in enumerate(keys):
        if key in met:
            yield (part, index, "key"), f"another of the {part} is called {key!r} too"
        met.add(key)


def _unknown(what: str, names: Collection[str], known: Collection[str], place: Place) -> Iterator[tuple[Place, str]]:
    yield from ((place, f"there is no {what} {name!r}{meant(name, known)}") for name in names if name not in known)
