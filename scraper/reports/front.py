"""Who, what and when of a report, from its first pages: kind, framework, authority, dates, lead inspector."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise

from scraper.reference import (
    ORDINALS,
    UNKNOWN,
    day_of,
    framework_of,
    frameworks,
    is_one_day,
    kind_of_document,
    london_day,
    months_in,
    ordinal_number,
    said_grades,
    unknown_kind,
)
from scraper.reports.blocks import Block
from scraper.reports.layout import body_size
from scraper.reports.on_site import OnSite, on_site, with_months_mended
from scraper.reports.who import authority_of

FRONT_PAGES = 2
DATES = re.compile(
    r"(?:inspection|review|visit) dates?\b|dates? of (?:the |this )?(?:inspection|review|visit)\b", re.IGNORECASE
)
VISITED = re.compile(
    r"(?:^between \d|visit to|visit of|\bvisited\b|took place|carried out|on[- ]site|undertaken|letter summarises)",
    re.IGNORECASE,
)
TITLE_BLOCKS = 6
"""A title may be cut into several paragraphs."""
ADDRESS_LINES = 30
INSPECTOR_LABEL = re.compile(r"^(?:lead|reporting) (?:inspector|reviewer)s?\s*:?\s*(.*)", re.IGNORECASE)
RANK = r"(?:(?:,|(?<![\s,]))\s*+\b(?:Ofsted )?(?:(?:His|Her) Majesty[’']s (?:Senior )?Inspectors?|HMI|Senior HMI|Ofsted Inspector|Lead inspector)\b.*)"


@dataclass(frozen=True, slots=True)
class Front:
    """What the first pages say; None where they do not say it."""

    report_type: str
    framework: str
    authority: str | None
    start: date | None
    end: date | None
    published: date | None
    lead_inspector: str | None
    visit_number: int | None = None
    since_judgement: str | None = None
    doubts: tuple[str, ...] = ()


def front_of(blocks: Sequence[Block], today: date | None = None) -> Front:
    """Read the first pages. What fits no known kind is of the unknown one, with what can be read of it. Days after `today` are doubted."""
    today = today or max(WRITTEN, london_day(datetime.now(UTC)))
    front = [block for block in blocks if block.page <= FRONT_PAGES and not block.aside]
    printed = published_of(front)
    published = printed if printed and printed <= today + SOON else None
    days = visit_days(front, published, today)
    report_type, framework = kind_of(front, days.last or published)
    number, since = since_of(front, report_type)
    return Front(
        report_type=report_type,
        framework=framework,
        authority=authority_of(front),
        start=days.first,
        end=days.last,
        published=published,
        lead_inspector=lead_inspector_of(blocks, report_type),
        visit_number=number,
        since_judgement=since,
        doubts=(*_doubts(days, printed, today), *_out_of_force(framework, days.last)),
    )


def _doubts(days: OnSite, printed: date | None, today: date) -> Iterator[str]:
    if days.doubt:
        yield days.doubt
    if printed and printed > today + SOON:
        yield f"the day of publication, {printed}, is later than today"


def _out_of_force(framework: str, last: date | None) -> Iterator[str]:
    if last and not framework_of(framework).in_force(f"{last:%Y-%m}"):
        yield f"it has the front page of {framework}, which was not in force at the time of the visit"


BEGINS = (re.compile(r"dear\b", re.IGNORECASE), re.compile(r"inspection dates?\b", re.IGNORECASE))
"""What stands at the beginning of every report that has no title in large letters, and nowhere else."""
LARGE = 3.0
"""Points by which a title is larger than the text."""
WRITTEN = date(2026, 11, 28)
"""When this was written: a clock that tells an earlier day is wrong, and makes no doubt."""
SOON = timedelta(days=31)
"""By which a report may be there before the day that is printed on it."""
FURTHER = 2
"""Pages from one beginning to the next: the first may be spread over a cover and the page behind it."""


def second_front(blocks: Sequence[Block]) -> int | None:
    """The page (from 1) on which another report begins in the same file, or None."""
    body = body_size(blocks)
    first: int | None = None
    seen: set[int] = set()
    for block in blocks:
        if block.aside or (sign := _begins(block, body)) is None:
            continue
        if first is not None and block.page > first and (sign in seen or block.page >= first + FURTHER):
            return block.page
        first = block.page if first is None else first
        seen.add(sign)
    return None


def _begins(block: Block, body: float) -> int | None:
    """Which sign of a beginning a block is, or None."""
    if block.size > body + LARGE and any(row.words.search(block.text) for row in frameworks().fronts):
        return len(BEGINS)
    return next((sign for sign, words in enumerate(BEGINS) if words.match(block.text)), None)


def kind_of(front: Sequence[Block], when: date | None = None) -> tuple[str, str]:
    """(kind, framework) by the first block that names one; where several have the same words, that which was in force."""
    texts = [block.text for block in front]
    for text in [*texts, " ".join(texts[:TITLE_BLOCKS])]:
        fits = [row for row in frameworks().fronts if row.words.search(text)]
        for row in [row for row in fits if when and framework_of(row.framework).in_force(f"{when:%Y-%m}")] or fits:
            return row.kind, row.framework
    return unknown_kind(), UNKNOWN


def visit_days(front: Sequence[Block], published: date | None, today: date) -> OnSite:
    """First and last day on site; where no year is given they are the last such days before publication."""
    for text in _dated_texts(front):
        found = on_site(text, published, today)
        if found.first or found.doubt:
            return found
    return OnSite()


def _dated_texts(front: Sequence[Block]) -> list[str]:
    texts: list[str] = []
    for index, block in enumerate(front):
        if DATES.match(block.text):
            texts.append(" ".join(part.text for part in front[index : index + 2]))
    return texts + [block.text for block in front if VISITED.search(block.text) and len(block.text) > 60]


def published_of(front: Sequence[Block]) -> date | None:
    """The day of publication: after "Published", or the date that stands alone on top of a letter."""
    for block in front:
        match = re.match(r"(?:report )?(?:published|publication date)\s*:?\s*(.*)", block.text, re.IGNORECASE)
        if match and (day := day_of(with_months_mended(match[1]))):
            return day
    for block in front[:ADDRESS_LINES]:
        text = with_months_mended(block.text)
        if is_one_day(text) and (day := day_of(text)):
            return day
    return None


def lead_inspector_of(blocks: Sequence[Block], report_type: str) -> str | None:
    """After "Lead inspector"; in letters the signatory; a joint inspection has none."""
    kind = kind_of_document(report_type)
    if kind.joint:
        return None
    if kind.letter:
        return signatory_of(blocks) or last_named(blocks)
    for index, block in enumerate(blocks):
        match = INSPECTOR_LABEL.match(block.text)
        if match:
            name = _name(match[1]) or _name(blocks[index + 1].text if index + 1 < len(blocks) else "")
            if name:
                return name
    return _team_leader(blocks)


def _team_leader(blocks: Sequence[Block]) -> str | None:
    """ "Name, HMI, Lead inspector" of an inspection team; Ofsted's comes before the Care Quality Commission's."""
    for block in blocks:
        if (
            re.search(r"\blead inspector\b", block.text, re.IGNORECASE)
            and "CQC" not in block.text
            and len(block.text) < 90
        ):
            name = _name(block.text)
            if name:
                return name
    return None


def signatory_of(blocks: Sequence[Block]) -> str | None:
    """The name under "Yours sincerely"."""
    for index, block in enumerate(blocks):
        match = re.search(r"yours? (?:sincerely|faithfully)[,.]?\s*(.*)", block.text, re.IGNORECASE)
        if match:
            after = [match[1], *(part.text for part in blocks[index + 1 : index + 5])]
            return next((name for text in after if (name := _name(text))), None)
    return None


def last_named(blocks: Sequence[Block]) -> str | None:
    """The last name that stands right above "His Majesty's Inspector", for letters without the closing words."""
    found = None
    for name, rank in pairwise(blocks):
        if re.fullmatch(RANK, rank.text, re.IGNORECASE) and len(rank.text) < 60:
            found = _name(name.text) or found
    return found


def _name(text: str) -> str | None:
    """A person's name without rank, or None."""
    text = re.sub(RANK, "", text, flags=re.IGNORECASE).strip(" ,.;:")
    return text if re.fullmatch(r"[A-ZÀ-Ý][\w’'.-]+(?: [\w’'.()-]+){1,4}", text) else None


