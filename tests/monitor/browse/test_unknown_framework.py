"""What nobody has described yet: stored and told with what is certain, no change claimed, and read anew once somebody has described it."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.daemon import rounds
from monitor.database import rows
from monitor.facts import report_facts
from tests.conftest import Clock
from tests.data_folders import new_database
from tests.made_up_registry import registry
from tests.monitor.browse.conftest import Site
from tests.monitor.browse.saltmarsh import CASES, config, mails, published

KNOWN, UNKNOWN = 7, 8
TITLE = "its title is “Inspection of Saltmarsh and Dunes children and family services”"
GRADES = "there are grades on no scale that is known: “Family help: Expected standard”, “Protection: Needs attention”"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "watch" / "data"


@pytest.fixture
def watched(data: Path, clock: Clock) -> Iterator[Database]:
    """A known report of before, and a new one of a framework that nobody knows."""
    with closing(new_database(data)) as db:
        assert list(published(db, data, clock, {number: CASES[number] for number in (KNOWN, UNKNOWN)})) == [
            KNOWN,
            UNKNOWN,
        ]
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


def test_once_it_is_described_it_is_read_anew_and_nobody_is_alerted(
    watched: Database, data: Path, clock: Clock, tmp_path: Path
) -> None:
    before = rows(watched, "SELECT id FROM alerts WHERE kind = 'report'")
    with registry(tmp_path):
        assert rounds.conclude(config(data), clock).failed == ()
        facts = report_facts(watched, UNKNOWN)
        assert [ask.kind for ask in facts.asks] == ["next_step", "next_step"]
        assert len(facts.grades) == 5
        assert {row["report_id"] for row in rows(watched, "SELECT report_id FROM standing")} == {UNKNOWN}
    assert rows(watched, "SELECT id FROM alerts WHERE kind = 'report'") == before
