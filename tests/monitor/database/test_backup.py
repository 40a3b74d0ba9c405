"""A copy of the database, and such a copy put back."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.database import begin, connect
from monitor.database.backup import BackupError, back_up, checkpoint, restore
from scraper.database import DATABASE_FILE, DatabaseFault, opening


def test_the_copy_holds_what_is_stored_while_the_database_is_open(db: Database, tmp_path: Path) -> None:
    db.table("authorities").insert({"urn": "1", "name": "Somewhere", "region": None})
    told = back_up(tmp_path / "data", tmp_path / "copy.db")
    copy = Database(str(tmp_path / "copy.db"))
    assert [row["name"] for row in copy["authorities"].rows] == ["Somewhere"]
    copy.close()
    assert "checked" in told


def test_nothing_is_overwritten(db: Database, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    with pytest.raises(BackupError, match="is there already"):
        back_up(tmp_path / "data", tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"


def test_a_data_folder_without_a_database_is_told(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no database yet"):
        back_up(tmp_path, tmp_path / "copy.db")


def test_a_copy_that_fails_leaves_no_half_of_it(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / DATABASE_FILE).write_bytes(b"no database " * 9999)
    with pytest.raises(BackupError, match="cannot be copied"):
        back_up(tmp_path / "data", tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_database_that_another_program_locks_is_told_and_not_waited_for_without_end(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.close()
    with closing(sqlite3.connect(tmp_path / "data" / DATABASE_FILE)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, timeout=0.1))
        with pytest.raises(BackupError, match=r"cannot be copied to .*: database is locked"):
            back_up(tmp_path / "data", tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A data folder with a copy of it from when it knew Somewhere; it knows Elsewhere too now, in its -wal."""
    data = tmp_path / "data"
    with closing(begin(data)) as db:
        db.table("authorities").insert({"urn": "1", "name": "Somewhere"})
        back_up(data, tmp_path / "copy.db")
        db.table("authorities").insert_all({"urn": str(n), "name": "Elsewhere"} for n in range(2, 999))
    return data


def names(data: Path) -> set[str]:
    with closing(connect(data)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {row["name"] for row in db["authorities"].rows}


def test_a_copy_put_back_is_what_there_is_and_what_was_there_is_kept(copied: Path, tmp_path: Path) -> None:
    told = restore(copied, tmp_path / "copy.db")
    assert names(copied) == {"Somewhere"}
    assert ".before-restore" in told
    (copied / DATABASE_FILE).unlink()
    (copied / f"{DATABASE_FILE}.before-restore").rename(copied / DATABASE_FILE)
    assert names(copied) == {"Somewhere", "Elsewhere"}


LEAVES_ITS_WAL = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("DELETE FROM authorities")
db.executemany("INSERT INTO authorities (urn, name) VALUES (?, ?)", ((str(n), "x" * 999) for n in range(3000)))
db.commit()
os._exit(0)
"""
HAS_IT_OPEN = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("SELECT * FROM authorities").fetchall()
print(flush=True)
sys.stdin.read()
"""


def test_what_sqlite_keeps_beside_the_database_is_not_played_over_a_copy_put_back(copied: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", LEAVES_ITS_WAL, copied / DATABASE_FILE], check=True)
    assert (copied / f"{DATABASE_FILE}-wal").stat().st_size > 1_000_000
    restore(copied, tmp_path / "copy.db")
    assert names(copied) == {"Somewhere"}


def test_a_copy_is_put_back_where_the_database_is_gone_or_damaged(copied: Path, tmp_path: Path) -> None:
    (copied / DATABASE_FILE).write_bytes(b"no database " * 999)
    restore(copied, tmp_path / "copy.db")
    assert names(copied) == {"Somewhere"}
    (copied / DATABASE_FILE).unlink()
    restore(copied, tmp_path / "copy.db")
    assert names(copied) == {"Somewhere"}


def test_a_copy_of_another_folder_becomes_this_ones(copied: Path, tmp_path: Path) -> None:
    restore(tmp_path / "new", tmp_path / "copy.db")
    assert names(tmp_path / "new") == {"Somewhere"}


def test_nothing_is_put_back_under_a_program_that_has_it_open(copied: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", HAS_IT_OPEN, str(copied / DATABASE_FILE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        assert reader.stdout
        reader.stdout.readline()
        with pytest.raises(BackupError, match=rf"is open in .*process {reader.pid}.*stop the daemon and the pages"):
            restore(copied, tmp_path / "copy.db")
        reader.communicate(b"")
    assert names(copied) == {"Somewhere", "Elsewhere"}


@pytest.mark.parametrize("content", [b"", b"no database " * 99, None])
def test_what_is_no_copy_of_ours_changes_nothing(copied: Path, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "other.db"
    if content is None:
        with closing(sqlite3.connect(file)) as other, other:
            other.execute("CREATE TABLE reports (x)")
    else:
        file.write_bytes(content)
    with pytest.raises(BackupError, match=r"other\.db: "):
        restore(copied, file)
    assert names(copied) == {"Somewhere", "Elsewhere"}


def test_the_end_of_a_program_leaves_nothing_beside_the_database(copied: Path) -> None:
    checkpoint(copied)
    assert not (copied / f"{DATABASE_FILE}-wal").exists()


def test_root_puts_nothing_back_into_another_users_folder(
    copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(data: Path) -> None:
        raise DatabaseFault(f"{data}: belongs to watch")

    with monkeypatch.context() as root:
        root.setattr(opening, "refuse_root", refuse)
        with pytest.raises(DatabaseFault, match="belongs to watch"):
            restore(copied, tmp_path / "copy.db")
    assert names(copied) == {"Somewhere", "Elsewhere"}
    assert not (copied / f"{DATABASE_FILE}.before-restore").exists()


def test_a_name_that_no_file_can_have_is_told(db: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be copied"):
        back_up(tmp_path / "data", tmp_path / ("x" * 254))


def test_a_backup_that_a_newer_version_made_is_refused_and_the_database_stays(db: Database, tmp_path: Path) -> None:
    back_up(tmp_path / "data", tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy, copy:
        copy.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('monitor', 'm999_of_tomorrow', '2030-01-01')"
        )
    db.close()
    before = sorted(path.name for path in (tmp_path / "data").iterdir())
    with pytest.raises(DatabaseFault, match=r"copy\.db: is of a newer version"):
        restore(tmp_path / "data", tmp_path / "copy.db")
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == before
    connect(tmp_path / "data").close()
