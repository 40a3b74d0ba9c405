"""Reports that a person adds: whose they are, that each is one, and what becomes of one that Ofsted lists later."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.alerts import raise_alerts
from monitor.comparing import compare_pending, comparison_named, note
from monitor.database import rows, value
from monitor.reading import NotAdded, add_report, join_added, whose
from monitor.reading.adding import FIRST
from monitor.reading.stored_pdfs import Unread, store_reading
from scraper.database import report_path
from scraper.items import Finding, Reading
from scraper.reference import authority_named
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.mail_rows import URN

WESTMARCH, NORTHMERE = (
    authority_named(urn, name) for urn, name in ((URN, "Westmarch"), (given.OTHER_URN, "Northmere"))
)
KNOWN = (WESTMARCH, NORTHMERE)
LETTER = Reading(
    "monitoring_visit",
    "ILACS",
    authority="Westmarch",
    inspection_start=date(2026, 2, 10),
    inspection_end=date(2026, 2, 11),
    published=date(2026, 2, 27),
    visit_number=1,
    since_judgement="2025-06",
    findings=(Finding("area_for_improvement", "What needs to improve", "The timeliness of visits.", 2, ("visits",)),),
    page_texts=("one", "two\nYours sincerely\nAmaris Kent\nHis Majesty’s Inspector"),
)
PDF = b"%PDF-1.7\nthe letter\n%%EOF\n"


@pytest.fixture
def data(db: Database, tmp_path: Path) -> Path:
    given.authorities(db)
    return tmp_path / "data"


def add(db: Database, data: Path, clock: Clock, body: bytes = PDF, reading: Reading = LETTER) -> tuple[int, bool]:
    added = add_report(db, data, body, "https://westmarch.example/letter.pdf", reading, URN, clock())
    return added.report_id, added.new


def told(db: Database, clock: Clock) -> list[tuple[str, int]]:
    compare_pending(db, clock)
    raise_alerts(db, clock())
    found = rows(db, "SELECT kind, report_id FROM alerts WHERE kind <> 'news' ORDER BY id")
    return [(row["kind"], row["report_id"]) for row in found]


def test_it_is_a_report_like_any_other_and_told_once(db: Database, data: Path, clock: Clock) -> None:
    number, new = add(db, data, clock)
    assert (number, new) == (FIRST, True)
    (row,) = rows(db, "SELECT * FROM reports")
    assert (row["url"], row["kind"], row["published"]) == (
        "https://westmarch.example/letter.pdf",
        "monitoring_visit",
        "2026-02-27",
    )
    assert report_path(data, row["sha256"]).read_bytes() == PDF
    assert value(db, "SELECT text FROM findings") == "The timeliness of visits."
    assert told(db, clock) == told(db, clock) == [("report", FIRST)]


def test_the_same_bytes_and_the_same_document_in_other_bytes_change_nothing(
    db: Database, data: Path, clock: Clock
) -> None:
    add(db, data, clock)
    assert add(db, data, clock) == (FIRST, False)
    assert add(db, data, clock, b"%PDF-1.7\nscanned again\n%%EOF\n") == (FIRST, False)
    assert value(db, "SELECT count(*) FROM reports") == value(db, "SELECT count(*) FROM report_versions") == 1


def test_another_visit_is_another_report(db: Database, data: Path, clock: Clock) -> None:
    add(db, data, clock)
    later = replace(LETTER, inspection_start=date(2026, 5, 5), inspection_end=date(2026, 5, 6))
    assert add(db, data, clock, b"%PDF-1.7\nthe next\n%%EOF\n", later) == (FIRST + 1, True)


def test_one_that_ofsted_lists_is_that(db: Database, data: Path, clock: Clock) -> None:
    listed(db, clock)
    assert add(db, data, clock) == (50000001, False)


def listed(db: Database, clock: Clock, reading: Reading = LETTER) -> None:
    """Ofsted's page lists the same document, and it has been read."""
    given.listed(db, 50000001, clock())
    store_reading(db, Unread(50000001, "bytes of 50000001"), reading, clock())


def test_once_ofsted_lists_it_they_are_one_report_that_was_told(db: Database, data: Path, clock: Clock) -> None:
    add(db, data, clock)
    given.article(db, "https://news.example/1", clock(), FIRST)
    assert told(db, clock) == [("report", FIRST)]
    clock.move(days=20)
    listed(db, clock)
    assert join_added(db) == [(FIRST, 50000001)]
    assert join_added(db) == []
    assert told(db, clock) == [("report", 50000001)], "nobody is told again"
    assert [row["id"] for row in rows(db, "SELECT id FROM reports")] == [50000001]
    assert value(db, "SELECT report_id FROM article_reports") == 50000001
    assert value(db, "SELECT count(*) FROM report_versions WHERE report_id = 50000001") == 1
    assert rows(db, "PRAGMA foreign_key_check") == []


def test_what_was_compared_with_it_is_compared_anew(db: Database, data: Path, clock: Clock) -> None:
    add(db, data, clock)
    later = replace(
        LETTER,
        inspection_start=date(2026, 5, 5),
        inspection_end=date(2026, 5, 6),
        published=date(2026, 6, 1),
        visit_number=2,
    )
    add(db, data, clock, b"%PDF-1.7\nthe next\n%%EOF\n", later)
    told(db, clock)
    (compared,) = rows(db, "SELECT name FROM comparisons WHERE earlier_report_id = ?", [FIRST])
    note(db, comparison_named(db, compared["name"]), "improved", None, "A Reader", clock())
    listed(db, clock)
    join_added(db)
    told(db, clock)
    assert value(db, "SELECT decided_by FROM comparisons WHERE status = 'improved'") == "reader: A Reader", "it stays"
    earlier = {
        row["earlier_report_id"]
        for row in rows(db, "SELECT earlier_report_id FROM comparisons WHERE earlier_report_id IS NOT NULL")
    }
    assert earlier == {50000001}


def test_another_visit_that_ofsted_lists_joins_nothing(db: Database, data: Path, clock: Clock) -> None:
    add(db, data, clock)
    listed(db, clock, replace(LETTER, inspection_start=date(2026, 5, 5), inspection_end=date(2026, 5, 6)))
    assert join_added(db) == []


@pytest.mark.parametrize(
    ("reading", "named", "reason"),
    [
        (replace(LETTER, report_type="other"), WESTMARCH, "does not read as a report"),
        (LETTER, NORTHMERE, "it is about Westmarch, and not about Northmere"),
        (replace(LETTER, authority=None), None, "names no authority: say whose it is"),
        (replace(LETTER, page_texts=("Minutes",)), None, "neither Ofsted's address nor an inspector's name"),
        (replace(LETTER, authority="Narnia"), None, "it names 'Narnia', which is no authority that is known"),
    ],
)
def test_what_is_no_report_of_an_authority_is_refused(reading: Reading, named: object, reason: str) -> None:
    with pytest.raises(NotAdded) as raised:
        whose(reading, named, KNOWN)  # type: ignore[arg-type]
    assert reason in str(raised.value)


def test_it_is_whose_text_says_so_or_whose_a_person_says() -> None:
    assert whose(LETTER, None, KNOWN) == whose(LETTER, WESTMARCH, KNOWN) == WESTMARCH
    assert whose(replace(LETTER, authority=None), NORTHMERE, KNOWN) == NORTHMERE
    assert whose(replace(LETTER, page_texts=("typed by hand",)), WESTMARCH, KNOWN) == WESTMARCH
