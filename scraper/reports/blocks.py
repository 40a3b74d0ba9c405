"""A report as a sequence of blocks: paragraphs, headings, list items and table cells, over all pages, in reading order."""

import re
import string
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scraper.reports.glyphs import Run
from scraper.reports.tags import Role

SUPERSCRIPT = 0.8
LONGEST_LABEL = 8
ANOTHER_COLUMN = 60.0
LEAST_LABELLED = 0.3
LINE = 60
"""Letters of a text that fills most of a line."""
BULLET = "•◼▪■●○◦–\u2023\uf0a7\uf0b7\uf06e\uf0d8\u25aa\uf0fc\u2212\uf02d"
PICTURES = "\u203b\u2043\u2190-\u2bff\u3000-\u303f\ue000-\uf8ff\ufffd\U0001f000-\U0001faff"
"""Arrows, shapes, emoji, and what a font of pictures draws: where one stands before an item, it is the item's bullet."""
LABEL = re.compile(
    rf"^\s*(?:[{BULLET}]\s*|[{PICTURES}]\ufe0f?(?:\s+|(?=[A-Z‘“]))|[-o](?=\s)\s+|\d{{1,3}}\.(?=[A-Z‘“])|\(?(?:\d{{1,3}}|[a-hivx]{{1,3}})[.)](?=\s|$)\s*)"
)
PICTURE = re.compile(f"[{PICTURES}]\ufe0f?$")
WORD = re.compile(r"(?:[a-z’'-]{2,}+|[ai])\W*+$", re.IGNORECASE)
"""What is no label, whatever its tag; a single letter may be a bullet of a font of symbols."""
MAX_TAGGED_HEADING = 200


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, item or cell. `label` is its bullet or number, not part of `text`; `page` is where it starts.

    `depth` counts the lists around it (0: no item), `cell` is (table, row, column), `left` in points, `aside` a note's kind.
    """

    page: int
    text: str
    label: str = ""
    depth: int = 0
    item: int = 0
    cell: tuple[int, int, int] | None = None
    heading: bool = False
    bold: bool = False
    size: float = 0.0
    left: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    aside: str = ""


HANGS = re.compile(r"\b(?:on|and|the|of|to|in|a|an|for|with|by|from|between|their|at|that|which)$")
"""Words that end no paragraph."""
END = 20
"""Characters at the end of a text that tell how it ends: it may be glued of many parts, and be asked after each."""
STOPS = ".:;?!"
CLOSES = ")’”\"'"


def tidy(text: str) -> str:
    """Wrapped lines joined, a hyphen at the end of a line kept as the hyphen it is, every blank single."""
    text = re.sub(r"(?<=\w)-[^\S\n]*+\n\s*+(?!and\b|or\b|to\b)(?=[a-z])", "-", text)
    return re.sub(r"[\s\u00a0\u200b\ufeff]+", " ", text).strip()


def tagged_blocks(page: int, runs: Iterable[Run], roles: dict[int, Role]) -> list[Block]:
    """Blocks of a tagged page (1-based number); text without a tag is page furniture and left out."""
    groups: dict[tuple[int, str], list[tuple[Run, Role]]] = {}
    for run in runs:
        role = roles.get(run.mcid)
        if role and role.aside not in ("Artifact", "Figure"):
            groups.setdefault((role.block, role.aside), []).append((run, role))
    blocks = (_block(page, members) for members in groups.values())
    return _true_headings([block for block in blocks if block.text or block.label])


def _true_headings(blocks: list[Block]) -> list[Block]:
    """Blocks without the heading tags that are given to paragraphs, and without any where those are most of the page."""
    false = sum(len(block.text) for block in blocks if block.heading and _is_paragraph(block))
    none = 2 * false > sum(len(block.text) for block in blocks)
    return [replace(block, heading=block.heading and not none and not _is_paragraph(block)) for block in blocks]


def _is_paragraph(block: Block) -> bool:
    return len(block.text) > MAX_TAGGED_HEADING or (block.text.endswith(".") and not block.bold)


def _block(page: int, members: Sequence[tuple[Run, Role]]) -> Block:
    runs = [run for run, _ in members if run.text.strip()] or [members[0][0]]
    size = max(runs, key=lambda run: len(run.text)).size
    role = members[0][1]
    label, text = _label_and_text(members, size)
    return Block(
        page=page,
        text=text,
        label=label,
        depth=role.depth,
        item=role.item,
        cell=role.cell,
        heading=role.heading,
        bold=all(run.bold for run in runs if re.search(r"\w", run.text) and not is_mark(run, size)),
        size=size,
        left=min(run.left for run in runs),
        top=max(run.top for run in runs),
        bottom=min(run.bottom for run in runs),
        aside=role.aside,
    )


def is_mark(run: Run, size: float) -> bool:
    """Whether a run is the raised number of a footnote."""
    return run.size < SUPERSCRIPT * size and run.text.strip().isdigit()


def _label_and_text(members: Sequence[tuple[Run, Role]], size: float) -> tuple[str, str]:
    """The label and the text of an item, either of them empty where there is none.

    A label's tag is believed where it holds a bullet or number; Word sometimes gives it to the first line, or to the first
    word of a page in the middle of an item.
    """
    label = tidy("".join(run.text for run, role in members if role.label))
    text = tidy("".join(_shown(run, size) for run, _ in members))
    word = WORD.match(label) and not LABEL.match(f"{label} ")
    if label and not word and len(label) <= LONGEST_LABEL and text.startswith(label):
        return label, text[len(label) :].strip()
    return split_label(text)


def _shown(run: Run, size: float) -> str:
    if not is_mark(run, size):
        return run.text
    return run.text[len(run.text.rstrip()) :]


def split_label(text: str) -> tuple[str, str]:
    """("1.", "Ensure that ...") of "1. Ensure that ..."; the label is empty where there is none."""
    match = LABEL.match(text)
    return (match[0].strip(), text[match.end() :]) if match else ("", text)


def with_labels(pages: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """Pages whose list items all have a label: browsers draw bullets as pictures, so that only the tags tell an item.

    An item on top of a page may go on from the page before; it is taken for a new one where hardly any item has a label.
    """
    items = [block for page in pages for block in page if block.item and not block.aside]
    drawn = sum(bool(block.label) for block in items) < LEAST_LABELLED * len(items)
    return [_with_labels(page, drawn) for page in pages]


def _with_labels(page: Sequence[Block], drawn: bool) -> list[Block]:
    seen: set[int] = set()
    found: list[Block] = []
    for block in page:
        begins = block.item and block.item not in seen and (found or (drawn and not block.text[:1].islower()))
        found.append(replace(block, label=block.label or BULLET[0]) if begins else block)
        seen.add(block.item)
    return found


def joined_in_page(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with those made one that break off in mid-sentence and go on in the next paragraph."""
    whole: list[Block] = []
    for block in blocks:
        if whole and breaks_off(whole[-1], block):
            whole[-1] = replace(whole[-1], text=glue(whole[-1].text, block.text), bottom=block.bottom)
        else:
            whole.append(block)
    return whole


