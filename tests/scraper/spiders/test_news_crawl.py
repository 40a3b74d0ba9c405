"""Crawls of an invented newspaper's feed by the real child."""

from pathlib import Path
from types import ModuleType

import pytest

from scraper.articles import places, rules
from tests.scraper.spiders.conftest import Child
from tests.scraper.spiders.site import Answer, Site

URN = "91001"
NEWS = {"spider": "news", "source": "Seaford Gazette", "outlet": "Seaford Gazette", "covers": [URN]}
SENTENCE = "Inspectors from Ofsted visited Authority 91001 council's children's services and found that social work has improved. "


def feed(site: Site, *items: tuple[str, str]) -> None:
    """A feed of (slug, headline), and an article for each that has none."""
    listed = "".join(
        f"<item><title>{headline}</title><link>{site.url}/news/{slug}?utm_source=rss#top</link>"
        f"<description>{headline} in short</description><pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate></item>"
        for slug, headline in items
    )
    rss = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title>{listed}</channel></rss>'
    site.pages["/rss"] = Answer(rss.encode(), kind="application/rss+xml")
    for slug, headline in items:
        site.pages.setdefault(f"/news/{slug}", article(headline))


def article(headline: str) -> Answer:
    paragraphs = "".join(f"<p>{SENTENCE}{number} times over.</p>" for number in range(6))
    return Answer(
        f"<!DOCTYPE html><html><body><article><h1>{headline}</h1>{paragraphs}</article></body></html>".encode()
    )


def crawl(child: Child, **changes: object) -> dict[str, object]:
    return child.run(URN, **(NEWS | {"url": f"{child.site.url}/rss"} | changes))


INSPECTED = ("inspected-1", "Ofsted inspectors praise council's children's services")
FAIR = ("fair-2", "Summer fair returns to the seafront")
AGAIN = ("again-3", "Council's children's services inadequate, Ofsted finds")


def test_only_relevant_articles_are_fetched_each_once_and_the_first_feed_is_the_baseline(
    site: Site, child: Child
) -> None:
    feed(site, INSPECTED, FAIR)
    first = crawl(child)
    assert (first["verdict"], first["found"]) == ("ok", 1), first
    feed(site, AGAIN, INSPECTED, FAIR)
    second = crawl(child)
    assert (second["verdict"], second["found"]) == ("ok", 1), second
    assert crawl(child)["found"] == 0
    assert child.rows("SELECT url, baseline, outlet FROM articles ORDER BY url") == [
        (f"{site.url}/news/again-3", 0, "Seaford Gazette"),
        (f"{site.url}/news/inspected-1", 1, "Seaford Gazette"),
    ]
    states = child.rows("SELECT state, attempts, baseline FROM feed_entries ORDER BY url")
    assert states == [("fetched", 1, 0), ("irrelevant", 0, 1), ("fetched", 1, 1)]
    assert sorted(site.paths()) == ["/news/again-3", "/news/inspected-1", "/rss", "/rss", "/rss"]
    dump = b"".join(path.read_bytes() for path in child.data.glob("ofsted-watch.db*"))
    assert SENTENCE.encode() * 2 not in dump and b"4 times over" not in dump


def test_feeds_that_are_not_feeds_have_their_own_verdicts(site: Site, child: Child) -> None:
    feed(site)
    assert crawl(child)["verdict"] == "empty"
    site.pages["/rss"] = Answer(b"<!DOCTYPE html><html><body>Are you human?</body></html>")
    broken = crawl(child)
    assert broken["verdict"] == "broken" and "a web page came in place of the feed" in str(broken["message"])
    site.pages["/rss"] = Answer(b"no", 403)
    assert crawl(child)["verdict"] == "blocked"
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /rss\n")
    blocked = crawl(child)
    assert blocked["verdict"] == "blocked" and "robots.txt" in str(blocked["message"])
    feed(site, INSPECTED)
    del site.pages["/robots.txt"]
    assert crawl(child)["verdict"] == "ok"
    assert child.rows("SELECT baseline FROM articles") == [(0,)]  # the empty feed was its first look


