"""Addresses that may be reached, failures put into words, files kept whole, jobs checked: all without a network."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scrapy import exceptions
from scrapy.http import Request, Response
from twisted.internet.address import IPv4Address

from scraper.crawling.addresses import AddressPolicy, AllowedAddresses, as_ip, policy_for
from scraper.crawling.fetching import CrawlEnded, Fetcher, FetchFailed, Limits, explain, retry_after
from scraper.crawling.job import Job
from scraper.crawling.robots import Rules
from scraper.database import keep_report, report_path, sweep_parts
from scraper.errors import NotAReport
from scraper.items import Verdict
from scraper.pages import check_pdf
from tests.paths import ROOT

PUBLIC, LOOPBACK, PRIVATE = (AddressPolicy(host) for host in ("reports.example", "127.0.0.1", "10.1.2.3"))
INTERNAL = [
    *("127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1"),
    *("::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"),
    *("240.0.0.1", "0.0.0.0"),  # noqa: S104 - refused, not bound to
]


@pytest.mark.parametrize("host", [*INTERNAL, "[::1]", "localhost", "LOCALHOST.", "a.localhost", "fe80::1%eth0"])
def test_a_public_source_reaches_no_address_inside(host: str) -> None:
    assert not PUBLIC.allows_host(host)


@pytest.mark.parametrize("host", ["files.example", "8.8.8.8", "2001:4860:4860::8888"])
def test_a_public_source_reaches_public_addresses(host: str) -> None:
    assert PUBLIC.allows_host(host)


def test_a_loopback_source_reaches_loopback_only_besides_the_public() -> None:
    assert all(LOOPBACK.allows_host(host) for host in ("127.0.0.1", "localhost", "127.0.0.2", "::1"))
    assert AddressPolicy("localhost").allows_host("127.0.0.1")
    assert not any(LOOPBACK.allows_host(host) for host in ("10.0.0.1", "169.254.169.254", "192.168.0.1"))


def test_a_private_source_reaches_itself_only_besides_the_public() -> None:
    assert PRIVATE.allows_host("10.1.2.3")
    assert not any(PRIVATE.allows_host(host) for host in ("10.1.2.4", "127.0.0.1", "localhost", "169.254.169.254"))


class Receiver:
    """Notes what a resolver is told."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.done = False

    def addressResolved(self, address: Any) -> None:
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:
        self.done = True


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        (PUBLIC, ["8.8.8.8"]),
        (LOOPBACK, ["8.8.8.8", "127.0.0.1"]),
        (AddressPolicy("reports.example", frozenset({"name.example"})), ["8.8.8.8", "127.0.0.1", "10.1.2.3"]),
    ],
)
def test_a_name_does_not_stand_for_an_address_inside(policy: AddressPolicy, allowed: list[str]) -> None:
    receiver = Receiver()
    filtered = AllowedAddresses(receiver, "name.example", policy)
    for host in ("8.8.8.8", "127.0.0.1", "10.1.2.3"):
        filtered.addressResolved(IPv4Address("TCP", host, 443))
    filtered.resolutionComplete()
    assert receiver.addresses == allowed and receiver.done


@given(st.ip_addresses())
def test_an_address_that_is_not_global_is_never_reached_from_a_public_source(address: Any) -> None:
    assert address.is_global or not PUBLIC.allows(address)


def test_proxies_of_the_machine_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.internal:3128")
    assert "proxy.internal" in policy_for("https://reports.example/x").proxies
    assert as_ip("proxy.internal") is None


@pytest.mark.parametrize(
    ("error", "verdict", "words", "again"),
    [
        (exceptions.DownloadTimeoutError("x"), Verdict.TIMED_OUT, "no complete answer within 30 s", True),
        (exceptions.DownloadConnectionRefusedError("x"), Verdict.BROKEN, "the connection was refused", True),
        (exceptions.CannotResolveHostError("x"), Verdict.BROKEN, "no address that may be reached", True),
        (exceptions.DownloadFailedError("certificate verify failed"), Verdict.BROKEN, "TLS certificate", False),
        (exceptions.DownloadCancelledError("x"), Verdict.BROKEN, "larger than 5 MiB", False),
        (exceptions.IgnoreRequest("max redirections reached"), Verdict.BROKEN, "redirects without end", False),
        (ConnectionResetError("x"), Verdict.BROKEN, "ConnectionResetError", True),
    ],
)
def test_a_failed_download_is_put_into_words(error: Exception, verdict: Verdict, words: str, again: bool) -> None:
    failure = explain(error, 30.0, 5 * 1024 * 1024)
    assert (failure.verdict, failure.again) == (verdict, again) and words in failure.reason


def test_retry_after_is_read_in_both_its_forms() -> None:
    now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    assert retry_after("120", now) == 120
    assert retry_after("Sun, 01 Mar 2026 12:01:00 GMT", now) == 60
    assert retry_after("Sun, 01 Mar 2026 11:00:00 GMT", now) == 0
    assert retry_after("soon", now) == retry_after("", now) == retry_after("²", now) == 0
    assert retry_after(f"Sun, 01 Mar {'9' * 20} 12:00:00 GMT", now) == 0


