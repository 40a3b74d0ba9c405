"""A database of an earlier version is brought up to date with what it holds."""

from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from scraper.database import DATABASE_FILE, connect
from scraper.database.schema import migrations


def test_crawls_that_were_stopped_before_that_had_a_column_are_known_by_their_words(tmp_path: Path) -> None:
    old = Database(str(tmp_path / DATABASE_FILE))
    migrations.apply(old, stop_before="m003_stopped_crawls")
    said = {
        "stopped before it was complete": 1,
        "stopped before it was done (shutdown); 3 of 9 authorities checked": 1,
        "stopped before it was done (start_error)": 0,
        "its process ended with status 1 and left no verdict": 0,
    }
    crawls = [{"source": "ofsted", "started": "x", "verdict": "crashed", "message": message} for message in said]
    old.table("crawls").insert_all(crawls)
    old.close()
    with closing(connect(tmp_path)) as db:
        assert {row["message"]: row["stopped"] for row in db.query("SELECT message, stopped FROM crawls")} == said
