"""Articles that break their reader, end their crawl or share what names them: each costs itself, and none is lost in silence."""

import os
import signal
import time
from datetime import datetime
from sqlite3 import OperationalError

import pytest
from sqlite_utils import Database

from scraper.database import store_article
from scraper.items import ArticleReading, FeedEntry
from scraper.looks import ArticleLook
from scraper.pages import ArticleAsked, ArticleRead, Paper, reading
from scraper.spiders import news
from tests.scraper.spiders.conftest import Child
from tests.scraper.spiders.site import Answer, Site
from tests.scraper.spiders.test_news_crawl import AGAIN, FAIR, INSPECTED, NEWS, URN, article, crawl, feed

read_fetched = reading.read_fetched
BROKEN = "the article of the broken page"


def rss(*items: str) -> Answer:
    return Answer(f"<rss><channel>{''.join(items)}</channel></rss>".encode(), kind="application/rss+xml")


def item(headline: str, link: str, guid: str = "", summary: str = "") -> str:
    return (
        f"<item><title>{headline}</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid>"
        f"<description>{summary}</description><pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate></item>"
    ).replace("<guid isPermaLink='false'></guid>", "")


def killed_by_a_page(asked: ArticleAsked) -> ArticleRead:
    """A reader that the page of one article kills."""
    if asked.page and BROKEN.encode() in asked.page.body:
        os.kill(os.getpid(), signal.SIGKILL)
    return read_fetched(asked)


def busy_with_a_page(asked: ArticleAsked) -> ArticleRead:
    """A reader that comes to no end with the page of one article."""
    while asked.page and BROKEN.encode() in asked.page.body:
        pass
    return read_fetched(asked)


def test_an_article_that_kills_its_reader_costs_itself_and_is_read_from_its_feed_after_three_attempts(
    site: Site, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "read_fetched", killed_by_a_page)
    feed(site, FAIR)
    crawl(child)
    site.pages["/news/inspected-1"] = article(BROKEN)
    feed(site, INSPECTED, AGAIN, FAIR)
    for attempt in (1, 2, 3):
        told = (
            f"{site.url}/news/inspected-1: {site.url}/news/inspected-1: it could not be read within 512 MiB of memory"
        )
        outcome = crawl(child)
        assert outcome["verdict"] == "broken" and told in str(outcome["message"])
        assert child.rows("SELECT attempts FROM feed_entries WHERE url LIKE '%inspected%'") == [(attempt,)]
        assert child.rows("SELECT count(*) FROM articles WHERE url LIKE '%again%'") == [(1,)]
    assert child.rows("SELECT headline, baseline FROM articles WHERE url LIKE '%inspected%'") == [(INSPECTED[1], 0)]
    after = crawl(child)
    assert after["verdict"] == "ok" and "/news/inspected-1" not in str(after["message"])


def test_a_crawl_that_is_asked_to_end_does_not_wait_for_a_reader_that_comes_to_no_end(
    site: Site, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "read_fetched", busy_with_a_page)
    site.pages["/news/inspected-1"] = article(BROKEN)
    feed(site, INSPECTED)
    process = child.start(child.job(URN, **(NEWS | {"url": f"{site.url}/rss"})))
    while "/news/inspected-1" not in site.paths():
        time.sleep(0.01)
    time.sleep(0.3)
    begun = time.monotonic()
    os.kill(process.pid or 0, signal.SIGTERM)
    process.join(15)
    assert process.exitcode == 0 and time.monotonic() - begun < 10
    assert child.rows("SELECT verdict, stopped FROM crawls") == [("crashed", 1)]


def test_an_article_that_ends_every_crawl_is_closed_and_told_and_holds_up_nothing(site: Site, child: Child) -> None:
    feed(site, FAIR)
    crawl(child)
    feed(site, INSPECTED, FAIR)
    site.pages["/news/inspected-1"].mode = "hang"
    for attempt in (1, 2, 3):
        process = child.start(child.job(URN, **(NEWS | {"url": f"{site.url}/rss", "download_timeout": 20})))
        while site.paths().count("/news/inspected-1") < attempt:
            time.sleep(0.01)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join(10)
    feed(site, AGAIN, INSPECTED, FAIR)
    outcome = crawl(child)
    assert "/news/inspected-1: the crawl was ended 3 times at its article" in str(outcome["message"])
    assert site.paths().count("/news/inspected-1") == 3 and outcome["found"] == 2
    assert outcome["verdict"] == "broken"
    assert child.rows("SELECT level FROM issues WHERE message LIKE '%was ended 3 times%'") == [("error",)]
    assert child.rows("SELECT headline FROM articles ORDER BY 1") == [(AGAIN[1],), (INSPECTED[1],)]
    assert "was ended" not in str(crawl(child)["message"])


