"""The database is opened by several programs at once: the daemon, its crawls, the pages."""

import multiprocessing
from contextlib import closing
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.database import begin, value
from scraper.database import DATABASE_FILE
from scraper.database.schema import migrations

FORK = multiprocessing.get_context("fork")
AT_ONCE = 6


def opened(data: Path, ready: Barrier) -> None:
    ready.wait()
    with closing(begin(data)) as db:
        value(db, "SELECT count(*) FROM alerts")


@pytest.mark.parametrize("again", range(3))
@pytest.mark.parametrize("old", [False, True], ids=["no database", "an old one"])
def test_programs_that_start_at_once_all_find_the_database_up_to_date(tmp_path: Path, old: bool, again: int) -> None:
    if old:
        with closing(Database(str(tmp_path / DATABASE_FILE))) as db:
            migrations.apply(db, stop_before="m002_full_text")
    ready = FORK.Barrier(AT_ONCE)
    programs = [FORK.Process(target=opened, args=(tmp_path, ready)) for _ in range(AT_ONCE)]
    for program in programs:
        program.start()
    for program in programs:
        program.join(60)
    assert [program.exitcode for program in programs] == [0] * AT_ONCE
