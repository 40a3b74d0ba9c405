"""Documents that watched pages link: reports of Ofsted's are kept and told, and nothing else is."""

from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.config import Config
from monitor.database import rows, stamp, value
from monitor.demo import story
from monitor.reading import add_linked, linked
from monitor.reading.adding import FIRST
from scraper.database import keep_report, report_path
from scraper.errors import Unreadable
from scraper.items import Reading
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.mail_rows import OTHER_URN, URN

LETTER = story.REPORTS[2].pdf()
NONE_OF_OURS = b"%PDF-1.7\nof nobody known\n%%EOF\n"
DAMAGED = b"%PDF-1.7\nnothing that can be read\n%%EOF\n"
SAYS = {
    LETTER: Reading("monitoring_visit", "ILACS", authority="Westmarch", inspection_start=date(2022, 12, 13)),
    NONE_OF_OURS: Reading("monitoring_visit", "ILACS", authority="Narnia", inspection_start=date(2022, 12, 13)),
    DAMAGED: Unreadable("damaged"),
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
