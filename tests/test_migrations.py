"""Migrations are only added: what each of them executes is held by its digest in tests/fixtures/databases/migrations.txt."""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from monitor.database.schema import migrations as of_the_monitor
from scraper.database.schema import migrations as of_the_scraper
from tests.paths import FIXTURES

FILE = FIXTURES / "databases" / "migrations.txt"
READS = re.compile(r"select|pragma|begin|commit|savepoint|release", re.IGNORECASE)


class Recording(sqlite3.Connection):
    """A connection that keeps in `said` what is executed on it."""

    said: list[str]

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        self.said.append(sql)
        return super().execute(sql, *parameters)

    def executescript(self, sql: str) -> sqlite3.Cursor:
        self.said.append(sql)
        return super().executescript(sql)

    def executemany(self, sql: str, parameters: Any) -> sqlite3.Cursor:
        self.said.append(sql)
        return super().executemany(sql, parameters)


def digest(said: list[str]) -> str:
    """Of the statements that write, whatever spaces they are written with."""
    writes = [" ".join(sql.split()) for sql in said if not READS.match(sql.strip())]
    return hashlib.sha256("\n".join(writes).encode()).hexdigest()[:16]


def digests() -> Iterator[str]:
    """A line a migration: its set, its name, and the digest of what it executes on a new database."""
    with sqlite3.connect(":memory:", factory=Recording) as conn:
        conn.said = []
        db = Database(conn)
        for migrations in (of_the_scraper, of_the_monitor):
            for step in migrations.pending(db):
                conn.said.clear()
                step.fn(db)
                yield f"{migrations.name} {step.name} {digest(conn.said)}"
    conn.close()


def test_no_migration_is_edited_or_removed_and_each_new_one_has_its_line() -> None:
    kept = FILE.read_text(encoding="utf-8").splitlines()
    now = sorted(digests())
    assert kept == sorted(kept), f"{FILE.name}: a line a migration, sorted"
    known = {line.rpartition(" ")[0] for line in kept}
    changed = [line for line in kept if line not in now]
    assert not changed, (
        f"databases that are in use have had {changed}: leave them as they were, and add a new migration that mends what they did"
    )
    added = [line for line in now if line.rpartition(" ")[0] not in known]
    assert not added, f"add to {FILE.name}, sorted: {added}"


def test_the_digest_is_of_what_is_written_and_not_of_how() -> None:
    one = digest(["CREATE TABLE a (b TEXT)", "SELECT 1"])
    assert one == digest(["  CREATE TABLE a\n  (b TEXT)", "PRAGMA foreign_keys"])
    assert one != digest(["CREATE TABLE a (b INTEGER)"])
    assert one != digest(["CREATE TABLE a (b TEXT)", "UPDATE a SET b = 'x'"])
