"""From stored PDFs to stored readings: what is read again, what counts as amended, what a failure leaves."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.database import rows, value
from monitor.reading import stored_pdfs, visits_of
from monitor.reading.stored_pdfs import Unread, fingerprint, read_pending, store_failure, store_reading, unread
from scraper.database import keep_report, report_path
from scraper.errors import Unreadable
from scraper.items import Finding, Judgement, Reading, Tone
from scraper.reports import reader_version
from tests.conftest import Clock

READING = Reading(
    "inspection",
    "ILACS",
    authority="Westmarch",
    inspection_start=date(2026, 1, 12),
    inspection_end=date(2026, 1, 23),
    lead_inspector="Ann Other",
    judgements=(Judgement("Overall effectiveness", "good"),),
    findings=(
        Finding("area_for_improvement", "What needs to improve", "The timeliness of visits.", 2, ("visits",)),
        Finding(Tone.STRENGTH, "Help and protection", "Plans are clear.", 3),
    ),
    page_texts=("one", "two", "three"),
)


@pytest.fixture
def report(db: Database) -> Unread:
    db.table("authorities").insert({"urn": "1", "name": "Westmarch", "region": None})
    return add(db, 7)


def add(db: Database, number: int, **other: Any) -> Unread:
    """A report whose PDF is stored."""
    row = {
        "id": number,
        "urn": "1",
        "label": "x",
        "url": f"http://x/{number}",
        "first_seen": "2026-03-01",
        "baseline": 0,
    }
    db.table("reports").insert(row | {"sha256": "a" * 64} | other)
    return Unread(number, "a" * 64)


def test_a_stored_pdf_is_unread_until_it_is_read(db: Database, report: Unread, clock: Clock) -> None:
    assert unread(db, clock()) == [report]
    store_reading(db, report, READING, clock())
    assert unread(db, clock()) == []


def test_what_is_new_is_read_before_the_baseline_and_the_newest_first(
    db: Database, report: Unread, clock: Clock
) -> None:
    add(db, 8, published="2026-02-27", baseline=1)
    add(db, 9, published="2026-02-28", baseline=1)
    add(db, 10, published="2025-12-01")
    assert [item.report_id for item in unread(db, clock())] == [10, 7, 9, 8]


def test_what_a_report_says_is_stored(db: Database, report: Unread, clock: Clock) -> None:
    store_reading(db, report, READING, clock())
    assert rows(db, "SELECT kind, framework, inspection_start, lead_inspector FROM reports") == [
        {"kind": "inspection", "framework": "ILACS", "inspection_start": "2026-01-12", "lead_inspector": "Ann Other"}
    ]
    assert [row["text"] for row in rows(db, "SELECT text FROM findings ORDER BY position")] == [
        f.text for f in READING.findings
    ]
    assert value(db, "SELECT grade FROM judgements") == "good"
    assert value(db, "SELECT subject FROM finding_subjects") == "visits"
    assert value(db, "SELECT count(*) FROM report_pages") == 3


def test_a_better_reader_reads_again_without_calling_it_amended(
    db: Database, report: Unread, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_reading(db, report, READING, clock())
    next_version = f"{reader_version()}-next"
    monkeypatch.setattr(stored_pdfs, "reader_version", lambda: next_version)
    assert unread(db, clock()) == [report]
    store_reading(db, report, replace(READING, lead_inspector="A. Other"), clock())
    assert value(db, "SELECT meaning_changed FROM readings") is None
    assert value(db, "SELECT count(*) FROM findings") == 2


def test_other_bytes_with_the_same_words_are_not_amended(db: Database, report: Unread, clock: Clock) -> None:
    store_reading(db, report, READING, clock())
    store_reading(db, Unread(7, "b" * 64), replace(READING, page_texts=("laid out otherwise",)), clock())
    assert value(db, "SELECT meaning_changed FROM readings") is None


def test_other_bytes_with_other_words_are_amended(db: Database, report: Unread, clock: Clock) -> None:
    store_reading(db, report, READING, clock())
    store_reading(
        db,
        Unread(7, "b" * 64),
        replace(READING, judgements=(Judgement("Overall effectiveness", "inadequate"),)),
        clock(),
    )
    assert value(db, "SELECT meaning_changed FROM readings") is not None


def test_what_cannot_be_read_keeps_the_reason_and_what_was_read_before(
    db: Database, report: Unread, clock: Clock
) -> None:
    store_reading(db, report, READING, clock())
    store_failure(db, Unread(7, "b" * 64), "is encrypted", clock())
    assert value(db, "SELECT failure FROM readings") == "is encrypted"
    assert value(db, "SELECT count(*) FROM findings") == 2


def test_what_could_not_be_read_is_tried_again_after_a_day(db: Database, report: Unread, clock: Clock) -> None:
    store_failure(db, report, "it could not be read within 20 seconds", clock())
    clock.move(hours=23)
    assert unread(db, clock()) == []
    clock.move(hours=2)
    assert unread(db, clock()) == [report]


def test_a_new_reading_has_the_authoritys_reports_compared_again_and_no_others(
    db: Database, report: Unread, clock: Clock
) -> None:
    db.table("authorities").insert({"urn": "2", "name": "Northmere", "region": None})
    add(db, 8)
    add(db, 9, urn="2")
    for number in (7, 8, 9):
        row = {"report_id": number, "comparer": "1", "input": "x", "compared_at": "2026-03-01"}
        db.table("compared").insert(row)
    store_reading(db, report, READING, clock())
    assert [row["report_id"] for row in rows(db, "SELECT report_id FROM compared")] == [9]


def test_the_fingerprint_is_of_the_words_only() -> None:
    spaced = replace(
        READING, findings=(replace(READING.findings[0], text="The  timeliness\nof visits."), READING.findings[1])
    )
    assert fingerprint(spaced) == fingerprint(READING)
    assert fingerprint(replace(READING, findings=READING.findings[:1])) != fingerprint(READING)


def test_a_reading_that_fails_stands_beside_the_good_one_and_is_tried_again_after_a_day(
    db: Database, report: Unread, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_reading(db, report, READING, clock())
    monkeypatch.setattr(stored_pdfs, "reader_version", lambda: "a newer one")
    assert unread(db, clock()) == [report]
    store_failure(db, report, "it could not be read within 20 seconds", clock())
    assert unread(db, clock()) == []
    assert [visit.report_id for visit in visits_of(db)] == [7], "what was read before stands"
    assert value(db, "SELECT error FROM readings") is None
    clock.move(hours=25)
    assert unread(db, clock()) == [report]
    store_reading(db, report, READING, clock())
    assert rows(db, "SELECT failure, meaning_changed FROM readings") == [{"failure": None, "meaning_changed": None}]


def test_the_same_words_in_other_bytes_are_not_amended_after_a_failure(
    db: Database, report: Unread, clock: Clock
) -> None:
    store_reading(db, report, READING, clock())
    store_failure(db, report, "out of memory", clock())
    store_reading(db, Unread(7, "b" * 64), READING, clock())
    assert value(db, "SELECT meaning_changed FROM readings") is None


Outcomes = dict[str, Reading | Unreadable]


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> Outcomes:
    """What reading a file brings, by its bytes, in place of the workers."""
    found: Outcomes = {}
    monkeypatch.setattr(stored_pdfs, "read_files", lambda paths: ((path, found[path.stem]) for path in paths))
    return found


def test_bytes_of_another_reader_are_read_again_before_they_are_called_amended(
    db: Database, clock: Clock, tmp_path: Path, outcomes: Outcomes, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    db.table("authorities").insert({"urn": "1", "name": "Westmarch", "region": None})
    old, new = (keep_report(data, body) for body in (b"%PDF old", b"%PDF new"))
    add(db, 7, sha256=old)
    outcomes[old] = replace(READING, findings=READING.findings[:1])  # the reader of then found less
    read_pending(data, clock)
    monkeypatch.setattr(stored_pdfs, "reader_version", lambda: "a newer one")
    outcomes[old] = outcomes[new] = READING
    db.table("reports").update(7, {"sha256": new})
    read_pending(data, clock)
    assert value(db, "SELECT meaning_changed FROM readings") is None
    assert value(db, "SELECT count(*) FROM findings") == 2


def test_reports_that_share_a_pdf_are_read_in_one_round(
    db: Database, clock: Clock, tmp_path: Path, outcomes: Outcomes
) -> None:
    db.table("authorities").insert({"urn": "1", "name": "Westmarch", "region": None})
    sha256 = keep_report(tmp_path / "data", b"%PDF one")
    outcomes[sha256] = READING
    for number in (7, 8, 9):
        add(db, number, sha256=sha256)
    assert read_pending(tmp_path / "data", clock) == 3
    assert [row["report_id"] for row in rows(db, "SELECT report_id FROM readings ORDER BY 1")] == [7, 8, 9]


@pytest.mark.parametrize("damage", [b"%PDF o", None], ids=["cut off", "gone"])
def test_a_pdf_that_is_damaged_on_the_disk_is_dropped_and_told_and_what_was_read_of_it_stands(
    db: Database,
    clock: Clock,
    tmp_path: Path,
    outcomes: Outcomes,
    monkeypatch: pytest.MonkeyPatch,
    damage: bytes | None,
) -> None:
    data = tmp_path / "data"
    db.table("authorities").insert({"urn": "1", "name": "Westmarch", "region": None})
    sha256 = keep_report(data, b"%PDF one")
    add(db, 7, sha256=sha256)
    outcomes[sha256] = READING
    read_pending(data, clock)
    monkeypatch.setattr(stored_pdfs, "reader_version", lambda: "a newer one")
    path = report_path(data, sha256)
    path.unlink() if damage is None else path.write_bytes(damage)
    outcomes[sha256] = Unreadable("it is damaged or cut short")
    read_pending(data, clock)
    assert not path.exists()
    assert [visit.report_id for visit in visits_of(db)] == [7]
    (issue,) = rows(db, "SELECT message, healed FROM issues WHERE key IS NOT NULL")
    assert ("fetches it anew" in issue["message"], issue["healed"]) == (True, None)
    keep_report(data, b"%PDF one")
    outcomes[sha256] = READING
    read_pending(data, clock)
    assert value(db, "SELECT healed FROM issues WHERE key IS NOT NULL") is not None


def test_a_stop_ends_reading_after_the_file_in_hand(
    db: Database, clock: Clock, tmp_path: Path, outcomes: Outcomes
) -> None:
    db.table("authorities").insert({"urn": "1", "name": "Westmarch", "region": None})
    for number in range(3):
        sha256 = keep_report(tmp_path / "data", b"%%PDF %d" % number)
        outcomes[sha256] = READING
        add(db, number, sha256=sha256)
    stop = Event()
    stop.set()
    assert read_pending(tmp_path / "data", clock, stop) == 1


@pytest.mark.parametrize(
    ("published", "doubted"),
    [
        ("2026-03-01", False),
        (None, False),
        ("2026-01-23", False),
        ("2026-01-22", True),
        ("2027-02-27", False),
        ("2027-02-28", True),
    ],
)
def test_a_text_about_another_time_than_that_of_its_page_is_a_doubt(
    db: Database, report: Unread, clock: Clock, published: str | None, doubted: bool
) -> None:
    """As where an old report lies behind a new link."""
    db.table("reports").update(7, {"published": published})
    store_reading(db, report, READING, clock())
    (visit,) = visits_of(db, "1")
    assert bool(visit.doubts) is doubted
    if doubted and published:
        assert "its text is about a visit that ended on 23 January 2026" in visit.doubts[0]
