"""Which page lists which report, and what a report has of it: withdrawn is what nobody lists any more."""

from datetime import datetime, timedelta

import pytest
from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database.listings import Accepted, accept_page, listed_elsewhere, listings_of
from scraper.database.reports import store_provider
from scraper.database.store import writing
from scraper.items import ReportLink, Verdict
from scraper.looks import PageTrust, ProviderLook
from tests.scraper.database.conftest import NOW

LATER = NOW + timedelta(days=1)


def look(urn: str, *numbers: int, label: str = "Inspection", trust: PageTrust | None = None) -> ProviderLook:
    """A whole page with these reports."""
    links = tuple(ReportLink(n, f"https://files.example/v1/file/{n}", label, None) for n in numbers)
    url = f"https://reports.example/provider/44/{urn}"
    return ProviderLook(urn, urn, url, trust or PageTrust(Verdict.OK), links)


def waits(*missing: int) -> PageTrust:
    return PageTrust(Verdict.BROKEN, "no longer listed", missing)


def believed(*missing: int) -> PageTrust:
    return PageTrust(Verdict.OK, "no longer listed", missing, missing)


def of_report(db: Database, number: int) -> tuple[str | None, str | None]:
    found = db.conn.execute("SELECT missing_since, withdrawn_at FROM reports WHERE id = ?", [number]).fetchone()
    return found[0], found[1]


@pytest.fixture
def two_pages(db: Database, crawl_id: int) -> int:
    """Report 2 on the pages of both authorities; the crawl's number."""
    store_provider(db, crawl_id, look("91001", 1, 2), NOW)
    store_provider(db, crawl_id, look("91002", 2, 3), NOW)
    return crawl_id


def test_a_report_is_listed_by_every_page_that_lists_it(db: Database, two_pages: int) -> None:
    assert set(listings_of(db, "91001")) == {1, 2} and set(listings_of(db, "91002")) == {2, 3}
    assert listed_elsewhere(db, "91001", [1, 2, 3]) == {2, 3} and listed_elsewhere(db, "91002", [1, 2, 3]) == {1, 2}
    assert listed_elsewhere(db, "91001", [1, 3, 4]) == {3} and listed_elsewhere(db, "91001", []) == set()
    store_provider(db, two_pages, look("91002", 3, trust=waits(2)), LATER)
    assert listed_elsewhere(db, "91001", [1, 2, 3]) == {3}


def test_a_report_that_one_page_drops_is_withdrawn_when_the_last_page_drops_it_and_back_with_any(
    db: Database, two_pages: int
) -> None:
    for urn, left in (("91001", 1), ("91002", 3)):
        assert of_report(db, 2) == (None, None)
        store_provider(db, two_pages, look(urn, left, trust=waits(2)), NOW)
        store_provider(db, two_pages, look(urn, left, trust=believed(2)), LATER)
    assert of_report(db, 2) == (stamp(NOW), stamp(LATER))
    store_provider(db, two_pages, look("91001", 1, 2), LATER)
    assert of_report(db, 2) == (None, None)
    assert listings_of(db, "91002")[2].withdrawn_at == stamp(LATER)


def test_a_report_that_one_page_has_lost_and_the_other_may_have_is_missing_and_not_withdrawn(
    db: Database, two_pages: int
) -> None:
    store_provider(db, two_pages, look("91001", 1, trust=believed(2)), NOW)
    store_provider(db, two_pages, look("91002", 3, trust=waits(2)), LATER)
    assert of_report(db, 2) == (stamp(LATER), None)


def test_what_is_missing_keeps_the_time_when_that_was_first_seen(db: Database, two_pages: int) -> None:
    for when in (NOW, LATER):
        store_provider(db, two_pages, look("91001", 2, trust=waits(1)), when)
    assert of_report(db, 1) == (stamp(NOW), None)


def test_a_page_that_omits_reports_is_believed_in_what_it_adds(db: Database, two_pages: int) -> None:
    assert store_provider(db, two_pages, look("91001", 2, 9, trust=waits(1)), LATER) == 1
    assert [row["baseline"] for row in db.query("SELECT baseline FROM reports WHERE id = 9")] == [0]


def test_a_page_that_could_not_be_had_says_nothing_of_any_report(db: Database, two_pages: int) -> None:
    failed = ProviderLook("91001", "Ayford", "https://reports.example/", PageTrust(Verdict.BROKEN, "HTTP 500", (1,)))
    assert store_provider(db, two_pages, failed, LATER) == 0
    assert of_report(db, 1) == (None, None)


def test_a_report_is_called_as_on_its_own_page_and_as_on_another_once_it_is_not_on_that(
    db: Database, two_pages: int
) -> None:
    def label() -> str:
        return str(db.conn.execute("SELECT label FROM reports WHERE id = 2").fetchone()[0])

    store_provider(db, two_pages, look("91002", 2, 3, label="Joint visit"), NOW)
    assert label() == "Inspection"
    store_provider(db, two_pages, look("91001", 1, trust=believed(2)), NOW)
    store_provider(db, two_pages, look("91002", 2, 3, label="Joint visit"), NOW)
    assert label() == "Joint visit"


def test_what_is_new_to_a_second_page_is_baseline_there_only_where_that_page_is_new(
    db: Database, crawl_id: int
) -> None:
    store_provider(db, crawl_id, look("91001", 1), NOW)
    store_provider(db, crawl_id, look("91002", 1, 2), NOW)
    store_provider(db, crawl_id, look("91001", 1, 2), LATER)
    rows = db.conn.execute("SELECT urn, report_id, baseline FROM listings ORDER BY urn, report_id").fetchall()
    assert rows == [("91001", 1, 1), ("91001", 2, 0), ("91002", 1, 1), ("91002", 2, 1)]


def misfile(db: Database, number: int, now: datetime) -> None:
    """As the monitor marks a report whose text names another authority."""
    with writing(db):
        db.conn.execute(
            "INSERT INTO readings (report_id, sha256, reader, pdf_library, read_at, misfiled) VALUES (?, 'a', '1', '1', ?, 'Beeham')",
            [number, stamp(now)],
        )


def test_a_person_who_has_looked_settles_what_one_page_omits_and_what_is_misfiled_on_it(
    db: Database, two_pages: int
) -> None:
    misfile(db, 2, NOW)
    misfile(db, 3, NOW)
    store_provider(db, two_pages, look("91001", 2, trust=waits(1)), NOW)
    store_provider(db, two_pages, look("91002", 2, trust=waits(3)), NOW)
    assert accept_page(db, "91001", LATER) == Accepted((1,), (2,))
    assert of_report(db, 1) == (stamp(NOW), stamp(LATER)) and of_report(db, 3) == (stamp(NOW), None)
    assert accept_page(db, "91001", LATER) == Accepted((), ())
    accepted = db.conn.execute("SELECT urn, report_id FROM listings WHERE accepted_at IS NOT NULL").fetchall()
    assert accepted == [("91001", 1), ("91001", 2)]


def test_a_person_may_settle_some_reports_and_leave_the_others(db: Database, two_pages: int) -> None:
    store_provider(db, two_pages, look("91001", 9, trust=waits(1, 2)), NOW)
    assert accept_page(db, "91001", LATER, only=(2, 77)) == Accepted((2,), ())
    assert of_report(db, 1) == (stamp(NOW), None)
