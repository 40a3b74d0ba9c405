"""A copy of the database that is whole, taken while others write; and such a copy put back."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlite_utils import Database

from monitor.database.schema import migrations
from monitor.database.store import connect
from monitor.errors import UserError
from scraper.database import DATABASE_FILE, DatabaseFault, own_folder, refuse_newer, take_identity, who_has
from scraper.text import counted

PARTS = ("", "-wal", "-shm")
"""A database in WAL mode is three files: the two beside hold what was written last, and belong to it alone."""
PART = ".part"
BEFORE = ".before-restore"
OURS = {"reports", "crawls", "alerts"}


class BackupError(UserError):
    """The copy cannot be made or put back; the message says why, and nothing is changed."""


class NotWhole(BackupError):
    """A database that cannot be read or written to its end."""

    exit_code = 1


def back_up(data: Path, file: Path) -> str:
    """Copy the database to a new file and check the copy; returns what was done, for people. Never overwrites, and leaves no half file."""
    source = data / DATABASE_FILE
    if not source.exists():
        raise BackupError(f"{source}: there is no database yet; run `ofsted-watch crawl` first")
    if file.exists():
        raise BackupError(f"{file}: is there already; name a new file")
    if not file.parent.is_dir():
        raise BackupError(f"{file.parent}: there is no such folder")
    part = _copied(source, file)
    part.rename(file)
    return f"{file}: {file.stat().st_size:,} bytes, checked; keep {data / 'reports'} with it, which holds the PDFs"


def restore(data: Path, file: Path) -> str:
    """Put a backup in place of the database; returns what was done, for people. What was there is kept beside it under another name.

    Refuses a file that is no whole database of ours, and a database that a program has open.
    """
    target = data / DATABASE_FILE
    if not file.is_file():
        raise BackupError(f"{file}: there is no such file")
    if holders := who_has(*_parts(target)):
        raise BackupError(f"{target}: is open in {', '.join(holders)}: stop the daemon and the pages first")
    own_folder(data)
    copy = _copied(file, target)
    _refuse_newer(copy, file)
    for part, kept in zip(_parts(target), _parts(target.with_name(target.name + BEFORE)), strict=True):
        kept.unlink(missing_ok=True)
        if part.exists():
            part.rename(kept)
    copy.rename(target)
    take_identity(data)
    with closing(connect(data)) as db:
        reports = db.execute("SELECT count(*) FROM reports").fetchone()[0]
    kept = target.with_name(target.name + BEFORE)
    return f"{target}: {counted(reports, 'report')}, from {file}" + (
        f"; what was there before is kept as {kept}" if kept.exists() else ""
    )


def _refuse_newer(copy: Path, file: Path) -> None:
    try:
        with closing(Database(str(copy))) as db:
            refuse_newer(db, file, migrations)
    except DatabaseFault:
        copy.unlink()
        raise


def checkpoint(data: Path) -> None:
    """Bring what was written last into the database's own file, and leave none beside it, where nobody else has it open."""
    with closing(connect(data)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _parts(file: Path) -> list[Path]:
    return [file.with_name(file.name + part) for part in PARTS]


def _copied(source: Path, target: Path) -> Path:
    """A checked copy of a database under another name beside the target, on the disk."""
    part = target.with_name(target.name + PART)
    try:
        part.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(part)) as copy,
        ):
            live.execute("BEGIN")
            live.execute("SELECT count(*) FROM sqlite_master")  # else the copying waits for a lock without end
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            _check(source, copy)
        with part.open("rb") as written:
            os.fsync(written.fileno())
    except BaseException as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if isinstance(error, (sqlite3.Error, OSError)):
            raise NotWhole(f"{source}: cannot be copied to {target}: {error}") from error
        raise
    return part


def _check(source: Path, copy: sqlite3.Connection) -> None:
    state = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if state != "ok":
        raise NotWhole(f"{source}: is not whole: {state}")
    if missing := OURS - {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}:
        raise BackupError(f"{source}: is no database of the watch: it has no table {min(missing)}")
