"""What a crawl writes, and what is forgotten when: straight against the database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlite_utils import Database

from scraper.database.article_queue import due_articles
from scraper.database.feeds import recognise_entries, store_feed
from scraper.database.listings import listed_elsewhere, listings_of
from scraper.database.reports import (
    known_reports,
    least_recently_checked,
    store_provider,
    store_validators,
    validators_for,
)
from scraper.database.store import finish_crawl, note_issues, writing
from scraper.items import FeedEntry, ReportLink, Verdict
from scraper.looks import FeedLook, PageTrust, PdfFetch, ProviderLook, Validators
from tests.scraper.database.conftest import NOW

PAGE = "https://reports.example/provider/44/91001"


def check(urn: str = "91001", *numbers: int, unchanged: bool = False, etag: str | None = '"1"') -> ProviderLook:
    links = tuple(ReportLink(n, f"https://files.example/v1/file/{n}", "Inspection", None) for n in numbers)
    copies = tuple(PdfFetch(link.report_id, link.url, sha256="b" * 64, size=9) for link in links)
    url = PAGE.replace("91001", urn)
    return ProviderLook(urn, urn, url, PageTrust(Verdict.OK), links, copies, unchanged, Validators(etag))


def test_storing_the_same_look_twice_changes_nothing(db: Database, crawl_id: int) -> None:
    assert store_provider(db, crawl_id, check("91001", 1, 2), NOW) == 2
    before = list(db.query("SELECT * FROM reports")), list(db.query("SELECT * FROM report_versions"))
    assert store_provider(db, crawl_id, check("91001", 1, 2), NOW) == 0
    assert (list(db.query("SELECT * FROM reports")), list(db.query("SELECT * FROM report_versions"))) == before
    assert set(listings_of(db, "91001")) == {1, 2} and listings_of(db, "91002") == {}
    assert (
        set(known_reports(db, [1, 2, 3])) == {1, 2}
        and set(known_reports(db, [2])) == {2}
        and known_reports(db, []) == {}
    )


def test_a_page_that_says_nothing_new_writes_none_of_its_reports_anew(db: Database, crawl_id: int) -> None:
    link = ReportLink(1, "https://files.example/v1/file/1", "Inspection", date(2024, 5, 1), on_site=date(2024, 4, 8))
    store_provider(db, crawl_id, replace(check("91001"), links=(link,)), NOW)
    db.conn.execute("CREATE TEMP TABLE written (id)")
    db.conn.execute(
        "CREATE TEMP TRIGGER t AFTER UPDATE OF label ON main.reports BEGIN INSERT INTO written VALUES (NEW.id); END"
    )
    said = [link, replace(link, published=None), replace(link, on_site=None)]
    changed = [
        replace(link, label="Visit"),
        replace(link, published=date(2024, 5, 2)),
        replace(link, on_site=date(2024, 4, 9)),
        replace(link, url="https://files.example/v1/file/1?x"),
    ]
    counts = []
    for one in (*said, *changed):
        store_provider(db, crawl_id, replace(check("91001"), links=(one,)), NOW)
        counts.append(db.conn.execute("SELECT count(*) FROM written").fetchone()[0])
    assert counts == [0, 0, 0, 1, 2, 3, 4]


def test_a_look_costs_the_same_however_many_reports_of_others_are_known(db: Database, crawl_id: int) -> None:
    def steps() -> int:
        """How many hundreds of steps SQLite takes for one more look at an authority."""
        counted: list[int] = []
        db.conn.set_progress_handler(lambda: counted.append(1), 100)
        known_reports(db, [1, 2])
        listed_elsewhere(db, "91001", [1, 2])
        store_provider(db, crawl_id, check("91001", 1, 2), NOW)
        db.conn.set_progress_handler(None, 0)
        return len(counted)

    store_provider(db, crawl_id, check("91001", 1, 2), NOW)
    alone = steps()
    store_provider(db, crawl_id, check("91002", *range(3, 1000)), NOW)
    assert alone > 5 and steps() < 2 * alone


def test_those_never_or_longest_not_checked_come_first(db: Database, crawl_id: int) -> None:
    store_provider(db, crawl_id, check("91001", 1), NOW)
    assert least_recently_checked(db, ["91001", "91002"]) == ["91002", "91001"]


def test_pages_that_always_fail_do_not_keep_a_crawl_from_the_others(db: Database, crawl_id: int) -> None:
    """As after a crawl that gave up on the host with the first page's failure."""
    broken = ProviderLook("91001", "Ayford", PAGE, PageTrust(Verdict.BROKEN, "HTTP 500"))
    reason = "not asked for, because its host failed 3 times running: HTTP 500"
    left = ProviderLook("91002", "Beeham", PAGE.replace("91001", "91002"), PageTrust(Verdict.BROKEN, reason))
    store_provider(db, crawl_id, broken, NOW)
    store_provider(db, crawl_id, left, NOW + timedelta(seconds=1))
    assert least_recently_checked(db, ["91001", "91002"]) == ["91002", "91001"]
    store_provider(db, crawl_id, replace(check("91002"), url=left.url), NOW + timedelta(hours=2))
    store_provider(db, crawl_id, broken, NOW + timedelta(hours=2, seconds=1))
    assert least_recently_checked(db, ["91001", "91002"]) == ["91002", "91001"]


