"""Pages that are huge, broken, doubled or in parts: the story is read, or its one fault is told, and it takes no time worth speaking of."""

import time
from pathlib import Path
from typing import Any

import pytest
import trafilatura

from scraper.items import Article
from scraper.pages import article
from tests.scraper.pages import golden
from tests.scraper.pages.test_publishers import PAGES, read
from tests.scraper.pages.told import HEADLINE, NOW, SITE, TITLE, URL, data, extracted, paged

STORY = "Inspectors found that social workers know each child well"
SAID = "They said the same five years ago, and what came of it then?"
SECONDS = 4.0
"""Of the processor, on a machine that is busy; a page of this size took up to a minute."""

FILLED = {
    "paragraphs": f"<p>{SAID}</p>",
    "cards": f"<article><a href='/news/1'><h2 class='live-post'>Bypass shut</h2></a><time datetime='2025-01-01'>x</time><p>{SAID}</p></article>",
    "galleries in galleries": f"<div class='gallery'><p>{SAID}</p>",
    "links": "<a href='/a/b.pdf?x=1'>x</a>",
    "captions": f"<figure><figcaption>{SAID}</figcaption></figure>",
    "line breaks": "a<br>",
    "spans": "<span>a</span>",
    "lists": "<ul><li>one thing here</li><li>and another</li></ul>",
    "scripts": "<script>var a={b:[1,2,3,4],c:'x'};</script>",
}


def timed(page: bytes) -> tuple[Article, float]:
    begun = time.process_time()
    found = extracted(page)
    return found, time.process_time() - begun


