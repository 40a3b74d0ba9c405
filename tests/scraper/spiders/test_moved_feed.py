"""Feeds that move, go, or become a page, crawled by the real child."""

import pytest

from tests.scraper.spiders.conftest import Child
from tests.scraper.spiders.site import Answer, Site
from tests.scraper.spiders.test_news_crawl import AGAIN, FAIR, INSPECTED, crawl, feed


def moved(site: Site, status: int = 301) -> None:
    """The feed is at another address, to which its old one leads."""
    site.pages["/new/rss"] = site.pages["/rss"]
    site.pages["/rss"] = Answer(status=status, headers={"Location": f"{site.url}/new/rss"})


@pytest.fixture
def known(site: Site, child: Child) -> Child:
    """A child that has looked at the feed once."""
    feed(site, INSPECTED, FAIR)
    assert crawl(child)["verdict"] == "ok"
    return child


@pytest.mark.parametrize("status", [301, 308])
def test_one_that_has_moved_for_good_is_asked_for_there_though_its_old_place_is_gone(
    site: Site, known: Child, status: int
) -> None:
    moved(site, status)
    assert crawl(known)["verdict"] == "ok"
    assert known.rows("SELECT url, leads_to FROM moved") == [(f"{site.url}/rss", f"{site.url}/new/rss")]
    feed(site, AGAIN, INSPECTED, FAIR)
    site.pages["/new/rss"] = site.pages.pop("/rss")
    again = crawl(known)
    assert (again["verdict"], again["found"]) == ("ok", 1), again


@pytest.mark.parametrize("status", [302, 307])
def test_one_that_is_elsewhere_for_now_is_asked_for_at_its_own_place(site: Site, known: Child, status: int) -> None:
    moved(site, status)
    assert crawl(known)["verdict"] == "ok"
    assert known.rows("SELECT * FROM moved") == []


def test_one_that_is_gone_from_where_it_had_moved_is_looked_for_at_its_own_place(site: Site, known: Child) -> None:
    moved(site)
    crawl(known)
    feed(site, AGAIN, INSPECTED, FAIR)
    del site.pages["/new/rss"]
    again = crawl(known)
    assert (again["verdict"], again["found"]) == ("ok", 1), again
    assert known.rows("SELECT * FROM moved") == [], "it is not told as moved any more"


def test_a_page_at_the_place_that_it_moved_to_is_broken_and_not_remembered(site: Site, known: Child) -> None:
    moved(site)
    site.pages["/new/rss"] = Answer(b"<!DOCTYPE html><html><body><h1>Welcome</h1></body></html>")
    assert crawl(known)["verdict"] == "broken"
    assert known.rows("SELECT * FROM moved") == []


def test_one_that_is_gone_for_good_is_told_as_that(site: Site, known: Child) -> None:
    site.pages["/rss"] = Answer(status=410)
    told = crawl(known)
    assert told["verdict"] == "broken" and "gone for good (HTTP 410)" in str(told["message"])


def test_a_page_in_its_place_that_names_a_feed_is_told_with_that(site: Site, known: Child) -> None:
    link = '<link rel="alternate" type="application/rss+xml" title="News" href="/latest/feed?a=1&amp;b=2">'
    site.pages["/rss"] = Answer(f"<!DOCTYPE html><html><head>{link}</head><body>News</body></html>".encode())
    told = crawl(known)
    assert told["verdict"] == "broken"
    assert f"it names the feed {site.url}/latest/feed?a=1&b=2" in str(told["message"])
