"""A database of before is brought up to date with what it knows: told with rows as the version before left them."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from scraper.database import DATABASE_FILE, connect
from scraper.database.feeds import recognise_entries
from scraper.database.schema import migrations
from scraper.items import FeedEntry

DAYS = [f"2026-03-0{day}T09:00:00.000000+00:00" for day in range(1, 6)]


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Database]:
    """A database of the version before listings had rows of their own."""
    database = Database(str(tmp_path / DATABASE_FILE))
    migrations.apply(database, stop_before="m004_listings_and_baselines")
    yield database
    database.close()


def fill(db: Database) -> None:
    """Ayford lists 1, 2 and 3 and has lost 4, which Beeham lists; 5 is missing there; Ceeham has had no report; a feed was read."""
    db.table("authorities").insert_all({"urn": urn, "name": urn} for urn in ("91001", "91002", "91003"))
    db.table("crawls").insert_all(
        {"id": number, "source": "Gazette" if number == 5 else "ofsted", "started": day}
        for number, day in enumerate(DAYS, 1)
    )
    checks = (
        (1, "91001", "ok", "[1, 2, 4]", 0), (1, "91002", "ok", "[4, 5]", 0), (2, "91001", "ok", "[1, 2, 3]", 1),
        (3, "91002", "ok", "[4, 5]", 2), (4, "91002", "broken", "[4]", 3), (4, "91003", "broken", "[]", 3),
        (4, "91001", "broken", None, 3), (5, None, "ok", None, 4),
    )  # fmt: skip
    db.table("page_checks").insert_all(
        {"crawl_id": c, "url": f"https://x.example/{u}", "urn": u, "verdict": v, "listed": ids, "checked": DAYS[d]}
        for c, u, v, ids, d in checks
    )
    reports = (
        (1, "91001", 1, 0, None, None), (2, "91001", 1, 0, None, None), (3, "91001", 0, 1, None, None),
        (4, "91001", 1, 0, 1, 2), (5, "91002", 1, 0, 3, None), (6, "91001", 1, 0, None, 2),
    )  # fmt: skip
    db.table("reports").insert_all(
        {
            "id": number, "urn": urn, "label": "Inspection", "url": f"https://x.example/{number}", "baseline": baseline,
            "first_seen": DAYS[seen], "missing_since": DAYS[missing] if missing else None,
            "withdrawn_at": DAYS[gone] if gone else None,
        }
        for number, urn, baseline, seen, missing, gone in reports
    )  # fmt: skip


def test_listings_come_from_the_reports_and_from_the_last_believed_page_of_each_authority(
    before: Database, tmp_path: Path
) -> None:
    fill(before)
    before.close()
    db = connect(tmp_path)
    rows = db.conn.execute(
        "SELECT urn, report_id, first_seen, missing_since, withdrawn_at, baseline FROM listings ORDER BY 1, 2"
    ).fetchall()
    assert rows == [
        ("91001", 1, DAYS[0], None, None, 1),
        ("91001", 2, DAYS[0], None, None, 1),
        ("91001", 3, DAYS[1], None, None, 0),
        ("91001", 4, DAYS[0], DAYS[1], DAYS[2], 1),
        ("91001", 6, DAYS[0], DAYS[2], DAYS[2], 1),
        ("91002", 4, DAYS[2], None, None, 1),
        ("91002", 5, DAYS[0], DAYS[3], None, 1),
    ]
    db.close()


def test_a_report_that_was_called_withdrawn_while_another_page_listed_it_no_longer_is(
    before: Database, tmp_path: Path
) -> None:
    fill(before)
    before.close()
    db = connect(tmp_path)
    rows = db.conn.execute("SELECT id, missing_since, withdrawn_at FROM reports WHERE id > 3 ORDER BY id").fetchall()
    assert rows == [(4, None, None), (5, DAYS[3], None), (6, DAYS[2], DAYS[2])]
    db.close()


def test_baselines_are_those_of_before_and_what_is_new_after_is_news(before: Database, tmp_path: Path) -> None:
    fill(before)
    before.close()
    db = connect(tmp_path)
    assert db.conn.execute("SELECT subject, since FROM baselines ORDER BY subject").fetchall() == [
        ("authority:91001", DAYS[0]),
        ("authority:91002", DAYS[0]),
        ("authority:91003", DAYS[3]),
        ("source:Gazette", DAYS[4]),
    ]
    db.close()


def test_an_empty_database_of_before_is_brought_up_to_date(before: Database, tmp_path: Path) -> None:
    before.close()
    db = connect(tmp_path)
    assert db.conn.execute("SELECT count(*) FROM listings").fetchone() == (0,)
    db.close()


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


def test_entries_of_before_are_known_by_their_address_until_their_feed_gives_a_guid(tmp_path: Path) -> None:
    old = Database(str(tmp_path / DATABASE_FILE))
    migrations.apply(old, stop_before="m005_entries_by_guid")
    row = {
        "source": "Gazette",
        "url": "https://a.example/1",
        "headline": "One",
        "published": None,
        "first_seen": DAYS[0],
    }
    old.table("feed_entries").insert(row | {"state": "pending", "attempts": 2, "baseline": 1, "problem": "HTTP 404"})
    old.close()
    with closing(connect(tmp_path)) as db:
        [kept] = db.query("SELECT * FROM feed_entries")
        added = {"entry": row["url"], "summary": None}
        assert kept == row | {"state": "pending", "attempts": 2, "baseline": 1, "problem": "HTTP 404"} | added
        now_with_guid = FeedEntry("https://a.example/1", "One", "", None, "guid-1")
        found = recognise_entries(db, "Gazette", [now_with_guid], datetime.fromisoformat(DAYS[0]))
        assert (found.new, found.renamed) == ((), {"https://a.example/1": "guid-1"})


def test_what_nobody_read_of_the_answers_of_servers_is_gone_and_the_rest_is_kept(tmp_path: Path) -> None:
    old = Database(str(tmp_path / DATABASE_FILE))
    migrations.apply(old, stop_before="m010_validators_that_are_read")
    old.table("authorities").insert({"urn": "91001", "name": "Ayford"})
    pdf, feed = "https://files.example/v1/file/1", "https://news.example/rss"
    old.table("reports").insert({"id": 1, "urn": "91001", "label": "Visit", "url": pdf, "first_seen": DAYS[0]})
    given = {"etag": "1", "sha256": "a", "fetched": DAYS[1], "full_fetch": DAYS[0]}
    old.table("validators").insert_all({"url": url} | given for url in (pdf, feed))
    old.close()
    with closing(connect(tmp_path).conn) as db:
        rows = db.execute("SELECT * FROM validators ORDER BY url").fetchall()
    assert rows == [(pdf, "1", None, "a", DAYS[0]), (feed, "1", None, None, DAYS[0])]


def test_the_days_of_a_feed_come_from_the_looks_and_entries_of_before(tmp_path: Path) -> None:
    old = Database(str(tmp_path / DATABASE_FILE))
    migrations.apply(old, stop_before="m013_feed_days")
    for number, day in enumerate(DAYS, 1):
        verdict = "blocked" if number == 4 else "ok"
        old.table("crawls").insert({"id": number, "source": "Gazette", "started": day})
        old.table("page_checks").insert(
            {"crawl_id": number, "url": "https://x.example/rss", "verdict": verdict, "checked": day}
        )
        entry = {
            "url": str(number),
            "headline": "x",
            "first_seen": day,
            "state": "irrelevant",
            "baseline": int(number == 1),
        }
        if number != 3:
            old.table("feed_entries").insert({"source": "Gazette", "entry": str(number)} | entry)
    old.close()
    with closing(connect(tmp_path)) as db:
        rows = db.conn.execute("SELECT source, day, least, new, broken FROM feed_days ORDER BY day").fetchall()
    assert rows == [("Gazette", f"2026-03-0{day}", None, new, 0) for day, new in ((1, 0), (2, 1), (3, 0), (5, 1))]
