"""What tests of several rooms use: another program in place of the crawls, and readers that are forks."""

import sys
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

import pytest

from monitor.rounds import crawls
from scraper.workers import worker

if TYPE_CHECKING:
    from tests.forked import ForkedWorker

SAYS_ITS_JOB = """
import json, sys
job = json.load(sys.stdin)
names = [authority["name"] for authority in job["authorities"]]
print(json.dumps({"verdict": "ok", "message": ", ".join(names) + (" in full" if job["full"] else "")}))
"""

Child = Callable[[str], None]


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Child:
    """Has a Python program run in place of each crawl; it is told its job on stdin."""

    def use(program: str) -> None:
        monkeypatch.setattr(crawls, "CHILD", (sys.executable, "-c", program))

    return use


@pytest.fixture(scope="session", autouse=True)
def forked_readers() -> Iterator[None]:
    """Those of PDFs are forks of the tests, without half a second of imports each; as they are started else, they are in tests/scraper."""

    def start(seconds: float, mebibytes: int, log: IO[bytes]) -> "ForkedWorker":
        from tests.forked import ForkedWorker, preload  # noqa: PLC0415 - a second of imports that few rooms need

        preload()
        return ForkedWorker(seconds, mebibytes, log)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "start", start)
        yield
