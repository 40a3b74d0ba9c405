"""Feeds as newspapers write them, against what was read of them."""

import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
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
    "changed_no_links": "2 of 2 entries left out: ",
}


@pytest.mark.parametrize("folder", GOOD, ids=lambda folder: folder.name)
def test_feed(folder: Path) -> None:
    golden.check(folder, feed.parse_feed(golden.page(folder), URL, NOW).entries)


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
    [entry] = feed.parse_feed((ONE % written).encode(), URL, NOW).entries
    assert entry.url == "https://news.example/1"
    assert (entry.published and (entry.published.month, entry.published.day)) == (day and (7, day))


@given(st.binary(max_size=400))
def test_any_bytes_are_entries_or_refused(body: bytes) -> None:
    try:
        told = str(feed.parse_feed(body, URL, NOW).entries)
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
    assert [entry.url for entry in feed.parse_feed(body.encode(), URL, NOW).entries] == [address]


def test_a_relative_link_is_that_of_the_base_that_the_feed_gives() -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://www.gazette.example/a/">'
        '<entry><title>Fair</title><link href="news/1"/></entry></feed>'
    )
    assert [entry.url for entry in feed.parse_feed(body.encode(), URL, NOW).entries] == [
        "https://www.gazette.example/a/news/1"
    ]


def test_entries_whose_addresses_differ_in_what_may_name_the_article_are_several() -> None:
    links = "".join(f"<item><link>/item?ref={n}</link></item><item><link>/#!/news/{n}</link></item>" for n in range(3))
    entries = feed.parse_feed(f"<rss><channel>{links}</channel></rss>".encode(), URL, NOW).entries
    assert len(entries) == 6


UTF8 = '<?xml version="1.0" encoding="UTF-8"?><rss><channel><item><title>Büro</title><link>https://a.example/1</link></item></channel></rss>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_feed_is_read_whatever_it_declares_its_encoding_to_be(encoding: str) -> None:
    entries = feed.parse_feed(UTF8.encode(encoding), "https://a.example/rss", NOW).entries
    assert [(entry.url, entry.headline) for entry in entries] == [("https://a.example/1", "Büro")]


def test_entries_that_cannot_be_read_are_not_an_empty_feed() -> None:
    with pytest.raises(PageChanged, match="has entries and not one can be read"):
        feed.parse_feed(b"<urlset><wrap><url><loc>/1</loc></url></wrap></urlset>", "https://a.example/rss", NOW)


@pytest.mark.parametrize(
    "quiet",
    [
        "<rss><channel><image><url>https://a.example/a.png</url></image></channel></rss>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><author><name>A</name><url>https://a.example/</url></author></feed>',
    ],
)
def test_the_address_of_a_picture_or_a_person_is_no_entry(quiet: str) -> None:
    assert feed.parse_feed(quiet.encode(), URL, NOW).entries == ()


SITEMAP = (
    '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">%s</urlset>'
)
PICTURE = (
    "<image:image><image:loc>https://a.example/1.jpg</image:loc><image:title>Town hall</image:title></image:image>"
    "<news:news><news:publication_date>2026-05-01T10:00:00Z</news:publication_date><news:title>{title}</news:title></news:news>"
)


def headlines(body: str | bytes) -> list[str]:
    page = feed.parse_feed(body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body, URL, NOW)
    return [entry.headline for entry in page.entries]


