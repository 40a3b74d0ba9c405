"""`ofsted-watch accept`: what a person has settled is said report by report, and nothing else is touched."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.database import stamp, value
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.cli.test_commands import invoke
from tests.monitor.mail_rows import OTHER_URN, URN


@pytest.fixture
def config(tmp_path: Path) -> str:
    path = tmp_path / "config.yaml"
    names = "".join(
        f"  - {{urn: '{urn}', name: {name}}}\n" for urn, name in ((URN, "Westmarch"), (OTHER_URN, "Northmere"))
    )
    path.write_text(
        f"contact: a@example.org\nwatch: [Westmarch]\nauthorities:\n{names}alerts: [{{to: lead@example.org}}]\n"
    )
    return str(path)


@pytest.fixture
def page(db: Database, clock: Clock) -> None:
    """Westmarch's page: 1 and 2 are missing, of which Northmere's page lists 2; 3 names Northmere; 4 is as it should be."""
    given.authorities(db)
    for number in (1, 2, 3, 4):
        given.ready(db, number, clock(), kind="inspection")
        missing = stamp(clock()) if number < 3 else None
        given.insert(db, "listings", urn=URN, report_id=number, first_seen=stamp(clock()), missing_since=missing)
    given.insert(db, "listings", urn=OTHER_URN, report_id=2, first_seen=stamp(clock()))
    given.change(db, "readings", "report_id", 3, authority="Northmere", misfiled="Northmere")


def test_what_is_settled_is_told_for_each_report(config: str, page: None, db: Database) -> None:
    told = " ".join(invoke("accept", "--config", config, "Westmarch").output.split())
    assert "1 (Inspection: pdf, 2026-03-01, https://files.example.org/v1/file/1): withdrawn" in told
    assert "/2): no longer on this page, and not withdrawn: Northmere lists it" in told
    assert "/3): belongs to Westmarch" in told and "file/4" not in told and "with the next round" in told
    assert value(db, "SELECT count(*) FROM readings WHERE misfiled IS NOT NULL") == 0
    assert invoke("accept", "--config", config, "Westmarch").output == "Westmarch: there is nothing to settle\n"


def test_only_the_reports_that_are_named_are_settled(config: str, page: None, db: Database) -> None:
    told = invoke("accept", "--config", config, "Westmarch", "3", "4").output
    assert "4: neither missing from the page of Westmarch nor misfiled on it" in told
    assert value(db, "SELECT count(*) FROM reports WHERE withdrawn_at IS NOT NULL") == 0


def test_of_all_pages_what_is_missing_is_gone_and_nothing_that_is_misfiled_is_settled(
    config: str, page: None, db: Database
) -> None:
    told = " ".join(invoke("accept", "--config", config, "all").output.split())
    assert (
        "/1): withdrawn" in told
        and "Northmere lists it" in told
        and "/3)" not in told
        and "with the next round" in told
    )
    assert value(db, "SELECT count(*) FROM readings WHERE misfiled IS NOT NULL") == 1
    assert value(db, "SELECT count(*) FROM listings WHERE accepted_at IS NOT NULL") == 2
    assert invoke("accept", "--config", config, "all").output == "nothing is missing from any page\n"


def test_an_unknown_authority_is_told(config: str) -> None:
    result = invoke("accept", "--config", config, "Narnia")
    assert (result.exit_code, "Narnia" in result.stderr) == (2, True)


def test_a_page_of_stories_that_is_another_one_now_begins_anew(config: str, db: Database, clock: Clock) -> None:
    with Path(config).open("a") as file:
        file.write("sources: {news: [{name: Newsroom, page: https://westmarch.example/news}]}\n")
    for source, number in (("Newsroom", 1), ("Newsroom", 2), ("Another", 1)):
        known = {
            "entry": str(number),
            "url": f"https://a.example/{number}",
            "headline": "A story",
            "state": "irrelevant",
        }
        given.insert(db, "feed_entries", source=source, first_seen=stamp(clock()), **known)
    given.insert(db, "baselines", subject="source:Newsroom", since=stamp(clock()))
    told = invoke("accept", "--config", config, "Newsroom").output
    assert told.startswith("Newsroom: 2 links forgotten; ")
    assert value(db, "SELECT group_concat(source) FROM feed_entries") == "Another"
    assert value(db, "SELECT count(*) FROM baselines") == 0
