"""What a bad server may do, one crawl for many faults at once: nothing is stored wrongly, everything is said, nothing runs away."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from scraper.database import store_provider
from scraper.looks import ProviderLook
from scraper.spiders import ofsted
from tests.forked import FORK
from tests.scraper.spiders.conftest import Child
from tests.scraper.spiders.site import NOT_FOUND, Answer, Site, bomb, pdf

PAGES = {
    "91001": ("broken", "HTTP 500"),
    "91002": ("ok", None),
    "91003": ("broken", "cut off before its end"),
    "91004": ("broken", "no heading with a name"),
    "91005": ("broken", "the page of another provider"),
    "91006": ("broken", "links no report at all"),
    "91007": ("broken", "redirects without end"),
    "91008": ("broken", "it leads to 169.254.169.254, not a public address"),
    "91009": ("broken", "larger than 20 MiB when unpacked"),
    "91010": ("broken", "HTTP 404"),
    "91011": ("broken", "no heading with a name"),
    "91012": ("broken", "is empty"),
}


def bend(site: Site) -> None:
    """Give every authority but 91002 its fault."""
    page = {urn: f"/provider/44/{urn}" for urn in PAGES}
    for urn in PAGES:
        site.authority(urn, int(urn) * 10, int(urn) * 10 + 1)
    site.pages[page["91001"]] = Answer(b"", 500)
    whole = site.pages[page["91003"]].body
    site.pages[page["91003"]] = Answer(whole[: len(whole) // 2])
    site.pages[page["91004"]] = Answer(b"<!DOCTYPE html><html><body><div id='app'><h1>Reports</h1></div></body></html>")
    site.pages[page["91005"]] = site.pages[page["91002"]]
    site.pages[page["91006"]] = Answer(site.pages[page["91006"]].body.replace(b"publication-link", b"x"))
    site.pages[page["91007"]] = Answer(mode="loop")
    site.pages[page["91008"]] = Answer(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"})
    site.pages[page["91009"]] = bomb()
    del site.pages[page["91010"]]
    site.pages[page["91011"]] = Answer(NOT_FOUND.encode())
    site.pages[page["91012"]] = Answer(b"")


def test_each_fault_of_a_page_is_named_and_leaves_the_others_alone(site: Site, child: Child) -> None:
    bend(site)
    outcome = child.run(*PAGES)
    assert (outcome["verdict"], outcome["found"], outcome["pages"]) == ("broken", 2, len(PAGES)), outcome
    for urn, verdict, message in child.rows("SELECT urn, verdict, message FROM page_checks"):
        expected, words = PAGES[urn]
        assert verdict == expected, (urn, message)
        assert message is None if words is None else words in message, (urn, message)
    assert child.rows("SELECT DISTINCT urn FROM reports") == [("91002",)]
    assert "Authority 91010" in outcome["message"]
    assert child.peak < 250


def test_a_fault_after_a_good_crawl_changes_nothing_known(site: Site, child: Child) -> None:
    for urn in PAGES:
        site.authority(urn, int(urn) * 10, int(urn) * 10 + 1)
    child.run(*PAGES)
    before = child.rows("SELECT id, sha256, amended_at, withdrawn_at, missing_since FROM reports ORDER BY id")
    assert len(before) == 2 * len(PAGES)
    bend(site)
    for _ in range(2):
        child.run(*PAGES)
    assert child.rows("SELECT id, sha256, amended_at, withdrawn_at, missing_since FROM reports ORDER BY id") == before


def test_slow_and_broken_connections_end_in_time(site: Site, child: Child) -> None:
    for urn, mode in {"91001": "hang", "91002": "drip", "91003": "reset"}.items():
        site.authority(urn, int(urn))
        site.pages[f"/provider/44/{urn}"].mode = mode
    begun = time.monotonic()
    outcome = child.run("91001", "91002", "91003", download_timeout=0.4)
    assert time.monotonic() - begun < 12
    assert outcome["verdict"] == "timed_out"
    checks = dict(child.rows("SELECT urn, verdict FROM page_checks"))
    assert checks == {"91001": "timed_out", "91002": "timed_out", "91003": "broken"}, outcome


def test_a_pdf_that_is_a_bomb_and_one_that_hangs_leave_the_report_without_its_pdf(site: Site, child: Child) -> None:
    site.authority("91001", 1, 2, 3)
    site.pages["/v1/file/1"] = bomb()
    site.pages["/v1/file/2"].mode = "hang"
    outcome = child.run("91001", download_timeout=1)
    assert outcome["verdict"] == "timed_out" and outcome["found"] == 3
    assert child.rows("SELECT id, problem FROM reports ORDER BY id") == [
        (1, "larger than 20 MiB when unpacked"),
        (2, "no complete answer within 1 s"),
        (3, None),
    ]


def test_a_certificate_that_nobody_signed_is_refused(site: Site, child: Child, tmp_path: Path) -> None:
    site.authority("91001", 1)
    site.use_tls(tmp_path)
    outcome = child.run("91001", url=site.url.replace("http:", "https:"))
    assert outcome["verdict"] == "broken" and "TLS certificate is not valid" in outcome["message"]
    assert site.asked == []


@pytest.mark.parametrize("status", [403, 429])
def test_a_site_that_refuses_is_blocked_and_is_not_hammered(site: Site, child: Child, status: int) -> None:
    urns = [str(91001 + number) for number in range(8)]
    for urn in urns:
        site.pages[f"/provider/44/{urn}"] = Answer(b"no", status, headers={"Retry-After": "0"})
    outcome = child.run(*urns)
    assert outcome["verdict"] == "blocked"
    assert len(site.paths()) == 9  # three authorities, each tried three times; then no more
    assert {verdict for (verdict,) in child.rows("SELECT verdict FROM page_checks")} == {"blocked"}


def test_a_server_that_asks_to_wait_is_waited_for(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    good = site.pages["/provider/44/91001"]
    site.pages["/provider/44/91001"] = Answer(b"", 503, headers={"Retry-After": "1"})
    process = child.start(child.job("91001"))
    while not site.paths():
        time.sleep(0.02)
    site.pages["/provider/44/91001"] = good
    process.join(20)
    assert child.outcome()["verdict"] == "ok"
    asked = [when for when, (path, _) in zip(site.times, site.asked, strict=True) if path.startswith("/provider")]
    assert asked[1] - asked[0] >= 1


def test_robots_txt_is_obeyed_loudly(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /provider/\n", kind="text/plain")
    outcome = child.run("91001")
    assert outcome["verdict"] == "blocked" and "robots.txt" in outcome["message"] and site.paths() == []
    site.pages["/robots.txt"] = Answer(b"", 500)
    assert child.run("91001")["verdict"] == "blocked" and site.paths() == []
    site.pages["/robots.txt"] = Answer(b"", 429)
    assert child.run("91001")["verdict"] == "blocked"
    site.pages["/robots.txt"] = Answer(b"", 403)
    assert child.run("91001")["verdict"] == "ok"


def test_a_pdf_that_robots_txt_forbids_leaves_its_report_without_it_and_the_crawl_well(
    site: Site, child: Child
) -> None:
    site.authority("91001", 1, 2)
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /v1/file/2\n", kind="text/plain")
    outcome = child.run("91001")
    assert outcome["verdict"] == "ok" and outcome["found"] == 2
    problem = f"robots.txt of {site.url.removeprefix('http://')} does not allow /v1/file/2"
    assert child.rows("SELECT id, problem FROM reports ORDER BY id") == [(1, None), (2, problem)]
    ((level, message),) = child.rows("SELECT level, message FROM issues")
    assert level == "warning" and problem in message
    assert "/v1/file/2" not in site.paths()


def test_a_site_whose_robots_txt_forbids_every_pdf_is_blocked(site: Site, child: Child) -> None:
    site.authority("91001", 1, 2, 3)
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /v1/\n", kind="text/plain")
    outcome = child.run("91001")
    assert outcome["verdict"] == "blocked" and outcome["found"] == 3
    assert "not one PDF came: robots.txt does not allow 3 of 3" in outcome["message"]
    assert [issue["level"] for issue in outcome["issues"]].count("error") == 1


def test_robots_txt_and_the_delay_hold_for_each_hop_of_a_redirect(site: Site, child: Child) -> None:
    site.authority("91001", 1, 2)
    moved = {"Location": f"{site.second_host}/moved/1"}
    site.pages["/v1/file/1"] = Answer(status=301, headers=moved | {"Content-Encoding": "gzip"})
    site.pages["/moved/1"] = Answer(status=302, headers={"Location": "/files/1"})
    site.pages["/files/1"] = pdf("moved ")
    begun = time.monotonic()
    assert child.run("91001", delay=0.4)["verdict"] == "ok"
    assert time.monotonic() - begun >= 3 * 0.4  # to each of the two hosts
    hosts = [(headers["Host"].partition(":")[0], path) for path, headers in site.asked]
    assert hosts == [
        ("127.0.0.1", "/robots.txt"),
        ("127.0.0.1", "/provider/44/91001"),
        ("127.0.0.1", "/v1/file/1"),
        ("localhost", "/robots.txt"),
        ("localhost", "/moved/1"),
        ("localhost", "/files/1"),
        ("127.0.0.1", "/v1/file/2"),
    ]
    gaps = [site.times[later] - site.times[earlier] for earlier, later in ((0, 1), (1, 2), (3, 4), (4, 5))]
    assert sum(gaps) >= 3.5 * 0.4  # on a busy machine one of them may look shorter than it was


def test_crawl_delay_of_robots_txt_is_kept(site: Site, child: Child) -> None:
    site.authority("91001", 1, 2)
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 0.5\n", kind="text/plain")
    child.run("91001")
    gaps = [later - earlier for earlier, later in zip(site.times, site.times[1:], strict=False)]
    assert len(gaps) == 3 and sum(gaps) >= 2.5 * 0.5  # on a busy machine one of them may look shorter than it was


def test_the_delay_of_the_config_is_kept_between_all_requests_to_a_host(site: Site, child: Child) -> None:
    site.authority("91001", 1, 2)
    child.run("91001", delay=0.4)
    gaps = [later - earlier for earlier, later in zip(site.times, site.times[1:], strict=False)]
    assert len(gaps) == 3 and sum(gaps) >= 2.5 * 0.4


def test_the_time_limit_of_a_crawl_keeps_what_is_complete(site: Site, child: Child) -> None:
    for urn in ("91001", "91002", "91003"):
        site.authority(urn, int(urn), int(urn) + 10)
    begun = time.monotonic()
    outcome = child.run("91001", "91002", "91003", delay=0.3, timeout=1.8)
    assert time.monotonic() - begun < 6
    assert outcome["verdict"] == "timed_out" and "time limit" in outcome["message"]
    stored = child.rows("SELECT urn, count(*) FROM reports GROUP BY urn")
    assert stored and len(stored) < 3 and all(count == 2 for _, count in stored)
    outcome = child.run("91001", "91002", "91003")
    assert outcome["verdict"] == "ok"
    assert child.rows("SELECT count(*) FROM reports") == [(6,)]


def test_sigterm_stops_in_order_even_while_an_answer_hangs(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    site.authority("91002", 2)
    site.pages["/provider/44/91002"].mode = "hang"
    process = child.start(child.job("91001", "91002", download_timeout=20))
    while "/provider/44/91002" not in site.paths():
        time.sleep(0.02)
    begun = time.monotonic()
    os.kill(process.pid or 0, signal.SIGTERM)
    process.join(30)
    assert time.monotonic() - begun < 5
    outcome = child.outcome()
    assert outcome["verdict"] == "crashed" and "stopped before it was done" in outcome["message"]
    assert child.rows("SELECT id FROM reports") == [(1,)]
    assert child.rows("SELECT verdict, stopped FROM crawls") == [("crashed", 1)]


def unstorable(urn: str) -> Callable[..., int]:
    """Storing that fails for one authority."""

    def store(db: Database, crawl_id: int, check: ProviderLook, now: datetime) -> int:
        if check.urn == urn:
            raise OverflowError("too large for a column")
        return store_provider(db, crawl_id, check, now)

    return store


def test_a_look_that_cannot_be_stored_is_a_crash_and_does_not_end_the_others(
    site: Site, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    for urn, number in (("91001", 1), ("91002", 2), ("91003", 3)):
        site.authority(urn, number)
    monkeypatch.setattr(ofsted, "store_provider", unstorable("91002"))
    outcome = child.run("91001", "91002", "91003")
    told = "Authority 91002: it could not be stored: an error in the crawler: OverflowError('too large for a column')"
    assert outcome["verdict"] == "crashed" and told in outcome["message"]
    assert child.rows("SELECT id FROM reports ORDER BY id") == [(1,), (3,)]
    assert child.rows(
        "SELECT level, count(*) FROM issues WHERE message LIKE '%too large for a column%' GROUP BY 1"
    ) == [
        ("error", 2)  # in words, and as the crawl logged it
    ]


def test_a_link_that_leads_to_no_report_costs_itself_and_is_told_each_time(site: Site, child: Child) -> None:
    site.authority("91001", 1, 2**70)
    site.authority("91002", 4)
    for _ in range(2):
        outcome = child.run("91001", "91002")
        assert outcome["verdict"] == "broken"
        assert "Authority 91001: 1 of 2 links left out: a report link without a file number" in outcome["message"]
    assert child.rows("SELECT id FROM reports ORDER BY id") == [(1,), (4,)]
    site.authority("91001", 2**70, 3, 1)
    assert child.run("91001", "91002")["found"] == 1
    assert child.rows("SELECT id, baseline FROM reports WHERE id = 3") == [(3, 0)]


@pytest.mark.parametrize("moment", ["/provider/44/91002", "/v1/file/3", "/v1/file/4"])
def test_sigkill_at_any_moment_loses_nothing_and_doubles_nothing(site: Site, child: Child, moment: str) -> None:
    site.authority("91001", 1, 2)
    site.authority("91002", 3, 4)
    site.pages[moment].mode = "drip"
    process = child.start(child.job("91001", "91002"))
    while moment not in site.paths():
        time.sleep(0.01)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join(10)
    assert child.rows("SELECT id FROM reports ORDER BY id") == [(1,), (2,)]
    site.pages[moment].mode = ""
    assert child.run("91001", "91002")["found"] == 2
    assert child.rows("SELECT id, baseline FROM reports ORDER BY id") == [(1, 1), (2, 1), (3, 1), (4, 1)]
    assert child.rows("SELECT count(*) FROM report_versions") == [(4,)]
    assert len(list((child.data / "reports").glob("*/*"))) == 4
    assert child.run("91001", "91002")["found"] == 0


def test_sigkill_with_the_new_report_in_hand_finds_it_again_as_new(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    child.run("91001")
    site.authority("91001", 2, 1)
    site.pages["/v1/file/1"] = pdf("replaced ")
    site.pages[
        "/v1/file/1"
    ].mode = "drip"  # the new report has come, the other is looked at again: nothing is stored yet
    process = child.start(child.job("91001"))
    while site.paths().count("/v1/file/1") < 2:
        time.sleep(0.01)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join(10)
    site.pages["/v1/file/1"].mode = ""
    assert child.run("91001")["found"] == 1
    assert child.rows("SELECT id, baseline, amended_at IS NOT NULL FROM reports ORDER BY id") == [(1, 1, 1), (2, 0, 0)]


def test_a_crawl_whose_parent_is_gone_ends_without_a_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as gone:
        ended = subprocess.run(
            [sys.executable, "-m", "scraper"], input=b"{}", stdout=gone, stderr=subprocess.PIPE, check=False
        )
    assert ended.returncode == 2
    assert ended.stderr.decode().strip() == "nobody is there to be told how the crawl went; it is stored"


def test_what_goes_wrong_beside_the_pages_is_among_the_issues_of_the_source(
    site: Site, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.authority("91001", 1)
    monkeypatch.setattr(ofsted, "least_recently_checked", lambda *_: 1 / 0)
    outcome = child.run("91001")
    issues = child.rows("SELECT source, level FROM issues WHERE message LIKE 'Error %'")
    assert outcome["verdict"] == "crashed" and issues == [("ofsted", "error")]
    assert any(issue["message"].startswith("Error ") for issue in outcome["issues"])


def test_a_crawl_does_not_outlive_the_process_that_asked_for_it(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    site.pages["/provider/44/91001"].mode = "hang"
    job = child.job("91001", download_timeout=25)
    parent = FORK.Process(target=lambda: child.start(job | {"parent": os.getpid()}).join())
    parent.start()
    while not site.paths():
        time.sleep(0.02)
    parent.kill()
    parent.join(10)
    begun = time.monotonic()
    while child.rows("SELECT 1 FROM crawls WHERE finished IS NULL") and time.monotonic() - begun < 15:
        time.sleep(0.1)
    assert child.rows("SELECT verdict, stopped FROM crawls") == [("crashed", 0)]


def test_a_crawl_whose_parent_was_gone_before_it_began_asks_for_nothing(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    process = child.start(child.job("91001", parent=2**22 + 1))  # a number that no process has
    process.join(10)
    assert process.exitcode == 2 and site.asked == []
    assert child.rows("SELECT verdict FROM crawls") == [(None,)]


def test_what_a_killed_crawl_had_begun_to_write_is_gone_after_the_next(site: Site, child: Child) -> None:
    site.authority("91001", 1)
    child.run("91001")
    (kept,) = (child.data / "reports").glob("*/*")
    kept.with_suffix(f".{2**22 + 1}.part").write_bytes(b"%PDF-1.7 half of it")
    child.run("91001")
    assert list((child.data / "reports").glob("*/*")) == [kept]
