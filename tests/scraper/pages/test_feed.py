"""Feeds as newspapers write them, against what was read of them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import PageChanged
from scraper.pages import feed
from tests.scraper.pages import golden

URL = "https://news.example/rss/"
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
GOOD = [folder for folder in golden.cases("feed") if not folder.name.startswith("changed")]
CHANGED = {
    "changed_html": "a web page came in place of the feed",
    "changed_cut_off": "cut off before its end",
    "changed_empty_answer": "the answer is empty",
    "changed_json": "not a feed",
    "changed_sitemap_index": "a sitemap index",
    "changed_no_links": "2 entries and not one with a link",
}


@pytest.mark.parametrize("folder", GOOD, ids=lambda folder: folder.name)
def test_feed(folder: Path) -> None:
    golden.check(folder, feed.parse_feed(golden.page(folder), URL, NOW))


@pytest.mark.parametrize("folder", golden.cases("feed", "changed"), ids=lambda folder: folder.name)
def test_what_is_not_a_whole_feed_is_refused_with_the_reason(folder: Path) -> None:
    with pytest.raises(PageChanged) as raised:
        feed.parse_feed(golden.page(folder), URL, NOW)
    assert CHANGED[folder.name] in str(raised.value)


ONE = "<rss><channel><item><title>Fair</title><link>/1</link>%s</item></channel></rss>"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("<pubDate>06-07-2026 10:00</pubDate>", 6),
        ("<pubDate>2026/07/08 10:00</pubDate>", 8),
        ("<pubDate>0000-00-00 00:00:00</pubDate><updated>2026-07-03T10:00:00Z</updated>", 3),
        ("<pubDate>0000-00-00 00:00:00</pubDate>", None),
        ("<pubDate>Mon, 01 Jan 0001 00:00:00 GMT</pubDate>", None),
        ("<pubDate>0001-01-01T00:00:00+01:00</pubDate>", None),
        ("<pubDate>9999-12-31T23:59:59Z</pubDate>", None),
        ("<pubDate>12 o'clock, the day after the fair</pubDate>", None),
    ],
)
def test_an_entry_has_the_time_that_is_written_or_none_and_is_read_all_the_same(written: str, day: int | None) -> None:
    [entry] = feed.parse_feed((ONE % written).encode(), URL, NOW)
    assert entry.url == "https://news.example/1"
    assert (entry.published and (entry.published.month, entry.published.day)) == (day and (7, day))


@given(st.binary(max_size=400))
def test_any_bytes_are_entries_or_refused(body: bytes) -> None:
    try:
        told = str(feed.parse_feed(body, URL, NOW))
    except PageChanged as refused:
        told = str(refused)
    assert told == "()" or URL in told


@pytest.mark.parametrize(
    ("channel", "link", "address"),
    [
        ("https://www.gazette.example/", "news/1", "https://www.gazette.example/news/1"),
        ("/home/", "news/1", "https://news.example/home/news/1"),
        ("http://[site]/", "news/1", "https://news.example/rss/news/1"),
        ("https://www.gazette.example/", "https://other.example/1", "https://other.example/1"),
    ],
)
def test_a_relative_link_is_the_channels(channel: str, link: str, address: str) -> None:
    body = f"<rss><channel><link>{channel}</link><item><title>Fair</title><link>{link}</link></item></channel></rss>"
    assert [entry.url for entry in feed.parse_feed(body.encode(), URL, NOW)] == [address]


def test_a_relative_link_is_that_of_the_base_that_the_feed_gives() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.gazette.example/a/">'
        '<entry><title>Fair</title><link href="news/1"/></entry></feed>'
    )
    assert [entry.url for entry in feed.parse_feed(body.encode(), URL, NOW)] == ["https://www.gazette.example/a/news/1"]


def test_entries_whose_addresses_differ_in_what_may_name_the_article_are_several() -> None:
    links = "".join(f"<item><link>/item?ref={n}</link></item><item><link>/#!/news/{n}</link></item>" for n in range(3))
    entries = feed.parse_feed(f"<rss><channel>{links}</channel></rss>".encode(), URL, NOW)
    assert len(entries) == 6


UTF8 = '<?xml version="1.0" encoding="UTF-8"?><rss><channel><item><title>Büro</title><link>https://a.example/1</link></item></channel></rss>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_feed_is_read_whatever_it_declares_its_encoding_to_be(encoding: str) -> None:
    entries = feed.parse_feed(UTF8.encode(encoding), "https://a.example/rss", NOW)
    assert [(entry.url, entry.headline) for entry in entries] == [("https://a.example/1", "Büro")]


def test_entries_that_cannot_be_read_are_not_an_empty_feed() -> None:
    with pytest.raises(PageChanged, match="has entries and not one can be read"):
        feed.parse_feed(b"<urlset><wrap><url><loc>/1</loc></url></wrap></urlset>", "https://a.example/rss", NOW)
