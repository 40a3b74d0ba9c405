"""One thing that goes wrong is an issue of that thing, and nothing else waits for it."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlite_utils import Database

from monitor.database.issues import heal_issue, note_issue
from scraper.database import is_fault

log = logging.getLogger(__name__)


@contextmanager
def isolated(
    db: Database, step: str, thing: str, now: datetime, *, passing: tuple[type[Exception], ...] = ()
) -> Iterator[None]:
    """What is done inside may fail: that is an issue, told to the operators once, and healed when the same goes right again.

    A database that cannot be used, and the exceptions in `passing`, are not the thing's fault and are passed on.
    """
    key = f"step:{step}:{thing}"
    try:
        yield
    except passing:
        raise
    except Exception as error:
        if isinstance(error, sqlite3.Error) and is_fault(error):
            raise
        if db.conn.in_transaction:
            db.conn.rollback()
        log.exception("step %s failed for %s", step, thing)
        note_issue(db, step, "error", f"{thing}: {error!r}"[:1000], now, key=key)
    else:
        heal_issue(db, key, now)
