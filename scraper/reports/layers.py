"""Text that lies over text, as a program for scans or a shadow puts it there: it counts once."""

from collections.abc import Iterator, Sequence

from scraper.reports.glyphs import Run

LEVEL = 2.5
"""Points by which the base lines of two texts on one line may differ."""
COVERED = 0.6
"""The share of a run's width that lies under another one where it is a copy."""


def without_copies(runs: Sequence[Run]) -> list[Run]:
    """The runs without those that say again what stands at their place, and without hidden text over text that is seen."""
    copies = {id(copy) for line in _lines(runs) for copy in _copies(line)}
    return [run for run in runs if id(run) not in copies] if copies else list(runs)


def _lines(runs: Sequence[Run]) -> Iterator[list[tuple[int, Run]]]:
    """Runs on one level, each with its place in the page's order."""
    line: list[tuple[int, Run]] = []
    for place, run in sorted(enumerate(runs), key=lambda each: each[1].base):
        if line and run.base - line[-1][1].base > LEVEL:
            yield line
            line = []
        line.append((place, run))
    if line:
        yield line


def _copies(line: list[tuple[int, Run]]) -> Iterator[Run]:
    line.sort(key=lambda each: each[1].left)
    reach: list[tuple[int, Run]] = []
    for place, run in line:
        reach = [each for each in reach if each[1].right > run.left]
        for other in reach:
            if _lies_over(other[1], run) and (copy := _copy(other, (place, run))):
                yield copy
        reach.append((place, run))


def _lies_over(one: Run, other: Run) -> bool:
    """Whether most of the narrower lies under the other."""
    narrower = min(one.right - one.left, other.right - other.left)
    return min(one.right, other.right) - max(one.left, other.left) > COVERED * narrower


def _copy(one: tuple[int, Run], other: tuple[int, Run]) -> Run | None:
    """Which of two runs at one place is the copy: the hidden one, else the shorter of two that say the same, else the later."""
    first, second = (each[1] for each in sorted((one, other), key=lambda each: each[0]))
    if first.hidden != second.hidden:
        return first if first.hidden else second
    a, b = first.text.split(), second.text.split()
    if not a or not b:
        return None
    if len(a) < len(b):
        return first if _within(a, b) else None
    return second if _within(b, a) else None


def _within(words: list[str], others: list[str]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(others)} "