@pytest.mark.parametrize("picture_first", [True, False])
def test_the_pictures_of_a_sitemap_are_not_its_stories(picture_first: bool) -> None:
    loc, picture = "<loc>https://a.example/1</loc>", PICTURE.format(title="Ofsted rates Ayford")
    body = SITEMAP % f"<url>{picture + loc if picture_first else loc + picture}</url>"
    [entry] = feed.parse_feed(body.encode(), URL, NOW).entries
    assert (entry.url, entry.headline) == ("https://a.example/1", "Ofsted rates Ayford")
    assert entry.published == datetime(2026, 5, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize("root", ["<urlset>", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'])
def test_the_news_of_a_sitemap_may_be_in_no_namespace(root: str) -> None:
    news = "<news><publication><name>Gazette</name></publication><publication_date>2026-05-01</publication_date><title>Ofsted</title></news>"
    picture = "<image><loc>https://a.example/1.jpg</loc><title>Town hall</title></image><title>Site</title>"
    body = f"{root}<url>{picture}<loc>https://a.example/1</loc>{news}</url></urlset>"
    [entry] = feed.parse_feed(body.encode(), URL, NOW).entries
    assert (entry.url, entry.headline) == ("https://a.example/1", "Ofsted")
    assert entry.published == datetime(2026, 4, 30, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Ayford&rsquo;s children&rsquo;s services", "Ayford’s children’s services"),
        ("Brown & Sons &amp; Daughters", "Brown & Sons & Daughters"),
        ("<b>Ofsted</b> rates <i>Ay</i>ford", "Ofsted rates Ayford"),
        ("<![CDATA[Ayford&rsquo;s <b>chil</b>dren]]>", "Ayford’s children"),
        ("Fair &#55357;&#56832; &nosuch; fair", "Fair 😀 &nosuch; fair"),
    ],
)
def test_the_whole_title_of_a_sitemaps_entry_is_its_headline(title: str, headline: str) -> None:
    picture = PICTURE.format(title=title)
    assert headlines(SITEMAP % f"<url><loc>https://a.example/1</loc>{picture}</url>") == [headline]


@pytest.mark.parametrize(
    "empty",
    [
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>',
        "<?xml version='1.0'?>\n<urlset />\n",
        "<urlset></urlset>",
        "<rss/>",
    ],
)
def test_an_empty_sitemap_is_whole_and_empty(empty: str) -> None:
    assert headlines(empty) == []


def test_a_sitemap_without_titles_has_the_words_of_its_addresses() -> None:
    body = (
        SITEMAP % "<url><loc>https://a.example/ofsted-rates-ayfords-services-22</loc></url><url><loc>/fair</loc></url>"
    )
    assert headlines(body) == ["Ofsted rates ayfords services", "Fair"]


def test_a_sitemap_with_neither_titles_nor_words_is_refused_with_the_reason() -> None:
    with pytest.raises(PageChanged, match="neither titles nor words in its addresses"):
        headlines(SITEMAP % "<url><loc>https://a.example/1</loc></url>")


def test_a_packed_sitemap_is_unpacked() -> None:
    body = gzip.compress((SITEMAP % f"<url><loc>/1</loc>{PICTURE.format(title='Fair')}</url>").encode())
    assert headlines(body) == ["Fair"]
    with pytest.raises(PageChanged, match="cut off"):
        headlines(body[:-20])
    with pytest.raises(PageChanged, match="damaged"):
        headlines(body[:10] + b"?" * 100)
    with pytest.raises(PageChanged, match="too large when unpacked"):
        headlines(gzip.compress(b" " * (feed.UNPACKED_TO + 1)))


@pytest.mark.parametrize("cuts", [[40], [1, 2, 300], [10, 10, 60]])
def test_a_file_packed_piece_by_piece_is_one(cuts: list[int]) -> None:
    body = (ONE % "").encode()
    packed = b"".join(gzip.compress(body[start:end]) for start, end in zip([0, *cuts], [*cuts, len(body)], strict=True))
    assert headlines(packed) == headlines(packed + bytes(20)) == ["Fair"]
    with pytest.raises(PageChanged, match="cut off"):
        headlines(packed[:-3])
    with pytest.raises(PageChanged, match="damaged"):
        headlines(packed + gzip.compress(b" ")[:10] + b"?" * 99)
    with pytest.raises(PageChanged, match="too large when unpacked"):
        headlines(packed + gzip.compress(b" " * feed.UNPACKED_TO))
    with pytest.raises(PageChanged, match="too many pieces"):
        headlines(packed + gzip.compress(b"") * 99_999)


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- for readers of <html > pages -->",
        "<!-- <sitemapindex> -->",
        '<!DOCTYPE rss [<!ENTITY page "<html>">]>',
        '<!DOCTYPE rss [ <!ENTITY a "]"> <!ENTITY b "<html >"> ] >',
        '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://a.example/rss.dtd"><!-- <html> -->',
        "<?xml-stylesheet href='a'?><![CDATA[<html>]]>",
        "<!-- <![CDATA[ <html> -->",
    ],
)
def test_what_a_comment_names_is_not_what_the_document_is(comment: str) -> None:
    assert headlines(comment + ONE % "") == ["Fair"]
    with pytest.raises(PageChanged, match="a web page"):
        headlines("<!-- <rss> --><html><!-- </rss> --></html>")
    for unended in (
        "<rss><channel><!-- </rss>",
        "<rss><channel><![CDATA[</rss>",
        "<rss><![CDATA[<!-- ]]><![CDATA[</rss>]]>",
    ):
        with pytest.raises(PageChanged, match="cut off"):
            headlines(unended)
    for page in ("<!DOCTYPE html><html><rss></rss></html>", "<!DOCTYPE html [<!ENTITY a '<rss>'>]><html></html>"):
        with pytest.raises(PageChanged, match="a web page"):
            headlines(page)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Fair &#55357;&#56832; returns", "Fair 😀 returns"),
        ("Fair &#xD83D; returns &#1114112;", "Fair returns"),
        ("Fair &amp;#55357;&amp;#56832; returns", "Fair 😀 returns"),
        ("Council&amp;rsquo;s chil\u00addren&amp;#8217;s", "Council’s children’s"),
        ("&lt;b&gt;ser&lt;/b&gt;vices&lt;br&gt;of care", "services of care"),
        ("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&b=2"),
    ],
)
def test_the_characters_of_a_title_are_whole(title: str, headline: str) -> None:
    assert headlines((ONE % "").replace("Fair", title)) == [headline]


