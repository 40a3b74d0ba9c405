"""What is sent with a request and kept of its answer, and what a failure says of the other addresses of its host."""

import pytest
from scrapy import exceptions
from scrapy.http import Request, Response

from scraper.fetching.addresses import as_ip, policy_for
from scraper.fetching.fetcher import Fetched
from scraper.looks import Validators
from scraper.politeness import FetchFailed
from tests.scraper.fetching.server import fetcher, run

URL = "https://a.example/1"
KNOWN = Validators('"v1"', "Sun, 01 Mar 2026 12:00:00 GMT")


class Download:
    """Notes the requests; gives one answer, or fails. There is no robots.txt."""

    def __init__(self, answer: Response | Exception) -> None:
        self.answer, self.requests = answer, list[Request]()

    async def __call__(self, request: Request) -> Response:
        if request.url.endswith("/robots.txt"):
            return Response(request.url, status=404)
        self.requests.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(("left", "seconds"), [(60.0, 30), (7.0, 7)])
def test_a_request_has_its_limits_and_what_is_known_already(left: float, seconds: float) -> None:
    download = Download(Response(URL, status=304))
    run(fetcher(download, left).get(URL, KNOWN, 1000))
    (request,) = download.requests
    told = {key: request.meta[key] for key in ("download_timeout", "download_maxsize")}
    assert told == {"download_timeout": seconds, "download_maxsize": 1000}
    assert request.headers["If-None-Match"] == b'"v1"'
    assert request.headers["If-Modified-Since"] == b"Sun, 01 Mar 2026 12:00:00 GMT"


def test_an_answer_is_kept_with_the_address_where_it_was_and_what_will_tell_that_it_changed() -> None:
    headers = {"ETag": ' "v2" ', "Last-Modified": "Mon, 02 Mar 2026 12:00:00 GMT"}
    there = "https://b.example/2"
    got = run(fetcher(Download(Response(there, body=b"x", headers=headers))).get(URL))
    assert got == Fetched(there, 200, b"x", Validators('"v2"', "Mon, 02 Mar 2026 12:00:00 GMT"), got.answer)
    assert (got.answer.url, got.answer.final_url, got.answer.head) == (URL, there, b"x")
    assert run(fetcher(Download(Response(there, body=b"x"))).get(URL)).validators == Validators(None, None)
    assert run(fetcher(Download(Response(there, status=304))).get(URL, KNOWN)).status == 304


@pytest.mark.parametrize(
    ("error", "reason", "host"),
    [
        (exceptions.DownloadCancelledError(), "larger than 0.5 MiB", False),
        (exceptions.DownloadTimeoutError(), "no complete answer within 30 s", True),
        (OSError("no route"), "the connection failed (OSError)", True),
    ],
)
def test_a_failure_is_the_address_own_or_its_hosts(error: Exception, reason: str, host: bool) -> None:
    with pytest.raises(FetchFailed) as failed:
        run(fetcher(Download(error)).get(URL, largest=512 * 1024))
    assert (failed.value.reason, failed.value.host, failed.value.lasting) == (reason, host, not host)


def test_brackets_and_zones_are_no_part_of_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert str(as_ip("[fe80::1%eth0]")) == "fe80::1"
    monkeypatch.setenv("https_proxy", "proxy.example:3128")
    assert "proxy.example" in policy_for("https://reports.example/x").proxies
    assert policy_for("https://reports.example/x").host == "reports.example"
