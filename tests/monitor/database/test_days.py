"""Proof of checking: what was looked at on each day in England, from all crawls of it, for good."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.cli.commands import main
from monitor.database import days_of, note_day
from monitor.health import day_lines
from tests.monitor import mail_rows as given
from tests.monitor.cli.test_commands import invoke

DAY = date(2026, 3, 14)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}:00+00:00")


def crawl(
    db: Database, when: datetime, verdict: str | None = "ok", scope: str = "all", found: int = 0, message: str = ""
) -> None:
    row = {
        "source": "ofsted",
        "started": when.isoformat(timespec="microseconds"),
        "verdict": verdict,
        "scope": scope,
        "found": found,
        "message": message,
    }
    db.table("crawls").insert(row)
    note_day(db, "ofsted", when)


@pytest.fixture
def day(db: Database) -> Database:
    crawl(db, at("03-13T23:59"))
    crawl(db, at("03-14T00:00"), found=1)
    crawl(db, at("03-14T06:15"), scope="sweep", found=2)
    crawl(db, at("03-14T06:30"), "blocked", "sweep", message="HTTP 403")
    crawl(db, at("03-14T06:45"), "blocked", "sweep", message="HTTP 403")
    crawl(db, at("03-14T10:00"), "broken", message="the page has changed")
    crawl(db, at("03-14T11:00"), scope="probe")
    crawl(db, at("03-14T12:00"), None)
    return db


def test_a_day_has_its_looks_what_they_found_and_what_failed(day: Database) -> None:
    (row,) = days_of(day, DAY)
    assert (row["rounds"], row["sweeps"], row["good"], row["found"]) == (2, 3, 2, 3)
    assert (row["first"][11:16], row["last"][11:16]) == ("00:00", "10:00")
    assert row["failed"] == "06:30 blocked (2 times): HTTP 403\n10:00 broken: the page has changed"


def test_its_row_stays_when_the_crawls_are_gone(day: Database) -> None:
    day.execute("DELETE FROM crawls")
    assert len(days_of(day, DAY)) == 1


def test_a_day_is_one_in_england(db: Database) -> None:
    crawl(db, datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    assert [row["first"][:10] for row in days_of(db, date(2026, 7, 2))] == ["2026-07-01"]


def test_many_failures_are_cut(db: Database) -> None:
    for minute in range(8):
        crawl(db, at(f"03-14T10:{minute:02}"), "broken", message=f"{minute} " + "x" * 400)
    (row,) = days_of(db, DAY)
    assert len(row["failed"].splitlines()) == 5 and max(map(len, row["failed"].splitlines())) < 230


def test_people_can_ask_for_a_day(day: Database) -> None:
    told = list(
        day_lines(day, given.config(sources={"news": [{"name": "Gazette", "feed": "https://a.example/rss"}]}), DAY)
    )
    assert told == [
        "Saturday 14 March 2026",
        "ofsted: looked at 5 times, 3 of them sweeps of the search, from 00:00 to 10:00; 2 well; 3 new",
        "  06:30 blocked (2 times): HTTP 403",
        "  10:00 broken: the page has changed",
        "Gazette: not looked at on this day",
    ]


def test_so_can_the_command(day: Database, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("contact: a@example.org\nwatch: [Brent]\ndata: data\n")
    found = invoke("status", "--config", str(path), "--on", "2026-03-14")
    assert found.exit_code == 0 and "looked at 5 times" in found.output
    nothing = invoke("status", "--config", str(path), "--on", "2020-01-01")
    assert nothing.exit_code == 1 and nothing.output.endswith("ofsted: not looked at on this day\n")
    assert invoke("status", "--config", str(path), "--on", "14 March").exit_code == 2
    assert "status" in main.commands