def test_a_feed_that_was_renamed_is_not_read_again(site: Site, child: Child) -> None:
    feed(site, INSPECTED, FAIR)
    crawl(child)
    feed(site, AGAIN, INSPECTED, FAIR)
    assert crawl(child, source="Courier")["message"] == "1 new entry, 1 article fetched, 1 kept"
    assert site.paths().count("/news/inspected-1") == 1
    assert child.rows("SELECT url LIKE '%again%', baseline FROM articles ORDER BY 1") == [(0, 1), (1, 0)]


def test_an_article_that_does_not_come_is_tried_in_three_crawls_then_its_headline_has_to_do(
    site: Site, child: Child
) -> None:
    feed(site, FAIR)
    crawl(child)
    feed(site, INSPECTED, FAIR)
    site.pages["/news/inspected-1"] = Answer(b"gone", 404)
    site.pages["/rss"].headers["ETag"] = '"same"'
    for expected in (("pending", 1), ("pending", 2), ("failed", 3), ("failed", 3)):
        assert crawl(child)["verdict"] == "ok"
        assert child.rows("SELECT state, attempts FROM feed_entries WHERE state != 'irrelevant'") == [expected]
    assert child.rows("SELECT headline, baseline FROM articles") == [(INSPECTED[1], 0)]
    assert child.rows("SELECT count FROM issues WHERE message LIKE '%HTTP 404'") == [(3,)]


def test_a_full_crawl_asks_for_the_whole_feed_whatever_its_server_said_before(site: Site, child: Child) -> None:
    feed(site, FAIR)
    site.pages["/rss"].headers["ETag"] = '"same"'
    for full in (False, False, True):
        assert crawl(child, full=full)["verdict"] == "ok"
    sent = [headers.get("If-None-Match") for path, headers in site.asked if path == "/rss"]
    assert sent == [None, '"same"', None]


def test_new_articles_are_asked_for_before_those_still_waiting(site: Site, child: Child) -> None:
    feed(site, INSPECTED)
    site.pages["/news/inspected-1"] = Answer(b"not yet", 404)
    crawl(child)
    feed(site, AGAIN, INSPECTED)
    del site.asked[:]
    crawl(child)
    assert site.paths() == ["/rss", "/news/again-3", "/news/inspected-1"]


def test_a_look_at_the_feed_alone_fetches_no_article(site: Site, child: Child) -> None:
    feed(site, INSPECTED)
    assert crawl(child, probe=True)["verdict"] == "ok"
    assert site.paths() == ["/rss"]


def test_an_article_that_robots_txt_forbids_is_read_from_its_feed_at_once_and_alarms_nobody(
    site: Site, child: Child
) -> None:
    feed(site, FAIR)
    crawl(child)
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /news/inspected\n", kind="text/plain")
    feed(site, INSPECTED, AGAIN, FAIR)
    outcome = crawl(child)
    assert outcome["verdict"] == "ok" and "robots.txt of" in str(outcome["message"])
    assert "/news/inspected-1" not in site.paths() and "/news/again-3" in site.paths()
    assert child.rows("SELECT state, attempts FROM feed_entries WHERE url LIKE '%inspected%'") == [("failed", 1)]
    assert child.rows("SELECT headline, baseline FROM articles WHERE url LIKE '%inspected%'") == [(INSPECTED[1], 0)]


def test_a_feed_that_says_not_modified_at_the_first_look_is_broken_and_no_baseline(site: Site, child: Child) -> None:
    feed(site, INSPECTED)
    site.pages["/rss"].status = 304
    outcome = crawl(child)
    assert outcome["verdict"] == "broken" and "'not modified', though it was not asked" in str(outcome["message"])
    site.pages["/rss"].status = 200
    assert crawl(child)["verdict"] == "ok"
    assert child.rows("SELECT baseline FROM articles") == [(1,)]


def test_a_server_that_has_a_page_and_a_feed_at_one_address_is_asked_for_the_feed(site: Site, child: Child) -> None:
    feed(site, INSPECTED)
    crawl(child)
    wanted = {path: headers["Accept"].split(",")[0] for path, headers in site.asked}
    assert wanted["/rss"] == "application/rss+xml" and wanted["/news/inspected-1"] == "text/html"


