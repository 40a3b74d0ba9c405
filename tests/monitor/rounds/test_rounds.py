"""What follows a crawl: one fault must not hold up the rest, and only watched authorities are crawled at a paper's word."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.comparing import chain
from monitor.config import Config
from monitor.database import remember_authorities, rows, stamp
from monitor.errors import Stopped
from monitor.locks import CONCLUDE, locked
from monitor.mail import Delivered
from monitor.reading import Visit
from monitor.rounds import round as rounds
from monitor.rounds.crawls import Crawled
from monitor.rounds.round import Concluded, Left, Round, joined
from monitor.rounds.stopping import Stop
from scraper.database import accept_page
from scraper.reports import pdf_library, reader_version
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.conftest import SAYS_ITS_JOB, Child

CONFIG = {
    "contact": "a@example.org",
    "watch": ["Brent", "Camden"],
    "sources": {"news": [{"name": "Gazette", "feed": "http://127.0.0.1:9/rss", "covers": ["Brent"]}]},
    "alerts": [{"to": "lead@example.org"}],
}
BRENT, ELSEWHERE = "80489", "80442"


@pytest.fixture
def config(tmp_path: Path, db: Database) -> Config:
    config = Config.model_validate(CONFIG | {"data": tmp_path / "data"})
    remember_authorities(db, config.known)
    return config


def test_a_comparison_that_fails_is_an_issue_and_the_other_reports_are_told(
    config: Config, db: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, kind in ((7, "jtai"), (8, "focused_visit")):
        given.listed(db, number, clock(), urn=BRENT, kind=kind)
        given.read(db, number, clock(), reader=reader_version(), pdf_library=pdf_library())
    compare = chain._compare

    def odd(db: Database, visit: Visit, *rest: Any) -> None:
        if visit.report_id == 7:
            raise ValueError("odd")
        compare(db, visit, *rest)

    monkeypatch.setattr(chain, "_compare", odd)
    assert rounds.conclude(config, clock).delivered == Delivered(sent=1)
    assert rows(db, "SELECT kind, report_id FROM alerts") == [
        {"kind": "report", "report_id": 8},
        {"kind": "source", "report_id": None},
    ]
    (issue,) = rows(db, "SELECT source, message FROM issues")
    assert issue["source"] == "compare"
    assert issue["message"].startswith("report 7: ValueError(")


@pytest.fixture
def early(config: Config, db: Database, clock: Clock) -> None:
    """Stories of reports that are not here yet, of one authority that is watched and of one that is not."""
    for urn in (BRENT, ELSEWHERE):
        given.article(db, f"https://a.example.org/{urn}", clock(), urn=urn)


def test_only_watched_authorities_are_crawled_at_a_papers_word(config: Config, early: None, clock: Clock) -> None:
    assert rounds.conclude(config, clock).warned == (BRENT,)


def round_of(config: Config, source: str, clock: Clock) -> Round:
    return asyncio.run(rounds.crawl_and_conclude(config, clock, [source], full=True))


def test_a_story_of_a_report_that_is_not_here_has_its_authority_alone_crawled_at_once(
    config: Config, early: None, child: Child, clock: Clock
) -> None:
    child(SAYS_ITS_JOB)
    told = [(one.source, one.message) for one in round_of(config, "ofsted", clock).crawled]
    assert told == [("ofsted", "Brent, Camden in full"), ("ofsted", "Brent")]


def test_a_round_whose_second_look_is_another_processs_work_is_told_all_the_same(
    config: Config, early: None, child: Child, clock: Clock
) -> None:
    child(SAYS_ITS_JOB)
    with locked(config.data, "crawl ofsted"):
        outcome = round_of(config, "Gazette", clock)
    assert [(one.source, type(one)) for one in outcome.crawled] == [("Gazette", Crawled), ("ofsted", Left)]
    assert outcome.concluded.delivered.sent == 1


def test_a_mail_given_up_before_the_second_look_is_told() -> None:
    first = Concluded(1, (1,), Delivered(sent=1, failed=1, pending=1), (BRENT,))
    second = Concluded(2, (2, 3), Delivered(sent=2, failed=2, pending=1), ())
    assert joined(first, second) == Concluded(3, (1, 2, 3), Delivered(sent=3, failed=3, pending=1), ())


def test_nothing_to_do_is_done_without_harm(config: Config, clock: Clock) -> None:
    assert rounds.conclude(config, clock) == rounds.conclude(config, clock)


def test_a_report_about_another_authority_is_told_as_such_and_compared_once_it_is_accepted(
    config: Config, db: Database, clock: Clock
) -> None:
    for number, named in ((7, "Brent"), (8, "London Borough of Camden")):
        given.listed(db, number, clock(), urn=BRENT, kind="focused_visit", baseline=int(number == 7))
        given.read(db, number, clock(), reader=reader_version(), pdf_library=pdf_library(), authority=named)
        given.insert(db, "listings", urn=BRENT, report_id=number, first_seen=stamp(clock()))

    def compared() -> list[int]:
        return [row["report_id"] for row in rows(db, "SELECT report_id FROM compared")]

    assert len(rounds.conclude(config, clock).alerts) == 1 and compared() == [7]
    (mail,) = (config.data / "mail").glob("*.eml")
    assert "its text names Camden" in " ".join(mail.read_text().replace("=\n", "").split())
    assert rounds.conclude(config, clock).alerts == ()
    accept_page(db, BRENT, clock())
    assert len(rounds.conclude(config, clock).alerts) == 1 and compared() == [7, 8]
    assert rounds.conclude(config, clock).alerts == ()


def test_what_is_stopped_is_left_and_no_issue(
    config: Config, db: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise Stopped("between two reports")

    monkeypatch.setattr(rounds, "compare_pending", stopped)
    done = rounds.conclude(config, clock)
    assert (done.left, done.failed) == (("compare",), ())
    assert rows(db, "SELECT * FROM issues") == []


def test_a_conclusion_waits_for_another_processs_and_then_finds_its_work_done(
    config: Config, db: Database, clock: Clock
) -> None:
    with ThreadPoolExecutor() as pool:
        with locked(config.data, CONCLUDE):
            concluding = pool.submit(rounds.conclude, config, clock)
            telling = pool.submit(rounds.tell, config, clock, Stop())
            time.sleep(1.6)
            assert not concluding.done() and not telling.done()
        assert concluding.result(timeout=10).failed == ()
        assert telling.result(timeout=10) == Delivered()