class Server:
    """Answers with these statuses in turn, the last for ever."""

    def __init__(self, *statuses: int, headers: dict[str, str] | None = None) -> None:
        self.statuses, self.asked, self.headers = list(statuses), 0, headers or {}

    async def __call__(self, request: Request) -> Response:
        self.asked += 1
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return Response(request.url, status=status, body=b"x", headers=self.headers)


def fetcher(server: Server, left: float = 60.0, running: bool = True) -> Fetcher:
    return Fetcher(server, Limits(0, 30, left, clock=lambda: 0.0), lambda: running)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner() as runner:
        return runner.run(work)


def test_passing_trouble_is_waited_out() -> None:
    server = Server(503, 429, 200)
    assert run(fetcher(server).get("https://a.example/1")).body == b"x"
    assert server.asked == 3


@pytest.mark.parametrize(("status", "asked"), [(404, 1), (410, 1), (401, 1), (403, 3), (500, 3), (204, 1)])
def test_trouble_that_stays_is_told_with_its_status(status: int, asked: int) -> None:
    server = Server(status)
    with pytest.raises(FetchFailed) as failed:
        run(fetcher(server).get("https://a.example/1"))
    assert failed.value.reason == f"HTTP {status}" and server.asked == asked
    assert failed.value.verdict is (Verdict.BLOCKED if status in (401, 403) else Verdict.BROKEN)
    assert failed.value.gone == (status in (404, 410))


def test_a_server_that_asks_for_more_than_a_minute_is_left_alone() -> None:
    server = Server(429, headers={"Retry-After": "3600"})
    with pytest.raises(FetchFailed):
        run(fetcher(server).get("https://a.example/1"))
    assert server.asked == 1


def test_a_host_that_keeps_failing_is_asked_no_more_and_others_are() -> None:
    server = Server(500)

    async def ask() -> list[str]:
        one, reasons = fetcher(server), []
        for number in range(5):
            with pytest.raises(FetchFailed) as failed:
                await one.get(f"https://a.example/{number}")
            reasons.append(failed.value.reason)
        with pytest.raises(FetchFailed):
            await one.get("https://b.example/1")
        return reasons

    reasons = run(ask())
    assert reasons[2] == "HTTP 500" and "not asked for" in reasons[3] and server.asked == 12


@pytest.mark.parametrize(("left", "running"), [(0.0, True), (60.0, False)])
def test_nothing_is_fetched_when_time_is_up_or_the_crawl_stops(left: float, running: bool) -> None:
    server = Server(200)
    with pytest.raises(CrawlEnded):
        run(fetcher(server, left, running).get("https://a.example/1"))
    assert server.asked == 0


def test_robots_rules() -> None:
    rules = Rules("User-agent: *\nCrawl-delay: 10\nDisallow: /search\n")
    assert (
        rules.delay == 10
        and rules.allow("https://a.example/provider/1")
        and not rules.allow("https://a.example/search?q=")
    )
    assert Rules().delay == 0 and Rules().allow("https://a.example/x")
    named = Rules("User-agent: ofsted-watch\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    assert not named.allow("https://a.example/x")


PDF = b"%PDF-1.4\nbody\n%%EOF\n"


def test_a_pdf_is_kept_under_its_hash_once(tmp_path: Path) -> None:
    sha256 = keep_report(tmp_path, PDF)
    assert keep_report(tmp_path, PDF) == sha256
    assert report_path(tmp_path, sha256).read_bytes() == PDF
    assert [path.name for path in tmp_path.rglob("*.*")] == [f"{sha256}.pdf"]


def test_what_a_killed_crawl_left_is_swept_away(tmp_path: Path) -> None:
    path = report_path(tmp_path, keep_report(tmp_path, PDF))
    path.with_suffix(".123.part").write_bytes(PDF[:5])
    sweep_parts(tmp_path)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "nothing"),
        (b"<html><h1>Report not found</h1></html>", "'Report not found' page"),
        (b"<html><h1>Sign in</h1></html>", "not a PDF"),
        (PDF[:-7], "cut off"),
        (b"PK\x03\x04", "not a PDF"),
    ],
)
def test_what_is_not_a_whole_pdf_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(NotAReport, match=words):
        check_pdf(body)
    check_pdf(PDF)


JOB: dict[str, Any] = {
    "crawl_id": 1,
    "source": "ofsted",
    "spider": "ofsted",
    "data": "data",
    "url": "https://reports.example",
    "contact": "a@b.example",
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "file:///etc/passwd"},
        {"contact": "a\r\nX: y"},
        {"contact": ""},
        {"spider": "x"},
        {"delay": -1},
        {"typo": 1},
    ],
)
def test_a_wrong_job_is_refused(wrong: dict[str, Any]) -> None:
    assert Job.model_validate(JOB)
    with pytest.raises(ValidationError):
        Job.model_validate(JOB | wrong)


def test_the_child_says_in_json_that_it_got_no_job() -> None:
    command = [sys.executable, "-m", "scraper"]
    child = subprocess.run(command, input=b'{"url": 1}', capture_output=True, cwd=ROOT, check=False)
    told = json.loads(child.stdout.splitlines()[-1])
    assert child.returncode == 2 and told["verdict"] == "crashed" and "url" in told["message"], child.stderr
