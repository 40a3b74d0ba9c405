"""What a crawl makes of a liveblog or a gallery that its feed lists: it is counted, and is nobody's fault and no article."""

from tests.paths import FIXTURES
from tests.scraper.spiders.conftest import Child
from tests.scraper.spiders.site import Answer, Site
from tests.scraper.spiders.test_news_crawl import AGAIN, FAIR, INSPECTED, crawl, feed
from tests.scraper.spiders.test_page_crawl import FIRST, VISIT, newsroom
from tests.scraper.spiders.test_page_crawl import crawl as crawl_newsroom

LIVE, GALLERY, MORE = (
    ("live-4", "Live: Ofsted report on council's children's services"),
    ("gallery-5", "In pictures: children's services after Ofsted's inspection"),
    ("live-6", "Live: councillors debate Ofsted's children's services letter"),
)


def shown(folder: str) -> Answer:
    return Answer((FIXTURES / "no_story" / folder / "page.html").read_bytes())


def listed(site: Site, *items: tuple[str, str]) -> None:
    feed(site, *items)
    site.pages |= {
        "/news/live-4": shown("liveblog"),
        "/news/gallery-5": shown("gallery"),
        "/news/live-6": shown("live_event"),
    }


def test_what_is_no_story_is_fetched_once_and_counted_and_nothing_else(site: Site, child: Child) -> None:
    listed(site, FAIR)
    crawl(child)
    listed(site, LIVE, GALLERY, MORE, INSPECTED, FAIR)
    told = crawl(child)
    assert (told["verdict"], told["found"]) == ("ok", 1)
    assert (
        told["message"] == "4 new entries, 4 articles fetched, 1 kept, 3 no story (a liveblog: 2, a picture gallery: 1)"
    )
    assert child.rows("SELECT headline FROM articles") == [(INSPECTED[1],)]
    assert child.rows("SELECT state, attempts, problem FROM feed_entries WHERE state = 'no_story' ORDER BY url") == [
        ("no_story", 1, "a picture gallery"),
        ("no_story", 1, "a liveblog"),
        ("no_story", 1, "a liveblog"),
    ]
    assert child.rows("SELECT (SELECT count(*) FROM issues), (SELECT count(*) FROM answers)") == [(0, 0)]
    again = crawl(child)
    assert again["message"] == "0 new entries, 0 articles fetched, 0 kept"
    assert site.paths().count("/news/live-4") == 1


def test_a_liveblog_that_a_page_lists_is_counted_too_and_the_documents_that_it_links_are_noted(
    site: Site, child: Child
) -> None:
    newsroom(site, *FIRST)
    crawl_newsroom(child)
    newsroom(site, VISIT, LIVE[1], *FIRST)
    [path] = [path for path in site.pages if "live" in path]
    body = shown("liveblog").body.replace(b"</h1>", b"</h1><a href='/letter.pdf'>Ofsted letter</a>")
    site.pages |= {path: Answer(body)}
    told = crawl_newsroom(child)
    assert (told["verdict"], told["message"]) == (
        "ok",
        "2 new entries, 2 articles fetched, 1 kept, 1 no story (a liveblog: 1)",
    )
    assert child.rows("SELECT headline FROM articles") == [(VISIT,)]
    assert child.rows("SELECT url FROM documents") == [(f"{site.url}/letter.pdf",)]


def test_a_paper_whose_last_entries_are_no_stories_is_not_told_as_blind_and_one_that_cannot_be_read_still_is(
    site: Site, child: Child
) -> None:
    listed(site, FAIR)
    crawl(child)
    listed(site, LIVE, GALLERY, MORE, FAIR)
    assert crawl(child)["verdict"] == "ok"
    broken = [(f"broken-{n}", f"Ofsted inspects children's services of the council, part {n}") for n in range(3)]
    for slug, _ in broken:
        site.pages[f"/news/{slug}"] = Answer(b"<html><body><h1>Nothing here</h1></body></html>")
    feed(site, *broken, LIVE, GALLERY, MORE, FAIR)
    told = crawl(child)
    assert told["verdict"] == "broken" and "not one of the last 3 articles could be read" in str(told["message"])
    feed(site, AGAIN, *broken, LIVE, GALLERY, MORE, FAIR)
    assert crawl(child)["verdict"] == "ok"