def test_the_first_report_of_an_authority_that_had_none_is_news_and_older_ones_are_not(
    db: Database, crawl_id: int
) -> None:
    none = ProviderLook("91001", "Ayford", PAGE, PageTrust(Verdict.EMPTY, "its page lists no report"), links=())
    store_provider(db, crawl_id, none, NOW)
    days = {1: date(2025, 1, 1), 2: NOW.date(), 3: None}
    links = tuple(ReportLink(n, f"https://files.example/v1/file/{n}", "Inspection", day) for n, day in days.items())
    store_provider(db, crawl_id, replace(check("91001"), links=links), NOW + timedelta(days=1))
    assert [row["baseline"] for row in db.query("SELECT baseline FROM reports ORDER BY id")] == [1, 0, 1]


def test_a_clock_that_was_ahead_when_a_page_had_no_report_does_not_make_the_next_months_old(
    db: Database, crawl_id: int
) -> None:
    none = ProviderLook("91001", "Ayford", PAGE, PageTrust(Verdict.EMPTY), links=())
    store_provider(db, crawl_id, none, NOW + timedelta(days=60))
    first = ReportLink(1, "https://files.example/v1/file/1", "Inspection", NOW.date() + timedelta(days=1))
    store_provider(db, crawl_id, replace(check("91001"), links=(first,)), NOW + timedelta(days=1))
    assert [row["baseline"] for row in db.query("SELECT baseline FROM reports")] == [0]


def test_whose_turn_it_is_goes_by_crawls_and_not_by_clocks(db: Database, crawl_id: int) -> None:
    store_provider(db, crawl_id, check("91001", 1), NOW + timedelta(days=60))
    with writing(db):
        db.conn.execute("INSERT INTO crawls (id, source, started) VALUES (?, 'ofsted', 'x')", [crawl_id + 1])
    store_provider(db, crawl_id + 1, check("91002", 2), NOW)
    assert least_recently_checked(db, ["91002", "91001"]) == ["91001", "91002"]


def test_days_that_a_page_does_not_give_stay_as_they_are_known(db: Database, crawl_id: int) -> None:
    link = ReportLink(1, "https://files.example/v1/file/1", "Inspection", None, on_site=date(2024, 4, 8))
    store_provider(db, crawl_id, replace(check("91001"), links=(link,)), NOW)
    with writing(db):
        db.conn.execute("UPDATE reports SET published = '2024-05-01'")  # as the document gave it
    bare = replace(link, on_site=None, label="Report")
    store_provider(db, crawl_id, replace(check("91001"), links=(bare,)), NOW)
    [row] = db.query("SELECT label, published, on_site FROM reports")
    assert row == {"label": "Report", "published": "2024-05-01", "on_site": "2024-04-08"}
    given = replace(link, published=date(2024, 5, 2), on_site=date(2024, 4, 9))
    store_provider(db, crawl_id, replace(check("91001"), links=(given,)), NOW)
    [row] = db.query("SELECT published, on_site FROM reports")
    assert row == {"published": "2024-05-02", "on_site": "2024-04-09"}


