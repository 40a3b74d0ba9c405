"""Liveblogs and picture galleries are told as what they are, and stories that have something of them stay stories. All text is invented."""

import json
from pathlib import Path

import pytest

from scraper.errors import NoStory, PageChanged
from scraper.items import Article
from scraper.pages import article
from tests.scraper.pages import golden
from tests.scraper.pages.told import HEADLINE, NOW, TITLE, URL, data, extracted, paged

KINDS = {
    "gallery": "a picture gallery",
    "live_event": "a liveblog",
    "live_page": "a liveblog",
    "liveblog": "a liveblog",
    "pictures": "a picture gallery",
}
STORY = "Inspectors found that social workers know each child well"
CAPTIONS = [f"Picture {n}: the mayor cuts a ribbon while the choir sings its song" for n in "abcdef"]
PICTURES = "".join(f"<figure><img src='{n}.jpg'><figcaption>{said}</figcaption></figure>" for n, said in enumerate(CAPTIONS))  # fmt: skip
LONG = "".join(f"<p>The councillor spoke of visit {n} for an hour, and all who were there heard her.</p>" for n in range(20))  # fmt: skip


def at(url: str, page: bytes) -> Article:
    return article.extract_article(page, url, "The Gazette", NOW)


def entries(count: int, named: str = "live-blog__post") -> str:
    post = "<div class='{}'><time>{}</time><p>Something has happened in the chamber, and here is what it was: {}.</p></div>"
    return "".join(post.format(named, n, n) for n in range(count))


def kinds(*called: str, **more: object) -> str:
    items = [{"@type": one, "headline": HEADLINE, "url": URL} | more for one in called]
    return f'<script type="application/ld+json">{json.dumps(items)}</script>'


def inside(page: bytes, markup: str) -> bytes:
    return page.replace(b"</article>", markup.encode() + b"</article>")


@pytest.mark.parametrize("folder", golden.cases("no_story"), ids=lambda folder: folder.name)
def test_a_page_that_is_no_story_is_told_as_what_it_is(folder: Path) -> None:
    with pytest.raises(NoStory) as raised:
        at(URL, golden.page(folder))
    assert str(raised.value) == KINDS[folder.name]
    assert not isinstance(raised.value, PageChanged)  # nobody is told that a page has changed


NONE = {
    "data call it a liveblog": paged(TITLE + kinds("LiveBlogPosting")),
    "data call it an article and a liveblog": paged(TITLE + kinds("NewsArticle", "LiveBlogPosting")),
    "data call it both at once": paged(TITLE + data({}).replace('"NewsArticle"', '["NewsArticle", "LiveBlogPosting"]')),
    "data call it a liveblog at its canonical address": paged(
        f'{TITLE}<link rel="canonical" href="/live/hub-99">{kinds("LiveBlogPosting", url="http://www.news.example/live/hub-99/")}'
    ),
    "data call it a liveblog, and say no address": paged(TITLE + kinds("LiveBlogPosting", url="")),
    "most of it stands in entries": inside(paged(TITLE), entries(12)),
    "a live list of AMP": inside(paged(TITLE), f"<amp-live-list>{entries(12, 'item')}</amp-live-list>"),
    "names that a tool has made": inside(paged(TITLE), entries(12, "LiveEvent_entry__x7Gh2")),
    "its own kind, and some entries": inside(paged(f'{TITLE}<script>x={{"articleType": "liveblog"}}</script>'), entries(4)),
    "data call it a gallery": paged(TITLE + kinds("ImageGallery")),
    "a gallery without a word": f"<html><head>{TITLE}{kinds('MediaGallery')}</head><body><h1>{HEADLINE}</h1></body></html>".encode(),
    "its own kind is a gallery": inside(
        paged(f'{TITLE}<script>x={{"article_type":"picture-gallery"}}</script>'), PICTURES * 2 + PICTURES.replace("mayor", "queen")
    ),
}  # fmt: skip


@pytest.mark.parametrize("page", NONE.values(), ids=NONE)
def test_what_makes_a_page_no_story(page: bytes) -> None:
    with pytest.raises(NoStory):
        extracted(page)


