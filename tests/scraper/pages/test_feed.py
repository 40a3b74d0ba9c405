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
    golden.check(folder, feed.parse_feed(golden.page(folder), URL))


@pytest.mark.parametrize("folder", golden.cases("feed", "changed"), ids=lambda folder: folder.name)
def test_what_is_not_a_whole_feed_is_refused_with_the_reason(folder: Path) -> None:
    with pytest.raises(PageChanged) as raised:
        feed.parse_feed(golden.page(folder), URL)
    assert CHANGED[folder.name] in str(raised.value)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Tue, 03 Jun 2025 10:00:00 GMT", 10),
        ("Tue, 03 Jun 2025 10:00:00 BST", 9),
        ("Tue, 03 Jun 2025 10:00:00 +0200", 8),
        ("Tues, 3rd Jun 2025 10:00:00", 9),
        ("2025-06-03T10:00:00Z", 10),
        ("2025-06-03 10:00:00", 9),
    ],
)
def test_times_are_read_in_their_zone_and_without_one_in_londons(written: str, hour: int) -> None:
    assert feed.parse_time(written) == datetime(2025, 6, 3, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "Tue, 99 Jun 2025 10:00:00 GMT",
        f"Tue, 03 Jun {'9' * 20} 10:00:00 GMT",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_what_is_no_time_is_none(written: str) -> None:
    assert feed.parse_time(written) is None


@given(st.text(max_size=200))
def test_any_text_is_a_time_or_none(text: str) -> None:
    assert feed.parse_time(text) is None or feed.parse_time(text).utcoffset() is not None  # type: ignore[union-attr]


@given(st.binary(max_size=400))
def test_any_bytes_are_entries_or_refused(body: bytes) -> None:
    try:
        told = str(feed.parse_feed(body, URL))
    except PageChanged as refused:
        told = str(refused)
    assert told == "()" or URL in told


@pytest.mark.parametrize("link", ["javascript:alert(1)", "mailto:a@b.example", "ftp://news.example/1"])
def test_only_web_addresses_are_entries(link: str) -> None:
    assert feed.clean_url(link, URL) == ""


UTF8 = '<?xml version="1.0" encoding="UTF-8"?><rss><channel><item><title>Büro</title><link>https://a.example/1</link></item></channel></rss>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_feed_is_read_whatever_it_declares_its_encoding_to_be(encoding: str) -> None:
    entries = feed.parse_feed(UTF8.encode(encoding), "https://a.example/rss")
    assert [(entry.url, entry.headline) for entry in entries] == [("https://a.example/1", "Büro")]


def test_entries_that_cannot_be_read_are_not_an_empty_feed() -> None:
    with pytest.raises(PageChanged, match="has entries and not one can be read"):
        feed.parse_feed(b"<urlset><wrap><url><loc>/1</loc></url></wrap></urlset>", "https://a.example/rss")
