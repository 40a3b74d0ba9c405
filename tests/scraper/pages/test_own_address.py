"""Which address is an article's own."""

import pytest

from scraper.items import FeedEntry
from scraper.pages import article
from tests.scraper.pages.told import HEADLINE, NOW, SITE, TITLE, URL, extracted, paged


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


def test_an_article_that_only_its_fragment_tells_from_others_keeps_it() -> None:
    fed = FeedEntry(f"{URL}#!/news/2", HEADLINE, "", None)
    page = paged(f'{TITLE}<link rel="canonical" href="https://www.news.example/news/the-only-page-there-is-1">')
    assert extracted(page, fed).url == f"{URL}#!/news/2"
