"""Pages of articles as the owners of local papers write them, against what was read of them. All text is invented."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.errors import PageChanged, Walled
from scraper.items import FeedEntry
from scraper.pages import article
from tests.scraper.pages import golden
from tests.scraper.pages.told import HEADLINE, NOW, TITLE, URL, data, extracted, paged

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


def test_a_single_article_in_the_pages_data_that_is_another_one_tells_nothing() -> None:
    other = {"@type": "NewsArticle", "headline": "Fair", "url": "/news/fair-2", "datePublished": "2019-05-12"}
    data = json.dumps(other | {"articleBody": "Cakes and donkeys in the park. " * 30})
    fed = FeedEntry(URL, HEADLINE, "", datetime(2026, 3, 1, 10, tzinfo=UTC))
    found = extracted(paged(f'{TITLE}<script type="application/ld+json">{data}</script>'), fed)
    assert "donkeys" not in found.text and found.published == fed.published
