"""Killed at any point, with SIGKILL: nothing is lost, and nobody is told twice."""

import os
import signal
import threading
from collections.abc import Callable
from contextlib import closing
from email.message import EmailMessage
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

from monitor.config import load_config
from monitor.database import connect, rows
from monitor.demo import DemoSite, news, story
from monitor.rounds.round import conclude
from scraper.clock import utc_now
from tests.end_to_end.conftest import Mailbox, children, crawl_here, start, start_here

PAGE, PDF, FEED = f"/provider/44/{story.URN}", f"/v1/file/{story.NEW_REPORT.report_id}", "/news/rss.xml"
STORIES = [one for one in news.stories() if one.feed == "news"]
ARTICLE = next(
    one.path for one in STORIES if one.published.date() == story.AFTER and "children" in one.headline.lower()
)
Killer = Callable[[ForkProcess], None]


def crawled_again(source: str, config: Path) -> None:
    """The next crawl mends what the kill left, and a conclusion after it finds nothing left to do."""
    crawl_here(config, source)
    assert conclude(load_config(config), utc_now).alerts == ()


def kill_parent(process: ForkProcess) -> None:
    process.kill()


def kill_child(process: ForkProcess) -> None:
    for child in children(process.pid or 0):
        os.kill(child, signal.SIGKILL)


def kill_both(process: ForkProcess) -> None:
    kill_child(process)
    kill_parent(process)


def crawl_killed_at(
    path: str, source: str, killer: Killer, config: Path, requests: list[Callable[[str], None]]
) -> None:
    """Crawl one source, and kill when the site is asked for this path."""
    asked, process = threading.Event(), start_here("crawl", source, "--config", config)

    def listen(target: str) -> None:
        if target.partition("?")[0] == path and not asked.is_set():
            asked.set()
            killer(process)

    requests.append(listen)
    process.join(60)
    requests.remove(listen)
    assert asked.is_set(), f"{path} was never asked for"
    assert process.exitcode not in (0, None)


@pytest.mark.parametrize("killer", [kill_parent, kill_child, kill_both])
@pytest.mark.parametrize("path", [PAGE, PDF])
def test_killed_while_crawling_the_reports(
    path: str, killer: Killer, crawled: Path, site: DemoSite, mailbox: Mailbox, requests: list[Callable[[str], None]]
) -> None:
    site.move_to(story.AFTER)
    crawl_killed_at(path, "ofsted", killer, crawled, requests)
    crawled_again("ofsted", crawled)
    assert_told_once(mailbox, crawled)


@pytest.mark.parametrize("path", [FEED, ARTICLE])
def test_killed_while_crawling_the_news(
    path: str, crawled: Path, site: DemoSite, mailbox: Mailbox, requests: list[Callable[[str], None]]
) -> None:
    site.move_to(story.AFTER)
    crawl_killed_at(path, story.OUTLET, kill_both, crawled, requests)
    crawled_again(story.OUTLET, crawled)
    assert_stories_told_once(mailbox, crawled)


def assert_told_once(mailbox: Mailbox, config: Path) -> None:
    with closing(connect(config.parent / "data")) as db:
        assert len(rows(db, "SELECT * FROM reports")) == len(story.REPORTS)
        assert rows(db, "SELECT * FROM crawls WHERE verdict IS NULL") == []
        told = rows(db, "SELECT * FROM alerts WHERE kind = 'report'")
        assert [alert["report_id"] for alert in told] == [story.NEW_REPORT.report_id]
        assert rows(db, "SELECT * FROM deliveries WHERE state <> 'sent'") == []
    assert len(set(mailbox.ids())) == len(mailbox.ids())
    assert sum(story.AUTHORITY in str(m["Subject"]) for m in mailbox.messages) >= 1


def assert_stories_told_once(mailbox: Mailbox, config: Path) -> None:
    with closing(connect(config.parent / "data")) as db:
        assert len(rows(db, "SELECT * FROM feed_entries")) == len(STORIES)
        told = [alert["article_url"] for alert in rows(db, "SELECT article_url FROM alerts WHERE kind = 'news'")]
    assert any(url.endswith(ARTICLE) for url in told)
    assert len(set(told)) == len(told)
    assert sum(ARTICLE in plain(message) for message in mailbox.messages) == 1


def plain(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""


def test_killed_while_handing_over_the_mail(crawled: Path, site: DemoSite, mailbox: Mailbox) -> None:
    """The mail may come twice then, as the same mail; it must not be lost."""
    site.move_to(story.AFTER)
    process = start("crawl", "ofsted", "--config", crawled)
    mailbox.before_accepting = lambda message: process.kill()
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    mailbox.before_accepting = lambda message: None
    release_claims(crawled)
    crawled_again("ofsted", crawled)
    with closing(connect(crawled.parent / "data")) as db:
        assert rows(db, "SELECT * FROM deliveries WHERE state <> 'sent'") == []
    first, *later = mailbox.ids()
    assert later.count(first) == 1
    assert len(set(later)) == len(later)


def release_claims(config: Path) -> None:
    """Let the time pass after which a mail in hand counts as lost and is due again."""
    with closing(connect(config.parent / "data")) as db:
        db.conn.execute("UPDATE deliveries SET claimed = '2000-01-01', due = '2000-01-01' WHERE state = 'sending'")
        db.conn.commit()