@cache
def _counted(report_type: str) -> re.Pattern[str] | None:
    """The number of a visit before the words that such visits are counted with; None for a kind that is not counted."""
    after = kind_of_document(report_type).numbered
    number = rf"\b({'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))"
    return re.compile(rf"{number} (?:\w+ )?(?:{after.pattern})\b", re.IGNORECASE) if after else None


@cache
def _owner() -> re.Pattern[str]:
    """Words whose month stands after them: of a judgement, or of a visit."""
    judged = rf"judge\w*|inspection|rated|graded|since|{said_grades()}"
    return re.compile(rf"\b(?P<judgement>{judged})\b|\bvisit(?:s|ed)?\b", re.IGNORECASE)


OWNED = re.compile(r"\s+(?:\w+ )?(?:inspection|judge?ment)\b", re.IGNORECASE)
"""What stands after the month of a judgement: "the January 2018 inspection"."""


def since_of(front: Sequence[Block], report_type: str) -> tuple[int | None, str | None]:
    """(which visit of a kind that is counted, month "YYYY-MM" of the judgement it follows)."""
    counted = _counted(report_type)
    for block in front if counted else ():
        if counted and (match := counted.search(block.text)):
            since = judgement_month(block.text[match.end() :]) or judgement_month(block.text)
            return ordinal_number(match[1]), since
    return None, None


def judgement_month(text: str) -> str | None:
    """The first month of the text that belongs to a judgement: not that of a visit, which may stand before it."""
    owners = list(_owner().finditer(text))
    ends = [owner.end() for owner in owners]
    for start, end, month in months_in(text):
        before = bisect_right(ends, start)
        if (before and owners[before - 1]["judgement"]) or OWNED.match(text, end):
            return month
    return None
