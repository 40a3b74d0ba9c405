"""The days of a simulated month as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bench.month_daemon import Measures

COLUMNS = ("day", "requests", "kB", "CPU s", "database MB", "RSS MB first last most", "fds first last most", "child MB")


@dataclass(frozen=True, slots=True)
class DayRow:
    """What a day took: `size` in bytes, `seconds` of processor, `database` in bytes at its end."""

    day: date
    requests: int
    size: int
    seconds: float
    database: int
    measures: Measures


def table(rows: Sequence[DayRow], *, heading: bool = True) -> str:
    """A line a day, for Markdown."""
    head = [_line(COLUMNS), _line(["---"] * len(COLUMNS))] if heading else []
    return "\n".join([*head, *(_line(_cells(row)) for row in rows)])


def _cells(row: DayRow) -> list[str]:
    of = row.measures
    return [
        f"{row.day:%a %d %b}", str(row.requests), f"{row.size / 1e3:.0f}", f"{row.seconds:.0f}", f"{row.database / 1e6:.1f}",
        f"{of.rss_first:.0f} {of.rss_last:.0f} {of.rss_most:.0f}", f"{of.fds_first} {of.fds_last} {of.fds_most}", f"{of.child_most:.0f}",
    ]  # fmt: skip


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
