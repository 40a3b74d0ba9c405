"""Crawls of an invented report site by the real child: what is stored, what is believed, what is told."""

import hashlib
import json
import subprocess
import sys
from datetime import date

from scraper.database import report_path
from tests.paths import ROOT
from tests.scraper.spiders.conftest import Child
from tests.scraper.spiders.site import NOT_FOUND, Answer, Site, entry, pdf, provider_page

SEAFORD, HOVE = "91001", "91002"


def test_the_first_crawl_is_a_baseline_and_the_next_tells_what_is_new(site: Site, child: Child) -> None:
    site.authority(SEAFORD, 501, 502, host=site.second_host)
    first = child.run(SEAFORD)
    assert (first["verdict"], first["found"], first["pages"]) == ("ok", 2, 1), first
    site.authority(SEAFORD, 503, 501, 502, host=site.second_host)
    second = child.run(SEAFORD)
    assert (second["verdict"], second["found"]) == ("ok", 1)
    assert child.rows("SELECT id, baseline FROM reports ORDER BY id") == [(501, 1), (502, 1), (503, 0)]
    for number, sha256 in child.rows("SELECT id, sha256 FROM reports"):
        body = site.pages[f"/v1/file/{number}"].body
        assert report_path(child.data, sha256).read_bytes() == body
        assert sha256 == hashlib.sha256(body).hexdigest()
    assert child.rows("SELECT verdict, found, requests > 0, bytes > 0 FROM crawls WHERE finished IS NOT NULL") == [
        ("ok", 2, 1, 1),
        ("ok", 1, 1, 1),
    ]
    assert child.run(SEAFORD)["found"] == 0
    assert site.most_at_once == 1
    agents = {headers["User-Agent"] for _, headers in site.asked}
    assert len(agents) == 1 and "contact tests@example.org" in agents.pop()


def test_the_child_is_a_process_that_reads_a_job_and_prints_one_line_of_json(site: Site, child: Child) -> None:
    site.authority(SEAFORD, 501)
    job = json.dumps(child.job(SEAFORD)).encode()
    command = [sys.executable, "-m", "scraper"]
    done = subprocess.run(command, input=job, capture_output=True, cwd=ROOT, timeout=60, check=False)
    [line] = done.stdout.splitlines()
    told = json.loads(line)
    assert done.returncode == 0 and told.pop("requests") == 3 and told.pop("bytes") > 0
    message = "1 of 1 authority checked, 1 report listed, 1 new"
    assert told == {"verdict": "ok", "message": message, "found": 1, "pages": 1, "issues": []}
    assert done.stderr == b""


def test_labels_and_days_are_stored_as_on_the_site(site: Site, child: Child) -> None:
    label = "Children&#039;s services focused visit"
    site.pages[f"/provider/44/{SEAFORD}"] = provider_page(SEAFORD, [entry(7, label, "09 May 2023")])
    site.pages["/v1/file/7"] = pdf("seven ")
    child.run(SEAFORD)
    assert child.rows("SELECT urn, label, published, on_site, url FROM reports") == [
        (SEAFORD, "Children's services focused visit", str(date(2023, 5, 9)), "2020-03-02", f"{site.url}/v1/file/7")
    ]


def test_validators_of_the_server_are_sent_back_and_no_others(site: Site, child: Child) -> None:
    site.authority(SEAFORD, 501, 502)
    for path in ("/provider/44/" + SEAFORD, "/v1/file/501"):
        site.pages[path].headers["ETag"] = f'"{path[-3:]}"'
    child.run(SEAFORD)
    del site.asked[:]
    assert child.run(SEAFORD)["verdict"] == "ok"
    sent = {path: headers.get("If-None-Match") for path, headers in site.asked}
    assert sent == {
        "/robots.txt": None,
        f"/provider/44/{SEAFORD}": '"001"',
        "/v1/file/501": '"501"',
        "/v1/file/502": None,
    }
    assert all("If-Modified-Since" not in headers for _, headers in site.asked)
    del site.asked[:]
    child.run(SEAFORD, full=True)
    assert all("If-None-Match" not in headers for _, headers in site.asked)
    assert child.rows("SELECT count(*) FROM report_versions") == [(2,)]


