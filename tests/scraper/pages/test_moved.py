"""Which redirects lead to a story and which mean that it is gone."""

import pytest

from scraper.pages import is_gone_to

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
        (STORY, "https://gazette.example/latest-news/"),
        (STORY, "https://gazette.example/en/404.html"),
        (STORY, "https://gazette.example/page-not-found?from=/news"),
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
