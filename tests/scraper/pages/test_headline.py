"""Which heading of a page is its article's."""

from dataclasses import replace

import pytest

from scraper.items import FeedEntry
from scraper.pages import article
from tests.scraper.pages.told import FED, HEADLINE, NOW, TITLE, data, extracted, paged


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


def test_a_break_in_a_headline_is_between_words() -> None:
    page = paged(headline="<h1>Council’s<br>children’s services<br/>praised</h1>")
    assert extracted(page).headline == "Council’s children’s services praised"
