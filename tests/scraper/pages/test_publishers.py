"""Whole pages in the markup of the owners of local papers, with all that stands around a story there. All text is invented."""

import random
import re
from pathlib import Path

import pytest

from scraper.items import Article
from scraper.pages import article
from tests.scraper.pages import golden
from tests.scraper.pages.told import NOW

FETCHED = {
    "bbc": ("https://www.broadcaster.example/news/articles/c4g9x2k7wlmo", "The Broadcaster Westmarch"),
    "newsquest": (
        "https://www.marshfordmail.example/news/25611408.marshford-childrens-services-praised-ofsted-letter/",
        "Marshford Mail",
    ),
    "reach": (
        "https://www.harrowdalelive.example/news/local-news/children-waited-months-help-inspectors-36811207",
        "Harrowdale Live",
    ),
    "national_world": (
        "https://www.wexboroughworld.example/news/politics/council/ofsted-finds-wexborough-childrens-services-still-require-improvement-5412207",
        "Wexborough World",
    ),
    "iliffe": (
        "https://www.eastmooronline.example/eastmoor/news/county-praised-for-work-with-children-at-risk-319907/",
        "Eastmoor Online",
    ),
    "ldrs_copy": (
        "https://beehamecho.example/2025/11/inspectors-tell-council-its-care-leavers-deserve-better/",
        "The Beeham Echo",
    ),
}
PAGES = golden.cases("publisher")
NAMES = re.compile(r'\b(class|id|data-testid|data-component|itemprop)="[^"]*"')
TAGS = re.compile(r"<(/?)(?:section|main|article|header)\b")


def read(folder: Path, page: bytes = b"") -> Article:
    url, outlet = FETCHED[folder.name]
    return article.extract_article(page or golden.page(folder), url, outlet, NOW)


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_the_story_is_read_from_all_that_stands_around_it(folder: Path) -> None:
    golden.check(folder, read(folder))


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_each_paragraph_is_a_line_and_each_link_to_the_report_is_found(folder: Path) -> None:
    found = read(folder)
    assert len(found.text.split("\n")) >= 6 and max(map(len, found.text.split("\n"))) < 400
    assert [link for link in found.links if "ofsted.gov.uk" in link]
    assert found.url == FETCHED[folder.name][0]


def test_nothing_that_papers_put_around_stories_is_in_any_text() -> None:
    texts = "\n".join(read(folder).text for folder in PAGES)
    for junk in (
        "Hide Ad", "READ MORE", "Also read", "WhatsApp", "newsletter", "Sign up", "Share this", "cookies", "partners", "Reporter", "Published:",
        "UPDATED", "Follow ", "Image", "Picture", "comments", "Christmas lights", "fourteen months", "Have you got",
    ):  # fmt: skip
        assert junk not in texts, junk


def renamed(page: bytes, seed: int) -> bytes:
    """The page with all names of its styles and parts made new, as publishers' tools do with each release."""
    drawn = random.Random(seed)
    new: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        return new.setdefault(found[0], f'{found[1]}="x{drawn.randrange(16**6):06x}"')

    return NAMES.sub(name, page.decode()).encode()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_new_names_of_styles_lose_no_paragraph(folder: Path, seed: int) -> None:
    whole, found = read(folder), read(folder, renamed(golden.page(folder), seed))
    assert (found.headline, found.published, found.links) == (whole.headline, whole.published, whole.links)
    assert not [line for line in whole.text.split("\n") if line not in found.text]


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_other_tags_around_it_lose_no_paragraph(folder: Path) -> None:
    page = TAGS.sub(r"<\1div", golden.page(folder).decode()).encode()
    whole, found = read(folder), read(folder, page)
    assert (found.headline, found.published) == (whole.headline, whole.published)
    assert not [line for line in whole.text.split("\n") if line not in found.text]


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_without_its_data_for_search_engines_no_paragraph_is_lost(folder: Path) -> None:
    page = re.sub(rb'<script[^>]*ld\+json".*?</script>', b"", golden.page(folder), flags=re.DOTALL)
    whole, found = read(folder), read(folder, page)
    assert found.headline == whole.headline
    assert not [line for line in whole.text.split("\n") if line not in found.text]
