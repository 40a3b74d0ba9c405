"""A round in the foreground, and how it is stopped."""

import asyncio
import os
import signal

import pytest

from monitor.cli.progress import crawling
from tests.monitor import mail_rows as given


def test_sigterm_stops_a_round_in_order() -> None:
    tidied: list[str] = []

    async def work() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            tidied.append("the crawl")
            raise

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(crawling(given.config(), work()))
    assert tidied == ["the crawl"]
