"""What is wrong with a database that cannot be used, in words: which file, what, who has it, what to do."""

import errno
import os
import pwd
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scraper.errors import ScraperError

DATABASE_FILE = "ofsted-watch.db"
BUSY_SECONDS = 30
A_PAGE = 64 * 1024  # bytes
LOCK = re.compile(r"^lock:.* WRITE ", re.MULTILINE)
SYSTEM = ("SQLITE_IOERR", "SQLITE_CANTOPEN")

UNUSABLE = ("SQLITE_FULL", "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_READONLY", "SQLITE_CANTOPEN",
            "SQLITE_PERM", "SQLITE_IOERR")  # fmt: skip

FULL = "the disk is full: make room; nothing that was stored is lost, and the watch goes on by itself"
DAMAGED = "is damaged ({said}): stop the daemon and put the last backup back with `ofsted-watch restore FILE`"
LOCKED = (
    "has been locked by another program for {seconds} s{holders}: let it end, or end it; the watch goes on by itself"
)
MINE = "cannot be {done} by {me}: it belongs to {owner}; run this as {owner}, or give the files to {me} (chown -R {me} {folder})"
FAILED = "the disk does not do as it is told ({said}): look at the disk, and at the system's journal"


class DatabaseFault(ScraperError):
    """The database cannot be used as it is; the message names the file, what is wrong and what to do."""


class NoDatabase(DatabaseFault):
    """There is no database where one is expected."""


@contextmanager
def database_faults(data: Path, conn: sqlite3.Connection | None = None) -> Iterator[None]:
    """Tell a fault of SQLite or of the disk in words. `conn`: closed where anything goes wrong."""
    try:
        yield
    except BaseException as error:
        if conn is not None:
            conn.close()
        if isinstance(error, (sqlite3.Error, OSError)):
            raise explained(error, data) from error
        raise


def is_fault(error: sqlite3.Error) -> bool:
    """Whether it is the database that cannot be used, and not one statement that is wrong."""
    return getattr(error, "sqlite_errorname", "").startswith(UNUSABLE)


def explained(error: sqlite3.Error | OSError, data: Path) -> DatabaseFault:
    """The fault of this error, for the database of this data folder."""
    file = data / DATABASE_FILE
    place = Path(error.filename) if isinstance(error, OSError) and isinstance(error.filename, str) else file
    return DatabaseFault(f"{place}: {_words(error, place if place.exists() else data)}")


def _words(error: sqlite3.Error | OSError, file: Path) -> str:
    name = getattr(error, "sqlite_errorname", "") or errno.errorcode.get(getattr(error, "errno", 0) or 0, "")
    said = str(error)
    if name in ("SQLITE_FULL", "ENOSPC", "EDQUOT") or (name.startswith(SYSTEM) and _full(file)):
        return FULL
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        holders = ", ".join(who_locks(file, file.with_name(f"{file.name}-shm")))
        return LOCKED.format(seconds=BUSY_SECONDS, holders=f" ({holders})" if holders else "")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DAMAGED.format(said=said)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "EACCES", "EPERM", "EROFS")):
        return _not_allowed(name, file, said)
    if name.startswith("SQLITE_IOERR") or name == "EIO":
        return FAILED.format(said=said)
    return f"the {'database' if isinstance(error, sqlite3.Error) else 'system'} answers: {said}"


def _full(file: Path) -> bool:
    """SQLite calls it an error of input and output where what it keeps beside the database has no room."""
    try:
        return shutil.disk_usage(file).free < A_PAGE
    except OSError:
        return False


def _not_allowed(name: str, file: Path, said: str) -> str:
    folder = file if file.is_dir() else file.parent
    if name == "EROFS" or _read_only(folder) or (os.access(folder, os.W_OK | os.X_OK) and os.access(file, os.W_OK)):
        return f"cannot be opened or written ({said}): is its disk read-only, or gone?"
    strange = next((one for one in (file, folder) if not os.access(one, os.W_OK)), folder)
    try:
        owner = user(strange.stat().st_uid)
    except OSError:
        owner = "another user"
    me = user(os.geteuid())
    if owner == me:
        return f"{strange} may not be written, though it is yours: chmod -R u+rwX {folder}"
    return MINE.format(done="written", me=me, owner=owner, folder=folder)


def _read_only(folder: Path) -> bool:
    """Whether the whole disk is: SQLite says that it cannot open a file there, and to change whose the file is would not help."""
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def who_has(*files: Path) -> list[str]:
    """The other processes that have one of these files open, as far as we may see them: `ofsted-watch (process 4711)`."""
    return _named(process for process, _ in _descriptors({file.resolve() for file in files}))


def who_locks(*files: Path) -> list[str]:
    """Those of `who_has` that keep others from a file. Who reads it, or waits for it, has it open too, and no lock to write."""
    found = _descriptors({file.resolve() for file in files})
    return _named(process for process, number in found if LOCK.search(_read(process / "fdinfo" / number)))


def _descriptors(files: set[Path]) -> Iterator[tuple[Path, str]]:
    """Of each other process, the numbers under which it has one of these files open."""
    for process in Path("/proc").glob("[0-9]*"):
        if process.name != str(os.getpid()):
            with suppress(OSError):  # it has just ended, or is somebody else's
                yield from ((process, one.name) for one in (process / "fd").iterdir() if one.readlink() in files)


def _named(processes: Iterable[Path]) -> list[str]:
    return sorted({f"{_read(one / 'comm').strip() or 'a program'} (process {one.name})" for one in processes})


def _read(file: Path) -> str:
    """What the system says of a process; nothing where it has just ended."""
    try:
        return file.read_text()
    except OSError:
        return ""


def user(number: int) -> str:
    """The name of a user, or its number where it has none."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