def test_a_feed_of_utf8_with_a_bad_byte_and_a_cut_summary_is_read_as_utf8() -> None:
    body = (ONE % "<description>The town hall’s department – says…</description>").encode()
    body = body.replace("…".encode(), b"\xe2\x80").replace(
        b"Fair", "Council’s fair ©".encode().replace(b"\xc2\xa9", b"\xa9")
    )
    [entry] = feed.parse_feed(body, URL, NOW).entries
    assert (entry.headline, entry.summary) == ("Council’s fair ©", "The town hall’s department – says")


def test_what_was_left_out_of_a_feed_is_said_in_one_line() -> None:
    items = "".join(
        f"<item><title>x</title><link>{link}</link></item>" for link in ("/1", "http://[a]/", "", "ftp://a", "/2")
    )
    page = feed.parse_feed(f"<rss><channel>{items}</channel></rss>".encode(), URL, NOW)
    assert len(page.entries) == 2
    assert page.left_out == "3 of 5 entries left out: 'http://[a]/' is no web address, no link, ..."
    assert feed.parse_feed((ONE % "").encode(), URL, NOW).left_out == ""


def test_where_one_entry_breaks_the_reader_of_feeds_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = feedparser.parse

    def picky(body: bytes, **options: Any) -> Any:
        if b"poison" in body:
            raise OverflowError("poison")
        return whole(body, **options)

    monkeypatch.setattr(feedparser, "parse", picky)
    items = "".join(f"<item><title>{title}</title><link>/{title}</link></item>" for title in ("a", "poison", "b"))
    page = feed.parse_feed(f"<rss><channel><link>https://g.example/</link>{items}</channel></rss>".encode(), URL, NOW)
    assert [entry.url for entry in page.entries] == ["https://g.example/a", "https://g.example/b"]
    assert page.left_out == "1 of 3 entries left out: cannot be read (poison)"


def test_where_the_reader_of_feeds_breaks_at_all_entries_not_all_of_them_are_read_with_all_that_stands_around(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, read = feedparser.parse, []

    def picky(body: bytes, **options: Any) -> Any:
        read.append(len(body))
        if body.count(b"<item>") > 1:
            raise OverflowError
        return whole(body[:50] + body[-100:], **options)

    monkeypatch.setattr(feedparser, "parse", picky)
    body = b"<rss><channel><title>" + b"x" * 500_000 + b"</title>" + b"<item><link>/1</link></item>" * 400
    page = feed.parse_feed(body + b"</channel></rss>", URL, NOW)
    assert page.left_out.endswith("the entries after it are too long to be read each for itself")
    assert sum(read) < len(body) + feed.APART_TO


def test_a_sitemap_that_gives_no_times_is_not_reproached_with_it() -> None:
    body = b"<urlset><url><loc>https://a.example/a-story-of-the-town</loc><lastmod>2026-03-01</lastmod></url></urlset>"
    assert feed.parse_feed(body, URL, NOW).left_out == ""


def keys(items: str) -> list[tuple[str, str]]:
    page = feed.parse_feed(f"<rss><channel>{items}</channel></rss>".encode(), URL, NOW)
    return [(entry.key, entry.url) for entry in page.entries]


def test_entries_of_one_page_are_told_apart_by_what_their_links_end_in() -> None:
    items = "".join(f"<item><title>Story</title><link>https://a.example/news#item-{n}</link></item>" for n in (1, 2))
    assert keys(items) == [(f"https://a.example/news#item-{n}", "https://a.example/news") for n in (1, 2)]


def test_entries_that_have_nothing_but_one_link_are_told_apart_by_their_headlines() -> None:
    items = "".join(f"<item><title>{name}</title><link>https://a.example/news</link></item>" for name in ("One", "Two"))
    assert keys(items) == [(f"https://a.example/news {name}", "https://a.example/news") for name in ("One", "Two")]


@pytest.mark.parametrize(
    ("summary", "headline"),
    [("Ofsted has visited.", "Ofsted has visited."), ("word " * 50, "word " * 19 + "word…"), ("", "a.example/4711")],
)
def test_an_entry_without_a_title_is_headed_by_its_summary_or_its_address(summary: str, headline: str) -> None:
    body = f"<rss><channel><item><link>https://a.example/4711</link><description>{summary}</description></item></channel></rss>"
    assert [entry.headline for entry in feed.parse_feed(body.encode(), URL, NOW).entries] == [headline]
