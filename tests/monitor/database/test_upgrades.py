"""A database of each version that was in use is brought up to date: nothing is lost, nobody is told again, and it is as a new one."""

import re
import runpy
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.config import Config
from monitor.database import connect, rows, value, writing
from monitor.database.schema import migrations as of_the_monitor
from monitor.demo import story
from monitor.rounds.round import conclude
from scraper.database import DATABASE_FILE, keep_report
from scraper.database.schema import migrations as of_the_scraper
from scraper.reports import pdf_library, reader_version
from tests.conftest import Clock
from tests.data_folders import new_database
from tests.paths import FIXTURES

FOLDER = FIXTURES / "databases"
SAVED = sorted(FOLDER.glob("*.sql"))
SAVE = runpy.run_path(str(FOLDER / "save.py"), run_name="save")
READ_AGAIN = {SAVED[0].stem}
"""Whose PDFs are read again in its round, as after every update; it takes seconds, and in the others their readings count as today's."""
KEPT = (
    "authorities", "crawls", "page_checks", "reports", "report_versions", "listings", "baselines", "feed_entries", "articles",
    "article_reports", "alerts", "deliveries", "attempts", "source_health", "days", "swept", "corrections",
)  # fmt: skip
"""What nothing can bring back; readings and what follows from them is made anew from the PDFs."""

Rows = dict[str, list[dict[str, Any]]]


def of_the_tables(db: Database) -> Rows:
    """The rows of the tables that are there, in their order."""
    there = set(db.table_names())
    return {table: rows(db, f"SELECT * FROM {table} ORDER BY rowid") for table in KEPT if table in there}  # noqa: S608 - constants


def schema(db: Database) -> dict[tuple[str, str], str]:
    """What the database is made of, by kind and name, in words that spaces and quotes do not change."""
    found = rows(db, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    return {(row["type"], row["name"]): re.sub(r"[\s\"'\[\]]+", " ", row["sql"]).strip() for row in found}


@pytest.fixture(scope="module", params=SAVED, ids=lambda path: path.stem)
def saved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a saved database as its version left it, and the PDFs of its reports. Tests go on with copies."""
    data = tmp_path_factory.mktemp("saved") / str(request.param.stem)
    data.mkdir()
    with closing(sqlite3.connect(data / DATABASE_FILE)) as db:
        db.executescript(f"BEGIN; {request.param.read_text(encoding='utf-8')} COMMIT")
    for report in story.REPORTS:
        keep_report(data, report.pdf())
    return data


@pytest.fixture(scope="module")
def before(saved: Path) -> Rows:
    with closing(Database(str(saved / DATABASE_FILE)).conn) as conn:
        return of_the_tables(Database(conn))


@pytest.fixture(scope="module")
def upgraded(saved: Path, before: Rows, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, brought up to date."""
    data = tmp_path_factory.mktemp("upgraded") / saved.name
    shutil.copytree(saved, data)
    connect(data).close()
    return data


@pytest.fixture
def data(upgraded: Path, tmp_path: Path) -> Path:
    data = tmp_path / upgraded.name
    shutil.copytree(upgraded, data)
    return data


@pytest.fixture
def db(data: Path) -> Iterator[Database]:
    database = connect(data)
    yield database
    database.close()


def test_it_has_content_worth_keeping(before: Rows) -> None:
    assert len(before["reports"]) == 3
    assert {row["state"] for row in before["deliveries"]} == {"sent", "pending"}
    assert {row["kind"] for row in before["alerts"]} == {"report", "news", "source"}
    assert [row["id"] for row in before["reports"] if row["missing_since"]] == [story.NEW_REPORT.report_id]


def test_every_row_is_kept_as_it_was(db: Database, before: Rows) -> None:
    after = of_the_tables(db)
    for table, kept in before.items():
        common = set(kept[0]) & set(after[table][0]) if kept else set()
        assert [{name: row[name] for name in common} for row in after[table]] == [
            {name: row[name] for name in common} for row in kept
        ], table


def test_it_is_whole_and_made_as_a_new_one(db: Database, tmp_path: Path) -> None:
    assert rows(db, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert rows(db, "PRAGMA foreign_key_check") == []
    with closing(new_database(tmp_path / "new").conn) as new:
        assert schema(db) == schema(Database(new))


def config_of(data: Path) -> Config:
    told = story.config("http://127.0.0.1:9", "http://127.0.0.1:9/a", "http://127.0.0.1:9/b", data)
    return Config.model_validate(told | {"alerts": [*told["alerts"], SAVE["WEEKLY"], SAVE["OPERATORS"]]})


def told(db: Database) -> list[dict[str, Any]]:
    """Everything that recipients are told of reports and news."""
    return rows(
        db,
        "SELECT a.kind, a.dedupe_key, d.recipient, d.state, d.message_id FROM alerts a JOIN deliveries d ON d.alert_id = a.id"
        " WHERE a.kind <> 'source' ORDER BY d.id",
    )


def test_a_round_on_it_fails_nowhere_tells_nobody_again_and_what_waited_is_sent_when_it_is_due(
    data: Path, db: Database, clock: Clock
) -> None:
    clock.now = datetime.fromisoformat(value(db, "SELECT max(finished) FROM crawls")) + timedelta(minutes=10)
    if data.name not in READ_AGAIN:
        with writing(db):
            db.conn.execute("UPDATE readings SET reader = ?, pdf_library = ?", [reader_version(), pdf_library()])
    before = told(db)
    done = conclude(config_of(data), clock)
    assert (done.failed, done.left) == ((), ())
    assert told(db) == before
    assert rows(db, "SELECT 1 FROM comparisons WHERE earlier_finding_id IS NOT NULL AND name IS NULL") == []
    said = value(db, "SELECT count(*) FROM corrections")
    assert value(db, "SELECT count(*) FROM comparisons WHERE decided_by = 'reader: A Reader'") == said
    due = datetime.fromisoformat(value(db, "SELECT max(due) FROM deliveries WHERE state = 'pending'"))
    clock.now = due + timedelta(minutes=1)
    assert conclude(config_of(data), clock).failed == ()
    after = told(db)
    assert [(row["dedupe_key"], row["recipient"]) for row in after] == [
        (row["dedupe_key"], row["recipient"]) for row in before
    ]
    assert {row["state"] for row in after} == {"sent"}
    mails = [
        path for path in (data / "mail").glob("*.eml") if SAVE["WEEKLY"]["to"][0] in path.read_text(encoding="utf-8")
    ]
    assert len(mails) == 1, "one digest of all that waited"


def applied(path: Path) -> set[tuple[str, str]]:
    """The migrations that a saved database has, as (set, name)."""
    return set(
        re.findall(
            r"INSERT INTO \[_sqlite_migrations\] VALUES \(\d+, '(\w+)', '(\w+)'", path.read_text(encoding="utf-8")
        )
    )


def test_there_is_a_saved_database_that_has_every_migration() -> None:
    empty = Database(memory=True)
    ours = {(one.name, step.name) for one in (of_the_scraper, of_the_monitor) for step in one.pending(empty)}
    missing = min((ours - applied(path) for path in SAVED), key=len)
    assert not missing, (
        f"no saved database has {sorted(missing)}: run `python tests/fixtures/databases/save.py` and commit the file it writes,"
        " in place of one that was never on main"
    )
