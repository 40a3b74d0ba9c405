"""Documents that watched pages link: reports of Ofsted's are kept and told, and nothing else is."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlite_utils import Database

from monitor.alerts import raise_alerts
from monitor.config import Config
from monitor.database import rows, stamp, value
from monitor.demo import story
from monitor.reading import add_linked, forget_doubts, linked
from monitor.reading.adding import FIRST
from scraper.database import documents_to_fetch, keep_report, note_documents, report_path, store_document
from scraper.errors import Unfinished, Unreadable
from scraper.items import Finding, Reading
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.mail_rows import OTHER_URN, URN
from tests.paths import FIXTURES

DOCUMENTS = FIXTURES / "documents"

LETTER = story.REPORTS[2].pdf()
ABSENT = "https://westmarch.example/letter.pdf"
NONE_OF_OURS = b"%PDF-1.7\nof nobody known\n%%EOF\n"
SLOW = b"%PDF-1.7\nslow\n%%EOF\n"
DAMAGED = b"%PDF-1.7\nnothing that can be read\n%%EOF\n"
WESTMARCHS = Reading(
    "monitoring_visit",
    "ILACS",
    authority="Westmarch",
    inspection_start=date(2022, 12, 13),
    page_texts=("Yours sincerely\nAmaris Kent\nHis Majesty’s Inspector",),
)
UNSIGNED = b"%PDF-1.7\nwith pictures for its head and its signature\n%%EOF\n"
SAYS = {
    UNSIGNED: replace(
        WESTMARCHS,
        page_texts=("one", "Yours sincerely"),
        findings=tuple(Finding("strength", "Practice", f"Visits are timely, {number}.", 1) for number in range(3)),
    ),
    LETTER: WESTMARCHS,
    NONE_OF_OURS: replace(WESTMARCHS, authority="Narnia"),
    DAMAGED: Unreadable("damaged"),
    SLOW: Unfinished("it could not be read within 20 seconds"),
}
"""What reading each says. That PDFs are read in children is tested elsewhere, and by one of the tests here."""


@pytest.fixture
def config(db: Database, tmp_path: Path) -> Config:
    given.authorities(db)
    news = [
        {"name": "Newsroom", "page": "https://westmarch.example/news", "covers": [URN]},
        {"name": "Elsewhere", "page": "https://northmere.example/news", "covers": [OTHER_URN]},
        {"name": "Anybody", "page": "https://trade.example/news"},
    ]
    return given.config(data=tmp_path / "data", watch=[URN, OTHER_URN], sources={"news": news})


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading takes no child and no second."""
    monkeypatch.setattr(linked, "read_files", lambda paths: [(path, SAYS[path.read_bytes()]) for path in paths])


def fetched(
    db: Database, config: Config, clock: Clock, body: bytes, source: str = "Newsroom", **changes: object
) -> str:
    """A document as a crawl leaves it."""
    sha256 = keep_report(config.data, body)
    url = f"https://westmarch.example/documents/{sha256[:6]}.pdf"
    row = {"url": url, "source": source, "first_seen": stamp(clock()), "state": "unread", "sha256": sha256}
    given.insert(db, "documents", **(row | changes))
    return url


def states(db: Database) -> list[str]:
    return [row["state"] for row in rows(db, "SELECT state FROM documents ORDER BY url")]


def test_one_of_a_page_of_anybody_is_kept_too(db: Database, config: Config, clock: Clock, quickly: None) -> None:
    fetched(db, config, clock, LETTER, "Anybody")
    assert add_linked(db, config, clock) == 1


def test_a_report_about_an_authority_of_its_page_is_kept_with_its_address(
    db: Database, config: Config, clock: Clock
) -> None:
    url = fetched(db, config, clock, LETTER)
    assert add_linked(db, config, clock) == 1
    assert add_linked(db, config, clock) == 0
    (row,) = rows(db, "SELECT * FROM reports")
    assert (row["id"], row["url"], row["urn"], row["kind"], row["baseline"]) == (FIRST, url, URN, "monitoring_visit", 0)
    assert states(db) == ["report"]
    assert report_path(config.data, row["sha256"]).exists()


def test_one_that_was_there_at_the_first_look_is_no_news(
    db: Database, config: Config, clock: Clock, quickly: None
) -> None:
    fetched(db, config, clock, LETTER, baseline=1)
    add_linked(db, config, clock)
    assert value(db, "SELECT baseline FROM reports") == 1


