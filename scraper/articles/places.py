"""places.yaml, checked: how a name in the news counts towards an authority."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from scraper.reference import KINDS, Number, Place, RuleFile, RuleModel, Texts, Words, meant, read_rules

FILE = Path(__file__).with_name("places.yaml")


class Points(RuleModel):
    """What a name counts by what it is, by what stands beside it, and by which it is multiplied where it stands.

    `enough` is what an authority needs, `margin` its lead on the next. From the second time on a name counts `again` of it,
    `most_repeats` times.
    """

    headline: Number
    lede: Number
    body: Number
    address: Number
    again: Number
    most_repeats: int
    council: Number
    children: Number
    name: Number
    body_of: Number
    former: Number
    town: Number
    elsewhere: Number
    site: Number
    patch: Number
    generic: Number
    enough: Number
    margin: Number


class PlaceRules(RuleFile):
    """The whole of places.yaml, which says what each part is for. Kinds of councils are those of authorities.csv."""

    wary: Texts
    not_meant: Texts
    council: Words
    children: Words
    place_before: Words
    place_after: Words
    elsewhere: Words
    elsewhere_before: Words
    generic: Words
    of_kind: dict[str, Texts]
    points: Points

    def wrong(self) -> Iterator[tuple[Place, str]]:
        """Kinds of councils that there are not."""
        for phrase, kinds in self.of_kind.items():
            for index, kind in enumerate(kinds):
                if kind not in KINDS:
                    yield ("of_kind", phrase, index), f"no authority is a {kind!r}{meant(kind, KINDS)}"


@cache
def place_rules() -> PlaceRules:
    """places.yaml. Raises `RuleFileError` where it is wrong."""
    return read_rules(FILE, PlaceRules)
