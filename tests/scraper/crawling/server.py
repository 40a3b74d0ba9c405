"""A server in memory, for tests of what is asked of it and what comes of its answers."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from scrapy.http import Request, Response

from scraper.crawling.fetching import Fetcher, Limits


class Server:
    """Answers with these statuses in turn, the last for ever."""

    def __init__(self, *statuses: int, headers: dict[str, str] | None = None, body: bytes = b"x") -> None:
        self.statuses, self.asked, self.headers, self.body = list(statuses), 0, headers or {}, body
        self.requests: list[Request] = []

    async def __call__(self, request: Request) -> Response:
        self.asked += 1
        self.requests.append(request)
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return Response(request.url, status=status, body=self.body, headers=self.headers)


def fetcher(server: Server, left: float = 60.0, running: bool = True) -> Fetcher:
    return Fetcher(server, Limits(0, 30, left, clock=lambda: 0.0), lambda: running)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner() as runner:
        return runner.run(work)