def broken_last_resort(asked: ArticleAsked) -> ArticleRead:
    if asked.fed.headline == INSPECTED[1]:
        raise ZeroDivisionError(asked.fed.headline)
    return read_fetched(asked)


def test_what_cannot_even_be_read_from_its_feed_is_closed_and_told_once(
    site: Site, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "read_fetched", broken_last_resort)
    feed(site, FAIR)
    crawl(child)
    feed(site, INSPECTED, AGAIN, FAIR)
    outcomes = [crawl(child) for _ in range(4)]
    assert [one["verdict"] for one in outcomes] == ["broken", "broken", "crashed", "ok"]
    assert "nor can be read what its feed says of it" in str(outcomes[2]["message"])
    assert child.rows("SELECT state, attempts FROM feed_entries WHERE url LIKE '%inspected%'") == [("failed", 3)]
    assert child.rows("SELECT headline FROM articles") == [(AGAIN[1],)]


def test_what_cannot_be_stored_is_closed_after_three_attempts(
    site: Site, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stored_for_one(db: Database, crawl_id: int, look: ArticleLook, now: datetime) -> int:
        if look.article:
            raise OverflowError("half \ud83d a face")
        return store_article(db, crawl_id, look, now)

    feed(site, FAIR)
    crawl(child)
    feed(site, INSPECTED, FAIR)
    monkeypatch.setattr(news, "store_article", stored_for_one)
    for attempt in (1, 2, 3):
        outcome = crawl(child)
        assert outcome["verdict"] == "crashed" and "it could not be stored" in str(outcome["message"])
        assert child.rows("SELECT attempts FROM feed_entries WHERE url LIKE '%inspected%'") == [(attempt,)]
    assert child.rows("SELECT state FROM feed_entries WHERE url LIKE '%inspected%'") == [("failed",)]
    assert crawl(child)["verdict"] == "ok"


def test_an_article_that_could_not_be_stored_once_is_stored_by_the_next_crawl(
    site: Site, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(db: object, check: object, now: object) -> int:
        raise OperationalError("database is locked")

    feed(site, FAIR)
    crawl(child)
    feed(site, INSPECTED, FAIR)
    with monkeypatch.context() as patched:
        patched.setattr(news, "store_article", locked)
        assert crawl(child)["verdict"] == "crashed"
    assert crawl(child)["found"] == 1


def test_what_the_feed_said_of_a_closed_article_is_known_though_the_feed_has_not_changed_since(
    site: Site, child: Child
) -> None:
    feed(site, FAIR)
    crawl(child)
    said = "Ofsted has rated Authority 91001 council's children's services inadequate, and its leader says sorry to families."
    site.pages["/rss"] = rss(item("Town hall says sorry", f"{site.url}/news/sorry-9", summary=said))
    site.pages["/rss"].headers["ETag"] = '"same"'
    site.pages["/news/sorry-9"] = Answer(b"no", 403)
    for _ in range(3):
        crawl(child)
    assert child.rows("SELECT label, urn, snippet FROM articles") == [("followup", "91001", said)]
    assert child.rows("SELECT summary FROM feed_entries WHERE url LIKE '%sorry%'") == [(None,)]


def test_stories_that_share_a_link_are_told_by_what_their_feed_calls_them(site: Site, child: Child) -> None:
    updates = f"{site.url}/updates"
    site.pages["/updates"] = article(INSPECTED[1])
    site.pages["/rss"] = rss(item("Road closed", updates, "1"))
    crawl(child)
    site.pages["/rss"] = rss(item(INSPECTED[1], updates, "2"), item("Road closed", updates, "1"))
    assert crawl(child)["found"] == 1
    site.pages["/updates"] = article(AGAIN[1])
    site.pages["/rss"] = rss(item(AGAIN[1], updates, "3"), item(INSPECTED[1], updates, "2"))
    assert crawl(child)["found"] == 1
    stored = child.rows("SELECT url, headline, baseline FROM articles ORDER BY rowid")
    assert [row[1:] for row in stored] == [(INSPECTED[1], 0), (AGAIN[1], 0)]
    assert stored[0][0] == updates and stored[1][0].startswith(f"{updates}#:~:text=Council%27s%20children")


@pytest.mark.parametrize("guid", ["story-1", ""])
def test_a_story_whose_link_bears_another_token_each_time_is_fetched_once(site: Site, child: Child, guid: str) -> None:
    feed(site, FAIR)
    crawl(child)
    for token in "abc":
        site.pages[f"/news/1?t={token}"] = article(INSPECTED[1])
        site.pages["/rss"] = rss(item(INSPECTED[1], f"{site.url}/news/1?t={token}", guid))
        crawl(child)
    assert [path for path in site.paths() if path.startswith("/news/1")] == ["/news/1?t=a"]


def test_pages_that_all_name_one_address_as_their_own_are_several_articles(site: Site, child: Child) -> None:
    feed(site, FAIR)
    crawl(child)
    section = f'<head><link rel="canonical" href="{site.url}/latest-council-news-2026"></head>'.encode()
    for slug, headline in (INSPECTED, AGAIN):
        page = article(headline)
        page.body = page.body.replace(b"<html>", b"<html>" + section)
        site.pages[f"/news/{slug}"] = page
    feed(site, INSPECTED, AGAIN, FAIR)
    assert crawl(child)["found"] == 2


def test_a_reading_is_of_the_entry_that_was_asked_for() -> None:
    entry = FeedEntry("https://news.example/1", "Ofsted praises Authority 91001", "in short", None, "guid")
    read = reading.read_fetched(ArticleAsked(entry, Paper("Gazette", (), ())))
    assert isinstance(read.reading, ArticleReading)
    assert (read.article.url, read.article.headline, read.article.text) == (entry.url, entry.headline, "")


@pytest.mark.parametrize("section", ["/category/council", "/sorry", "/login?next=/news/1"])
def test_a_removed_story_that_leads_to_any_other_page_is_gone_and_the_next_one_is_not_lost(
    site: Site, child: Child, section: str
) -> None:
    feed(site, FAIR)
    crawl(child)
    site.pages[section] = article("News from the county, and what is on")
    for slug, _ in (INSPECTED, AGAIN):
        site.pages[f"/news/{slug}"] = Answer(status=302, headers={"Location": section})
    feed(site, INSPECTED, AGAIN, FAIR)
    outcomes = [crawl(child) for _ in range(3)]
    assert "about something else: 'News from the county" in str(outcomes[0]["message"])
    told = child.rows("SELECT headline, url FROM articles ORDER BY url")
    assert told == [(name, f"{site.url}/news/{slug}") for slug, name in (AGAIN, INSPECTED)]


def test_a_story_that_has_moved_is_read_where_it_is_now(site: Site, child: Child) -> None:
    feed(site, FAIR)
    crawl(child)
    site.pages["/education/x-77"] = article(INSPECTED[1])
    site.pages["/news/inspected-1"] = Answer(status=302, headers={"Location": "/education/x-77"})
    feed(site, INSPECTED, FAIR)
    assert crawl(child)["found"] == 1


def test_an_article_that_no_time_was_left_for_has_lost_no_attempt(site: Site, child: Child) -> None:
    feed(site, FAIR)
    crawl(child)
    feed(site, INSPECTED, FAIR)
    outcome = crawl(child, delay=3, timeout=5)
    assert outcome["verdict"] == "timed_out" and "/news/inspected-1" not in site.paths()
    assert child.rows("SELECT attempts FROM feed_entries WHERE url LIKE '%inspected%'") == [(0,)]
    assert crawl(child)["found"] == 1


def test_a_story_that_takes_the_guid_of_one_still_waited_for_leaves_that_its_address(site: Site, child: Child) -> None:
    site.pages["/rss"] = rss(item("Road closed", f"{site.url}/news/road-1", "other"))
    crawl(child)
    site.pages["/news/first-1"] = Answer(b"not yet", 404)
    site.pages["/rss"] = rss(item(INSPECTED[1], f"{site.url}/news/first-1", "top"))
    crawl(child)
    for slug, headline in (("first-1", INSPECTED[1]), ("second-2", AGAIN[1])):
        site.pages[f"/news/{slug}"] = article(headline)
    site.pages["/rss"] = rss(item(AGAIN[1], f"{site.url}/news/second-2", "top"))
    assert crawl(child)["found"] == 2
    assert child.rows("SELECT headline, url FROM articles ORDER BY url") == [
        (INSPECTED[1], f"{site.url}/news/first-1"),
        (AGAIN[1], f"{site.url}/news/second-2"),
    ]