@pytest.mark.parametrize(
    ("body", "source"),
    [(LETTER, "Elsewhere"), (NONE_OF_OURS, "Newsroom"), (DAMAGED, "Newsroom")],
    ids=["of another authority", "of nobody known", "damaged"],
)
def test_any_other_document_is_no_report_and_its_file_goes(
    db: Database, config: Config, clock: Clock, quickly: None, body: bytes, source: str
) -> None:
    fetched(db, config, clock, body, source)
    assert add_linked(db, config, clock) == 0
    assert states(db) == ["other"]
    assert value(db, "SELECT count(*) FROM reports") == 0
    assert list(config.data.glob("reports/*/*.pdf")) == []


def test_a_file_that_is_also_a_reports_stays(db: Database, config: Config, clock: Clock, quickly: None) -> None:
    url = fetched(db, config, clock, LETTER, "Elsewhere")
    sha256 = value(db, "SELECT sha256 FROM documents WHERE url = ?", [url])
    given.listed(db, 50300066, clock(), sha256=sha256)
    add_linked(db, config, clock)
    assert report_path(config.data, sha256).exists()


def told(db: Database) -> list[tuple[str, str]]:
    """What the operators are told of documents: the kind of notice and its words."""
    raise_alerts(db, datetime.now(UTC))
    found = [
        json.loads(row["detail"]) for row in rows(db, "SELECT detail FROM alerts WHERE kind = 'source' ORDER BY id")
    ]
    return [(one["verdict"], one["message"]) for one in found]


