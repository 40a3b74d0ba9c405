"""The evaluative sentences of a report's summary and findings, each as strength, weakness or mixed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from scraper.items import Finding
from scraper.reports.blocks import Block, glue
from scraper.reports.characters import UNKNOWN
from scraper.reports.outline import Mode, Section
from scraper.reports.sentences import sentences_of
from scraper.reports.tone import tone_of

LEAST = 20
LONG = 80
"""Letters that no heading, date or table cell has."""
NUMBER = re.compile(r"\(?\d")
ENDS = re.compile(r"[.!?][)’”\"'\]\d]*$")


def is_sentence(text: str, block: Block) -> bool:
    """Whether a text is more than a date, a name or a cell of a table, and all of it can be read; a bullet needs no stop, a number does."""
    bullet = block.label and not NUMBER.match(block.label)
    return len(text) >= LEAST and UNKNOWN not in text and bool(ENDS.search(text) or bullet or len(text) >= LONG)


def narrative_of(sections: Iterable[tuple[Section, Block]]) -> Iterator[Finding]:
    """In the order of the report; sentences that only describe are left out. Each is read after the one before it in its section."""
    before, last = "", None
    for section, block in with_lists(sections):
        before, last = before if section == last else "", section
        if section.mode is not Mode.TELL:
            continue
        for sentence in sentences_of(block.text):
            kind = tone_of(sentence, before) if is_sentence(sentence, block) else None
            before = sentence
            if kind:
                yield Finding(kind, section.name, sentence, block.page, lscb=section.lscb)


def with_lists(sections: Iterable[tuple[Section, Block]]) -> Iterator[tuple[Section, Block]]:
    """The same, with the bullets that end a sentence begun before them ("It plans:", "to ...") made part of it."""
    whole: tuple[Section, Block] | None = None
    begun = False
    for section, block in sections:
        begun = whole is not None and section == whole[0] and (begun or whole[1].text.endswith(":"))
        begun = begun and bool(block.label) and block.text[:1].islower()
        if whole is not None and begun:
            whole = section, replace(whole[1], text=glue(whole[1].text, block.text))
            continue
        if whole is not None:
            yield whole
        whole = section, block
    if whole is not None:
        yield whole
