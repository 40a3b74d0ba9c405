"""A reader judges a comparison: the word is stored, and what rests on it made again at once, or by whoever is at that work already."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from monitor.comparing.chain import URN, compare_pending, is_compared
from monitor.comparing.corrections import Judgeable, NoComparison, comparison_named, note, said_of
from monitor.database import value
from monitor.locks import CONCLUDE, Locked, locked


def judge(
    db: Database,
    data: Path,
    name: str,
    status: str | None,
    sentence: str | None,
    by: str,
    clock: Callable[[], datetime],
) -> tuple[Judgeable, bool]:
    """Store what a reader says of the comparison of this name (None: takes back what was said), and compare again.

    Gives what was judged, and whether that is done already: while another process reads and compares, it is left to that one, or to its next
    round. Raises `NoComparison` and `NotSaid`, and then nothing is stored. Nobody is told of it.
    """
    of = comparison_named(db, name)
    if status is None and of.key not in said_of(db, of.report_id):
        raise NoComparison(
            f"of {of.name} nothing was said that could be taken back; `ofsted-watch judge list` has what was"
        )
    note(db, of, status, sentence, by, clock())
    with suppress(Locked), locked(data, CONCLUDE):
        compare_pending(db, clock, only=value(db, URN, [of.report_id]))
    return of, is_compared(db, of.report_id)
