"""Reading a report's PDF: who, what, when, the grades, what is asked, and what is said, each with its page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scraper.items import Finding, Judgement, Reading
from scraper.reference import framework_of, kind_of_document
from scraper.reports.asks import asks_of
from scraper.reports.blocks import Block
from scraper.reports.doubts import doubts, lists_missed
from scraper.reports.file_path import FilePath
from scraper.reports.front import Front, front_of, second_front
from scraper.reports.grade_checks import misfits
from scraper.reports.grades import judgements_of
from scraper.reports.narrative import narrative_of
from scraper.reports.outline import Mode, Section, sections
from scraper.reports.pdf import Document, load
from scraper.reports.seen import of_pages
from scraper.reports.strange import strange
from scraper.reports.strange_lists import strange_lists, without_items
from scraper.reports.subjects import subjects_of

CUT = "the file has no end: it may have been cut short"
DAMAGED = "a part of the file is damaged: words may be missing"
ANOTHER = "on page {} another report begins: what stands from there on was not read"


def read(path: FilePath) -> Reading:
    """Read one report. Raises NotAReport for what is no PDF, Unreadable (with the reason) for one that cannot be read."""
    return reading_of(load(path))


def reading_of(document: Document) -> Reading:
    """What a loaded document says; of a file with several reports the first."""
    other = second_front(document.blocks)
    if other:
        document = replace(document, blocks=tuple(block for block in document.blocks if block.page < other))
    blocks = document.blocks
    front, parts = outline_of(document)
    lists = strange_lists(blocks, parts)
    findings = [*asks_of(parts), *without_items(narrative_of(parts), lists)]
    reading = Reading(
        report_type=front.report_type,
        framework=front.framework,
        authority=front.authority,
        inspection_start=front.start,
        inspection_end=front.end,
        published=front.published,
        lead_inspector=front.lead_inspector,
        judgements=graded(blocks, front),
        findings=tuple(with_subjects(finding) for finding in findings),
        visit_number=front.visit_number,
        since_judgement=front.since_judgement,
        page_texts=document.page_texts,
    )
    of_file, missed = tuple(_of_file(document, other)), tuple(lists_missed(reading))
    headings = [section.title for section, _ in parts]
    graded_so = misfits(blocks, headings, reading.judgements, front.framework)
    of_it = (*front.doubts, *doubts(reading), *graded_so, *strange(reading, blocks, parts, lists))
    return replace(reading, missing=of_file + missed, warnings=(*of_file, *of_it, *missed))


def _of_file(document: Document, other: int | None) -> Iterator[str]:
    """What of the file could not be read; `other` is the page on which another report begins."""
    if document.cut:
        yield CUT
    if document.damaged and not document.unseen:
        yield DAMAGED
    if other:
        yield ANOTHER.format(other)
    yield from of_pages(document.unseen, document.askew, document.unclear, document.pictured)


def outline_of(document: Document) -> tuple[Front, list[tuple[Section, Block]]]:
    """What the first pages say, and every block with the section it stands in."""
    front = front_of(document.blocks)
    framework = framework_of(front.framework)
    opens = Mode.SKIP if framework.front_matter or kind_of_document(front.report_type).letter else Mode.TELL
    return front, list(
        sections(document.blocks, opens=opens, board_too=framework.board_reviewed, unseen=document.unseen)
    )


def graded(blocks: Sequence[Block], front: Front) -> tuple[Judgement, ...]:
    """The judgements; letters and joint inspections have none."""
    kind = kind_of_document(front.report_type)
    return judgements_of(blocks, front.framework) if kind.graded or kind.unknown else ()


def with_subjects(finding: Finding) -> Finding:
    """The finding with what it is about, the main subject first."""
    return Finding(finding.kind, finding.section, finding.text, finding.page, subjects_of(finding.text), finding.lscb)
