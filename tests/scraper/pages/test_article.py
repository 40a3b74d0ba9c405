"""Pages of articles as the owners of local papers write them, against what was read of them. All text is invented."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.errors import PageChanged, Walled
from scraper.items import Article, FeedEntry
from scraper.pages import article
from tests.scraper.pages import golden

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
URL = "https://www.news.example/news/an-article-1234567"
GOOD = [folder for folder in golden.cases("article") if not folder.name.startswith("changed")]
CHANGED = {
    "changed_no_text": (PageChanged, "no text of an article found"),
    "changed_consent": (Walled, "consent page"),
    "changed_paywall": (Walled, "pay wall"),
    "changed_consent_long": (Walled, "consent page"),
    "changed_robot_check": (Walled, "check for robots"),
    "changed_no_headline": (PageChanged, "no headline"),
    "changed_empty": (PageChanged, "not an HTML page"),
}


@pytest.mark.parametrize("folder", GOOD, ids=lambda folder: folder.name)
def test_article(folder: Path) -> None:
    golden.check(folder, article.extract_article(golden.page(folder), URL, "The Gazette", NOW))


@pytest.mark.parametrize("folder", golden.cases("article", "changed"), ids=lambda folder: folder.name)
def test_a_page_without_an_article_is_refused_with_the_reason(folder: Path) -> None:
    error, reason = CHANGED[folder.name]
    with pytest.raises(error) as raised:
        article.extract_article(golden.page(folder), URL, "The Gazette", NOW)
    assert reason in str(raised.value) and URL not in str(raised.value)  # who tells it names the address
    assert type(raised.value) is error


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2021-07-06 19:23:03", datetime(2021, 7, 6, 18, 23, 3, tzinfo=UTC)),
        ("2021-01-06 19:23:03", datetime(2021, 1, 6, 19, 23, 3, tzinfo=UTC)),
        ("2021-07-06T19:23:03+00:00", datetime(2021, 7, 6, 19, 23, 3, tzinfo=UTC)),
        ("2021-07-06T19:23:03+02:00", datetime(2021, 7, 6, 17, 23, 3, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_london_time(written: str, meant: datetime) -> None:
    page = golden.page(next(folder for folder in GOOD if folder.name == "no_zone"))
    found = article.extract_article(page.replace(b"2021-07-06 19:23:03", written.encode()), URL, "The Gazette", NOW)
    assert found.published == meant


def test_neither_advertisements_nor_teasers_are_in_any_text() -> None:
    texts = [article.extract_article(golden.page(folder), URL, "The Gazette", NOW).text for folder in GOOD]
    assert len(texts) >= 6
    for junk in (
        "Hide Ad",
        "READ MORE",
        "Also read",
        "WhatsApp",
        "Privacy Notice",
        "newsletter",
        "Image source",
        "pre-moderate",
    ):
        assert not [text for text in texts if junk in text], junk


@pytest.mark.parametrize(
    ("canonical", "kept"),
    [
        ("https://www.sister.example/news/an-article-1234567", URL),
        ("https://news.example/education/an-article-1234567", "https://news.example/education/an-article-1234567"),
        ("/a/1234567", "https://www.news.example/a/1234567"),
        (
            "/education/steady-progress-for-childrens-care",
            "https://www.news.example/education/steady-progress-for-childrens-care",
        ),
        ("/news/another-story-of-a-fair-in-the-park-7654321", URL),
        ("/latest-council-news-2026", URL),
        ("https://www.news.example/news/an-article-1234567#top", URL),
        ("https://www.news.example/news/", URL),
        ("https://www.news.example/", URL),
        ("javascript:void(0)", URL),
    ],
)
def test_the_publishers_own_address_is_the_articles_unless_it_is_a_section(canonical: str, kept: str) -> None:
    page = golden.page(next(folder for folder in GOOD if folder.name == "caption_tells"))
    link = f'<link rel="canonical" href="{canonical}"></head>'.encode()
    assert article.extract_article(page.replace(b"</head>", link), URL, "The Gazette", NOW).url == kept


SITE = "https://www.news.example"


@pytest.mark.parametrize(
    ("found", "canonical", "kept"),
    [
        ("/2024/05/fair", "/news-2024", False),
        ("/2024/05/fair", "/2024/05/", False),
        ("/20240501/fair", "/archive/20240501", False),
        ("/news/fair/index.html", "/index.html", False),
        ("/news/fair/default.aspx", "/kent/default.aspx", False),
        ("/article.php?id=7001", "/article.php?cat=1", False),
        ("/article.php?id=7001", "/article.php", False),
        ("/article.php?id=7001&cat=101", "/article.php?cat=101", False),
        ("/article.php?id=71", "/article.php?id=7", False),
        ("/view?x=abc", "/view?cat=1", False),
        ("/view?k=7001", "/view?cat=1", False),
        ("/region-12345/fair-99999", "/region-12345/news", False),
        ("/region-12345/praise-for-their-many-good-works", "/region-12345/", False),
        ("/region-12345?id=7001", "/region-12345?cat=1", False),
        ("/news/fair-1234567", "/news/", False),
        ("/news/fair", "/kent/fair", True),
        ("/2024/05/fair", "/2024/fair", True),
        ("/news/fair/index.html", "/news/fair", True),
        ("/news/fair-1234567?t=1764264024", "/news/fair-1234567", True),
        ("/news/fair-1234567/amp", "/news/fair-1234567", True),
        ("/news/1234567/fair", "/1234567", True),
        ("/article.php?id=7001&sid=9f3", "/article.php?id=7001", True),
        ("/?p=7001", "/index.php?p=7001", True),
        ("/?p=7001", "/story/7001", True),
        ("/view?k=7001&x=1", "/view?k=7001", True),
        ("/old/7001", "/?story=7001", True),
    ],
)
def test_what_a_story_shares_with_a_section_makes_that_no_address_of_it(found: str, canonical: str, kept: bool) -> None:
    page = paged(f'{TITLE}<link rel="canonical" href="{canonical}">')
    own = article.extract_article(page, f"{SITE}{found}", "The Gazette", NOW).url
    assert own == f"{SITE}{canonical if kept else found}"


def test_a_link_that_is_no_address_is_passed_over() -> None:
    page = golden.page(next(folder for folder in GOOD if folder.name == "caption_tells"))
    odd = "".join(
        f'<a href="{href}">x</a>' for href in ("https://[your-choices]", "http://a.example:99999/1.pdf", "htp:/1.pdf")
    )
    links = (
        odd
        + '<link rel="canonical" href="http://[site]/1"><a href="https://files.ofsted.gov.uk/v1/file/7">Report</a></body>'
    )
    found = article.extract_article(page.replace(b"</body>", links.encode()), URL, "The Gazette", NOW)
    assert found.url == URL
    assert "https://files.ofsted.gov.uk/v1/file/7" in found.links
    assert not [link for link in found.links if "[" in link or "99999" in link or "htp" in link]


def paged(head: str = "", body: str = "", headline: str = "<h1>Council’s children’s services praised</h1>") -> bytes:
    told = "".join(
        f"<p>Inspectors found that social workers know each child well, and said so {n} times.</p>" for n in range(6)
    )
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}<article>{headline}{told}</article></body></html>".encode()


def test_one_bad_byte_does_not_garble_a_page() -> None:
    page = paged('<meta charset="utf-8">').replace(b"</article>", b"</article><footer>\xa9 The Gazette</footer>")
    assert article.extract_article(page, URL, "The Gazette", NOW).headline == "Council’s children’s services praised"


def test_half_an_emoji_in_the_data_of_a_page_is_left_out_and_a_whole_one_is_joined() -> None:
    text = r"Watchdogs \ud83d from Ofsted \ud83d\ude00 visited. " + "They found that social workers stay in touch. " * 9
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "x", "articleBody": "{text}"}}</script>'
    found = article.extract_article(paged(data), URL, "The Gazette", NOW)
    assert found.text.startswith("Watchdogs from Ofsted 😀 visited.")
    found.text.encode()


@pytest.mark.parametrize(
    "data", ["[" * 60_000, '{"@graph":' * 60_000, "[" * 900 + "]" * 900, '{"@graph":[' * 400 + "]}" * 400]
)
def test_data_as_deep_as_one_likes_does_not_cost_the_page(data: str) -> None:
    page = paged(f'<script type="application/ld+json">{data}</script>')
    assert "social workers know each child" in article.extract_article(page, URL, "The Gazette", NOW).text


HEADLINE = "Council’s children’s services praised"
TITLE = f"<title>{HEADLINE} | Ayford Gazette</title>"
FED = FeedEntry(URL, HEADLINE, "", datetime(2026, 5, 1, 10, tzinfo=UTC))


def extracted(page: bytes, fed: FeedEntry | None = FED, outlet: str = "Ayford Gazette") -> Article:
    return article.extract_article(page, URL, outlet, NOW, fed)


@pytest.mark.parametrize("fed", [FED, None])
@pytest.mark.parametrize(
    ("first", "heading"),
    [
        ("<h1>Cookies on this site</h1>", f"<h1>{HEADLINE}</h1>"),
        ("<h1>The Ayford Gazette</h1>", f"<h1>{HEADLINE}</h1>"),
        ("<h1>The Ayford Gazette</h1>", f"<h2>{HEADLINE}</h2>"),
        ("<h1>News</h1><h2>Most read</h2>", f"<h2>{HEADLINE}</h2>"),
        ("<h1>Thank you for subscribing</h1>", ""),
        ("<h1>Sign in</h1><h2>Football: Rovers win</h2>", ""),
    ],
)
def test_the_headline_is_that_of_the_article_and_not_the_first_on_the_page(
    first: str, heading: str, fed: FeedEntry | None
) -> None:
    assert extracted(paged(TITLE, first, heading), fed).headline == HEADLINE


RATED = "Ayford council’s children’s services rated inadequate by Ofsted"


@pytest.mark.parametrize(
    ("head", "body", "outlet"),
    [
        ("", "<h1>Ayford Gazette</h1>", "Gazette"),
        ("", "<h1>AYFORD GAZETTE</h1>", "The Gazette"),
        ("", '<h1><a href="/"><img alt="">Ayford &amp; Beeton Gazette</a></h1><h2>Most read</h2>', "Gazette"),
        ("", "<h1>Ayford Council News</h1>", "News"),
        ("<title>Ayford Gazette</title>", "<h1>Ayford Gazette</h1>", "Gazette"),
        ('<meta property="og:site_name" content="Ayford Gazette">', "<h1>Ayford Gazette</h1><h2>News</h2>", "A Paper"),
        ('<meta property="og:title" content="Ayford Gazette">', "<h1>Ayford Gazette</h1>", "Gazette"),
        ("", "<h1>Children’s services</h1><h2>More on Ofsted</h2>", "Gazette"),
        (f"<title>{RATED} | The Ayford, Beeton, Ceeham and District Local News Gazette and Advertiser</title>",
         "<h1>The Ayford, Beeton, Ceeham and District Local News Gazette and Advertiser</h1>", "AG"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("heading", [f"<h2>{RATED}</h2>", f"<h1>{RATED}</h1>", ""])
def test_a_page_headed_by_its_paper_or_section_is_not_the_storys(
    head: str, body: str, outlet: str, heading: str
) -> None:
    assert extracted(paged(head, body, heading), replace(FED, headline=RATED), outlet).headline == RATED


def test_what_is_on_top_is_no_headline_because_it_has_words_of_it() -> None:
    page = paged("", "<h1>Ayford council’s news site</h1>", f"<h2>{RATED}</h2>")
    assert extracted(page, replace(FED, headline=RATED), "Gazette").headline == RATED


def test_the_name_of_the_host_is_no_headline() -> None:
    url = "https://www.ayford-gazette.example/news/1234567"
    page = paged("<title>Ayford Gazette</title>", "<h1>Ayford Gazette</h1>", f"<h2>{RATED}</h2>")
    for fed in (FeedEntry(url, RATED, "", None), FeedEntry(url, "Town hall told off by inspectors", "", None)):
        assert article.extract_article(page, url, "The AG", NOW, fed).headline == (
            RATED if fed.headline == RATED else fed.headline
        )


def test_a_neighbours_headline_below_is_not_before_the_one_on_top() -> None:
    neighbour = data(
        {"headline": "Beeton council’s children’s services rated good", "url": "/news/9"}, {"headline": "Fair"}
    )
    top = "‘We failed them’: leader says sorry after Ofsted’s verdict"
    body = f"<h1>{top}</h1><h2>Beeton council’s children’s services rated good</h2>"
    page = paged(f"<title>{top} - Gazette</title>{neighbour}", body, "")
    for fed in (top, "Ayford’s leader says sorry", "We failed them, says leader"):
        assert extracted(page, replace(FED, headline=fed)).headline == top


def test_a_headline_that_reads_otherwise_than_the_feeds_is_the_pages() -> None:
    shown = "‘We are proud’: praise for children’s services"
    assert extracted(paged(TITLE, "", f"<h1>{shown}</h1>")).headline == shown


def test_a_page_that_says_nothing_else_has_its_first_heading() -> None:
    assert extracted(paged("", "", "<h1>Praise</h1><h1>More</h1>"), None).headline == "Praise"


def data(*articles: dict[str, str]) -> str:
    return f'<script type="application/ld+json">{json.dumps([{"@type": "NewsArticle"} | one for one in articles])}</script>'


def test_the_text_is_that_of_the_article_and_not_of_a_longer_neighbour() -> None:
    mine = "Inspectors praised the council. " * 60
    told = data(
        {"headline": "Summer fair", "articleBody": "There were cakes. " * 400},
        {"headline": HEADLINE, "articleBody": mine},
    )
    assert extracted(paged(TITLE + told)).text.startswith("Inspectors praised the council.")
    by_address = data({"articleBody": "There were cakes. " * 400}, {"url": URL, "articleBody": mine})
    assert extracted(paged(TITLE + by_address)).text.startswith("Inspectors praised the council.")


def test_where_all_that_is_told_is_of_neighbours_the_text_is_what_stands_on_the_page() -> None:
    told = data(
        *({"headline": name, "articleBody": "There were cakes. " * 400} for name in ("Summer fair", "Rovers win"))
    )
    assert extracted(paged(TITLE + told)).text.startswith("Inspectors found that social workers")


def test_a_teaser_is_no_text_where_the_page_has_much_more() -> None:
    teaser = data(
        {"headline": HEADLINE, "articleBody": " ".join(f"A short teaser, part {n}, of the story." for n in range(8))}
    )
    whole = paged(TITLE + teaser).replace(
        b"</article>", b"<p>The councillor spoke of the visit for an hour.</p>" * 40 + b"</article>"
    )
    assert extracted(whole.replace(b"<p>Inspectors", b"<p>Our inspectors")).text.startswith("Our inspectors")
    assert extracted(paged(TITLE + teaser)).text.startswith("A short teaser, part 0")


def meta(when: str) -> str:
    return f'<meta property="article:published_time" content="{when}">'


@pytest.mark.parametrize(
    ("head", "fed", "day"),
    [
        (meta("2026-04-03T10:00:00Z"), FED, (2026, 4, 3)),
        (meta("0001-01-01T00:00:00Z") + data({"headline": HEADLINE, "datePublished": "2026-04-04"}), FED, (2026, 4, 3)),
        (
            data(
                {"headline": "Fair", "datePublished": "2020-01-01"},
                {"headline": HEADLINE, "datePublished": "2026-04-05"},
            ),
            FED,
            (2026, 4, 4),
        ),
        ('<meta name="DC.date.issued" content="06/04/2026 10:00">', FED, (2026, 4, 6)),
        ("", FED, (2026, 5, 1)),
        (meta("9999-12-31"), FED, (2026, 5, 1)),
        ("", None, (2019, 5, 11)),
    ],
)
def test_the_time_is_that_of_the_pages_data_else_the_feeds_else_guessed(
    head: str, fed: FeedEntry | None, day: tuple[int, int, int]
) -> None:
    """A day alone is London's, whose first moment in summer is in the evening before in UTC."""
    page = paged(
        TITLE + head, "", f"<h1>{HEADLINE}</h1><p>The council was rated inadequate by Ofsted on 12 May 2019.</p>"
    )
    when = extracted(page, fed).published
    assert when and (when.year, when.month, when.day) == day


