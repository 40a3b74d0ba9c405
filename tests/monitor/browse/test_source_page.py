"""The page of a source: what came in place of what was wanted, and nothing of it acts."""

from pathlib import Path

import pytest

from tests.data_folders import new_database
from tests.monitor.browse.conftest import Site
from tests.monitor.browse.filled import NASTY
from tests.monitor.browse.test_pages import soup, words


def test_the_page_of_a_source_shows_what_came_instead_and_nothing_of_it_acts(filled: Site) -> None:
    page = soup(filled, "/source/ofsted")
    shown = page.select_one("pre.w-came")
    assert shown is not None and not shown.find_all(True)
    assert shown.get_text() == f"<html><title>{NASTY}</title>\n{NASTY}<img src=x onerror=alert(1)>\\u202e\\x1b[31m"
    assert page.select("img, iframe, object, embed, script") == []
    assert "Westmarch, https://news1.example.org/1" in words(page)
    page = soup(filled, "/source/Westmarch%20Gazette")
    text = words(page)
    assert "HTTP 403, text/html; charset=utf-8, 46 bytes, title “Just a moment...”" in text
    assert "answered by https://wall.example.org/x" in text
    assert "Timed out: no complete answer within 30 s" in text
    assert [heading.get_text()[:8] for heading in page.select("h3")] == ["No whole", "HTTP 200", "HTTP 403"], (
        "newest first"
    )
    assert "0000  00 01 02 03" in page.select("pre.w-came")[0].get_text()
    assert "403 from the feed" in text


@pytest.mark.parametrize("path", ["/source/nobody", "/source/mail", "/source/%3Cscript%3E", "/source/%00"])
def test_a_source_that_was_never_crawled_is_not_found(filled: Site, path: str) -> None:
    answer = filled.get(path)
    answer = filled.get(answer.headers["location"]) if answer.status_code == 302 else answer
    assert answer.status_code == 404 and "<script>" not in answer.text.partition("<footer")[0].partition("<main")[2]


@pytest.mark.parametrize("name", ["A & B", "Kent/Medway", "100% news?", "Größe #1", "a+b", "~x"])
def test_a_source_of_any_name_has_its_page(tmp_path: Path, name: str) -> None:
    database = new_database(tmp_path / "data")
    database.table("crawls").insert(
        {"id": 1, "source": name, "started": "2024-03-12T08:00:00+00:00", "verdict": "broken"}
    )
    database.close()
    site = Site(tmp_path / "data")
    try:
        [link] = [tag["href"] for tag in soup(site, "/").select("#main a[href^='/source/']")]
        heading = soup(site, str(link)).h1
        assert heading is not None and heading.get_text() == name
        assert soup(site, "/ofsted-watch/crawls").select(f"a[href='{link}']")
    finally:
        site.close()


def test_a_step_of_the_watch_is_no_source_with_a_page(tmp_path: Path) -> None:
    database = new_database(tmp_path / "data")
    seen = {"first_seen": "2024-03-12T08:00:00+00:00", "last_seen": "2024-03-12T08:00:00+00:00"}
    database.table("issues").insert({"source": "linking", "level": "error", "message": "it failed"} | seen)
    database.close()
    site = Site(tmp_path / "data")
    try:
        page = soup(site, "/ofsted-watch/issues")
        assert "linking" in words(page) and not page.select("a[href^='/source/']")
    finally:
        site.close()