@pytest.mark.speed
@pytest.mark.parametrize("unit", FILLED.values(), ids=FILLED)
def test_a_page_of_a_megabyte_is_read_in_time_and_its_story_is_found(unit: str) -> None:
    found, seconds = timed(paged(TITLE).replace(b"</body>", unit.encode() * (1_000_000 // len(unit)) + b"</body>"))
    assert seconds < SECONDS
    assert found.headline == HEADLINE and STORY in found.text


@pytest.mark.speed
def test_a_text_of_a_megabyte_in_the_pages_data_is_read_in_time() -> None:
    told = data({"headline": HEADLINE, "articleBody": f"{SAID} " * 17_000})
    found, seconds = timed(paged(TITLE + told, body=f"<p>{SAID}</p>" * 3000))
    assert seconds < SECONDS and found.text.startswith(SAID)


@pytest.mark.parametrize(("elements", "fast"), [(article.MANY // 2, False), (article.MANY, True)])
def test_the_extractor_does_without_its_second_opinion_on_a_long_page_alone(
    elements: int, fast: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    extract = trafilatura.extract

    def noted(tree: object, **how: Any) -> object:
        asked.append(how["fast"])
        return extract(tree, **how)

    monkeypatch.setattr(trafilatura, "extract", noted)
    extracted(paged(TITLE).replace(b"</body>", b"<i>x</i>" * elements + b"</body>"))
    assert asked == [fast]


def test_what_comes_after_six_times_a_long_page_is_left_and_the_story_before_it_is_not() -> None:
    page = paged(TITLE).replace(b"</body>", b"<i>x</i>" * article.ELEMENTS + b"<h1>The last of all</h1></body>")
    before, after = extracted(paged(TITLE)), extracted(page)
    assert after == before and STORY in after.text


BROKEN = {
    "cut in the middle": '{"@type": "NewsArticle", "headline": "Fair", "articleBody": "Cakes and',
    "a comma too many": '{"@type": "NewsArticle", "headline": "Fair",}',
    "a comment": '/* data */ {"@type": "NewsArticle", "headline": "Fair"}',
    "quotation marks within": '{"@type": "NewsArticle", "headline": "The "Fair"", "datePublished": "2019-05-12"}',
    "nothing": "",
    "a number": "7",
    "null": "null",
    "a text": '"NewsArticle"',
    "wrong kinds": '{"@type": {"a": 1}, "headline": [1], "articleBody": {"x": 2}, "url": 7, "mainEntityOfPage": [3]}',
    "an article of wrong kinds": '{"@type": "NewsArticle", "headline": [1], "articleBody": {"x": 2}, "url": 7, "mainEntityOfPage": [3], "datePublished": 5}',
    "a graph of nothing": '{"@graph": [null, 7, "x", [], {"@graph": {}}]}',
    "infinite": '{"@type": "NewsArticle", "headline": Infinity}',
    "markup": "<!-- {} -->",
}  # fmt: skip


@pytest.mark.parametrize("told", BROKEN.values(), ids=BROKEN)
def test_broken_data_costs_nothing_but_itself(told: str) -> None:
    good = data({"headline": HEADLINE, "url": URL, "datePublished": "2026-03-01T10:00:00Z"})
    page = paged(f'{TITLE}<script type="application/ld+json">{told}</script>{good}')
    found = extracted(page, None)
    assert found.headline == HEADLINE and STORY in found.text
    assert str(found.published) == "2026-03-01 10:00:00+00:00"


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
@pytest.mark.parametrize("share", [0.6, 0.9])
def test_a_page_that_was_cut_off_is_read_as_far_as_it_came(folder: Path, share: float) -> None:
    page = golden.page(folder)
    whole, found = read(folder), read(folder, page[: int(share * len(page))])
    assert found.headline == whole.headline
    assert whole.text[:60] in found.text


def test_of_several_articles_in_one_page_the_one_that_its_feed_names_is_read() -> None:
    other = "".join(f"<p>The fair has donkeys, cakes and a band, and it was said {n} times.</p>" for n in range(6))
    second = f"<article><h1>Summer fair comes back to the seafront</h1>{other}</article></body>"
    page = paged(TITLE).replace(b"</body>", second.encode())
    found = extracted(page)
    assert found.headline == HEADLINE and found.text.startswith(STORY)


def test_a_copy_for_mobile_telephones_has_the_address_of_the_article() -> None:
    head = f'{TITLE}<link rel="canonical" href="{URL}">'
    page = paged(head).replace(b"<html>", "<html ⚡>".encode())
    for address in (
        URL.replace("www.", "amp."),
        f"{SITE}/news/an-article-1234567.amp",
        f"{SITE}/amp/an-article-1234567",
    ):
        found = article.extract_article(page, address, "The Gazette", NOW)
        assert (found.url, found.headline) == (URL, HEADLINE) and STORY in found.text


def test_of_a_story_in_several_pages_the_first_is_read() -> None:
    links = "<link rel='next' href='?page=2'>"
    page = paged(TITLE + links).replace(b"</article>", b"</article><p>Page 1 of 3</p><a href='?page=2'>Next page</a>")
    found = extracted(page)
    assert found.text == extracted(paged(TITLE)).text and found.url == URL


def test_a_text_in_one_piece_has_the_paragraphs_of_the_page_and_loses_nothing() -> None:
    lines = [f"Inspectors told the council, part {n} of their letter, what they had seen there." for n in range(30)]
    told = data(
        {
            "headline": HEADLINE,
            "articleBody": " ".join([*lines[:10], "Read more: the fair is back", *lines[10:], "Told only to engines."]),
        }
    )
    shown = (
        "".join(f"<p>{line.replace('letter', '<b>letter</b>')}</p>" for line in [lines[3], *lines])
        + "<p>Not of the story at all, this is.</p>"
    )
    page = f"<html><head>{TITLE}{told}</head><body><h1>{HEADLINE}</h1>{shown}</body></html>".encode()
    found = extracted(page).text
    assert "fair" not in found and "Not of the story" not in found
    assert " ".join(found.split()) == " ".join([*lines, "Told only to engines."])
    assert lines[20] in found.split("\n")