def test_other_bytes_under_the_same_number_are_an_amendment_and_a_fault_is_not(site: Site, child: Child) -> None:
    site.authority(SEAFORD, 501, 502, 503)
    child.run(SEAFORD)
    whole = site.pages["/v1/file/502"].body
    site.pages["/v1/file/501"] = pdf("replaced ")
    site.pages["/v1/file/502"] = Answer(whole[: len(whole) // 2], kind="application/pdf")
    site.pages["/v1/file/503"] = Answer(NOT_FOUND.encode())
    outcome = child.run(SEAFORD)
    assert outcome["verdict"] == "ok", outcome
    assert "502: a PDF that is cut off" in outcome["message"] and "503: the link answers with" in outcome["message"]
    amended = child.rows("SELECT id, amended_at IS NOT NULL, problem FROM reports ORDER BY id")
    assert amended == [(501, 1, None), (502, 0, None), (503, 0, None)]
    assert child.rows("SELECT report_id, count(*) FROM report_versions GROUP BY 1") == [(501, 2), (502, 1), (503, 1)]
    assert child.rows("SELECT count(*) FROM issues WHERE level = 'warning'") == [(2,)]
    cut = hashlib.sha256(whole[: len(whole) // 2]).hexdigest()
    assert report_path(child.data, cut).read_bytes() == whole[: len(whole) // 2]


def test_a_report_without_its_pdf_is_stored_with_the_reason_and_tried_again(site: Site, child: Child) -> None:
    site.authority(SEAFORD, 501)
    child.run(SEAFORD)
    site.authority(SEAFORD, 601, 602, 603, 604, 501)
    site.pages["/v1/file/601"] = Answer(NOT_FOUND.encode())
    site.pages["/v1/file/602"] = Answer(b"<html><body>Sign in</body></html>")
    site.pages["/v1/file/603"] = Answer(b"%PDF-1.7" + b"x" * (21 * 1024 * 1024), kind="application/pdf")
    site.pages["/v1/file/604"] = Answer(b"")
    outcome = child.run(SEAFORD)
    assert (outcome["verdict"], outcome["found"]) == ("ok", 4)
    assert child.rows("SELECT id, problem, attempts FROM reports WHERE sha256 IS NULL ORDER BY id") == [
        (601, "the link answers with Ofsted's 'Report not found' page", 1),
        (602, "not a PDF", 1),
        (603, "larger than 20 MiB", 1),
        (604, "the link answers with nothing", 1),
    ]
    site.pages["/v1/file/601"] = pdf("there now ")
    assert child.run(SEAFORD)["found"] == 0
    came = child.rows("SELECT sha256 IS NOT NULL, problem, attempts, baseline, amended_at FROM reports WHERE id = 601")
    assert came == [(1, None, 0, 0, None)]
    assert child.rows("SELECT attempts FROM reports WHERE id = 602") == [(2,)]


def test_a_pdf_lost_from_the_disk_is_fetched_again(site: Site, child: Child) -> None:
    site.authority(SEAFORD, 501)
    site.pages["/v1/file/501"].headers["ETag"] = '"a"'
    child.run(SEAFORD)
    [(sha256,)] = child.rows("SELECT sha256 FROM reports")
    report_path(child.data, sha256).unlink()
    child.run(SEAFORD, recheck=0)
    assert report_path(child.data, sha256).exists()
    assert child.rows("SELECT amended_at FROM reports") == [(None,)]


def test_a_look_at_the_page_alone_fetches_and_stores_no_pdf(site: Site, child: Child) -> None:
    site.authority(SEAFORD, 501, 502)
    told = child.run(SEAFORD, probe=True)
    assert told["verdict"] == "ok" and "2 reports listed" in told["message"]
    assert site.paths() == [f"/provider/44/{SEAFORD}"]
    assert not (child.data / "reports").exists()