def test_what_was_fetched_in_the_future_is_fetched_whole(db: Database, crawl_id: int) -> None:
    store_provider(db, crawl_id, check("91001", 1), NOW + timedelta(days=1500))
    assert validators_for(db, PAGE, NOW) == Validators()
    store_provider(db, crawl_id, check("91001", 1), NOW)
    assert validators_for(db, PAGE, NOW) == Validators('"1"', None)


def test_validators_hold_for_a_day_for_the_same_bytes_and_while_the_page_is_believed(
    db: Database, crawl_id: int
) -> None:
    store_provider(db, crawl_id, check("91001", 1), NOW)
    assert validators_for(db, PAGE, NOW) == Validators('"1"', None)
    assert validators_for(db, PAGE, NOW, sha256="c" * 64) == Validators()
    later = NOW + timedelta(hours=20)
    store_provider(
        db, crawl_id, check("91001", 1, unchanged=True), later
    )  # "not modified" does not make the day longer
    assert validators_for(db, PAGE, later) == Validators('"1"', None)
    assert validators_for(db, PAGE, NOW + timedelta(hours=25)) == Validators()
    broken = ProviderLook("91001", "Ayford", PAGE, PageTrust(Verdict.BROKEN, "HTTP 500"))
    store_provider(db, crawl_id, broken, NOW)
    assert validators_for(db, PAGE, NOW) == Validators()


def test_a_pdf_that_is_asked_for_daily_is_fetched_whole_once_a_week(db: Database) -> None:
    pdf, known = "https://files.example/v1/file/1", "c" * 64
    with writing(db):
        store_validators(db, pdf, Validators('"1"', None), NOW, known)
    asked = [NOW + timedelta(days=n, hours=1) for n in range(1, 8)]
    assert [validators_for(db, pdf, at, known) for at in asked] == [Validators('"1"', None)] * 6 + [Validators()]


def test_issues_are_counted_and_a_crawl_without_a_row_is_refused(db: Database, crawl_id: int) -> None:
    with writing(db):
        note_issues(db, "ofsted", [("error", "a"), ("warning", "a")], NOW)
        note_issues(db, "ofsted", [("error", "a")], NOW + timedelta(hours=1))
    rows = [
        (row["level"], row["count"], row["first_seen"] < row["last_seen"]) for row in db.query("SELECT * FROM issues")
    ]
    assert sorted(rows) == [("error", 2, True), ("warning", 1, False)]
    with pytest.raises(LookupError, match="crawl 99"), writing(db):
        finish_crawl(db, 99, Verdict.OK, "", (0, 0, 0), NOW)


def feed(*slugs: str) -> FeedLook:
    entries = tuple(FeedEntry(f"https://news.example/{slug}", slug, "", None) for slug in slugs)
    relevant = frozenset(entry.key for entry in entries)
    return FeedLook(
        "Gazette",
        "https://news.example/rss",
        Verdict.OK,
        there={},
        new=entries,
        relevant=relevant,
    )


def test_entries_are_forgotten_three_months_on_but_not_while_the_feed_has_them(db: Database, crawl_id: int) -> None:
    store_feed(db, crawl_id, feed("old", "kept"), NOW - timedelta(days=100))
    store_feed(db, crawl_id, feed("kept", "new"), NOW)
    assert [due.entry.headline for due in due_articles(db, "Gazette")] == ["kept", "new"]
    rows = list(db.query("SELECT headline, baseline FROM feed_entries ORDER BY headline"))
    assert [(row["headline"], row["baseline"]) for row in rows] == [("kept", 1), ("new", 0)]
    found = recognise_entries(db, "Gazette", feed("kept", "newer").new, NOW)
    assert [entry.headline for entry in found.new] == ["newer"]


def test_a_feed_that_is_broken_is_not_the_baseline(db: Database, crawl_id: int) -> None:
    store_feed(db, crawl_id, FeedLook("Gazette", "https://news.example/rss", Verdict.BROKEN, "not a feed"), NOW)
    store_feed(db, crawl_id, feed("first"), NOW)
    assert [row["baseline"] for row in db.query("SELECT baseline FROM feed_entries")] == [1]
