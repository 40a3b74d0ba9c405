"""The evaluative sentences of a report's summary and findings, each as strength, weakness or mixed."""

import re
from collections.abc import Iterable, Iterator

from scraper.items import Finding
from scraper.reports.blocks import Block
from scraper.reports.outline import Mode, Section
from scraper.reports.sentences import sentences_of
from scraper.reports.tone import tone_of

LEAST = 20
LONG = 80
"""Letters that no heading, date or table cell has."""
ENDS = re.compile(r"[.!?][)’”\"'\]\d]*$")


def is_sentence(text: str, block: Block) -> bool:
    """Whether a text is more than a date, a name or a cell of a table."""
    return len(text) >= LEAST and bool(ENDS.search(text) or block.label or len(text) >= LONG)


def narrative_of(sections: Iterable[tuple[Section, Block]]) -> Iterator[Finding]:
    """In the order of the report; sentences that only describe are left out."""
    for section, block in sections:
        if section.mode is not Mode.TELL:
            continue
        for sentence in sentences_of(block.text):
            kind = tone_of(sentence) if is_sentence(sentence, block) else None
            if kind:
                yield Finding(kind, section.name, sentence, block.page, lscb=section.lscb)
