"""A data folder keeps its database: one that is gone, another's, damaged, locked or somebody else's is told in words, and nothing is begun anew."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from scraper import faults
from scraper.database import (
    DATABASE_FILE,
    DatabaseFault,
    NoDatabase,
    begin,
    check_whole,
    connect,
    connect_to_read,
    identity,
    keep_report,
    opening,
    who_has,
)
from scraper.database.opening import IDENTITY_FILE

DATABASE = DATABASE_FILE


@pytest.fixture
def data(tmp_path: Path) -> Path:
    begin(tmp_path).close()
    return tmp_path


def test_a_new_folder_gets_a_database_with_a_name_that_it_keeps(tmp_path: Path) -> None:
    begin(tmp_path / "new" / "data").close()
    name = identity(tmp_path / "new" / "data")
    begin(tmp_path / "new" / "data").close()
    assert (
        identity(tmp_path / "new" / "data") == name == (tmp_path / "new" / "data" / IDENTITY_FILE).read_text().strip()
    )


def test_without_a_database_nothing_is_made_by_who_expects_one(tmp_path: Path) -> None:
    for open_it in (connect, connect_to_read, identity):
        with pytest.raises(NoDatabase, match="no database yet"):
            open_it(tmp_path / "mistyped")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_whose_database_is_gone_is_no_new_one(data: Path) -> None:
    (data / DATABASE).rename(data / "moved")
    for _ in range(2):
        with pytest.raises(NoDatabase, match=r"the folder had one.*restore"):
            begin(data)
    (data / "moved").rename(data / DATABASE)
    begin(data).close()


def test_a_folder_of_before_with_reports_and_no_database_is_no_new_one(tmp_path: Path) -> None:
    keep_report(tmp_path, b"%PDF-1.4")
    with pytest.raises(NoDatabase, match="the folder had one"):
        begin(tmp_path)


def test_another_folders_database_is_refused(data: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    begin(other).close()
    (other / DATABASE).replace(data / DATABASE)
    with pytest.raises(DatabaseFault, match="of another data folder"):
        connect(data)


def test_a_database_without_a_name_gets_one(data: Path) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as db, db:
        db.execute("DELETE FROM identity")
    (data / IDENTITY_FILE).unlink()
    assert identity(data) == ""
    connect(data).close()
    assert identity(data)


def test_who_reads_changes_nothing(data: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in data.iterdir()}
    with closing(connect_to_read(data)) as db, pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.conn.execute("INSERT INTO identity (id) VALUES ('x')")
    after = {path.name: path.stat().st_mtime_ns for path in data.iterdir() if path.suffix not in (".db-wal", ".db-shm")}
    assert {name: before[name] for name in after} == after


def test_who_reads_an_older_database_is_told_what_brings_it_up_to_date(data: Path) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as db, db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm009_scopes'")
    with pytest.raises(DatabaseFault, match=r"older version.*start of the daemon"):
        connect_to_read(data)


def test_a_database_of_a_newer_version_is_refused_by_all_who_open_it(data: Path) -> None:
    with closing(sqlite3.connect(data / DATABASE)) as db, db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('scraper', 'm999_of_tomorrow', '2030-01-01')"
        )
    for open_it in (begin, connect, connect_to_read):
        with pytest.raises(DatabaseFault, match=r"newer version of the watch.*put back the backup of before"):
            open_it(data)


@pytest.mark.parametrize("content", [b"no database " * 999, b"SQLite format 3\0" + bytes(9999)])
def test_a_damaged_database_is_told_with_what_to_do(data: Path, content: bytes) -> None:
    (data / DATABASE).write_bytes(content)
    for open_it in (begin, connect, connect_to_read, identity):
        with pytest.raises(DatabaseFault, match=r"ofsted-watch\.db: is damaged .*`ofsted-watch restore FILE`"):
            open_it(data)


def test_a_page_that_nobody_has_read_yet_is_looked_at_too(data: Path) -> None:
    with closing(connect(data)) as db:
        db.table("authorities").insert_all({"urn": str(n), "name": "x" * 500} for n in range(2000))
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (data / DATABASE).open("r+b") as file:
        file.seek(-40960, os.SEEK_END)
        file.write(b"nonsense" * 2048)
    with closing(connect_to_read(data)) as db, pytest.raises(DatabaseFault, match="is damaged"):
        check_whole(db, data)


def test_a_locked_database_is_told_with_who_locks_it(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    code = f"import sqlite3, sys; c = sqlite3.connect({str(data / DATABASE)!r}); c.execute('PRAGMA locking_mode = EXCLUSIVE'); c.execute('BEGIN EXCLUSIVE'); print(flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        assert any(f"(process {holder.pid})" in who for who in who_has(data / DATABASE))
        with pytest.raises(
            DatabaseFault, match=rf"locked by another program .*process {holder.pid}.*goes on by itself"
        ):
            connect(data)
        holder.communicate(b"")
    connect(data).close()


def test_what_is_refused_is_not_left_open(data: Path) -> None:
    (data / IDENTITY_FILE).write_text("another")
    with pytest.raises(DatabaseFault, match="of another data folder") as told:
        connect(data)
    assert told.traceback  # which keeps alive what was not closed
    descriptors = [one for one in Path("/proc/self/fd").iterdir() if one.exists()]
    assert not any(one.samefile(data / DATABASE) for one in descriptors)


def sqlite_error(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (sqlite_error("SQLITE_FULL"), "the disk is full: make room"),
        (OSError(28, "No space left on device"), "the disk is full: make room"),
        (sqlite_error("SQLITE_CORRUPT_VTAB"), "is damaged"),
        (sqlite_error("SQLITE_BUSY_SNAPSHOT"), "has been locked by another program"),
        (sqlite_error("SQLITE_READONLY_DBMOVED"), "is its disk read-only, or gone"),
        (sqlite_error("SQLITE_IOERR_WRITE"), "look at the disk"),
        (OSError(5, "Input/output error"), "look at the disk"),
        (OSError(30, "Read-only file system"), "is its disk read-only, or gone"),
        (sqlite_error("SQLITE_ERROR"), "the database answers: as SQLite says it"),
    ],
)
def test_each_fault_says_what_it_is(data: Path, error: sqlite3.Error | OSError, words: str) -> None:
    told = str(faults.explained(error, data))
    assert words in told
    assert told.startswith(str(data / DATABASE))


def test_a_disk_without_room_is_full_whatever_sqlite_calls_it(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "A_PAGE", 1 << 62)
    assert "the disk is full" in str(faults.explained(sqlite_error("SQLITE_IOERR_SHMSIZE"), data))


def test_what_cannot_be_opened_on_a_disk_that_is_read_only_is_told_of_the_disk(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    room = {"f_frsize": 4096, "f_blocks": 999, "f_bfree": 99, "f_bavail": 99}
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(**room, f_flag=os.ST_RDONLY))
    assert "is its disk read-only" in str(faults.explained(sqlite_error("SQLITE_CANTOPEN"), data))


def test_a_folder_of_another_user_is_told_with_the_user(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    told = str(faults.explained(sqlite_error("SQLITE_READONLY"), data))
    assert "cannot be written by user 4711: it belongs to" in told


def test_root_does_not_write_into_another_users_folder(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    status = data.stat()
    mine = os.stat_result((*status[:4], 4711, *status[5:]))
    monkeypatch.setattr(Path, "stat", lambda self, **_: mine)
    with pytest.raises(DatabaseFault, match=r"belongs to user 4711.*run this as user 4711"):
        opening.refuse_root(data)


@pytest.mark.parametrize("named", [True, False])
def test_a_database_that_was_cut_to_nothing_is_no_new_one(data: Path, named: bool) -> None:
    keep_report(data, b"%PDF-1.7 a report")
    (data / DATABASE).write_bytes(b"")
    for part in ("-wal", "-shm"):
        (data / f"{DATABASE}{part}").unlink(missing_ok=True)
    if not named:
        (data / IDENTITY_FILE).unlink()
    for open_it in (begin, connect, connect_to_read, identity):
        with pytest.raises(NoDatabase, match=r"has nothing in it, and the folder had a database.*restore FILE"):
            open_it(data)
    assert (data / DATABASE).stat().st_size == 0


def test_an_empty_file_in_a_new_folder_is_what_another_process_is_just_making(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    with pytest.raises(NoDatabase, match="no database yet"):
        connect_to_read(tmp_path)
    begin(tmp_path).close()
    assert identity(tmp_path)


def test_a_name_that_is_no_text_is_another_name(data: Path) -> None:
    (data / IDENTITY_FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DatabaseFault, match="is the database of another data folder"):
        connect(data)


def test_a_migration_into_which_another_process_writes_begins_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(tmp_path).close()
    one = Migrations("one")
    seen: list[int] = []

    @one()
    def m001(db: Database) -> None:
        db.execute(
            "SELECT * FROM authorities"
        ).fetchall()  # what is written after this is another's, and makes this stale
        if not seen:
            with closing(sqlite3.connect(tmp_path / DATABASE)) as other, other:
                other.execute("INSERT INTO authorities (urn, name) VALUES ('1', 'x')")
        seen.append(1)
        db.conn.execute("CREATE TABLE made (x TEXT)")

    with closing(connect(tmp_path, one)) as db:
        assert "made" in db.table_names()
    assert len(seen) == 2
