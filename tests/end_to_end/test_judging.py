"""A reader corrects a comparison of the demo's new report: page and terminal say so, whatever is read and compared again, and nobody is mailed."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from monitor.comparing import chain
from monitor.config import load_config
from monitor.database import connect, rows, value, writing
from monitor.demo import DemoSite, story
from monitor.facts import report_facts
from monitor.rounds.round import conclude
from scraper.clock import utc_now
from tests.end_to_end.conftest import Mailbox, command_here, crawl_here
from tests.monitor.browse.conftest import Site, no_connection_is_left_open

__all__ = ["no_connection_is_left_open"]  # a fixture
NEW = story.NEW_REPORT.report_id
IMPROVED = (
    "SELECT c.name, f.text FROM comparisons c JOIN findings f ON f.id = c.earlier_finding_id WHERE c.report_id = ? AND c.status = 'improved' AND c.certain "
    "ORDER BY c.position LIMIT 1"
)
STATE = "SELECT a.state FROM areas a JOIN findings f ON f.id = a.finding_id WHERE f.text = ?"


def asked(config: Path, sql: str, *parameters: object) -> list[dict[str, Any]]:
    with closing(connect(config.parent / "data")) as db:
        return rows(db, sql, parameters)


def status_on_page(data: Path, text: str) -> str:
    """Under which title the page of the new report has an earlier area."""
    site = Site(data)
    try:
        page = BeautifulSoup(site.get(f"/report/{NEW}").text, "lxml")
    finally:
        site.close()
    titles = [title.get_text(" ") for title in page.select("#earlier ~ h3")]
    groups = page.select("#earlier ~ h3 + ul")
    (found,) = [title for title, group in zip(titles, groups, strict=True) if text in group.get_text()]
    return found.partition("  ")[0].rstrip("0123456789 ").lower()


def test_a_readers_word_outlives_reading_and_comparing_again(
    crawled: Path, site: DemoSite, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.move_to(story.AFTER)
    crawl_here(crawled)
    mails = len(mailbox.messages)
    assert mails >= 1
    data = crawled.parent / "data"
    (one,) = asked(crawled, IMPROVED, NEW)
    name, text = one["name"], one["text"]
    assert status_on_page(data, text) == "improved"
    told = command_here("judge", name, "not mentioned", "--by", "A Reader", "--config", crawled)
    assert "we had said: improved" in told

    def everywhere() -> None:
        assert status_on_page(data, text) == "not mentioned"
        history = " ".join(command_here("history", story.AUTHORITY, "--config", crawled).split())
        assert f"{name} [not mentioned (reader: A Reader)] {text}" in history
        assert asked(crawled, STATE, text) == [{"state": "open"}], (
            "and what follows is as if we had never said that it improved"
        )
        with closing(connect(data)) as db:
            assert [area.status for area in report_facts(db, NEW).earlier if area.text == text] == ["not_mentioned"]

    everywhere()
    before = asked(crawled, "SELECT id FROM findings ORDER BY id")
    with closing(connect(data)) as db, writing(db):
        db.conn.execute("UPDATE readings SET reader = 'an older one'")
    monkeypatch.setattr(chain, "COMPARER", "another one")
    assert conclude(load_config(crawled), utc_now).read == 4
    assert asked(crawled, "SELECT id FROM findings ORDER BY id") != before, "all was read again"
    assert {row["comparer"].partition("-")[0] for row in asked(crawled, "SELECT comparer FROM compared")} == {
        "another one"
    }
    everywhere()
    crawl_here(crawled)
    everywhere()
    assert len(mailbox.messages) == mails, "nobody is mailed because of it"

    (pair,) = map(json.loads, command_here("judge", "export", "--config", crawled).splitlines())
    assert [(row["status"], row["was"], row["by"]) for row in pair["status"]] == [
        ("not_mentioned", "improved", "A Reader")
    ]
    command_here("judge", name, "--withdraw", "--config", crawled)
    assert status_on_page(data, text) == "improved"
    with closing(connect(data)) as db:
        assert value(db, "SELECT count(*) FROM corrections") == 2
