"""A copy of the database that is whole, taken while others write."""

import sqlite3
from contextlib import closing
from pathlib import Path

from monitor.errors import UserError
from scraper.database import DATABASE_FILE


class BackupError(UserError):
    """The copy cannot be made; the message says why."""


def back_up(data: Path, file: Path) -> str:
    """Copy the database to a new file and check the copy; returns what was done, for people. Never overwrites."""
    source = data / DATABASE_FILE
    if not source.exists():
        raise BackupError(f"{source}: there is no database yet; run `ofsted-watch crawl` first")
    if file.exists():
        raise BackupError(f"{file}: is there already; name a new file")
    if not file.parent.is_dir():
        raise BackupError(f"{file.parent}: there is no such folder")
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(file)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        state = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if state != "ok":
        raise BackupError(f"{file}: the copy is not whole: {state}")
    return f"{file}: {file.stat().st_size:,} bytes, checked; keep {data / 'reports'} with it, which holds the PDFs"