STORIES = {
    "live in its headline": paged(headline="<h1>Live music back at the children's hospital, council says live</h1>"),
    "a gallery within": inside(paged(TITLE + kinds("NewsArticle", "ImageGallery")), PICTURES + LONG),
    "a gallery within a short story": inside(paged(TITLE + kinds("NewsArticle")), f"<div class='gallery'>{PICTURES}</div>"),
    "a gallery of the story within a short story": inside(paged(TITLE + kinds("NewsArticle", "ImageGallery")), PICTURES),
    "much text, though all that its data tell of is a gallery": inside(paged(TITLE + kinds("ImageGallery")), PICTURES + LONG),
    "in pictures, with two long captions": inside(
        paged(headline="<h1>In pictures: children's services praised</h1>"),
        "".join(f"<figure><img><figcaption>{' '.join(f'{said} at {n}' for n in range(6))}</figcaption></figure><p>.</p>" for said in CAPTIONS[:2]),
    ),
    "a whole page that is called live": inside(paged(TITLE), "<time>1</time><time>2</time><time>3</time>" + LONG).replace(
        b"<body>", b"<body class='live-blog-ready'>"
    ),
    "a liveblog of a headline with a word of it": paged(
        TITLE + kinds("NewsArticle") + kinds("LiveBlogPosting", headline="Services on Sunday: the bishop’s sermons as they happened", url="/live/budget")
    ),
    "a liveblog of the same news beside it": paged(TITLE + kinds("NewsArticle") + kinds("LiveBlogPosting", headline=f"Live: {HEADLINE}", url="/live/hub-99")),
    "a liveblog of the same news without an address": paged(TITLE + kinds("NewsArticle") + kinds("LiveBlogPosting", headline=f"Live: {HEADLINE}", url="")),
    "a liveblog of the same news, and no word of its own": paged(TITLE + kinds("LiveBlogPosting", headline=f"Live: {HEADLINE}", url="/live/hub-99")),
    "a box of entries, and the kind of a neighbour": inside(
        paged(f'{TITLE}<script>x={{"related": [{{"articleType": "liveblog"}}]}}</script>'), LONG + entries(3)
    ),
    "a box of entries, and data that call it an article": inside(
        paged(f'{TITLE}{kinds("NewsArticle")}<script>x={{"articleType": "liveblog"}}</script>'), LONG + entries(3)
    ),
    "a layout that is called live, with times of its neighbours": paged(TITLE).replace(b"<article>", b"<div class='live-events-promo-on'><article>").replace(
        b"</article>", b"</article><time>1 hour</time><time>2 hours</time><time>3 hours</time></div>"
    ),
    "a layout that is called live, with teasers": paged(TITLE).replace(b"<article>", b"<div class='live-events-promo-on'><article>").replace(
        b"</article>", f"</article>{entries(4, 'card')}</div>".encode()
    ),
    "a text that is called live, with times of its neighbours": paged(TITLE).replace(b"</h1>", b"</h1><div class='live-events-promo-on'>").replace(
        b"</article>", b"<time>1 hour</time><time>2 hours</time><time>3 hours</time></div></article>"
    ),
    "a text that is called live, with two entries": paged(TITLE).replace(b"</h1>", b"</h1><div class='live-events-promo-on'>").replace(
        b"</article>", f"{entries(2)}</div></article>".encode()
    ),
    "some entries within": inside(paged(TITLE), LONG + entries(4)),
    "few entries, however called": inside(paged(f'{TITLE}<script>x={{"articleType": "liveblog"}}</script>'), entries(2)),
    "a liveblog among its neighbours": paged(TITLE + kinds("NewsArticle") + data({}).replace("NewsArticle", "LiveBlogPosting")),
    "a liveblog of another headline": paged(
        TITLE + kinds("NewsArticle") + kinds("LiveBlogPosting", headline="Storm hits the coast", url="/live/storm")
    ),
    "liveblogs beside it": paged(TITLE, body=f"<aside class='live-blog'>{entries(12)}</aside><nav class='liveblog'>{entries(9)}</nav>"),
    "names that only begin so": inside(paged(TITLE), entries(12, "delivery-post olive-event lively-posting")),
    "the kinds of its neighbours": paged(f'{TITLE}<script>x=[{{"articleType":"gallery"}},{{"articleType":"liveblog"}}]</script>'),
    "in pictures, with a story": inside(paged(headline="<h1>In pictures: children's services praised</h1>"), LONG + PICTURES),
    "pictures, said in few words": inside(paged(headline="<h1>In pictures: children's services praised</h1>"), PICTURES[:200]),
}  # fmt: skip


@pytest.mark.parametrize("page", STORIES.values(), ids=STORIES)
def test_a_story_that_has_something_of_them_stays_a_story(page: bytes) -> None:
    assert STORY in extracted(page, None).text


@pytest.mark.parametrize("path", ["/news/gallery/hub-1234567", "/in-pictures/hub-1234567", "/news/live/c4g9x2k7wlmt"])
def test_an_address_alone_makes_no_story_a_gallery_or_a_liveblog(path: str) -> None:
    assert STORY in at(f"https://www.news.example{path}", paged(TITLE)).text


def test_an_address_of_galleries_and_more_captions_than_text_make_a_gallery() -> None:
    page = inside(paged(TITLE), "".join(PICTURES.replace("ribbon", word) for word in ("ribbon", "cake", "string")))
    with pytest.raises(NoStory, match="a picture gallery"):
        at("https://www.news.example/news/gallery/hub-1234567", page)
    assert STORY in at(URL, page).text
