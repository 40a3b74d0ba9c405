"""The sections of a report: which heading each block stands under, and whether that section asks, tells or is left out."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from scraper.reference import frameworks, with_grades
from scraper.reports.blocks import BULLET, PICTURE, Block
from scraper.reports.grades import is_grade
from scraper.reports.layout import body_size

MAX_HEADING = 200
MAX_STATEMENT = 100
"""Letters of a heading that is a sentence, such as a grade: "Adoption performance is good."."""
SUBHEADING_STEP = 0.25
BOLD_STEP = 0.5


class Mode(StrEnum):
    """ASK: an explicit list of things to improve. TELL: prose with findings. SKIP: neither."""

    ASK = "ask"
    TELL = "tell"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Section:
    """Where in a report a block stands.

    `title` is the heading as printed, `sub` the subheading; `rank` orders headings by size and weight; `area` is the last
    heading that named an area of the services.
    """

    title: str
    mode: Mode
    kind: str | None = None
    lscb: bool = False
    rank: float = 0.0
    sub: str = ""
    area: str = ""

    @property
    def name(self) -> str:
        """The heading, after that of the area where it is a mere "Summary", and before its subheading."""
        area = self.area if frameworks().marks.general.match(self.title) else ""
        return " > ".join(filter(None, (area, self.title, self.sub)))


END_OF_LETTER = re.compile(
    r"^(ofsted will (take|use)|yours (sincerely|faithfully)|i am copying this|(i|we) would like to thank|thank you|the department for education will)",
    re.IGNORECASE,
)
IMPRINT = re.compile(
    r"^(the office for standards in education, children[’']?s services and skills|if you would like a copy of this document"
    r"|you may (re-?use|copy)|© crown copyright|any complaints about (the|this) (inspection|report)|(further )?copies of this report"
    r"|to view this licence|this (report|document|publication) is available at)",
    re.IGNORECASE,
)
"""The first words of the page that tells who Ofsted is and how its report may be copied."""
SALUTATION = re.compile(r"dear\b", re.IGNORECASE)
FRONT_PAGES = 2
LAST = 99.0
"""A rank above all headings."""


def rule_of(text: str) -> tuple[Mode, str | None] | None:
    """What a section with this heading does, or None for a heading of no known sort."""
    plain = re.sub(r"(?<![\s\d])[\s\d]+$", "", text.strip(" :–-─"))
    row = next((row for row in frameworks().headings if row.words.match(plain)), None)
    return (Mode(row.holds), row.of) if row else None


def is_heading(block: Block, body: float) -> bool:
    """Set apart by tag, weight or size, short, and no sentence; or the exact words of a list's heading on a line alone."""
    text = block.text
    if not text or len(text) > MAX_HEADING or block.aside or is_grade(text):
        return False
    if frameworks().marks.table.match(text) or not re.search(r"[a-z]{3}", text, re.IGNORECASE):
        return False
    if re.search(r"[.;]$", text) and not (block.bold and (len(text) <= MAX_STATEMENT or rule_of(text))):
        return False
    listed = block.label and (block.label in BULLET or not PICTURE.match(block.label))
    if block.bold or block.size > body + 0.9 or (block.heading and len(text) < 100 and text[0].isupper()):
        return block.bold or not listed
    return not block.label and bool(with_grades(frameworks().marks.plain).match(text.strip(" :?")))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the outline we are: `around` is the section that a boxed case study interrupts, `empty` a section without text."""

    section: Section
    empty: bool = True
    around: Section | None = None
    in_cell: bool = False


def sections(
    blocks: Sequence[Block], *, opens: Mode = Mode.SKIP, board_too: bool = True, unseen: Collection[int] = ()
) -> Iterator[tuple[Section, Block]]:
    """Every block that is no heading with the section it stands in.

    `opens` is the mode before the first heading; `board_too` tells that the safeguarding board is reviewed as well. A list does not go on
    after the `unseen` pages: its end may stand there.
    """
    body = body_size(blocks)
    start = Section("Summary", opens)
    place = _Place(start)
    letter = _salutation(blocks)
    page = 0
    for index, block in enumerate(blocks):
        if block.aside:
            continue
        if place.section.mode is Mode.ASK and any(page < number < block.page for number in unseen):
            place = _Place(Section("", Mode.SKIP, lscb=place.section.lscb))
        page = block.page
        if index < letter:
            yield Section("", Mode.SKIP), block
        elif not is_heading(block, body):
            place = _at_text(place, block)
            yield place.section, block
        elif place.section is not start or rule_of(block.text):
            place = _at_heading(place, block, board_too)


def _salutation(blocks: Sequence[Block]) -> int:
    """Index of "Dear ..." on the first pages, before which a letter only names those it is sent to; 0 where there is none."""
    front = (index for index, block in enumerate(blocks) if block.page <= FRONT_PAGES and SALUTATION.match(block.text))
    return next(front, 0)


def _at_text(place: _Place, block: Block) -> _Place:
    """A box ends where its table does, or with the next item of the list around it; the closing words end all."""
    section, around = place.section, place.around
    if around and (block.label or (place.in_cell and block.cell is None)):
        section, around = around, None
    if END_OF_LETTER.match(block.text) or IMPRINT.match(block.text):
        section = Section("", Mode.SKIP, lscb=section.lscb, rank=LAST if IMPRINT.match(block.text) else 0.0)
    return replace(place, section=section, around=around, empty=False)


def _at_heading(place: _Place, block: Block, board_too: bool) -> _Place:
    section, around = place.section, place.around
    if frameworks().marks.box.match(block.text):
        entry = entered(section, block, board_too, place.empty)
        return _Place(entry, around=around or section, in_cell=block.cell is not None)
    if around and place.in_cell and block.cell is not None:
        return place
    if around and (rule_of(block.text) is None or frameworks().marks.soft.match(block.text)):
        section = around
    return _Place(entered(section, block, board_too, place.empty))


def entered(section: Section, block: Block, board_too: bool, empty: bool) -> Section:
    """The section that a heading opens, given the one it stands in and whether that has nothing in it yet."""
    marks = frameworks().marks
    rank = block.size + (BOLD_STEP if block.bold else 0)
    title = re.sub(r"(?<=[a-z?:])\d$", "", block.text)
    lscb = _about_board(section, title) if board_too else bool(marks.board_alone.match(title))
    rule = rule_of(title)
    level = section.rank + (SUBHEADING_STEP if section.sub or empty else -SUBHEADING_STEP)
    if (section.mode is Mode.ASK or marks.meanings.match(section.title)) and marks.soft.match(title) and rank < level:
        rule = None
    if rule is None and section.mode is not Mode.TELL and rank < level:
        return replace(section, sub=title, lscb=section.lscb if board_too else lscb)
    mode, kind = rule or (Mode.TELL, None)
    return Section(title, mode, kind, lscb, rank, area=title if marks.areas.match(title) else section.area)


def _about_board(section: Section, title: str) -> bool:
    """In reports of 2013-18 the safeguarding board's part begins at its heading and runs to the end."""
    if frameworks().marks.authority.match(title):
        return False
    return section.lscb or bool(frameworks().marks.board.search(title))
