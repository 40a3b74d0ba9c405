"""Lists that ask for something under headings that nobody has described: they are told, and what they ask for is taken for no praise."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from scraper.items import Finding
from scraper.reference import frameworks
from scraper.reports.blocks import Block
from scraper.reports.grades import is_area
from scraper.reports.layout import body_size
from scraper.reports.outline import Mode, Section, is_heading, rule_of
from scraper.reports.requests import asks_for

FEW_WORDS = 15
MOST = 0.6
"""Of the items of a list, those that ask for something."""


@dataclass(frozen=True, slots=True)
class StrangeList:
    """A list that asks for something under a heading that nobody has described."""

    heading: str
    items: tuple[Block, ...]


def strange_lists(blocks: Sequence[Block], parts: Sequence[tuple[Section, Block]]) -> list[StrangeList]:
    """Lists right under a heading, or under one sentence below it, most of whose items ask for something; not those that were read as asks.

    Under a heading that is known to hold nothing ("Next steps") only where the report has no other list.
    """
    asked = {id(block) for section, block in parts if section.mode is Mode.ASK}
    found = []
    for heading, members in _under_headings(blocks):
        items = _list_of(members)
        rule = rule_of(heading)
        open_to_it = rule is None or (
            rule[0] is Mode.SKIP and not asked and not frameworks().marks.scope.match(heading)
        )
        if open_to_it and items and not any(id(item) in asked for item in items) and _asks(items):
            found.append(StrangeList(heading, items))
    return found


def _under_headings(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    """Each heading, whatever it says, with the blocks down to the next one."""
    body = body_size(blocks)
    heading, members = "", list[Block]()
    for block in blocks:
        if block.aside:
            continue
        if is_heading(block, body):
            yield heading, members
            heading, members = block.text, []
        else:
            members.append(block)
    yield heading, members


def _list_of(members: Sequence[Block]) -> tuple[Block, ...]:
    """The items of the list that a section begins with, after a sentence of introduction at most."""
    start = 0 if members and members[0].label else 1
    return tuple(takewhile(lambda block: bool(block.label), members[start:])) if members else ()


def _asks(items: Sequence[Block]) -> bool:
    """Paragraphs of prose have numbers too: of numbered items all ask, in few words. Lines of a table of grades are none."""
    if any(is_area(item.text, None) for item in items):
        return False
    asking = sum(asks_for(item.text) for item in items)
    numbered = any(letter.isalnum() for letter in items[0].label)
    few = all(len(item.text.split()) <= FEW_WORDS for item in items)
    return few and len(items) > 1 and asking == len(items) if numbered else asking >= MOST * len(items)


def without_items(findings: Iterable[Finding], lists: Iterable[StrangeList]) -> list[Finding]:
    """Findings that are no items of such a list: what is asked for is no praise."""
    items = [(item.page, item.text) for one in lists for item in one.items]
    return [one for one in findings if not any(page == one.page and one.text in text for page, text in items)]
