"""Crawls of a council's newsroom, a page that lists stories and has no feed, by the real child."""

from scraper.database import begin, begin_anew
from tests.scraper.spiders.conftest import Child
from tests.scraper.spiders.site import Answer, Site, pdf
from tests.scraper.spiders.test_news_crawl import URN, article

ROOM = {"spider": "page", "source": "Newsroom", "outlet": "Newsroom", "covers": [URN]}
FIRST = (
    "Roads to be resurfaced this spring",
    "The library opens on Sundays",
    "A new pool for the town is on time",
    "Bins are collected a day later",
)
VISIT = "Ofsted inspectors praise children's services"


def newsroom(site: Site, *headlines: str, under: str = "news") -> None:
    """The page with these stories, and an article for each."""
    paths = {f"/{under}/{headline.lower().replace(' ', '-').replace(chr(39), '')}": headline for headline in headlines}
    listed = "".join(f'<li><a href="{path}">{headline}</a></li>' for path, headline in paths.items())
    site.pages["/newsroom"] = Answer(
        f"<!DOCTYPE html><html><body><main><ul>{listed}</ul></main></body></html>".encode()
    )
    for path, headline in paths.items():
        site.pages[path] = article(headline)


def crawl(child: Child, **changes: object) -> dict[str, object]:
    return child.run(URN, **(ROOM | {"url": f"{child.site.url}/newsroom"} | changes))


def kept(child: Child) -> list[tuple[object, ...]]:
    return child.rows("SELECT headline, baseline FROM articles ORDER BY headline")


def test_the_first_look_is_a_silent_baseline_and_a_new_link_is_fetched_and_read(site: Site, child: Child) -> None:
    newsroom(site, "Ofsted letter on children's services is out", *FIRST)
    assert crawl(child)["verdict"] == "ok"
    newsroom(site, VISIT, "Ofsted letter on children's services is out", *FIRST[:3])
    second = crawl(child)
    assert (second["verdict"], second["found"]) == ("ok", 1), second
    assert kept(child) == [(VISIT, 0), ("Ofsted letter on children's services is out", 1)]


def test_a_link_that_moves_down_or_returns_is_not_new(site: Site, child: Child) -> None:
    newsroom(site, VISIT, *FIRST)
    crawl(child)
    for headlines in ((*FIRST, VISIT), FIRST, (VISIT, *FIRST)):
        newsroom(site, *headlines)
        assert crawl(child)["found"] == 0
    assert kept(child) == [(VISIT, 1)]


def test_a_page_whose_links_all_changed_is_broken_and_no_news_until_it_is_the_old_one_again(
    site: Site, child: Child
) -> None:
    newsroom(site, *FIRST)
    crawl(child)
    newsroom(site, VISIT, "Another page of the council", "Which tells of other things", "And links to them as well")
    broken = crawl(child)
    assert (broken["verdict"], broken["found"]) == ("broken", 0)
    assert "not one of its 4 links was there before" in str(broken["message"])
    assert kept(child) == [] and len(child.rows("SELECT * FROM feed_entries")) == 4
    newsroom(site, VISIT, *FIRST)
    assert (crawl(child)["verdict"], kept(child)) == ("ok", [(VISIT, 0)])


def test_a_page_that_a_person_accepts_begins_anew_with_a_silent_baseline(site: Site, child: Child) -> None:
    newsroom(site, *FIRST)
    crawl(child)
    newsroom(site, VISIT, "Another page of the council", "Which tells of other things", "And links to them as well")
    assert crawl(child)["verdict"] == "broken"
    db = begin(child.data)
    assert begin_anew(db, "Newsroom", f"{site.url}/newsroom") == 4
    db.close()
    assert (crawl(child)["verdict"], kept(child)) == ("ok", [(VISIT, 1)])


def test_a_page_that_is_rebuilt_under_other_addresses_knows_its_stories_by_their_headlines(
    site: Site, child: Child
) -> None:
    newsroom(site, "Ofsted letter on children's services is out", *FIRST)
    crawl(child)
    newsroom(site, VISIT, "Ofsted letter on children's services is out", *FIRST, under="new/site/stories")
    again = crawl(child)
    assert (again["verdict"], again["found"]) == ("ok", 1), again
    assert kept(child) == [(VISIT, 0), ("Ofsted letter on children's services is out", 1)]


def test_a_page_without_links_and_one_that_is_gone_are_broken(site: Site, child: Child) -> None:
    newsroom(site, *FIRST)
    crawl(child)
    newsroom(site)
    none = crawl(child)
    assert none["verdict"] == "broken" and "no links that look like stories" in str(none["message"])
    del site.pages["/newsroom"]
    assert crawl(child)["verdict"] == "broken"


