"""`ofsted-watch check` and `test-mail` against a real site and a real mail server on loopback."""

import re
from pathlib import Path

import yaml

from monitor.demo import DemoSite, story
from tests.end_to_end.conftest import Mailbox, command_here
from tests.ports import free_port


def change(config: Path, **keys: object) -> None:
    config.write_text(yaml.safe_dump(yaml.safe_load(config.read_text()) | keys))


def test_what_would_be_watched_and_who_would_be_told_and_nothing_is_stored_or_mailed(
    config: Path, site: DemoSite, mailbox: Mailbox
) -> None:
    told = command_here("check", "--config", config, status=1)
    assert "watched: 1 authority: Westmarch" in told
    assert f"ofsted (page of {story.AUTHORITY}): ok: 1 of 1 authority checked, 3 reports listed\n" in told
    assert re.search(rf"{story.OUTLET}: ok: \d+ entries\n", told)
    assert f"127.0.0.1:{mailbox.port} (none) answers" in told
    assert "nobody is told when the watch itself is broken" in told
    assert not (config.parent / "data").exists()
    assert mailbox.messages == []


def test_of_the_reports_that_the_page_lists_it_is_told_which_are_not_stored_yet(crawled: Path, site: DemoSite) -> None:
    assert "3 reports listed, all of them stored already\n" in command_here("check", "--config", crawled, status=1)
    site.move_to(story.AFTER)
    assert "4 reports listed, 1 of them not stored yet\n" in command_here("check", "--config", crawled, status=1)


def test_a_source_that_does_not_answer_is_told(config: Path, site: DemoSite) -> None:
    sources = yaml.safe_load(config.read_text())["sources"]
    sources["news"][0]["feed"] = f"http://127.0.0.1:{free_port()}/rss"
    change(config, sources=sources)
    assert f"{story.OUTLET}: broken" in command_here("check", "--config", config, status=1)


def test_without_a_mail_host_it_is_said_plainly_that_nothing_is_mailed(config: Path, site: DemoSite) -> None:
    ops = {"to": ["ops@westmarch.example"], "about": ["source"]}
    sources = yaml.safe_load(config.read_text())["sources"] | {"news": []}
    change(config, mail={"from": "watch@example.org"}, alerts=[ops], sources=sources)
    assert "NOTHING IS MAILED" in command_here("check", "--config", config)


def test_a_test_mail_reaches_each_recipient_once(config: Path, site: DemoSite, mailbox: Mailbox) -> None:
    change(config, alerts=[{"to": ["a@example.org", "b@example.org"]}, {"to": ["a@example.org"], "about": ["source"]}])
    told = command_here("test-mail", "--config", config)
    assert told.splitlines() == ["a@example.org: handed over", "b@example.org: handed over"]
    assert sorted(str(m["To"]) for m in mailbox.messages) == ["a@example.org", "b@example.org"]


def test_a_mail_server_that_is_down_is_told(config: Path, site: DemoSite) -> None:
    change(config, mail={"from": "watch@example.org", "host": "127.0.0.1", "port": free_port()})
    assert "handed over" not in command_here("test-mail", "--config", config, status=1)