def test_one_whose_reading_takes_too_long_is_read_a_day_later_and_kept_then(
    db: Database, config: Config, clock: Clock, quickly: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched(db, config, clock, SLOW)
    assert add_linked(db, config, clock) == 0
    assert states(db) == ["unread"]
    monkeypatch.setitem(SAYS, SLOW, SAYS[LETTER])
    clock.move(hours=23)
    assert add_linked(db, config, clock) == 0, "the machine may still be busy"
    clock.move(hours=2)
    assert add_linked(db, config, clock) == 1
    assert (states(db), told(db)) == (["report"], [])


def test_one_that_takes_too_long_each_time_is_tried_three_times_and_told_once(
    db: Database, config: Config, clock: Clock, quickly: None
) -> None:
    url = fetched(db, config, clock, SLOW)
    for state in ("unread", "unread", "other", "other"):
        assert add_linked(db, config, clock) == 0
        assert states(db) == [state]
        clock.move(hours=25)
    said = f"Newsroom links a document that may be a report of Ofsted's and was not taken for one: {url}: it could not be read within 20 seconds"
    assert told(db) == told(db) == [("document", said)]
    assert list(config.data.glob("reports/*/*.pdf")) == []


@pytest.mark.parametrize("body", [SLOW, DAMAGED])
def test_a_reading_that_fails_while_we_are_stopped_does_not_count(
    db: Database, config: Config, clock: Clock, quickly: None, body: bytes
) -> None:
    fetched(db, config, clock, body)
    stop = Event()
    stop.set()
    assert add_linked(db, config, clock, stop) == 0
    assert rows(db, "SELECT state, readings, last_reading FROM documents") == [
        {"state": "unread", "readings": 0, "last_reading": None}
    ]
    assert (len(list(config.data.glob("reports/*/*.pdf"))), told(db)) == (1, [])


def test_what_was_read_when_we_are_stopped_is_kept(db: Database, config: Config, clock: Clock, quickly: None) -> None:
    fetched(db, config, clock, LETTER)
    stop = Event()
    stop.set()
    assert add_linked(db, config, clock, stop) == 1


@pytest.mark.parametrize(("baseline", "count"), [(0, 1), (1, 0)])
def test_one_that_nobody_can_read_is_told_at_once_unless_it_was_there_before(
    db: Database, config: Config, clock: Clock, quickly: None, baseline: int, count: int
) -> None:
    fetched(db, config, clock, DAMAGED, baseline=baseline)
    add_linked(db, config, clock)
    assert len(told(db)) == count


@pytest.mark.parametrize(("baseline", "count"), [(0, 1), (1, 0)])
def test_one_that_does_not_come_is_told_once_when_it_is_asked_for_no_more_unless_it_was_there_before(
    db: Database, config: Config, clock: Clock, baseline: int, count: int
) -> None:
    note_documents(db, "Newsroom", [ABSENT], clock(), baseline=bool(baseline))
    for _ in range(3):
        add_linked(db, config, clock)
        assert (states(db), told(db)) == (["failed"], [])
        assert documents_to_fetch(db, "Newsroom", clock()) == [ABSENT]
        store_document(db, ABSENT, None, "HTTP 503", clock())
        clock.move(hours=23)
        assert documents_to_fetch(db, "Newsroom", clock()) == [], "the server may still be down"
        clock.move(hours=2)
    add_linked(db, config, clock)
    note_documents(db, "Newsroom", [ABSENT], clock(), baseline=False)
    add_linked(db, config, clock)
    said = f"Newsroom links a document that may be a report of Ofsted's and was not taken for one: {ABSENT}: it was asked for several times and did not come: HTTP 503"
    assert told(db) == [("document", said)] * count
    assert (states(db), documents_to_fetch(db, "Newsroom", clock())) == (["other"], [])


def test_one_that_came_late_is_read_at_once(db: Database, config: Config, clock: Clock, quickly: None) -> None:
    note_documents(db, "Newsroom", [ABSENT], clock(), baseline=False)
    store_document(db, ABSENT, None, "HTTP 503", clock())
    store_document(db, ABSENT, keep_report(config.data, LETTER), None, clock())
    assert add_linked(db, config, clock) == 1
    assert (states(db), told(db)) == (["report"], [])


def test_one_that_was_not_read_is_no_matter_any_more_after_two_weeks(
    db: Database, config: Config, clock: Clock, quickly: None
) -> None:
    fetched(db, config, clock, DAMAGED)
    add_linked(db, config, clock)
    forget_doubts(db, clock() + timedelta(seconds=1))
    assert rows(db, "SELECT key FROM issues WHERE key IS NOT NULL") == []


UNSIGNED_SAID = "it reads as one about Westmarch, but has neither Ofsted's address nor an inspector's name under it"


@pytest.mark.parametrize(("source", "baseline", "count"), [("Newsroom", 0, 1), ("Newsroom", 1, 0), ("Elsewhere", 0, 0)])
def test_one_that_does_not_show_that_it_is_ofsteds_own_is_told_where_it_is_about_an_authority_of_its_page(
    db: Database, config: Config, clock: Clock, quickly: None, source: str, baseline: int, count: int
) -> None:
    fetched(db, config, clock, UNSIGNED, source, baseline=baseline)
    assert add_linked(db, config, clock) == 0
    assert states(db) == ["other"]
    assert [UNSIGNED_SAID in said for _, said in told(db)] == [True] * count


def test_another_copy_of_a_report_that_ofsted_lists_is_not_told(
    db: Database, config: Config, clock: Clock, quickly: None
) -> None:
    days = {"kind": "monitoring_visit", "inspection_start": "2022-12-13"}
    given.listed(db, 50300066, clock(), **days)
    fetched(db, config, clock, UNSIGNED)
    add_linked(db, config, clock)
    assert (states(db), [kind for kind, _ in told(db)]) == (["other"], [])


ABOUT_REPORTS = sorted(path for path in DOCUMENTS.glob("*/page.pdf") if path.parent.name != "the-letter")


def test_no_paper_about_a_visit_is_taken_for_the_report_and_only_the_pack_that_holds_the_letter_is_told(
    db: Database, config: Config, clock: Clock
) -> None:
    """Minutes, a newsletter, a covering report, a council's own letter, a plan, a school's letter, an agency's and a home's report."""
    for number, path in enumerate(ABOUT_REPORTS):
        fetched(db, config, clock, path.read_bytes(), url=f"https://westmarch.example/{number}.pdf")
    assert add_linked(db, config, clock) == 0
    assert states(db) == ["other"] * len(ABOUT_REPORTS) and len(ABOUT_REPORTS) >= 9
    assert value(db, "SELECT count(*) FROM reports") == 0
    ((kind, said),) = told(db)
    assert kind == "document" and "a report or letter of Ofsted's begins on its page 57, behind other papers" in said


def test_the_letter_itself_is_taken(db: Database, config: Config, clock: Clock) -> None:
    fetched(db, config, clock, (DOCUMENTS / "the-letter/page.pdf").read_bytes())
    assert add_linked(db, config, clock) == 1
    assert states(db) == ["report"]
    assert "document" not in dict(told(db))
