"""Blocks of pages without tags, from where the lines stand; and dropping what every page repeats."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scraper.reports.blocks import Block, glue, is_mark, split_label, tidy
from scraper.reports.glyphs import Run

SAME_LINE = 0.45
"""The share of the size by which a raised number may stand off the line."""
RAISED = 0.7
"""The same share for the number of a footnote in the line."""
NOTE_SIZE = 0.9
"""Set smaller than this share of the page's text, the last blocks of a page are notes."""
PARAGRAPH_GAP = 1.45
EDGE_LINES = 4
REPEATS = 3
INDENT = 6.0
GAP = 12.0
"""Points between two words that stand in two columns."""
LABEL_GAP = 40.0
"""Points between the number of an item and its text."""
COLUMN = 100.0
"""Points to the side at which a line is in another column rather than indented."""
EARLY = 0.75
"""The share of the page's text width before which a line has ended early."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, its box in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool


def lines_of(runs: Sequence[Run]) -> list[Line]:
    """The printed lines of a page, in the order of its content."""
    groups: list[list[Run]] = []
    for run in runs:
        if not run.text.strip():
            continue
        if groups and _same_line(groups[-1][-1], run):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [_line(group) for group in groups]


def _same_line(before: Run, after: Run) -> bool:
    mark = is_mark(before, after.size) or is_mark(after, before.size)
    level = abs(before.base - after.base) < (RAISED if mark else SAME_LINE) * max(before.size, after.size)
    gap = LABEL_GAP if not split_label(before.text.strip())[1] else GAP
    return level and -GAP < after.left - before.right < gap


def _line(runs: Sequence[Run]) -> Line:
    size = max(runs, key=lambda run: len(run.text)).size
    shown = [run for run in runs if not is_mark(run, size)] or list(runs)
    return Line(
        text=tidy("".join(run.text for run in shown)),
        left=runs[0].left,
        right=runs[-1].right,
        top=max(run.top for run in runs),
        bottom=min(run.bottom for run in runs),
        size=size,
        bold=all(run.bold for run in shown if re.search(r"\w", run.text)),
    )


def blocks_of(page: int, runs: Sequence[Run]) -> list[Block]:
    """Blocks of an untagged page.

    A new one begins at a bullet or number, at a gap, at a change of weight or size, and after a line that ends early.
    """
    blocks: list[Block] = []
    last: Line | None = None
    lines = lines_of(runs)
    edge = max((line.right for line in lines), default=0.0)
    for line in lines:
        if last is None or _breaks(last, line, blocks[-1]) or _ended_early(last, line, edge):
            blocks.append(_started(page, line))
        else:
            blocks[-1] = replace(blocks[-1], text=glue(blocks[-1].text, line.text), bottom=line.bottom)
        last = line
    return blocks


def _breaks(last: Line, line: Line, block: Block) -> bool:
    if abs(line.left - block.left) > COLUMN:
        return True
    pitch = last.top - line.top
    if split_label(line.text)[0] and line.left <= block.left + INDENT:
        return True
    if pitch < 0 or pitch > PARAGRAPH_GAP * max(last.top - last.bottom, last.size):
        return True
    return line.bold != last.bold or abs(line.size - last.size) > 1


def _ended_early(last: Line, line: Line, edge: float) -> bool:
    """Whether the line before leaves room for the first word of this one, which begins like a new sentence."""
    return last.right < EARLY * edge and line.text[:1].isupper()


def _started(page: int, line: Line) -> Block:
    label, text = split_label(line.text)
    return Block(
        page=page,
        text=text,
        label=label,
        depth=1 if label else 0,
        bold=line.bold,
        size=line.size,
        left=line.left,
        top=line.top,
        bottom=line.bottom,
    )


def in_reading_order(blocks: Sequence[Block]) -> list[Block]:
    """Blocks of a page with those brought to the front that are drawn last and stand above all others: a letter's head."""
    below = [index for index, block in enumerate(blocks) if block.top <= blocks[0].top + 1] if blocks else []
    last = below[-1] + 1 if below else 0
    return [*blocks[last:], *blocks[:last]]


def with_notes(blocks: Sequence[Block]) -> list[Block]:
    """Blocks of a page with its footnotes known as such where no tag tells: the last ones, in smaller type, outside of tables."""
    body = body_size(blocks)
    notes = 0
    for block in reversed(blocks):
        if not block.aside and (block.cell or block.size >= NOTE_SIZE * body):
            break
        notes += 1
    first = len(blocks) - notes
    return [*blocks[:first], *(replace(block, aside=block.aside or "Note") for block in blocks[first:])]


def body_size(blocks: Sequence[Block]) -> float:
    """The size most of the text is set in, in points."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        sizes[round(block.size, 1)] += len(block.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def without_furniture(pages: Sequence[Sequence[Block]]) -> list[list[Block]]:
    """Pages without the headers, footers and page numbers that repeat on top or at the foot of several pages."""
    seen = Counter(key for blocks in pages for key in {_key(block) for block in _edges(blocks)})
    return [
        [
            block
            for block in blocks
            if not (_at_edge(block, blocks) and (seen[_key(block)] >= REPEATS or _number(block)))
        ]
        for blocks in pages
    ]


def _edges(blocks: Sequence[Block]) -> list[Block]:
    return [*blocks[:EDGE_LINES], *blocks[-EDGE_LINES:]]


def _at_edge(block: Block, blocks: Sequence[Block]) -> bool:
    return any(block is edge for edge in _edges(blocks))


def _key(block: Block) -> tuple[str, int]:
    return re.sub(r"\d+", "#", f"{block.label}{block.text}"), round(block.top / 12)


def _number(block: Block) -> bool:
    return bool(re.fullmatch(r"(page )?\d{1,3}", f"{block.label}{block.text}".strip().lower())) and not block.cell
