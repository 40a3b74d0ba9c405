"""What came in place of what was wanted is kept with its look: of each kind of fault, and no more of it than is of use."""

import gzip
from typing import Any

import pytest

from scraper.database import answers
from tests.scraper.spiders.conftest import Child
from tests.scraper.spiders.site import NOT_FOUND, Answer, Site, bomb
from tests.scraper.spiders.test_news_crawl import AGAIN, FAIR, INSPECTED, crawl, feed

WALL = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>" + b"<p>wait</p>" * 500
ALL = "SELECT urn, status, content_type, title, bytes, head, final_url, url, verdict, message FROM answers ORDER BY id"
NAMES = ("urn", "status", "kind", "title", "bytes", "head", "final_url", "url", "verdict", "message")


def kept(child: Child) -> list[dict[str, Any]]:
    return [dict(zip(NAMES, row, strict=True)) for row in child.rows(ALL)]


def page(urn: str) -> str:
    return f"/provider/44/{urn}"


def test_of_each_fault_of_a_page_its_answer_is_kept(site: Site, child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "OF_A_CRAWL", 20)
    noise = bytes(range(256)) * 2
    site.pages |= {
        page("91001"): Answer(
            gzip.compress(WALL), 403, "text/html", {"Content-Encoding": "gzip", "Retry-After": "999"}
        ),
        page("91002"): Answer(b"<html><title>Our new\nreports &amp; more</title><div id='app'></div></html>"),
        page("91003"): Answer(NOT_FOUND.encode()),
        page("91004"): Answer(b""),
        page("91005"): bomb(),
        page("91006"): Answer(mode="loop"),
        page("91007"): Answer(status=302, headers={"Location": "http://169.254.169.254/latest/"}),
        page("91008"): Answer(status=302, headers={"Location": "/elsewhere"}),
        "/elsewhere": Answer(noise, kind="application/octet-stream"),
    }
    urns = [f"9100{number}" for number in range(1, 9)]
    child.run(*urns)
    found = {row["urn"]: row for row in kept(child)}
    assert sorted(found) == urns, [(row["urn"], row["message"]) for row in found.values()]
    wall = found["91001"]
    assert (wall["status"], wall["kind"], wall["title"]) == (403, "text/html", "Just a moment...")
    assert (wall["bytes"], wall["head"]) == (len(WALL), WALL[:2000])
    assert (wall["verdict"], wall["message"], wall["url"]) == ("blocked", "HTTP 403", site.url + page("91001"))
    assert (found["91002"]["status"], found["91002"]["title"]) == (200, "Our new reports & more")
    assert b"Report not found" in found["91003"]["head"]
    assert (found["91004"]["status"], found["91004"]["bytes"], found["91004"]["head"]) == (200, 0, b"")
    assert found["91005"]["head"].startswith(b"\x1f\x8b") and "when unpacked" in found["91005"]["message"]
    assert [found[urn]["status"] for urn in ("91006", "91007")] == [302, 302]
    assert found["91007"]["final_url"] == site.url + page("91007")
    assert (found["91008"]["final_url"], found["91008"]["head"]) == (f"{site.url}/elsewhere", noise)


def test_where_no_answer_came_the_reason_is_all_there_is(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    site.pages[page("91001")].mode = "hang"
    child.run("91001", download_timeout=0.4)
    [row] = kept(child)
    assert (row["status"], row["head"], row["title"], row["bytes"]) == (None, b"", "", 0)
    assert row["message"] == "no complete answer within 0.4 s" and row["final_url"] == site.url + page("91001")


def test_pages_that_fail_alike_leave_one_answer_and_those_that_are_not_asked_for_none(site: Site, child: Child) -> None:
    urns = [str(91001 + number) for number in range(12)]
    for urn in urns:
        site.pages[page(urn)] = Answer(f"<html><title>New {urn}</title></html>".encode())
    child.run(*urns)
    assert [row["title"] for row in kept(child)] == ["New 91001"]
    for number, urn in enumerate(urns):
        site.pages[page(urn)] = Answer(status=(403, 401, 404)[number % 3], headers={"Retry-After": "999"})
    child.run(*urns)
    assert len({row["message"] for row in kept(child)[1:]}) == len(kept(child)) - 1 <= answers.OF_A_CRAWL
    assert not [row for row in kept(child) if row["message"].startswith("not asked for")]


def test_of_a_robots_txt_that_forbids_the_lines_are_kept_that_do(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    rules = "User-agent: *\nDisallow: /private\nDisallow: /provider/\nDisallow: /search\n"
    site.pages["/robots.txt"] = Answer(rules.encode(), kind="text/plain")
    assert child.run("91001")["verdict"] == "blocked"
    [row] = kept(child)
    assert row["head"] == b"User-agent: *\nDisallow: /provider/"
    assert (row["final_url"], row["url"]) == (f"{site.url}/robots.txt", site.url + page("91001"))


def test_a_robots_txt_that_cannot_be_had_is_what_came(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    site.pages["/robots.txt"] = Answer(b"<title>Down</title>", 503, headers={"Retry-After": "999"})
    child.run("91001")
    [row] = kept(child)
    assert (row["status"], row["title"], row["final_url"]) == (503, "Down", f"{site.url}/robots.txt")


def test_a_page_in_place_of_a_pdf_is_kept_with_the_report_whose_it_is(site: Site, child: Child) -> None:
    site.authority("91001", 1, 2)
    site.pages["/v1/file/1"] = Answer(b"<html><title>Sign in</title><form>", kind="text/html")
    child.run("91001")
    [row] = kept(child)
    assert (row["urn"], row["url"], row["title"]) == ("91001", f"{site.url}/v1/file/1", "Sign in")


def test_what_is_well_leaves_no_answer(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    assert child.run("91001")["verdict"] == "ok" and child.run("91001")["verdict"] == "ok"
    assert kept(child) == []


def test_what_the_search_answered_is_kept(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    child.run("91001")
    site.pages["/search"] = Answer(b"<html><title>Find an inspection</title></html>")
    assert child.run("91001", spider="sweep")["verdict"] == "broken"
    [row] = kept(child)
    assert (row["urn"], row["status"], row["title"]) == (None, 200, "Find an inspection")


def test_of_a_feed_and_of_articles_it_is_kept_what_came(site: Site, child: Child) -> None:
    feed(site, FAIR)
    crawl(child)
    feed(site, INSPECTED, AGAIN, FAIR)
    site.pages["/news/inspected-1"] = Answer(b"<html><title>Before you continue</title></html>")
    crawl(child)
    site.pages["/rss"] = Answer(WALL)
    assert crawl(child)["verdict"] == "broken"
    told = [(row["title"], row["url"]) for row in kept(child)]
    assert told == [
        ("Before you continue", f"{site.url}/news/inspected-1"),
        ("Just a moment...", f"{site.url}/rss"),
    ]


def test_of_a_proxy_that_refuses_nothing_but_its_status_is_kept(
    site: Site, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    echo = b"<html><title>Basic d2F0Y2g6c2VjcmV0</title>watch:secret</html>"
    for path in (f"http://reports.example{page('91001')}", "http://reports.example/robots.txt"):
        site.pages[path] = Answer(echo, 407)
    monkeypatch.setenv("http_proxy", site.url.replace("http://", "http://watch:secret@"))
    outcome = child.run("91001", url="http://reports.example")
    assert "your proxy refuses us" in outcome["message"]
    [row] = kept(child)
    assert (row["status"], row["head"], row["title"]) == (407, b"", "")
    assert "secret" not in str(row) and "d2F0Y2g6c2VjcmV0" not in str(row)
