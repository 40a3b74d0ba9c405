"""A crawl of two invented authorities, begun."""

from datetime import UTC, datetime

import pytest
from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database.reports import store_authorities
from scraper.database.store import writing

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def crawl_id(db: Database) -> int:
    store_authorities(db, {"91001": "Ayford", "91002": "Beeham"})
    with writing(db):
        row = db.conn.execute("INSERT INTO crawls (source, started) VALUES ('ofsted', ?)", [stamp(NOW)])
    return int(row.lastrowid or 0)
