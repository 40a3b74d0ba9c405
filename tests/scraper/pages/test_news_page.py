"""Pages that list stories and have no feed, as councils' systems write them, against what was read of them. All text is invented."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import PageChanged
from scraper.pages.news_page import parse_news_page, read_news_page
from scraper.pages.tasks import NewsPage, Page
from tests.scraper.pages import golden

NOW = datetime(2024, 3, 13, 9, tzinfo=UTC)
ADDRESSES = {
    "agenda": "https://democracy.westmarch.example/ieListDocuments.aspx?CId=141&MId=2201",
    "blog": "https://trust.example/improvement",
    "decisions": "https://democracy.westmarch.example/mgDelegatedDecisions.aspx?bcr=1",
    "newsroom_cards": "https://www.westmarch.example/news",
    "newsroom_list": "https://www.marchport.example/newsroom",
}
URL = "https://www.westmarch.example/news"
STORIES = "".join(
    f'<li><a href="/news/{slug}">The council tells of {slug}</a></li>' for slug in ("parks", "roads", "schools")
)


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_news_page(name: str) -> None:
    [folder] = golden.cases("news_page", name)
    golden.check(folder, parse_news_page(golden.page(folder), ADDRESSES[name], NOW).entries)


def read(body: str, links: str = "") -> list[str]:
    """The paths of the stories that are found."""
    return [
        entry.url.removeprefix(URL.removesuffix("/news"))
        for entry in parse_news_page(body.encode(), URL, NOW, links).entries
    ]


def test_links_that_lead_around_the_site_are_no_stories() -> None:
    around = "".join(f'<a href="/news/{n}">A service of the council number {n}</a>' for n in range(4))
    for before, behind in (
        ("<nav>", "</nav>"),
        ("<footer>", "</footer>"),
        ('<div class="main-menu">', "</div>"),
        ('<div id="breadcrumb">', "</div>"),
        ('<div role="navigation">', "</div>"),
        ("<header>", "</header>"),
        ("<aside>", "</aside>"),
        ("<form>", "</form>"),
    ):
        assert read(f"<body>{before}{around}{behind}<ul>{STORIES}</ul>") == [
            "/news/parks",
            "/news/roads",
            "/news/schools",
        ]


@pytest.mark.parametrize(
    "other",
    [
        '<a href="https://elsewhere.example/news/1">Our friends elsewhere tell of this</a>',
        '<a href="/news/plan.pdf">The plan of the council for the year</a>',
        '<a href="/news">All of the news of the council</a>',
        '<a href="/news?page=2">More of the news of the council</a>',
        '<a href="/news#main">Skip to the content of this page</a>',
        '<a href="mailto:press@westmarch.example">Write to our press office today</a>',
        '<a href="/news/sport">Sport</a>',
        '<a href="/about/the/council/and/its/members">Who we are and what we do</a>',
        '<a href="/news/long">' + "word " * 100 + "</a>",
        "<a>What leads nowhere at all</a>",
    ],
)
def test_what_else_is_linked_is_no_story(other: str) -> None:
    assert read(f"<ul>{STORIES}</ul><p>{other}</p>") == ["/news/parks", "/news/roads", "/news/schools"]


def test_a_story_that_is_linked_by_its_picture_its_headline_and_a_button_is_one_with_its_headline() -> None:
    card = (
        '<div><a href="/news/fire"><img src="/fire.jpg"></a><h3><a href="/news/fire">Fire station to be rebuilt</a></h3>'
        '<p>Work begins in May.</p><a href="/news/fire?utm_source=list">Read more</a></div>'
    )
    [entry, *_] = parse_news_page(f"<main>{card}<ul>{STORIES}</ul></main>".encode(), URL, NOW).entries
    assert (entry.headline, entry.summary) == ("Fire station to be rebuilt", "Work begins in May. Read more")


def test_a_whole_card_that_is_a_link_has_its_heading_for_a_headline() -> None:
    long = "Inspectors came in February and spoke with children. " * 8
    cards = "".join(
        f'<a href="/news/{n}"><h3>Visit number {n} of the inspectors</h3><p>{long}</p></a>' for n in range(3)
    )
    entries = parse_news_page(cards.encode(), URL, NOW).entries
    assert [entry.headline for entry in entries] == [f"Visit number {n} of the inspectors" for n in range(3)]
    assert entries[0].summary.startswith("Inspectors came in February")


def test_a_selector_says_which_links_are_stories_whatever_they_look_like_and_wherever_they_lead() -> None:
    page = (
        f'<nav class="letters"><a href="https://files.example/1">March</a><a href="/x">May</a></nav><ul>{STORIES}</ul>'
    )
    assert read(page, "nav.letters") == ["https://files.example/1", "/x"]
    assert read(page, "li a") == ["/news/parks", "/news/roads", "/news/schools"]


@pytest.mark.parametrize(
    ("page", "links", "reason"),
    [
        ("<p>No link</p>", "", "no links that look like stories"),
        ('<a href="/news/a">Only one story is told here</a>', "", "no links that look like stories"),
        ("<ul></ul>", "ul a", "`ul a` selects no link"),
        (" ", "", "the answer is empty"),
        ("<!-- nothing -->", "", "no"),
    ],
)
def test_a_page_without_stories_is_refused_with_the_reason(page: str, links: str, reason: str) -> None:
    with pytest.raises(PageChanged) as raised:
        read(page, links)
    assert reason in str(raised.value)


def test_a_saved_page_that_lists_nothing_is_refused() -> None:
    [folder] = golden.cases("news_page", "changed_nothing")
    with pytest.raises(PageChanged):
        parse_news_page(golden.page(folder), URL, NOW)


def test_links_to_liveblogs_and_galleries_are_listed_as_others_are_for_only_their_own_pages_tell_what_they_are() -> (
    None
):
    others = (
        '<li><span class="badge">Live</span><a href="/news/live/debate">Live: councillors debate the Ofsted letter</a></li>'
        '<li><a href="/news/live/music">Live music is back at the town hall</a></li>'
        '<li><a href="/news/gallery/hub">In pictures: the new family hub opens</a></li>'
    )
    assert {"/news/live/debate", "/news/live/music", "/news/gallery/hub"} <= set(read(f"<ul>{STORIES}{others}</ul>"))


def test_what_may_be_about_a_report_is_worth_its_article() -> None:
    [folder] = golden.cases("news_page", "newsroom_cards")
    page = Page(golden.page(folder), ADDRESSES["newsroom_cards"], NOW)
    headlines = {headline for _, headline in read_news_page(NewsPage(page)).relevant}
    assert "Inspectors praise county’s children’s services" in headlines
    assert "Four hundred roads to be resurfaced this spring" not in headlines


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(noise: bytes) -> None:
    try:
        found = parse_news_page(noise + STORIES.encode(), URL, NOW).entries
    except PageChanged:
        return
    assert all(entry.headline and entry.url.startswith("http") for entry in found)


def test_a_huge_page_takes_time_with_its_length() -> None:
    cards = "".join(f'<li><a href="/news/{n}">The council tells of story number {n}</a></li>' for n in range(4000))
    assert len(parse_news_page(f"<ul>{cards}</ul>".encode(), URL, NOW).entries) == 4000


def test_a_deep_page_is_read() -> None:
    assert read("<div>" * 1500 + STORIES) == ["/news/parks", "/news/roads", "/news/schools"]
