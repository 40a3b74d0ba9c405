"""Who keeps others from the database is told, and not who waits for it: each with three processes, this one among them."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from scraper.database import (
    DATABASE_FILE,
    IDENTITY_FILE,
    DatabaseFault,
    begin,
    connect,
    database_faults,
    opening,
    who_has,
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    begin(tmp_path).close()
    return tmp_path


HOLDS = """
import sys
from pathlib import Path
from scraper.database.opening import alone
with alone(Path(sys.argv[1])):
    print(flush=True)
    sys.stdin.read()
"""
WRITES = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1] + "/ofsted-watch.db")
db.execute("SELECT * FROM identity").fetchall()
print(flush=True)
db.execute("BEGIN IMMEDIATE")
print(flush=True)
sys.stdin.read()
"""


@contextmanager
def running(program: str, data: Path, lines: int = 1) -> Iterator[subprocess.Popen[bytes]]:
    """Another process with this program, which has come to its line of this number."""
    command = [sys.executable, "-c", program, str(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        for _ in range(lines):
            other.stdout.readline()
        yield other
        other.communicate(b"")


def has_open(process: subprocess.Popen[bytes], file: Path) -> bool:
    return any(f"(process {process.pid})" in who for who in who_has(file))


def test_a_migration_that_hangs_is_told_with_who_it_is_and_not_with_who_waits_for_it(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.3)
    (data / IDENTITY_FILE).unlink()  # so that there is something to bring up to date
    with running(HOLDS, data) as holder, running(HOLDS, data, lines=0) as waiter:
        while not has_open(waiter, data / "locks" / "database"):
            assert waiter.poll() is None
        with pytest.raises(DatabaseFault, match=rf"brought up to date by [^,]*process {holder.pid}\) for 0.3 s"):
            connect(data)
        holder.communicate(b"")
    connect(data).close()


def test_who_writes_is_told_as_who_locks_it_and_not_who_waits_to_write(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.3)
    with closing(connect(data)) as db, running(WRITES, data, lines=2) as holder, running(WRITES, data) as waiter:
        assert has_open(waiter, data / DATABASE_FILE)
        with pytest.raises(DatabaseFault, match=rf"\([^,]*process {holder.pid}\)\):"), database_faults(data):
            db.conn.execute("BEGIN IMMEDIATE")
        holder.communicate(b"")
