"""The start: a database is made where there never was one, and a start that fails leaves nothing behind."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from monitor.config import Config
from monitor.database import connect, rows
from monitor.rounds.starting import ConfigFile, looks_unmounted, start
from scraper.database import DATABASE_FILE, DatabaseFault, identity, opening
from tests.conftest import Clock
from tests.monitor import mail_rows as given


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return given.config(data=tmp_path / "data")


@pytest.mark.parametrize(("made", "there"), [("data", True), ("lost+found", True), ("", True), ("config.yaml", False)])
def test_the_first_start_where_a_disk_may_not_be_there_is_told(
    config: Config, clock: Clock, made: str, there: bool
) -> None:
    """The folder was there and empty, or is to be the first thing in an empty one."""
    if made:
        (config.data.parent / made).mkdir()
    names = {start(config, clock) for _ in range(2)}
    assert names == {identity(config.data)}
    with closing(connect(config.data)) as db:
        told = [row["dedupe_key"] for row in rows(db, "SELECT dedupe_key FROM alerts")]
    assert told == ([f"begun:{names.pop()}"] if there else [])


WRITES = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute(sys.argv[2])
db.commit()
db.execute("BEGIN IMMEDIATE")
print(flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("stale", ["UPDATE kinds SET name = 'x'", "DELETE FROM config_file"])
def test_a_start_while_another_program_writes_is_a_fault_that_is_told_and_leaves_nothing_open(
    config: Config, clock: Clock, monkeypatch: pytest.MonkeyPatch, stale: str
) -> None:
    """Everything up to the first line that a start writes can be read meanwhile."""
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    start(config, clock)
    file, named = config.data / DATABASE_FILE, ConfigFile(config.data / "config.yaml")
    command = [sys.executable, "-c", WRITES, str(file), stale]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(DatabaseFault, match=rf"has been locked by another program .*process {other.pid}") as told:
            start(config, clock, named)
        assert told.traceback  # which keeps alive what was not closed
        assert opened(file) == 0
        other.communicate(b"")
    assert start(config, clock, named)


def opened(file: Path) -> int:
    """How many descriptors we have of a file."""
    return sum(one.exists() and one.samefile(file) for one in Path("/proc/self/fd").iterdir())


def test_a_folder_that_may_not_be_listed_is_not_called_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    assert looks_unmounted(data)

    def refused(_: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    assert not looks_unmounted(data)
