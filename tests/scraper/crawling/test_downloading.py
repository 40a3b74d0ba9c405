"""Unpacking and cookies: without a network."""

import gzip
import zlib
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.settings import Settings

from scraper.crawling.downloading import ChainCookies, Unpacking
from scraper.crawling.failures import Unpackable

PAGE = b"<!DOCTYPE html><html><body>not packed at all</body></html>"


def unpacked(body: bytes, encoding: str, largest: int = 1000) -> bytes:
    crawler: Any = SimpleNamespace(
        stats=None, settings=Settings(), signals=SimpleNamespace(connect=lambda *_: None), spider=None
    )
    request = Request("https://a.example/1", meta={"download_maxsize": largest})
    response = Response(request.url, body=body, headers={"Content-Encoding": encoding} if encoding else {})
    answer: Response = Unpacking(crawler=crawler).process_response(request, response)
    return bytes(answer.body)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "br, gzip", "x-gzip"])
def test_a_body_that_is_not_packed_as_its_server_says_is_the_servers_fault(encoding: str) -> None:
    with pytest.raises(Unpackable, match=encoding) as fault:
        unpacked(PAGE, encoding)
    assert fault.value.again and not fault.value.host


def test_a_body_that_is_packed_as_its_server_says_is_unpacked_within_its_size() -> None:
    assert (
        unpacked(gzip.compress(PAGE), "gzip") == unpacked(zlib.compress(PAGE), "deflate") == unpacked(PAGE, "") == PAGE
    )
    with pytest.raises(IgnoreRequest):
        unpacked(gzip.compress(b"0" * 5000), "gzip")


def redirected(to: str, *, status: int = 302, kept: dict[str, Any] | None = None) -> Request:
    """The request after an answer that sets a cookie, as Scrapy makes it."""
    first = Request("https://www.a.example/1", meta=kept or {})
    answer = Response(first.url, status=status, headers={"Set-Cookie": "seen=1; Path=/", "Location": to})
    ChainCookies().process_response(first, answer)
    second = first.replace(url=to)
    ChainCookies().process_request(second)
    return second


def test_a_cookie_goes_along_its_chain_of_redirects_to_its_own_host() -> None:
    assert redirected("https://www.a.example/1").headers["Cookie"] == b"seen=1"
    assert "Cookie" not in redirected("https://b.example/1").headers


def test_a_cookie_is_kept_neither_for_the_next_request_nor_from_a_page() -> None:
    redirected("https://www.a.example/1")
    later = Request("https://www.a.example/1")
    ChainCookies().process_request(later)
    assert "Cookie" not in later.headers
    assert "Cookie" not in redirected("https://www.a.example/1", status=200).headers
