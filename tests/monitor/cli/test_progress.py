"""A round in the foreground, and how it is stopped."""

import asyncio
import os
import signal

import pytest

from monitor.cli.progress import crawling
from monitor.daemon import Stop
from monitor.daemon.stopping import Stopped
from tests.monitor import mail_rows as given


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_a_round_in_order(number: signal.Signals) -> None:
    tidied: list[str] = []

    async def crawl() -> None:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            tidied.append("the crawl")
            raise

    async def work(stop: Stop) -> str:
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), number)
        with pytest.raises(Stopped):
            await stop.ends(crawl())
        return "what was stored is told"

    assert asyncio.run(crawling(given.config(), work)) == ("what was stored is told", number)
    assert tidied == ["the crawl"]


def test_a_round_that_nobody_stops_says_so() -> None:
    async def work(stop: Stop) -> str:
        return await stop.ends(asyncio.sleep(0, "done"))

    assert asyncio.run(crawling(given.config(), work)) == ("done", 0)
