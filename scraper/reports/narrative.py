"""The evaluative sentences of a report's summary and findings, each as strength, weakness or mixed."""

from collections.abc import Iterable, Iterator

from scraper.items import Finding
from scraper.reports.blocks import Block
from scraper.reports.outline import Mode, Section
from scraper.reports.sentences import sentences_of
from scraper.reports.tone import tone_of

LEAST = 25


def narrative_of(sections: Iterable[tuple[Section, Block]]) -> Iterator[Finding]:
    """In the order of the report; sentences that only describe are left out."""
    for section, block in sections:
        if section.mode is not Mode.TELL:
            continue
        for sentence in sentences_of(block.text):
            kind = tone_of(sentence) if len(sentence) >= LEAST else None
            if kind:
                yield Finding(kind, section.name, sentence, block.page, lscb=section.lscb)
