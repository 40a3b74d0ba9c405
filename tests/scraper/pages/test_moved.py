"""Which redirects lead to a story and which mean that it is gone."""

from datetime import UTC, datetime

import pytest

from scraper.errors import NoStory, PageChanged
from scraper.items import FeedEntry
from scraper.pages import ArticleAsked, Page, Paper, is_gone_to
from scraper.pages.reading import read_fetched

STORY = "https://gazette.example/news/2026/ofsted-rates-councils-services-inadequate-4711"


@pytest.mark.parametrize(
    ("asked", "ended"),
    [
        (STORY, "https://gazette.example/"),
        (STORY, "https://gazette.example"),
        (STORY, "https://www.gazette.example/index.html?gone=yes"),
        (STORY, "https://new-owner.example/"),
        (STORY, "https://gazette.example/home"),
        (STORY, "https://gazette.example/?session=83"),
        (STORY, "https://gazette.example/news/?page=1"),
        (STORY, "https://gazette.example/news/"),
        (STORY, "https://gazette.example/news"),
        (
            "https://gazette.example/sport/local/ofsted-rates-councils-services-1",
            "https://gazette.example/sport/local/",
        ),
        ("https://gazette.example/?p=123", "https://gazette.example/"),
        ("https://gazette.example/node/4711", "https://gazette.example/node"),
    ],
)
def test_a_front_or_section_page_in_place_of_a_story_means_that_it_is_gone(asked: str, ended: str) -> None:
    assert is_gone_to(asked, ended)


@pytest.mark.parametrize(
    ("asked", "ended"),
    [
        (STORY, STORY),
        (STORY, f"{STORY}/"),
        (STORY, STORY.replace("https://", "https://www.")),
        (f"{STORY}?utm_source=rss", STORY),
        (f"{STORY}/amp/", STORY),
        (f"{STORY}/index.html", STORY),
        (STORY, f"{STORY}.html"),
        (STORY, "https://gazette.example/local/ofsted-rates-councils-services-inadequate"),
        ("https://gazette.example/?p=123", "https://gazette.example/news/ofsted-visit/"),
        ("https://council.example/node/4711", "https://council.example/news/ofsted-inspection"),
        ("https://gazette.example/r/x7f", "https://gazette.example/ofsted-inspection-outcome"),
        ("https://gazette.example/old/4711", "https://gazette.example/?story=4711"),
        ("https://gazette.example/", "https://www.gazette.example/"),
        ("https://gazette.example/news/4711/ofsted-rates-councils-services", "https://gazette.example/news/4711"),
        ("https://gazette.example/item?id=1", "https://gazette.example/item?id=1"),
        ("https://gazette.example/news", "https://gazette.example/news?page=1"),
        ("https://gazette.example/?p=123", "https://gazette.example/index.php?p=123&lang=1"),
    ],
)
def test_a_story_that_has_moved_is_still_the_story(asked: str, ended: str) -> None:
    assert not is_gone_to(asked, ended)


HEADLINE = "Ofsted rates council’s services inadequate"
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


def led_to(ended: str, body: str, title: str = "") -> str:
    """The headline of what is read where the address of the story leads to a page."""
    told = "".join(
        f"<p>A council said that social workers know each child well, for the {n}th time.</p>" for n in range(9)
    )
    page = f"<html><head><title>{title}</title></head><body><article>{body}{told}</article></body></html>".encode()
    fed = FeedEntry(STORY, HEADLINE, "", None)
    return read_fetched(ArticleAsked(fed, Paper("Gazette", (), ()), Page(page, ended, NOW))).article.headline


@pytest.mark.parametrize(
    "path", ["/latest-news/", "/en/404.html", "/page-not-found?from=/news", "/archive", "/kent/", "/x/y"]
)
@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<h1>Latest news</h1>", "Latest news | Gazette"),
        (f"<h1>Latest news</h1><h2>{HEADLINE}</h2>", "Latest news | Gazette"),
        (f"<h1>Local news</h1><h2>{HEADLINE}</h2>", "Gazette"),
        ("<h1>Page not found</h1><h2>Most read</h2>", "Not found - Gazette"),
        ("<h1>Sorry, this story is not here any more</h1>", ""),
        ("<h1>Ofsted news</h1>", "Ofsted news from the county | Gazette"),
    ],
)
def test_a_page_under_another_headline_that_a_redirect_leads_to_is_not_the_story(
    path: str, body: str, title: str
) -> None:
    with pytest.raises(PageChanged, match="about something else"):
        led_to(f"https://gazette.example{path}", body, title)


@pytest.mark.parametrize("path", ["/latest-news/", "/archive", "/stories", "/x"])
@pytest.mark.parametrize("title", [HEADLINE, f"{HEADLINE} - Gazette", "Gazette", ""])
def test_a_story_is_read_wherever_a_redirect_leads_to_it(path: str, title: str) -> None:
    assert led_to(f"https://gazette.example{path}", f"<h1>{HEADLINE}</h1>", title) == HEADLINE


LIVE = "".join(
    f'<div class="live-post"><time>1{n}:00</time><p>The mayor has opened stall number {n} of the market at last.</p></div>'
    for n in range(4)
)


def test_a_live_section_that_a_removed_story_leads_to_is_not_the_story() -> None:
    with pytest.raises(PageChanged, match=r"gone: .* is about something else: 'Live from the market'"):
        led_to("https://gazette.example/live/", f"<h1>Live from the market</h1>{LIVE * 4}", "Live from the market")


def test_a_story_that_was_made_a_liveblog_elsewhere_is_one() -> None:
    with pytest.raises(NoStory, match="a liveblog"):
        led_to("https://gazette.example/x/", f"<h1>{HEADLINE}</h1>{LIVE * 4}", HEADLINE)