def breaks_off(before: Block, after: Block) -> bool:
    """Whether a paragraph goes on in the next one: it has no end, and the next no beginning, or both stand in one cell."""
    if (
        after.label
        or after.heading
        or after.aside
        or before.aside
        or before.heading
        or not (before.text and after.text)
    ):
        return False
    if before.cell != after.cell or before.bold or after.bold or _stops(before.text, CLOSES):
        return False
    if abs(after.left - before.left) > ANOTHER_COLUMN:
        return False
    if HANGS.search(before.text[-END:]):
        return True
    return len(before.text) > LINE and (after.text[0].islower() or before.cell is not None or before.depth > 0)


def _stops(text: str, after: str) -> bool:
    """Whether a text ends as a sentence does, but for these characters after its end."""
    return text.rstrip(after).endswith(tuple(STOPS))


def joined_over_pages(blocks: Sequence[Block], unseen: Collection[int] = ()) -> list[Block]:
    """Blocks with those that a page break cut in two made one again; none goes on after a page that was not read."""
    whole: list[Block] = []
    for number, members in groupby(blocks, key=lambda block: block.page):
        page = list(members)
        if whole and page and number - 1 not in unseen:
            last = _last_of_flow(whole)
            if last is not None and continues(whole[last], page[0]):
                whole[last] = replace(whole[last], text=glue(whole[last].text, page.pop(0).text))
        whole.extend(page)
    return whole


def _last_of_flow(blocks: Sequence[Block]) -> int | None:
    """Index of the last block that is no note, at most a few back."""
    for back in range(1, min(len(blocks), 12) + 1):
        if not blocks[-back].aside:
            return len(blocks) - back
    return None


def continues(before: Block, after: Block) -> bool:
    """Whether a block on top of a page goes on with the one that ends the page before."""
    if after.label or after.heading or after.aside or not after.text or not before.text:
        return False
    if bool(before.cell) != bool(after.cell) or (before.heading and not after.bold):
        return False
    unfinished = not _stops(before.text, CLOSES + string.digits)
    if after.depth and before.depth:
        return unfinished or after.text[0].islower()
    return not before.heading and unfinished and (after.text[0].islower() or (not after.bold and len(before.text) > 60))


def glue(first: str, second: str) -> str:
    """Two parts of one text, without a blank after a hyphen."""
    return first + ("" if re.search(r"\w-$", first[-2:]) else " ") + second
