"""Crawls of a feed with a past: a stale one and one with hardly an entry are broken, what is new is kept, and it heals by itself."""

from datetime import timedelta

import pytest

from scraper.clock import utc_now
from scraper.crawling import feed_past
from scraper.reference import london_day
from tests.scraper.spiders.conftest import Child
from tests.scraper.spiders.site import Answer, Site
from tests.scraper.spiders.test_news_crawl import AGAIN, FAIR, INSPECTED, crawl, feed

MANY = [INSPECTED, FAIR, *((f"story-{n}", f"Story number {n}") for n in range(28))]


@pytest.fixture(autouse=True)
def no_christmas(monkeypatch: pytest.MonkeyPatch) -> None:
    """The crawls are of today, whatever day that is."""
    monkeypatch.setattr(feed_past, "is_quiet", lambda day: False)


def with_past(child: Child, *, silent: int, entries: int = 30) -> None:
    """A first look, and before it forty days with something new, the last so many days without."""
    crawl(child)
    today = london_day(utc_now())
    with child.query() as db:
        db.execute("DELETE FROM feed_days")
        for back in range(1, 41 + silent):
            day = (today - timedelta(days=back)).isoformat()
            db.execute(
                "INSERT INTO feed_days (source, day, least, most, new) VALUES ('Seaford Gazette', ?, ?, ?, ?)",
                [day, entries, entries, 3 if back > silent else 0],
            )
        db.commit()


def test_a_feed_that_gives_old_entries_for_days_is_broken_until_a_new_one_comes(site: Site, child: Child) -> None:
    feed(site, *MANY)
    with_past(child, silent=5)
    for _ in range(2):
        told = crawl(child)
        assert told["verdict"] == "broken"
        assert "the feed: nothing new since" in str(told["message"]) and "in the 40 days before" in str(told["message"])
    assert child.rows("SELECT verdict FROM page_checks ORDER BY crawl_id DESC LIMIT 1") == [("broken",)]
    assert child.rows("SELECT count(*) FROM issues WHERE message LIKE '%nothing new since%'") == [(1,)]
    feed(site, AGAIN, *MANY)
    well = crawl(child)
    assert (well["verdict"], well["found"]) == ("ok", 1)
    assert crawl(child)["verdict"] == "ok", "what came this morning is new all day"


def test_of_a_feed_with_hardly_an_entry_the_new_one_is_told_and_nothing_is_forgotten(site: Site, child: Child) -> None:
    feed(site, *MANY)
    with_past(child, silent=0)
    with child.query() as db:
        db.execute("UPDATE feed_entries SET first_seen = '2025-01-01T00:00:00+00:00'")
        db.commit()
    feed(site, AGAIN, INSPECTED)
    told = crawl(child)
    assert told["verdict"] == "broken" and "2 entries; in the 40 days before never fewer than 30" in str(
        told["message"]
    )
    assert child.rows("SELECT url LIKE '%again%', baseline FROM articles ORDER BY 1") == [(0, 1), (1, 0)]
    feed(site, AGAIN, *MANY)
    assert (crawl(child)["message"], crawl(child)["verdict"]) == ("0 new entries, 0 articles fetched, 0 kept", "ok")


def test_a_feed_that_is_empty_all_at_once_is_broken_and_one_that_never_had_much_is_empty(
    site: Site, child: Child
) -> None:
    feed(site, *MANY)
    with_past(child, silent=0)
    feed(site)
    assert crawl(child)["verdict"] == "broken"
    with_past(child, silent=0, entries=5)
    assert crawl(child)["verdict"] == "empty"


def test_a_feed_that_is_called_unchanged_for_days_is_broken_too_and_asked_for_whole(site: Site, child: Child) -> None:
    feed(site, *MANY)
    site.pages["/rss"] = Answer(site.pages["/rss"].body, kind="application/rss+xml", headers={"ETag": '"1"'})
    with_past(child, silent=5)
    assert [crawl(child)["verdict"] for _ in range(2)] == ["broken", "broken"]
    sent = [headers.get("If-None-Match") for path, headers in site.asked if path == "/rss"]
    assert sent == [None, '"1"', None]


def test_what_a_day_had_is_kept_as_a_row_and_a_baseline_is_not_new(site: Site, child: Child) -> None:
    feed(site, *MANY[:20])
    crawl(child)
    feed(site, *MANY)
    crawl(child)
    assert child.rows("SELECT least, most, new, broken FROM feed_days") == [(20, 30, 10, 0)]
    crawl(child, source="Courier")
    assert child.rows("SELECT source, new FROM feed_days ORDER BY source") == [("Courier", 10), ("Seaford Gazette", 10)]
