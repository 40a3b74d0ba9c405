"""One config a data folder: by another's rules, what is found for this one would be addressed to the wrong people or to nobody."""

import logging
import os
from pathlib import Path

from sqlite_utils import Database

from monitor.database import value, writing
from monitor.errors import UserError

log = logging.getLogger(__name__)


class OtherConfig(UserError):
    """The data folder belongs to another config; the message says to which, and what to do."""


def claim_data(db: Database, config_file: Path, *, moved: bool = False) -> None:
    """Note that this config watches into this database; raises `OtherConfig` where another does. `moved`: it is this one now.

    A config whose file is gone has moved or was given up, and is nobody's any more.
    """
    path = Path(os.path.abspath(config_file))  # noqa: PTH100 - as it is named: a symlink's target may change with each edit
    with writing(db):
        found = value(db, "SELECT path FROM config_file")
        before = Path(found) if found else None
        if before and not moved and _is_another(before, path):
            raise OtherConfig(
                f"{config_file}: this data folder is watched with {before}, and one config a data folder is possible: name another "
                "folder with `data:`; or, if the config has moved here, say so once with --config-moved (or remove the old file)"
            )
        if before != path:
            db.conn.execute("DELETE FROM config_file")
            db.conn.execute("INSERT INTO config_file (path) VALUES (?)", (str(path),))
            log.info("the data folder is watched with %s", path)


def _is_another(before: Path, now: Path) -> bool:
    try:
        return before.exists() and not before.samefile(now)
    except PermissionError:  # where we may not look, it may be there
        return True
