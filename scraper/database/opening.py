"""How the one SQLite file is opened: for writing, to read only, and made where a data folder is new.

A data folder keeps an identity: the same random name in its database and in a file beside it. A folder that has the file, or reports, and no
database is no new one: its database was moved, or its disk is not there, and to begin anew would take for known everything that is new.
"""

import os
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from scraper.database.files import FOLDER
from scraper.database.schema import migrations
from scraper.faults import (
    BUSY_SECONDS,
    DAMAGED,
    DATABASE_FILE,
    DatabaseFault,
    NoDatabase,
    database_faults,
    user,
    who_locks,
)
from scraper.locking import LOOK_EVERY, tries

IDENTITY_FILE = "identity"
LOCKS_FOLDER = "locks"
ATTEMPTS = 5

GONE = (
    "there is no database, and the folder had one: it was moved or deleted, or a disk is not there. Put it back, or a backup with"
    " `ofsted-watch restore FILE`; to begin anew, name another folder in `data:`, or empty this one"
)
EMPTIED = (
    "has nothing in it, and the folder had a database: it was cut to nothing, as by a crash or a full disk. Put a backup in its place with"
    " `ofsted-watch restore FILE`"
)
NONE_YET = (
    "there is no database yet; the daemon or `ofsted-watch crawl` makes it. Is `data:` in the config the right folder?"
)
BEING_CHANGED = (
    "has been made or brought up to date by {by} for {seconds} s: let it end, or end it; the watch goes on by itself"
)
OLDER = "is of an older version of the watch, or is just being made: the start of the daemon, or `ofsted-watch crawl`, brings it up to date"
NEWER = (
    "is of a newer version of the watch than this one, which would not understand it: install the newer one again, or put back the backup of before"
    " with `ofsted-watch restore FILE`"
)
NOT_ITS_OWN = (
    "is the database of another data folder than {identity} says. If it is to be the one of this folder, put it there with"
    " `ofsted-watch restore FILE`"
)


def begin(data: Path, *more: Migrations) -> Database:
    """Open the database for writing, its tables up to date; it is made where the folder is new. `more`: migrations of other packages.

    Raises `NoDatabase` where the folder had a database before.
    """
    own_folder(data)
    with database_faults(data):
        if not (data / DATABASE_FILE).exists():
            with alone(data):
                _make(data)
    return connect(data, *more)


def connect(data: Path, *more: Migrations) -> Database:
    """Open the database that is there for writing, its tables up to date. Raises `DatabaseFault` where that cannot be."""
    refuse_root(data)
    db = _open(data, "rw")
    with database_faults(data, db.conn):
        if db.conn.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            with alone(data):
                db.conn.execute("PRAGMA journal_mode = WAL")
        db.conn.execute("PRAGMA foreign_keys = ON")
        refuse_newer(db, data / DATABASE_FILE, *more)
        bring_up_to_date(db, data, migrations, *more)
        _know_itself(db, data)
    return db


def connect_to_read(data: Path, *more: Migrations) -> Database:
    """Open the database that is there and change nothing. Raises `DatabaseFault` where that cannot be, or its tables are of an older version."""
    db = _open(data, "ro")
    with database_faults(data, db.conn):
        if any(one.pending(db) for one in (migrations, *more)):
            raise DatabaseFault(f"{data / DATABASE_FILE}: {OLDER}")
        refuse_newer(db, data / DATABASE_FILE, *more)
    return db


def identity(data: Path) -> str:
    """The name that the folder's database has in itself, "" before it has one. Raises `NoDatabase` where there is no database."""
    db = _open(data, "ro")
    with closing(db), database_faults(data):
        row = db.conn.execute("SELECT id FROM identity").fetchone()
    return str(row[0]) if row else ""


def check_whole(db: Database, data: Path) -> None:
    """Look at every page of the database. Raises `DatabaseFault` where it is damaged, be it where nobody has read yet."""
    with database_faults(data):
        found = db.conn.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise DatabaseFault(f"{data / DATABASE_FILE}: {DAMAGED.format(said=found)}")


def take_identity(data: Path) -> None:
    """Make the database that is there the folder's own, whatever the folder had before."""
    (data / IDENTITY_FILE).unlink(missing_ok=True)
    connect(data).close()


def refuse_newer(db: Database, file: Path, *more: Migrations) -> None:
    """Raise `DatabaseFault` where a newer version of the watch has changed the tables of this database."""
    for one in (migrations, *more):
        if {done.name for done in one.applied(db)} - _known(one):
            raise DatabaseFault(f"{file}: {NEWER}")


