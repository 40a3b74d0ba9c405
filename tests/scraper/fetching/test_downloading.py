"""Unpacking: without a network."""

import gzip
import zlib
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy.http import Request, Response
from scrapy.settings import Settings

from scraper.fetching.downloading import Unpacking
from scraper.fetching.failures import TooLarge, Unpackable

PAGE = b"<!DOCTYPE html><html><body>not packed at all</body></html>"


def unpacked(body: bytes, encoding: str, largest: int = 1000, status: int = 200) -> bytes:
    crawler: Any = SimpleNamespace(
        stats=None, settings=Settings(), signals=SimpleNamespace(connect=lambda *_: None), spider=None
    )
    request = Request("https://a.example/1", meta={"download_maxsize": largest})
    headers = {"Content-Encoding": encoding} if encoding else {}
    response = Response(request.url, status=status, body=body, headers=headers)
    answer: Response = Unpacking(crawler=crawler).process_response(request, response)
    return bytes(answer.body)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "br, gzip", "x-gzip"])
def test_a_body_that_is_not_packed_as_its_server_says_is_the_servers_fault(encoding: str) -> None:
    with pytest.raises(Unpackable, match=encoding) as fault:
        unpacked(PAGE, encoding)
    assert fault.value.again and not fault.value.host
    assert fault.value.answer and (fault.value.answer.size, fault.value.answer.head) == (len(PAGE), PAGE)


def test_a_body_that_is_packed_as_its_server_says_is_unpacked_within_its_size() -> None:
    assert (
        unpacked(gzip.compress(PAGE), "gzip") == unpacked(zlib.compress(PAGE), "deflate") == unpacked(PAGE, "") == PAGE
    )
    with pytest.raises(TooLarge, match=r"larger than 0\.000953674 MiB when unpacked") as fault:
        unpacked(gzip.compress(b"0" * 5000), "gzip")
    assert not fault.value.host and not fault.value.again


@pytest.mark.parametrize("status", [301, 302, 404, 500])
def test_only_the_body_of_a_page_has_to_unpack_for_many_another_answer_says_packed_of_nothing(status: int) -> None:
    assert unpacked(b"", "gzip", status=status) == b""
    assert unpacked(PAGE, "gzip", status=status) == PAGE
    assert unpacked(gzip.compress(PAGE), "gzip", status=status) == PAGE
    bomb = gzip.compress(b"0" * 5000)
    assert unpacked(bomb, "gzip", status=status) == bomb