def test_a_selector_reads_what_it_selects_and_nothing_else(site: Site, child: Child) -> None:
    newsroom(site, VISIT, *FIRST)
    page = site.pages["/newsroom"]
    page.body = page.body.replace(b"<ul>", b'<p id="letters"><a href="/letter">Letter</a></p><ul>')
    assert crawl(child, links="#letters a")["verdict"] == "ok"
    assert child.rows("SELECT headline FROM feed_entries") == [("Letter",)]


LETTER = '<a href="/documents/s1/letter.pdf">Ofsted letter</a>'


def documents(child: Child) -> list[tuple[object, ...]]:
    return child.rows("SELECT url, state, attempts, baseline FROM documents ORDER BY url")


def a_day_later(child: Child) -> None:
    """What was asked for was so a day ago."""
    with child.query() as db:
        db.execute(
            "UPDATE documents SET last_reading = strftime('%Y-%m-%dT%H:%M:%f000+00:00', last_reading, '-25 hours')"
        )
        db.commit()


def test_documents_that_may_be_reports_are_fetched_once_from_the_page_and_its_stories(site: Site, child: Child) -> None:
    newsroom(site, *FIRST)
    page = site.pages["/newsroom"]
    page.body = page.body.replace(b"</main>", f'{LETTER}<a href="/plan.pdf">Plan</a></main>'.encode())
    site.pages["/documents/s1/letter.pdf"] = pdf("one")
    crawl(child)
    newsroom(site, VISIT, *FIRST)
    story = site.pages["/news/ofsted-inspectors-praise-childrens-services"]
    story.body = story.body.replace(b"</article>", b'<a href="/documents/s2/x.pdf">Inspection report</a></article>')
    site.pages["/documents/s2/x.pdf"] = pdf("two")
    crawl(child)
    crawl(child)
    assert documents(child) == [
        (f"{site.url}/documents/s1/letter.pdf", "unread", 1, 1),
        (f"{site.url}/documents/s2/x.pdf", "unread", 1, 0),
    ]
    assert len(list(child.data.glob("reports/*/*.pdf"))) == 2
    assert "/plan.pdf" not in [path for path, _ in site.asked]


def test_a_document_that_does_not_come_is_asked_for_on_three_days_and_told(site: Site, child: Child) -> None:
    newsroom(site, *FIRST)
    page = site.pages["/newsroom"]
    page.body = page.body.replace(b"</main>", f"{LETTER}</main>".encode())
    for attempts in (1, 2, 3, 3):
        for _ in range(2):
            told = crawl(child)
            assert told["verdict"] == "ok", told
            assert documents(child) == [(f"{site.url}/documents/s1/letter.pdf", "failed", attempts, 1)]
        a_day_later(child)
    assert any("did not come: HTTP 404" in row[0] for row in child.rows("SELECT message FROM issues"))


def test_what_was_there_at_the_first_look_is_baseline_though_it_is_fetched_later(site: Site, child: Child) -> None:
    newsroom(site, *FIRST)
    page = site.pages["/newsroom"]
    letters = "".join(f'<a href="/letter-{number}.pdf">Letter</a>' for number in range(13))
    page.body = page.body.replace(b"</main>", f"{letters}</main>".encode())
    for number in range(13):
        site.pages[f"/letter-{number}.pdf"] = pdf(str(number))
    crawl(child)
    assert child.rows("SELECT count(*) FROM documents WHERE state = 'unread'") == [(10,)]
    crawl(child)
    assert child.rows("SELECT state, baseline, count(*) FROM documents GROUP BY 1, 2") == [("unread", 1, 13)]


def test_a_document_of_a_story_that_does_not_come_is_tried_again_though_its_story_is_fetched_once(
    site: Site, child: Child
) -> None:
    newsroom(site, *FIRST)
    crawl(child)
    newsroom(site, VISIT, *FIRST)
    story = site.pages["/news/ofsted-inspectors-praise-childrens-services"]
    story.body = story.body.replace(b"</article>", f"{LETTER}</article>".encode())
    crawl(child)
    a_day_later(child)
    site.pages["/documents/s1/letter.pdf"] = pdf("one")
    crawl(child)
    assert documents(child) == [(f"{site.url}/documents/s1/letter.pdf", "unread", 2, 0)]


def test_a_page_that_words_all_its_links_anew_is_the_same_page_and_tells_nothing_twice(
    site: Site, child: Child
) -> None:
    newsroom(site, VISIT, *FIRST)
    crawl(child)
    with child.query() as db:
        db.execute("UPDATE feed_entries SET first_seen = '2025-01-01T00:00:00+00:00'")
        db.commit()
    page = site.pages["/newsroom"]
    for headline in (VISIT, *FIRST):
        page.body = page.body.replace(f">{headline}<".encode(), f">Read all of this story here: {headline}<".encode())
    again = crawl(child)
    assert (again["verdict"], again["found"]) == ("ok", 0), again
    assert kept(child) == [(VISIT, 1)]