def test_an_article_that_only_its_fragment_tells_from_others_keeps_it() -> None:
    fed = FeedEntry(f"{URL}#!/news/2", HEADLINE, "", None)
    page = paged(f'{TITLE}<link rel="canonical" href="https://www.news.example/news/the-only-page-there-is-1">')
    assert extracted(page, fed).url == f"{URL}#!/news/2"


def test_a_break_in_a_headline_is_between_words() -> None:
    page = paged(headline="<h1>Council’s<br>children’s services<br/>praised</h1>")
    assert extracted(page).headline == "Council’s children’s services praised"


def test_a_single_article_in_the_pages_data_that_is_another_one_tells_nothing() -> None:
    other = {"@type": "NewsArticle", "headline": "Fair", "url": "/news/fair-2", "datePublished": "2019-05-12"}
    data = json.dumps(other | {"articleBody": "Cakes and donkeys in the park. " * 30})
    fed = FeedEntry(URL, HEADLINE, "", datetime(2026, 3, 1, 10, tzinfo=UTC))
    found = extracted(paged(f'{TITLE}<script type="application/ld+json">{data}</script>'), fed)
    assert "donkeys" not in found.text and found.published == fed.published


@pytest.mark.parametrize(
    "body",
    [
        '<p>by Ofsted on <time datetime="2019-05-12">12 May 2019</time></p>',
        '<i itemprop="datePublished">2019-05-12</i>',
    ],
)
def test_a_day_that_is_marked_somewhere_on_the_page_is_not_before_the_feeds(body: str) -> None:
    fed = FeedEntry(URL, HEADLINE, "", datetime(2026, 3, 1, 10, tzinfo=UTC))
    assert extracted(paged(TITLE, body), fed).published == fed.published
    assert extracted(paged(TITLE, body)).published != fed.published


