"""How a source was looked at in a time: how often, how often in vain, and when for longer than it should not have been."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.alerts.sources import Unwell
from monitor.config import Config, unseen_for
from monitor.database import first_seen, looks_since, rows, stamp, value

# Of days whose crawls are not kept any more, the row of the day stands for them.
GOOD_LOOKS = """
SELECT started AS begin, coalesce(finished, started) AS end FROM crawls
WHERE source = :source AND scope IN ('all', 'sweep') AND verdict IN ('ok', 'empty') AND started <= :now AND started >= coalesce(
  (SELECT max(started) FROM crawls WHERE source = :source AND scope IN ('all', 'sweep') AND verdict IN ('ok', 'empty') AND started <= :since), :since)
UNION ALL
SELECT first, last FROM days d WHERE source = :source AND good > 0 AND last >= :since AND first <= :now
  AND NOT EXISTS (SELECT 1 FROM crawls c WHERE c.source = d.source AND c.started BETWEEN d.first AND d.last)
ORDER BY 1
"""
IN_VAIN = """
SELECT count(*) FROM crawls WHERE source = ? AND started >= ? AND started < ? AND verdict NOT IN ('ok', 'empty') AND NOT stopped AND scope <> 'probe'
"""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without a good look that was longer than it should be; `end` None: it lasts. `tried`: it was looked, in vain."""

    begin: datetime
    end: datetime | None
    tried: bool


@dataclass(frozen=True, slots=True)
class SourceLooks:
    """How a source was looked at since a time, and how it does now.

    `looks`, and how many of them `failed`: from the day of that time on. `never`: no look at it was ever begun. `unwell`: since when it is not
    well; `pages`: the authorities whose page that is, none where it is the whole source.
    """

    source: str
    looks: int = 0
    failed: int = 0
    last_failed: datetime | None = None
    never: bool = False
    unwell: datetime | None = None
    pages: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def well(self) -> bool:
        """Whether there were good looks often enough, and all is well now; one that failed was made up for then."""
        return not (self.never or self.unwell or self.gaps)

    @property
    def current(self) -> bool:
        """Whether the last good look is not too long ago."""
        return not self.never and all(gap.end for gap in self.gaps)


def looks_at(
    db: Database, config: Config, source: str, since: datetime, now: datetime, ill: Unwell | None
) -> SourceLooks:
    """How a source was looked at from `since` to `now`; `ill`: how it is not well now."""
    begun = first_seen(db, source)
    if begun is None:
        return SourceLooks(source, never=True)
    counted = looks_since(db, source, since)
    return SourceLooks(
        source,
        counted.looks,
        counted.failed,
        counted.last_failed,
        unwell=ill.since if ill else None,
        pages=ill.authorities if ill else (),
        gaps=tuple(_gaps(db, config, source, max(since, begun), now)),
    )


def _gaps(db: Database, config: Config, source: str, since: datetime, now: datetime) -> Iterator[Gap]:
    known = since
    for row in rows(db, GOOD_LOOKS, {"source": source, "since": stamp(since), "now": stamp(now)}):
        begin, end = datetime.fromisoformat(row["begin"]), datetime.fromisoformat(row["end"])
        if begin <= since:
            known = end
        elif begin - known > unseen_for(config, source, known):
            yield Gap(known, begin, _in_vain(db, source, known, begin))
        known = max(known, end)
    if now - known > unseen_for(config, source, known):
        yield Gap(known, None, _in_vain(db, source, known, now))


def _in_vain(db: Database, source: str, begin: datetime, end: datetime) -> bool:
    return bool(value(db, IN_VAIN, [source, stamp(begin), stamp(end)]))
