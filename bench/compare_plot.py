"""A plain SVG of what became of areas, by year: no plotting library needed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape

COLOURS = ("#b3261e", "#d9902f", "#2f7d4f", "#c7ccd1")
WIDTH, BAR, GAP, LEFT, TOP = 720, 24, 8, 70, 60


def bars(outcomes: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    """One bar a year, its parts the shares of each outcome, as an SVG document."""
    years: dict[str, Counter[str]] = {}
    for row in outcomes:
        years.setdefault(row["year"], Counter())[names[row["status"]]] += 1
    labels = list(names.values())
    height = TOP + (BAR + GAP) * len(years) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">',
        f"<title>What later reports say of earlier areas for improvement</title>{_legend(labels)}",
    ]
    for index, (year, counter) in enumerate(sorted(years.items())):
        parts.append(_bar(year, counter, labels, TOP + index * (BAR + GAP)))
    return "\n".join([*parts, "</svg>\n"])


def _legend(labels: list[str]) -> str:
    cells = []
    for index, label in enumerate(labels):
        x = LEFT + index * 165
        cells.append(f'<rect x="{x}" y="20" width="12" height="12" fill="{COLOURS[index]}"/>')
        cells.append(f'<text x="{x + 17}" y="31">{escape(label)}</text>')
    return "".join(cells)


def _bar(year: str, counter: Counter[str], labels: list[str], y: int) -> str:
    room, x, total = WIDTH - LEFT - 60, float(LEFT), counter.total()
    cells = [f'<text x="10" y="{y + 17}">{escape(year)}</text>']
    for index, label in enumerate(labels):
        width = room * counter[label] / total
        cells.append(
            f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{COLOURS[index]}">'
            f"<title>{escape(label)}: {counter[label]} of {total}</title></rect>"
        )
        x += width
    return "".join([*cells, f'<text x="{x + 6:.1f}" y="{y + 17}">{total}</text>'])
