"""The start of the daemon and of a crawl: the database is made where there never was one, and where that may be a mistake the operators are told."""

import logging
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from monitor.alerts import NewAlert, claim_data, insert_alert
from monitor.config import Config
from monitor.database import begin, stamp, writing
from monitor.rounds.crawls import Clock
from scraper.database import check_whole, database_faults, identity, is_new

log = logging.getLogger(__name__)

LOST_AND_FOUND = "lost+found"
"""What a new file system has in it."""

BEGUN = (
    "a new database was begun in the empty place {data}. What Ofsted and the news list now is taken for known, and nobody is told of it. If this is not the"
    " first start of the watch, its data folder was not there: stop it, and look for the folder or its disk"
)


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """The file that a config was read from; `moved`: its data folder was watched with another file, which is this one now."""

    path: Path
    moved: bool = False


def start(config: Config, clock: Clock, file: ConfigFile | None = None, *, doubtful: bool | None = None) -> str:
    """Make the database usable and return its identity. Raises `DatabaseFault` where it cannot be used, `OtherConfig` where it is another's.

    `doubtful`: whether the data folder looks like the place of a disk that is not there, before we made anything in it; None: look.
    """
    with database_faults(config.data):
        new = is_new(config.data)
        doubtful = looks_unmounted(config.data) if doubtful is None else doubtful
        with closing(begin(config.data)) as db:
            check_whole(db, config.data)
            if file:
                claim_data(db, file.path, moved=file.moved)
            name = identity(config.data)
            if new:
                log.info("a new database is begun in %s: what is there now is taken for known", config.data)
            if new and doubtful:
                _tell_begun(db, config.data, name, clock())
    return name


def _tell_begun(db: Database, data: Path, name: str, now: datetime) -> None:
    detail = {"verdict": "begun", "message": BEGUN.format(data=data), "since": stamp(now), "well": False}
    with writing(db):
        insert_alert(db, NewAlert("source", f"begun:{name}", source="watch", detail=detail), now)


def looks_unmounted(data: Path) -> bool:
    """Whether an empty folder stands where the data is to be, or the folder would be the first thing in an empty one."""
    if data.exists():
        return True
    try:
        return data.parent.is_dir() and not any(one.name != LOST_AND_FOUND for one in data.parent.iterdir())
    except PermissionError:  # what may not be listed is not known to be empty
        return False
