"""What nobody has described yet: stored and told with what is certain, no change claimed, and read anew once somebody has described it."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.database import connect, rows
from monitor.facts import report_facts
from monitor.rounds import round as rounds
from tests.conftest import Clock
from tests.data_folders import new_database
from tests.made_up_registry import registry
from tests.monitor.browse.conftest import Site
from tests.monitor.browse.saltmarsh import CASES, config, mails, published

KNOWN, UNKNOWN = 7, 8
TITLE = "its title is “Inspection of Saltmarsh and Dunes children and family services”"
GRADES = "there are grades on no scale that is known: “Family help: Expected standard”, “Protection: Needs attention”"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A known report of before, and a new one of a framework that nobody knows."""
    data = tmp_path_factory.mktemp("watch") / "data"
    with closing(new_database(data)) as db:
        told = list(published(db, data, Clock(), {number: CASES[number] for number in (KNOWN, UNKNOWN)}))
    assert told == [KNOWN, UNKNOWN]
    return data


@pytest.fixture
def watched(data: Path) -> Iterator[Database]:
    with closing(connect(data)) as db:
        yield db


def test_the_reader_is_told_of_it_with_the_words_found_and_of_no_change(watched: Database, data: Path) -> None:
    facts = report_facts(watched, UNKNOWN)
    assert (facts.grades, facts.earlier, facts.compared_with) == ((), (), ())
    told = mails(data, "lead@example.org")
    assert "which could only be read in part" in told
    assert TITLE in told and GRADES in told and "“Next steps for leaders”" in told
    said, _, how_it_is_found = told.partition("Check a claim on its page")
    assert how_it_is_found
    for claim in ("was good", "declined", "Better", "unchanged", "not mentioned", "is raised again", "no longer given"):
        assert claim not in said


def test_the_operators_are_told_too(watched: Database, data: Path) -> None:
    told = mails(data, "ops@example.org")
    assert "The watch could read a report in part only" in told
    assert "report 8 of Saltmarsh and Dunes (Inspection: pdf) could only be read in part" in told
    assert TITLE in told and GRADES in told


def test_pages_say_so_and_the_authority_stands_where_it_stood(watched: Database, data: Path) -> None:
    site = Site(data)
    assert TITLE in site.get(f"/report/{UNKNOWN}").text
    site.close()
    assert {row["report_id"] for row in rows(watched, "SELECT report_id FROM standing")} == {KNOWN}


def test_once_it_is_described_it_is_read_anew_and_nobody_is_alerted(data: Path, clock: Clock, tmp_path: Path) -> None:
    own = tmp_path / "data"
    shutil.copytree(data, own)
    clock.move(days=200)
    with closing(connect(own)) as db, registry(tmp_path):
        before = rows(db, "SELECT id FROM alerts WHERE kind = 'report'")
        assert rounds.conclude(config(own), clock).failed == ()
        facts = report_facts(db, UNKNOWN)
        assert [ask.kind for ask in facts.asks] == ["next_step", "next_step"]
        assert len(facts.grades) == 5
        assert {row["report_id"] for row in rows(db, "SELECT report_id FROM standing")} == {UNKNOWN}
        assert rows(db, "SELECT id FROM alerts WHERE kind = 'report'") == before
