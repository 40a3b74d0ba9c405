"""A weekly word that there is nothing, by the real commands and a real mail server."""

from contextlib import closing
from pathlib import Path

import pytest
import yaml

from monitor.config import load_config
from monitor.database import connect, rows, writing
from monitor.demo import DemoSite, story
from monitor.rounds.round import conclude
from scraper.clock import utc_now
from tests.end_to_end.conftest import Mailbox, crawl_here


@pytest.fixture
def asked(crawled: Path) -> Path:
    """The config with a digest for a board, written as in its own style, on one line; it is announced."""
    told = yaml.safe_load(crawled.read_text())
    told["alerts"] = []
    rule = "alerts:\n- {to: [board@westmarch.example], when: weekly monday 08:00, even if nothing}\n"
    crawled.write_text(yaml.safe_dump(told).replace("alerts: []\n", rule))
    conclude(load_config(crawled), utc_now)
    return crawled


def pass_the_moment(config: Path) -> None:
    with closing(connect(config.parent / "data")) as db, writing(db):
        db.conn.execute("UPDATE deliveries SET due = '2020-01-06T08:00:00.000000+00:00' WHERE state = 'pending'")
        db.conn.execute(
            "UPDATE alerts SET dedupe_key = 'watching:weekly monday 08:00:2020-01-06' WHERE kind = 'watching'"
        )


def test_where_nothing_is_new_one_mail_says_so(asked: Path, site: DemoSite, mailbox: Mailbox) -> None:
    assert mailbox.messages == []
    pass_the_moment(asked)
    crawl_here(asked, story.OUTLET)
    conclude(load_config(asked), utc_now)
    (mail,) = mailbox.messages
    assert mail["Subject"].endswith("still watching")
    body = mail.get_body(("plain",))
    assert body is not None
    said = " ".join(body.get_content().split())
    assert "Still watching: " in said and ", all well." in said
    with closing(connect(asked.parent / "data")) as db:
        states = [row["state"] for row in rows(db, "SELECT state FROM deliveries ORDER BY id")]
    assert states == ["sent", "pending"], "the next one waits for its moment"


def test_where_a_report_is_new_the_digest_has_it_with_the_line(asked: Path, site: DemoSite, mailbox: Mailbox) -> None:
    site.move_to(story.AFTER)
    pass_the_moment(asked)
    crawl_here(asked, "ofsted")
    (mail,) = mailbox.messages
    assert "nothing" not in mail["Subject"]
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Still watching: " in " ".join(body.get_content().split())
