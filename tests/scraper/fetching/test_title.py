"""What a document calls itself, without its being parsed."""

import pytest

from scraper.fetching.title import title_of


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (b"<html><head><TITLE lang='en'>\n  Just a\n moment... </title>", "Just a moment..."),
        (b"<rss><channel><title><![CDATA[The Gazette]]></title>", "The Gazette"),
        ("<title>Café</title>".encode("cp1252"), "Café"),
        ("<title>Café</title>".encode("utf-16"), "Café"),
        (b"<title>A &amp; B &#x202e;evil&#27;[31m</title>", "A & B evil&#27;[31m"),
        ("<title>\u202eevil\x1b[31m\u200b</title>".encode(), "evil[31m"),
        (b"<titles>no</titles>", ""),
        (b"", ""),
        (b"\x1f\x8b\x08" + bytes(range(256)), ""),
        (b"<script>" + b"x" * 70_000 + b"</script><title>too late</title>", ""),
        (b"<title>" + b"long " * 500, ("long " * 40)),
    ],
)
def test_the_title_of(body: bytes, title: str) -> None:
    assert title_of(body) == title