def undated(told: str) -> bytes:
    return paged(TITLE, f'<div class="date">{told}</div><p>{told}</p>')


@pytest.mark.parametrize(
    "told",
    [
        "Week 18, 2026",
        "© 2011",
        "© 2009-2024 The Gazette",
        "Issue 12/2024",
        "Issue 12, May 2024",
        "May 2026",
        "Updated 3 hours ago",
        "1 May",
        "May 5",
        "31 February 2026",
        "30/30/2026",
        "Inspectors came from 2 to 13 June 2025",
        "Inspectors came on 5 and 6 September 2025",
        "Inspectors came from 22 May 2025 – 18 June 2025",
        "Call 01234 12-2024, code 2.10.1.2024 or 4/12/2024/7",
        "Since 4 May 1812",
    ],
)
def test_no_day_is_made_of_part_of_one(told: str) -> None:
    assert extracted(undated(told), None).published is None


@pytest.mark.parametrize(
    "told",
    [
        "3 March 2026",
        "Published: Tuesday 3rd March, 2026",
        "Tuesday, March 3, 2026 - 10:30",
        "MAR 3 2026",
        "3rd of March 2026",
        "03/03/2026",
        "3.3.2026, Ayford",
        "2026-03-03T10:00:00Z",
        "In brief (3 Sept 2031): 3&nbsp;Mar&nbsp;2026 by A Writer",
        "3-Mar-2026",
    ],
)
@pytest.mark.parametrize("marked", ["date", "x"])
def test_a_whole_day_on_the_page_is_its_day_where_nothing_else_is(told: str, marked: str) -> None:
    when = extracted(undated(told).replace(b'class="date"', f'class="{marked}"'.encode()), None).published
    assert when and (when.year, when.month, when.day) == (2026, 3, 3)


def test_a_day_that_is_marked_or_said_to_be_the_pages_is_before_one_of_the_text() -> None:
    told = "<p>Ofsted came on 1 May 2019.</p><p>It said of the visit in its letter: this was long ago, and on 2 May 2019 it said more than that once.</p>"
    for line in ('<p class="entry-meta">By A Writer, 3 March 2026</p>', "<p>Last updated: 3 March 2026</p>"):
        when = extracted(paged(TITLE, told + line), None).published
        assert when and (when.month, when.day) == (3, 3)
    path = f'{TITLE}<link rel="canonical" href="{SITE}/2026/03/03/an-article">'
    when = extracted(paged(path, told), None).published
    assert when and (when.month, when.day) == (3, 3)
