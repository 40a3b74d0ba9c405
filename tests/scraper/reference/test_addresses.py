"""Addresses as strangers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.reference import address_parts, entry_address, one_story, slug_words, web_address

BASE = "https://news.example/a/feed.xml"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://www.news.example/1", "https://www.news.example/1"),
        (" \n /news/1 \n", "https://news.example/news/1"),
        ("story-1", "https://news.example/a/story-1"),
        ("//cdn.example/1", "https://cdn.example/1"),
        ("HTTP://news.example", "http://news.example/"),
        ("https://news.example/a b?t=caf%E9&4711&x=", "https://news.example/a%20b?t=caf%E9&4711&x="),
        ("https://news.exam\nple/1", "https://news.example/1"),
        ("http://127.0.0.1:8080/1", "http://127.0.0.1:8080/1"),
        ("http://[::1]:8080/1", "http://[::1]:8080/1"),
        ("https://bücher.example/ä", "https://bücher.example/ä"),
    ],
)
def test_a_link_is_absolute_and_otherwise_as_written(written: str, address: str) -> None:
    assert web_address(written, BASE) == address


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        "http://[site_url]/1",
        "http://[/1",
        "https://[privacy-choices]",
        "http://{{host}}/1",
        "http://news.example:99999/1",
        "http://news.example:port/1",
        "http://news.example:0/1",
        "http:///1",
        "http://./1",
        "htp:/news.example/1",
        "javascript:alert(1)",
        "mailto:a@b.example",
        "ftp://news.example/1",
        "https://news.example/\x00",
        "https://news.example/\ud83d",
        "https://news.example/" + "a" * 5000,
    ],
)
def test_what_is_no_web_address_is_none(written: str) -> None:
    assert web_address(written, BASE) is None
    assert entry_address(written, BASE) is None


@given(st.text(max_size=60) | st.from_regex(r"https?:/{0,3}[\[\]:@/?#a.9%]{0,12}"), st.text(max_size=20))
def test_no_text_breaks_the_reading_of_an_address(written: str, base: str) -> None:
    found = web_address(written, base)
    assert found is None or found.startswith(("http://", "https://"))
    assert isinstance(address_parts(written).path, str)
    assert isinstance(slug_words(written), str)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("/1?utm_source=rss&utm_medium=a#top", "/1"),
        ("/1?a=b&fbclid=x&c", "/1?a=b&c"),
        ("/1?ref=rss", "/1"),
        ("/1?at_medium=RSS&at_campaign=rss", "/1"),
        ("/item?ref=7", "/item?ref=7"),
        ("/item.asp?4711", "/item.asp?4711"),
        ("/1?t=caf%E9&id=+7", "/1?t=caf%E9&id=+7"),
        ("/1?at_last=1&ns_id=2&utm=3", "/1?at_last=1&ns_id=2&utm=3"),
        ("/#!/news/2", "/#!/news/2"),
        ("/app#/news/2", "/app#/news/2"),
        ("/1#comments", "/1"),
    ],
)
def test_only_what_counts_visitors_is_cut_from_an_entrys_address(written: str, kept: str) -> None:
    assert entry_address(written, BASE) == f"https://news.example{kept}"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("news/ofsted-rates-councils-services-22", "Ofsted rates councils services"),
        ("news/25678901.ofsted_rates_council.html/", "Ofsted rates council"),
        ("news/12345", ""),
        ("latest-news", "Latest news"),
        ("fair-1", "Fair"),
        ("", ""),
    ],
)
def test_the_words_of_an_address_are_those_of_its_last_part(path: str, words: str) -> None:
    assert slug_words(f"https://news.example/{path}") == words


@pytest.mark.parametrize(
    ("path", "other", "one"),
    [
        ("/news/4242.weeks-late/", "/politics/4242.no-progress", True),
        ("/article/4242/weeks-late", "/article/4242/no-progress", True),
        ("/story?id=4242", "/story?id=4242&page=all", True),
        ("/story?id=4242", "/story?id=4243", False),
        ("/info/20001/article/4242", "/info/20001/article/4243", False),
        ("/news.asp?siteid=50123&id=987", "/news.asp?siteid=50123&id=988", False),
        ("/ayford-365/visits-late/", "/ayford-365/director-resigns/", False),
        ("/ayford-365/visits-late/", "/ayford-366/visits-late/", False),
        ("/ayford-365/visits-late/", "/ayford-365/visits-late", True),
        ("/news/top-100-shops", "/news/100-days-of-visits-4242", False),
        ("/news/visits-are-weeks-late-again", "/politics/visits-are-weeks-late-again/", True),
        ("/news/visits-are-weeks-late-again", "/news/4242/visits-are-weeks-late-again", False),
        ("/news/latest-council-news", "/politics/latest-council-news", False),
        ("/2026/03/14/a", "/2026/03/14/b", False),
        ("/updates", "/updates", False),
    ],
)
def test_two_addresses_name_one_story_by_its_number_or_by_its_words(path: str, other: str, one: bool) -> None:
    found = one_story(f"https://news.example{path}", f"https://news.example{other}")
    assert found == one_story(f"https://news.example{other}", f"https://news.example{path}") == one


def test_a_number_before_the_end_may_be_a_sections() -> None:
    address, other = (f"https://news.example/section/4242/{slug}" for slug in ("weeks-late", "no-progress"))
    assert (one_story(address, other), one_story(address, other, by_end=True)) == (True, False)
    address, other = (f"https://news.example/news?section=4242&slug={slug}" for slug in ("weeks-late", "no-progress"))
    assert (one_story(address, other), one_story(address, other, by_end=True)) == (True, False)
    assert one_story("https://news.example/4242.late", "https://news.example/4242.no-progress", by_end=True)
