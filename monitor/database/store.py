"""The database as the monitor uses it: the scraper's file with the monitor's tables beside, and what it reads from it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from monitor.database.schema import migrations
from scraper import database as scraped
from scraper.database import stamp, writing
from scraper.reference import Authority, ask_kinds, document_kinds

__all__ = [
    "CLOCKS_APART",
    "begin",
    "connect",
    "connect_to_read",
    "remember_authorities",
    "rows",
    "stamp",
    "value",
    "writing",
]


CLOCKS_APART = timedelta(minutes=2)
"""Clocks that are right may differ by this; a time that is further ahead was written by one that was wrong."""


def begin(data: Path) -> Database:
    """As `connect`; the database is made where the data folder is new, and only there."""
    db = scraped.begin(data, migrations)
    with scraped.database_faults(data, db.conn):
        remember_kinds(db)
    return db


def connect(data: Path) -> Database:
    """Open `<data>/ofsted-watch.db` for writing with the tables of both packages up to date; it is never made here."""
    return scraped.connect(data, migrations)


def connect_to_read(data: Path) -> Database:
    """Open the database as it is: whoever only looks creates and changes nothing."""
    return scraped.connect_to_read(data, migrations)


def rows(db: Database, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[dict[str, Any]]:
    """All rows of a SELECT, as dictionaries."""
    return list(db.query(sql, parameters))


def value(db: Database, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> Any:
    """The first column of the first row, or None."""
    row = next(iter(db.query(sql, parameters)), None)
    return next(iter(row.values())) if row else None


def remember_kinds(db: Database) -> None:
    """Write what each kind of document, and of list, is called, where that is not what is there."""
    kinds = [(kind.key, kind.name, kind.chain) for kind in document_kinds().values()]
    asks = [(ask.key, ask.one) for ask in ask_kinds().values()]
    there = db.execute("SELECT kind, name, chain FROM kinds ORDER BY rowid").fetchall()
    if (there, db.execute("SELECT kind, name FROM ask_kinds ORDER BY rowid").fetchall()) != (kinds, asks):
        with writing(db):
            db.conn.execute("DELETE FROM kinds")
            db.conn.execute("DELETE FROM ask_kinds")
            db.conn.executemany("INSERT INTO kinds (kind, name, chain) VALUES (?, ?, ?)", kinds)
            db.conn.executemany("INSERT INTO ask_kinds (kind, name) VALUES (?, ?)", asks)


def remember_authorities(db: Database, authorities: Iterable[Authority]) -> None:
    """Write who is who, so that reports and articles can refer to them; names follow the list when it changes."""
    with writing(db):
        for authority in authorities:
            db.conn.execute(
                "INSERT INTO authorities (urn, name, region) VALUES (?, ?, ?) "
                "ON CONFLICT (urn) DO UPDATE SET name = excluded.name, region = excluded.region",
                (authority.urn, authority.name, authority.region),
            )
