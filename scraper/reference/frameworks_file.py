"""frameworks.yaml as a shape, and what may not be in it: names that nothing has, entries that nothing uses, a grade that has two places."""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Annotated, Literal

from pydantic import Field

from scraper.reference.rule_files import (
    Beginning,
    Flag,
    Pattern,
    RuleFile,
    RuleModel,
    Text,
    Texts,
    Words,
    meant,
    not_both,
)
from scraper.reference.yaml_lines import Place

Look = Literal["bad", "fair", "good", "best"]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class KindRow(RuleModel):
    """A kind of document: its name for people (empty where the site's is used), and the series of visits that it belongs to.

    `letter`: it is signed by its inspector; `joint`: it has no lead inspector; `graded`: it gives grades; `standing`: where an authority stands is told by
    it; `narrow`: it looks at some services only; `numbered`: such visits are counted, after which words; `first`: said of the first of them;
    `services`: news of children's services may be about it; `said`: how news names it; `unknown`: what fits no other kind.
    """

    key: Text
    name: str = ""
    chain: Text
    letter: Flag = False
    joint: Flag = False
    graded: Flag = False
    standing: Flag = False
    narrow: Flag = False
    numbered: Words | None = None
    first: Text | None = None
    services: Flag = False
    said: Words | None = None
    unknown: Flag = False


class AskRow(RuleModel):
    """What a list asks for: its title, one and more of its items in a sentence. `urgent`: it heads what is told, `marked` is said of such among others."""

    key: Text
    title: Text
    one: Text
    more: Text
    urgent: Flag = False
    marked: Text | None = None


class FrontRow(RuleModel):
    """Words of a first page that tell of which kind and framework a document is."""

    words: Words
    kind: Text
    framework: Text


class FrameworkRow(RuleModel):
    """A framework, with the months of the first and last day on site under it, and how many grades a graded report has (least, most).

    `name`: told beside the kind of visit; `areas`: in the order in which headings are tried; `sentences`: where an area's grade stands in a sentence;
    `headed`: a heading under which a grade stands alone; `board_reviewed`: the safeguarding board was reviewed with the authority;
    `front_matter`: what stands before the first heading holds nothing; `asked_in`: where there is no list, what is wanting under this heading is asked.
    """

    key: Text
    name: str = ""
    from_: Month | None = Field(default=None, alias="from")
    until: Month | None = None
    scale: Text | None = None
    areas: tuple[Text, ...] = ()
    grades: tuple[int, int] | None = None
    sentences: dict[Text, Words] = Field(default_factory=dict)
    headed: Beginning | None = None
    board_reviewed: Flag = False
    front_matter: Flag = False
    asked_in: Words | None = None

    def in_force(self, month: str) -> bool:
        """Whether a visit whose last day is in this month (YYYY-MM) may have been made under it."""
        return (self.from_ or month) <= month <= (self.until or month)


class GradeRow(RuleModel):
    """A grade: its words, other words for its place on the scale, and how pages show it.

    `full`: in full, as news give it; `printed`: its words where they differ from text to text; `phrase`: they are part of a sentence, `verb`: and said
    of something, as in "arrangements lead to ..."; `everyday`: in running text they are a grade only where something else says so.
    """

    grade: Text
    full: Text | None = None
    printed: Words | None = None
    also: tuple[Text, ...] = ()
    look: Look
    phrase: Flag = False
    verb: Flag = False
    everyday: Flag = False


class GradedArea(RuleModel):
    """An area that is graded: `heading` finds it in headings as printed (lower case, letters and blanks only), `row` begins its line in a table.

    `parts` are areas graded apart in other frameworks, `follows` earlier areas in whose place it came; `whole`: it grades the whole report, `until` which
    month; `other_body`: somebody else than the authority; `printed`: its heading where a sentence gives its grade;
    `standing`: it tells where an authority stands.
    """

    key: Text
    name: Text
    short: Text
    heading: Pattern | None = None
    row: Words | None = None
    parts: tuple[Text, ...] = ()
    follows: tuple[Text, ...] = ()
    whole: Flag = False
    until: Month | None = None
    other_body: Flag = False
    printed: Text | None = None
    standing: Flag = True

    @property
    def stands(self) -> bool:
        """Whether its grade, by itself, tells where an authority stands."""
        return self.standing and not (self.whole or self.other_body or self.parts)


class Marks(RuleModel):
    """Words of headings that are more than a section's; the file says what each is."""

    general: Beginning
    areas: Beginning
    soft: Beginning
    meanings: Beginning
    box: Beginning
    board: Words
    board_alone: Beginning
    authority: Beginning
    table: Beginning
    scope: Beginning
    plain: Beginning
    no_items: Beginning


class HeadingRow(RuleModel):
    """A heading of a section, from its beginning on, and what the section holds; `of`: the kind of a list of things to improve."""

    words: Beginning
    holds: Literal["ask", "tell", "skip"]
    of: Text | None = None


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
        for index, framework in enumerate(self.frameworks):
            yield from self._wrong_framework(index, framework)
        yield from (
            (("scales", name), f"{word!r} stands for two grades")
            for name, scale in self.scales.items()
            for word, times in Counter(word for row in scale for word in (row.grade, *row.also)).items()
            if times > 1
        )

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
        yield from ((("told",), said) for said in not_both("area", self.told, areas))

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
        for index, row in enumerate(self.kinds):
            if not row.name and not row.unknown:
                yield ("kinds", index, "name"), f"{row.key!r} has no name for people"
            if bool(row.numbered) != bool(row.first):
                yield ("kinds", index), "`numbered` and `first` belong together"
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
        own = [area for key in row.areas for area in self.areas if area.key == key]
        for area in own:
            found = next((one.key for one in own if finds(one, area.name.lower())), None)
            if found != area.key:
                told = f"{found!r} finds it first" if found else "its `heading` does not"
                yield (*place, "areas"), f"{area.key!r} is not found by its own name {area.name!r}: {told}"


COMES_BY = {
    "kinds": "no `fronts` lead to it",
    "frameworks": "no `fronts` lead to it",
    "areas": "no framework has it among its `areas`",
    "asks": "no heading is `of` it",
}


def finds(area: GradedArea, plain: str) -> bool:
    """Whether a heading (lower case, letters and blanks only) is this area's."""
    return bool(area.heading.search(plain)) if area.heading else area.name.lower() in plain


def _twice(part: str, keys: Collection[str]) -> Iterator[tuple[Place, str]]:
    met: set[str] = set()
    for index, key in enumerate(keys):
        if key in met:
            yield (part, index, "key"), f"another of the {part} is called {key!r} too"
        met.add(key)


def _unknown(what: str, names: Collection[str], known: Collection[str], place: Place) -> Iterator[tuple[Place, str]]:
    yield from ((place, f"there is no {what} {name!r}{meant(name, known)}") for name in names if name not in known)
