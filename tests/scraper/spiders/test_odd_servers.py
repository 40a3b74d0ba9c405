"""What servers answer that make no sense: told in words as theirs, never as an error of ours, and what can be had is had."""

import os
import signal
import time

import pytest

from tests.scraper.spiders.conftest import Child
from tests.scraper.spiders.site import Answer, Site, pdf

NOWHERE = [
    "http://[feed]/x",
    "http://[::1",
    "http://127.0.0.1:99999/x",
    "http://127.0.0.1:port/x",
    "http://127.0.0.1:-1/",
    "http://127.0.0.1:0/",
    "htp:/nonsense",
    "javascript:alert(1)",
    "mailto:a@b.example",
    "data:text/html,x",
    "file:///etc/passwd",
    "ftp://127.0.0.1/x",
    "http://",
    "http:///x",
    "https:",
    "//",
    "///",
    "http://a b/",
    "http://a..b/",
    "http://.../",
    "http://-/",
    f"http://{'a' * 300}.example/",
    "http://xn--/",
    "http://xn--\xe9.example/",
    "http://%00/",
    "http://user:pw@[x]/",
    "http://0x7f.1.example.invalid/",
    "",
    " ",
    "\xff\xfe",
    "?\x01",
]


def test_a_redirect_to_nonsense_is_that_servers_fault_and_leaves_the_others_alone(site: Site, child: Child) -> None:
    urns = [str(91001 + number) for number in range(len(NOWHERE) + 1)]
    for urn, to in zip(urns, NOWHERE, strict=False):
        site.pages[f"/provider/44/{urn}"] = Answer(status=302, headers={"Location": to})
    site.authority(urns[-1], 1)
    child.run(*urns, download_timeout=2)
    checks = child.rows("SELECT urn, verdict, message FROM page_checks ORDER BY urn")
    told = {to: (verdict, message) for to, (_, verdict, message) in zip(NOWHERE, checks, strict=False)}
    assert {to: one for to, one in told.items() if one[0] != "broken" or "not asked for" in one[1]} == {}
    assert checks[-1][1] == "ok"


def test_a_cookie_that_comes_with_a_redirect_opens_the_page_and_is_sent_to_no_other(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    site.pages["/provider/44/91001"].mode = "cookie"
    assert child.run("91001")["verdict"] == "ok"
    sent = [(path, headers.get("Cookie")) for path, headers in site.asked]
    assert sent[1:] == [("/provider/44/91001", None), ("/provider/44/91001", "seen=1"), ("/v1/file/1", None)]


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_page_that_does_not_unpack_is_asked_for_twice_and_told(site: Site, child: Child, encoding: str) -> None:
    site.authority("91001", 1)
    site.pages["/provider/44/91001"].headers["Content-Encoding"] = encoding
    outcome = child.run("91001")
    assert outcome["verdict"] == "broken" and f"does not unpack as {encoding}" in outcome["message"]
    asked = [headers["Accept-Encoding"] for path, headers in site.asked if path != "/robots.txt"]
    assert len(asked) == 2 and asked[1] == "identity"


def test_not_modified_in_answer_to_no_question_is_a_fault_of_the_page_and_nothing_is_believed(
    site: Site, child: Child
) -> None:
    site.authority("91001", 1)
    site.pages["/provider/44/91001"].status = 304
    outcome = child.run("91001")
    assert outcome["verdict"] == "broken" and "not modified" in outcome["message"]
    site.pages["/provider/44/91001"].status = 200
    assert child.run("91001")["verdict"] == "ok"
    assert child.rows("SELECT baseline FROM reports") == [(1,)]


@pytest.mark.parametrize("delay", [900, 5, 3])
def test_a_crawl_delay_that_fits_no_crawl_is_told_at_once(site: Site, child: Child, delay: int) -> None:
    site.authority("91001", 1)
    site.pages["/robots.txt"] = Answer(f"User-agent: *\nCrawl-delay: {delay}\n".encode(), kind="text/plain")
    begun = time.monotonic()
    outcome = child.run("91001", timeout=5)
    assert time.monotonic() - begun < 4
    assert outcome["verdict"] == "blocked" and f"robots.txt asks for {delay} s between requests" in outcome["message"]
    assert site.paths() == []


def test_a_crawl_ends_at_once_when_a_crawl_delay_leaves_no_time_for_another_request(site: Site, child: Child) -> None:
    for urn in ("91001", "91002"):
        site.authority(urn, int(urn))
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 1.5\n", kind="text/plain")
    begun = time.monotonic()
    outcome = child.run("91001", "91002", timeout=4)
    assert time.monotonic() - begun < 4
    assert outcome["verdict"] == "timed_out"
    assert "time limit of 4 s (robots.txt asks for 1.5 s between requests)" in outcome["message"]


def test_the_time_limit_of_a_crawl_holds_while_a_request_waits_for_its_turn(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    begun = time.monotonic()
    outcome = child.run("91001", delay=20, timeout=1)
    assert time.monotonic() - begun < 8
    assert outcome["verdict"] == "timed_out" and "time limit of 1 s; 0 of 1" in outcome["message"]
    assert outcome["issues"] == [] and site.paths() == []


def test_sigterm_stops_a_crawl_that_waits_for_a_crawl_delay(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 60\n", kind="text/plain")
    process = child.start(child.job("91001"))
    while not site.asked:
        time.sleep(0.02)
    time.sleep(0.3)
    begun = time.monotonic()
    os.kill(process.pid or 0, signal.SIGTERM)
    process.join(20)
    assert time.monotonic() - begun < 5
    assert child.rows("SELECT verdict, stopped FROM crawls") == [("crashed", 1)]


def test_each_thing_is_asked_for_in_the_form_that_is_wanted(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    site.pages["/v1/file/1"] = pdf("one ")
    child.run("91001")
    first = {path: headers["Accept"].split(",")[0] for path, headers in site.asked}
    assert first == {"/robots.txt": "text/plain", "/provider/44/91001": "text/html", "/v1/file/1": "application/pdf"}
