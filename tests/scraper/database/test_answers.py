"""How much of what came in place of what was wanted is kept, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from scraper.database import note_answer, prune_answers, writing
from scraper.database.answers import OF_A_CRAWL, OF_A_SOURCE, OF_AN_ADDRESS
from scraper.items import Verdict
from scraper.looks import Answer

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HTML = Answer("https://x.example/1", NOW, 200, "https://x.example/1", "text/html", 5, "Hello", b"<\0\xff>")


def crawl(db: Database, source: str = "ofsted") -> int:
    return int(db.conn.execute("INSERT INTO crawls (source, started) VALUES (?, 'x')", [source]).lastrowid or 0)


def note(db: Database, crawl_id: int, message: str, **changes: object) -> None:
    answer = Answer(**{name: getattr(HTML, name) for name in HTML.__slots__} | changes)
    note_answer(db, crawl_id, answer, None, Verdict.BROKEN, message, NOW)


def count(db: Database) -> int:
    return int(db.conn.execute("SELECT count(*) FROM answers").fetchone()[0])


def test_the_first_of_each_reason_is_kept_and_a_handful_a_crawl(db: Database) -> None:
    with writing(db):
        one, other = crawl(db), crawl(db)
        for urn in range(80450, 80600):
            note(db, one, f"https://x.example/provider/44/{urn}: no heading with a name")
        assert count(db) == 1
        note(db, one, "https://x.example/provider/44/80601: no heading with a name", status=403)
        note(db, other, "https://x.example/provider/44/80451: no heading with a name")
        assert count(db) == 3
        for number in range(20):
            note(db, one, f"HTTP {500 + number}")
    assert db.conn.execute("SELECT count(*) FROM answers WHERE crawl_id = ?", [one]).fetchone()[0] == OF_A_CRAWL


def test_any_bytes_are_kept_as_they_came(db: Database) -> None:
    with writing(db):
        note(db, crawl(db), "HTTP 200")
    assert db.conn.execute("SELECT head, bytes, status FROM answers").fetchone() == (b"<\0\xff>", 5, 200)


@pytest.mark.parametrize("message", ["not asked for, because its host failed 3 times running: HTTP 403"])
def test_what_was_not_asked_for_has_no_answer(db: Database, message: str) -> None:
    with writing(db):
        note(db, crawl(db), message)
        note_answer(db, 1, None, None, Verdict.BROKEN, "HTTP 500", NOW)
    assert count(db) == 0


def test_answers_go_after_a_month_and_where_a_source_or_an_address_has_too_many(db: Database) -> None:
    with writing(db):
        note(db, crawl(db), "old", asked=NOW - timedelta(days=31))
        note(db, crawl(db), "not so old", asked=NOW - timedelta(days=29), url="https://x.example/old")
        for number in range(OF_AN_ADDRESS + 4):
            note(db, crawl(db, "Gazette"), f"again {number}")
        prune_answers(db, NOW)
    left = [row["message"] for row in db.query("SELECT message FROM answers ORDER BY id")]
    assert left == ["not so old", *(f"again {number}" for number in range(4, OF_AN_ADDRESS + 4))]
    with writing(db):
        for number in range(OF_A_SOURCE + 7):
            note(db, crawl(db), f"HTTP {number}", url=f"https://x.example/{number}")
        prune_answers(db, NOW)
    by_source = "SELECT c.source, count(*), min(a.id) FROM answers a JOIN crawls c ON c.id = a.crawl_id GROUP BY 1"
    counts = {source: number for source, number, _ in db.conn.execute(by_source)}
    assert counts == {"Gazette": OF_AN_ADDRESS, "ofsted": OF_A_SOURCE}
    assert "not so old" not in {row["message"] for row in db.query("SELECT message FROM answers")}


def test_a_crawl_that_is_forgotten_takes_its_answers_with_it(db: Database) -> None:
    with writing(db):
        note(db, crawl(db), "HTTP 500")
        db.conn.execute("DELETE FROM crawls")
    assert count(db) == 0
