"""The invented headlines of tests/fixtures/headlines: label | authority | covers | headline | lede."""

from typing import NamedTuple

from scraper.items import Article
from scraper.reference import find_authority, known_authorities
from tests.paths import FIXTURES

FOLDER = FIXTURES / "headlines"


class Item(NamedTuple):
    label: str
    authority: str | None
    article: Article
    covers: tuple[str, ...]

    @property
    def relevant(self) -> bool:
        return self.label != "other"


def items() -> list[Item]:
    lines = [line for file in sorted(FOLDER.glob("*.txt")) for line in file.read_text(encoding="utf-8").splitlines()]
    return [_item(line) for line in lines if line.strip() and not line.startswith("#")]


def _item(line: str) -> Item:
    label, name, covered, headline, text = (part.strip() for part in line.split("|", 4))
    authority = find_authority(name, known_authorities()) if name else None
    covers = [found for part in covered.split(", ") if part and (found := find_authority(part, known_authorities()))]
    article = Article("", headline, text, "", None)
    return Item(label, authority.name if authority else None, article, tuple(found.urn for found in covers))
