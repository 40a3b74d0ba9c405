"""Servers in memory, for tests of what is asked of them and what comes of their answers."""

import asyncio
from collections.abc import Coroutine
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Request, Response

from scraper.fetching.addresses import AddressGuard, AddressPolicy
from scraper.fetching.fetcher import Download, Fetcher, Limits

NO_ROBOTS = 404


class Server:
    """Answers with these statuses in turn, the last for ever. A robots.txt is not counted among what it was asked for."""

    def __init__(self, *statuses: int, headers: dict[str, str] | None = None, robots: bytes = b"") -> None:
        self.statuses, self.headers, self.robots = list(statuses), headers or {}, robots
        self.requests: list[Request] = []

    @property
    def asked(self) -> int:
        return len(self.requests)

    async def __call__(self, request: Request) -> Response:
        if urlsplit(request.url).path == "/robots.txt":
            return Response(request.url, status=200 if self.robots else NO_ROBOTS, body=self.robots)
        self.requests.append(request)
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return Response(request.url, status=status, body=b"x", headers=self.headers)


class Web:
    """Hosts whose every answer is given: a body, a status, where it redirects to (an address, or that and its cookie), or an error.

    Notes what was asked for, robots.txt too, and when, on a clock that goes on only while somebody waits.
    """

    def __init__(self, pages: dict[str, Any], delay: float = 0.0, **limits: Any) -> None:
        self.pages, self.requests, self.times, self.time = pages, list[Request](), list[float](), 1000.0
        all_limits: dict[str, Any] = {"answer": 30, "deadline": 2000, "whole": 1000} | limits
        self.limits = Limits(delay, clock=lambda: self.time, **all_limits)
        self.fetcher = fetching(self, self.limits)

    @property
    def asked(self) -> list[str]:
        return [request.url for request in self.requests]

    async def wait(self, seconds: float) -> None:
        """In place of `asyncio.sleep`."""
        self.time += seconds

    async def __call__(self, request: Request) -> Response:
        self.requests.append(request)
        self.times.append(self.time)
        request.meta["download_slot"] = urlsplit(request.url).hostname  # as Scrapy does
        answer = self.pages.get(request.url, NO_ROBOTS)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, int):
            return Response(request.url, status=answer)
        if isinstance(answer, bytes):
            return Response(request.url, body=answer)
        to, cookie = answer if isinstance(answer, tuple) else (answer, "")
        headers = {"Location": to} | ({"Set-Cookie": cookie} if cookie else {})
        return Response(request.url, status=302, headers=headers)


def fetching(download: Download, limits: Limits, running: bool = True) -> Fetcher:
    return Fetcher(download, limits, lambda: running, AddressGuard(AddressPolicy("a.example")))


def fetcher(server: Download, left: float = 60.0, running: bool = True) -> Fetcher:
    return fetching(server, Limits(0, 30, left, clock=lambda: 0.0), running)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner() as runner:
        return runner.run(work)
