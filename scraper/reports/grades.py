"""The grades a report gives: by area, from tables, headline sentences and headings of every framework."""

import re
from collections.abc import Iterable, Iterator, Sequence

from scraper.items import Judgement
from scraper.reports.blocks import Block

GRADE = r"(?:outstanding|good|requires? improvement(?: to be good)?|inadequate|adequate)"
GRADE_ONLY = re.compile(rf"^(?:grade\s*\d\s*)?\(?({GRADE})\)?\.?$", re.IGNORECASE)
GRADE_LAST = re.compile(rf"^(.{{8}}|.{{8,}}?(?<![\s:–-]))[\s:–-]++({GRADE})\.?$", re.IGNORECASE)
AREA = re.compile(
    r"^(?:\d(?:\.\d)?\.?\s*)?(?:the )?(?:impact of leaders|experiences? and progress of|overall effectiveness|children who need help"
    r"|children looked after|adoption performance|leadership, management and governance)",
    re.IGNORECASE,
)
LOOKED_AFTER_AREA = re.compile(
    r"^(?:the )?(?:overall effectiveness|capacity (?:to|for) improve|outcomes for|quality of provision|leadership and management)",
    re.IGNORECASE,
)
HEADLINE = re.compile(
    rf"^(?:the overall judge?ment is(?: that)?|(?:the )?children[’']?s services\b).*?\b({GRADE})\b", re.IGNORECASE
)
BOARD = re.compile(
    rf"(?:local safeguarding children(?: board)?|\blscb)\b.*?[\s:]({GRADE})(?: because)?:?\.?$", re.IGNORECASE
)
OUTCOME = re.compile(
    r"(typically lead to positive experiences and outcomes|lead to inconsistent experiences and outcomes|widespread and/or systemic failings)",
    re.IGNORECASE,
)
FRONT_PAGES = 3
HEADLINE_LENGTH = 150
SAME_EDGE = 30.0
LEAST_ROWS = 3


def judgements_of(blocks: Sequence[Block], *, with_board: bool) -> tuple[Judgement, ...]:
    """The graded areas in the order of the report, each once; areas are worded as printed, grades in lower case.

    `with_board` also looks for the sentences that grade the services as a whole and the safeguarding board (2013-18).
    """
    front = [block for block in blocks if block.page <= FRONT_PAGES and not block.aside]
    if with_board:
        return (*_headline(front), *_table(front), *_board(blocks))
    return tuple(_headed(blocks)) or tuple(_table(_before_prose(front)))


def outcome_of(blocks: Sequence[Block]) -> tuple[Judgement, ...]:
    """The outcome of an area SEND inspection, in the words of its sentence."""
    for block in blocks:
        match = OUTCOME.search(block.text)
        if match and block.page <= FRONT_PAGES:
            return (Judgement("Inspection outcome", match[1].lower()),)
    return ()


def _headline(blocks: Iterable[Block]) -> list[Judgement]:
    for block in blocks:
        match = HEADLINE.search(block.text) if len(block.text) <= HEADLINE_LENGTH else None
        if match:
            return [Judgement(block.text, plain(match[1]))]
    return []


def _board(blocks: Iterable[Block]) -> list[Judgement]:
    for block in blocks:
        match = BOARD.search(block.text) if len(block.text) <= HEADLINE_LENGTH else None
        if match:
            return [Judgement(block.text, plain(match[1]))]
    return []


def _before_prose(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks down to the first paragraph under the table; later headings that repeat a grade are no rows of it."""
    rows = 0
    for block in blocks:
        if len(block.text) > HEADLINE_LENGTH and rows >= LEAST_ROWS:
            return
        rows += bool(GRADE_ONLY.match(block.text) or _row(block))
        yield block


def _table(blocks: Iterable[Block]) -> list[Judgement]:
    """Areas with the grade that follows them: in the next cell, at the end of the line, or between the area's wrapped lines."""
    found: list[Judgement] = []
    area: Block | None = None
    graded = False
    for block in (block for block in blocks if len(block.text) <= HEADLINE_LENGTH):
        alone, row = GRADE_ONLY.match(block.text), _row(block)
        if alone and area and not graded:
            found.append(Judgement(_printed(area, area.text), plain(alone[1])))
            graded = True
        elif row:
            found.append(Judgement(_printed(block, row[0]), row[1]))
            area = None
        elif AREA.match(block.text):
            area, graded = block, False
        elif graded and area and _goes_on(area, block):
            found[-1] = Judgement(f"{found[-1].area} {block.text}", found[-1].grade)
            area = None
    return _once(found)


def _once(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The first judgement of each area."""
    found: dict[str, Judgement] = {}
    for judgement in judgements:
        found.setdefault(area_key(judgement.area), judgement)
    return list(found.values())


def _row(block: Block) -> tuple[str, str] | None:
    """(area, grade) of a line that holds both, if it is no sentence."""
    match = GRADE_LAST.match(block.text)
    if match and AREA.match(block.text) and not found_in_prose(block.text):
        return match[1], plain(match[2])
    return None


def _printed(block: Block, area: str) -> str:
    return f"{block.label} {area}".strip()


def _goes_on(area: Block, block: Block) -> bool:
    """Whether a line is the rest of an area whose grade stands between its lines."""
    return block.text[:1].islower() and not block.label and abs(block.left - area.left) < SAME_EDGE


def found_in_prose(text: str) -> bool:
    """Whether a line that ends with a grade is a sentence rather than a row of a table."""
    return bool(
        re.search(r"\b(?:is|are|was|were|be|to be|judged)\s+(?:\w+\s+)?" + GRADE + r"\.?$", text, re.IGNORECASE)
    )


def _headed(blocks: Sequence[Block]) -> list[Judgement]:
    """Grades that stand under the heading of their area: "Capacity to improve / Grade 2 (Good)" (2013)."""
    found: dict[str, Judgement] = {}
    area = ""
    for block in blocks:
        match = re.match(rf"^grade \d \(({GRADE})\)$", block.text, re.IGNORECASE)
        if match and area:
            found.setdefault(area_key(area), Judgement(area, plain(match[1])))
            area = ""
        elif len(block.text) <= HEADLINE_LENGTH:
            area = block.text if LOOKED_AFTER_AREA.match(block.text) else area
    return list(found.values())


def area_key(area: str) -> str:
    """An area without its number, its article and its case."""
    return re.sub(r"^[\d. ]*(?:the )?", "", area.lower()).strip()


def plain(grade: str) -> str:
    """The grade in lower case, as "requires improvement" whichever way it was put."""
    text = grade.lower().replace("require improvement", "requires improvement")
    return text.replace(" to be good", "")