def test_a_removed_article_whose_address_leads_to_the_front_page_is_gone_and_the_front_page_is_not_told(
    site: Site, child: Child
) -> None:
    feed(site, FAIR)
    crawl(child)
    feed(site, INSPECTED, FAIR)
    site.pages["/"] = article("Authority 91001: all the news of Ofsted and children's services")
    site.pages["/news/inspected-1"] = Answer(status=302, headers={"Location": "/"})
    for _ in range(3):
        outcome = crawl(child)
        assert outcome["verdict"] == "ok" and f"gone: its address leads to {site.url}/" in str(outcome["message"])
    assert child.rows("SELECT url, headline FROM articles") == [(f"{site.url}/news/inspected-1", INSPECTED[1])]


THREE = tuple((f"{slug}-{slug}", f"Ofsted inspectors {slug} council's children's services") for slug in ("a", "b", "c"))


@pytest.mark.parametrize(
    "page",
    [
        Answer(b"gone", 404),
        Answer(b"no", 451),
        Answer(b"<!DOCTYPE html><html><body><div id='app'></div></body></html>"),
        Answer(status=302, headers={"Location": "/"}),
    ],
    ids=["gone", "refused", "redesigned", "led to the front page"],
)
def test_a_paper_of_whose_articles_not_one_can_be_read_is_broken_until_one_can(
    site: Site, child: Child, page: Answer
) -> None:
    site.pages["/"] = article("All the news")
    for slug, _ in THREE:
        site.pages[f"/news/{slug}"] = page
    feed(site, *THREE)
    for _ in range(4):  # three times they are tried, then there is nothing more to try and nothing has changed
        outcome = crawl(child)
        assert "not one of the last 3 articles could be read" in str(outcome["message"])
        assert outcome["verdict"] == "broken"
    feed(site, INSPECTED, *THREE)
    assert crawl(child)["verdict"] == "ok"


def test_a_paper_of_which_some_articles_can_be_read_is_well(site: Site, child: Child) -> None:
    feed(site, INSPECTED, *THREE)
    for slug, _ in THREE:
        site.pages[f"/news/{slug}"] = Answer(b"gone", 404)
    for _ in range(4):
        assert crawl(child)["verdict"] == "ok"


@pytest.mark.parametrize("file", [rules, places], ids=["rules", "places"])
def test_a_file_of_rules_that_is_wrong_ends_the_crawl_before_it_begins_with_the_line_that_is_wrong(
    site: Site, child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: ModuleType
) -> None:
    feed(site, INSPECTED, AGAIN)
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(file.FILE.read_text(encoding="utf-8") + "\nunknown_key: 1\n", encoding="utf-8")
    monkeypatch.setattr(file, "FILE", wrong)
    (read,) = (one for name, one in vars(file).items() if name in ("rules", "place_rules"))
    read.cache_clear()
    outcome = crawl(child)
    read.cache_clear()
    line = len(wrong.read_text(encoding="utf-8").splitlines())
    assert (
        outcome["verdict"] == "crashed" and outcome["message"] == f"{wrong}:{line}: unknown_key: no such key is known"
    )
    assert site.asked == [] and child.rows("SELECT level, message, count FROM issues") == [
        ("error", outcome["message"], 1)
    ]
    assert child.rows("SELECT verdict, stopped FROM crawls") == [("crashed", 0)]


def test_an_odd_entry_costs_only_itself_and_is_told_in_one_line(site: Site, child: Child) -> None:
    feed(site, FAIR)
    crawl(child)
    feed(site, INSPECTED, FAIR)
    odd = "<item><title>Half &#55357; a face</title><link>http://[site_url]/1</link><pubDate>0000-00-00</pubDate></item></channel>"
    site.pages["/rss"].body = site.pages["/rss"].body.replace(b"</channel>", odd.encode())
    done = crawl(child)
    assert (done["verdict"], done["found"]) == ("ok", 1), done
    line = (
        "the feed: 1 of 3 entries left out: 'http://[site_url]/1' is no web address; "
        "1 of 3 entries has no time that can be read: '0000-00-00'"
    )
    assert line in str(done["message"])
    assert child.rows("SELECT level, message FROM issues") == [("warning", line)]
