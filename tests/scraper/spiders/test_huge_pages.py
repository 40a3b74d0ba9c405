"""A watched page that is huge or garbled is one clear line, and the story that was waited for is fetched all the same."""

import pytest

from scraper.workers import Worker
from tests.scraper.spiders.conftest import Child
from tests.scraper.spiders.site import Answer, Site
from tests.scraper.spiders.test_page_crawl import FIRST, VISIT, crawl, kept, newsroom

BEGIN, END = b"<!DOCTYPE html><html><head><title>News</title></head><body><main>", b"</main></body></html>"
PATH = "/news/ofsted-inspectors-praise-childrens-services"


def links(count: int) -> bytes:
    return b"".join(b'<a href="/n/%d">Item</a>' % number for number in range(count))


PAGES = {
    "30 MB": (BEGIN + b"<p>words</p>" * 2_600_000 + END, "larger than 5 MiB"),
    "190,000 links": (BEGIN + links(190_000) + END, "it could not be read within 2 seconds"),
    "as deep as long": (BEGIN + b"<div>" * 300_000 + END, "no links that look like stories"),
    "no text": (b"\x00\xff\xfe" * 50_000, "no links that look like stories"),
    "nothing": (b" \n", "the answer is empty"),
}


@pytest.fixture
def waiting(site: Site, child: Child, monkeypatch: pytest.MonkeyPatch) -> Child:
    """A watch of a newsroom, one of whose stories did not come yet; its workers have two seconds for a page."""
    monkeypatch.setattr(Worker.__init__, "__defaults__", (2.0, 512))
    newsroom(site, *FIRST)
    crawl(child)
    newsroom(site, VISIT, *FIRST)
    story = site.pages.pop(PATH)
    crawl(child)
    site.pages[PATH] = story
    return child


@pytest.mark.parametrize(("body", "said"), PAGES.values(), ids=PAGES)
def test_it_is_one_line_and_what_was_waited_for_is_fetched(site: Site, waiting: Child, body: bytes, said: str) -> None:
    site.pages["/newsroom"] = Answer(body)
    told = crawl(waiting)
    message = str(told["message"])
    assert (told["verdict"], kept(waiting)) == ("broken", [(VISIT, 0)])
    assert said in message and "Traceback" not in message and len(message) < 400
    newsroom(site, VISIT, *FIRST)
    assert crawl(waiting)["verdict"] == "ok"


@pytest.mark.parametrize(
    "encoded",
    [
        lambda text: text.encode("cp1252"),
        lambda text: text.encode("utf-8")[:-1].replace("’".encode(), b"\x92"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-8").replace(b"<li>", b"<li>\xc3\x28\x00\xed\xa0\x80"),
    ],
    ids=["of Windows", "of both", "UTF-16", "bytes that are no text"],
)  # fmt: skip
def test_a_page_in_a_broken_encoding_is_read(site: Site, waiting: Child, encoded: object) -> None:
    told = "Ofsted’s inspectors praise children’s services again"
    newsroom(site, VISIT, *FIRST)
    page = (
        site.pages["/newsroom"]
        .body.decode()
        .replace("<ul>", f'<ul><li><a href="/news/again-and-again">{told}</a></li>')
    )
    site.pages["/newsroom"] = Answer(encoded(page), kind="text/html")  # type: ignore[operator]
    outcome = crawl(waiting)
    assert outcome["verdict"] == "ok", outcome
    assert waiting.rows("SELECT headline FROM feed_entries WHERE url LIKE '%again-and%'") == [(told,)]