def _known(wanted: Migrations) -> frozenset[str]:
    with closing(sqlite3.connect(":memory:")) as empty:
        return frozenset(one.name for one in wanted.pending(Database(empty)))


def bring_up_to_date(db: Database, data: Path, *wanted: Migrations) -> None:
    """Apply the migrations that are still to come. Of several processes that start at once one does it, and the others wait."""
    if any(one.pending(db) for one in wanted):
        with alone(data):
            for one in wanted:
                _apply(one, db)


def _apply(wanted: Migrations, db: Database) -> None:
    """Apply what is to come. A migration reads before it writes, and begins anew where another process has written in between."""
    for left in reversed(range(ATTEMPTS)):
        try:
            wanted.apply(db)
        except sqlite3.OperationalError as error:
            if not left or not getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                raise
            time.sleep(LOOK_EVERY)
        else:
            return


def own_folder(data: Path) -> None:
    """Make the data folder where there is none. Raises `DatabaseFault` where that cannot be, or root would make it another user's."""
    with database_faults(data):
        refuse_root(data)
        data.mkdir(parents=True, exist_ok=True)


def refuse_root(data: Path) -> None:
    """Raise where root would write into another user's folder: what root makes there, that user cannot write."""
    if os.geteuid() == 0 and data.exists() and (owner := data.stat().st_uid):
        name = user(owner)
        raise DatabaseFault(f"{data}: belongs to {name}, who could not write what root makes there: run this as {name}")


def _open(data: Path, mode: str) -> Database:
    """A connection that never makes the file. `mode`: `rw` or `ro`."""
    file = data / DATABASE_FILE
    with database_faults(data):
        if not file.exists():
            raise NoDatabase(f"{file}: {GONE if _had_one(data) else NONE_YET}")
        conn = sqlite3.connect(f"file:{quote(str(file))}?mode={mode}", uri=True, timeout=BUSY_SECONDS)
        with database_faults(data, conn):
            _look_whether_one_is_there(data, conn, mode)
            return Database(conn)


def _look_whether_one_is_there(data: Path, conn: sqlite3.Connection, mode: str) -> None:
    """A file without a table is what is left of a database, or a new one that another process is making just now."""
    if conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return
    had = _had_one(data)
    if had or mode == "ro":
        raise NoDatabase(f"{data / DATABASE_FILE}: {EMPTIED if had else NONE_YET}")


def is_new(data: Path) -> bool:
    """Whether `begin` would make a database here: there is no file, or an empty one."""
    file = data / DATABASE_FILE
    return not file.exists() or not file.stat().st_size


def _make(data: Path) -> None:
    """An empty database, unless another process was faster."""
    if not (data / DATABASE_FILE).exists():
        if _had_one(data):
            raise NoDatabase(f"{data / DATABASE_FILE}: {GONE}")
        sqlite3.connect(data / DATABASE_FILE).execute("PRAGMA journal_mode = WAL").connection.close()


def _had_one(data: Path) -> bool:
    return (data / IDENTITY_FILE).exists() or any((data / FOLDER).glob("*"))


def _know_itself(db: Database, data: Path) -> None:
    """Check that this is the database of its folder; one without a name gets its name, a folder without one its database's."""
    file = data / IDENTITY_FILE
    named = file.read_text(errors="replace").strip() if file.exists() else None
    row = db.conn.execute("SELECT id FROM identity").fetchone()
    if row and named == row[0]:
        return
    if row and named:
        raise DatabaseFault(f"{data / DATABASE_FILE}: {NOT_ITS_OWN.format(identity=file)}")
    with alone(data):
        db.conn.execute(
            "INSERT INTO identity (id) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM identity)", [named or str(uuid.uuid4())]
        )
        db.conn.commit()
        (name,) = db.conn.execute("SELECT id FROM identity").fetchone()
        file.write_text(f"{name}\n")


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold `<data>/locks/database`: a migration begins by reading, and what it reads must still hold when it writes."""
    folder = data / LOCKS_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "database"
    with file.open("a") as lock:
        for waited in tries(lock):
            if waited >= BUSY_SECONDS:
                by = ", ".join(who_locks(file)) or "another program"
                raise DatabaseFault(f"{data / DATABASE_FILE}: {BEING_CHANGED.format(seconds=BUSY_SECONDS, by=by)}")
            time.sleep(LOOK_EVERY)
        yield
