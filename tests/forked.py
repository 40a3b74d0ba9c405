"""Crawls as forks of the tests and their workers as forks of the crawl: the same as children of their own, without seconds of imports."""

import asyncio
import fcntl
import gc
import importlib
import multiprocessing
import os
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import IO

from scraper import __main__ as crawling
from scraper.articles import check_rule_files
from scraper.workers import __main__ as working
from scraper.workers import worker

_before: list[object] = []  # kept, for a stream that goes away closes the number that is ours by then
FORK = multiprocessing.get_context("fork")
FORK_SERVER = multiprocessing.get_context("forkserver")
FORK_SERVER.set_forkserver_preload(["tests.preloaded"])

PRELOADED = (  # what Scrapy imports when a crawl begins; done once here, for the forks to share
    "pydantic.dataclasses",
    "scraper.fetching.addresses",
    "scraper.fetching.downloading",
    "scraper.pages.documents",
    "scraper.pages.feed",
    "scraper.pages.news_page",
    "scraper.pages.ofsted",
    "scraper.pages.reading",
    "scraper.reports.reader",
    "scrapy.core.downloader.contextfactory",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.scheduler",
    "scrapy.downloadermiddlewares.defaultheaders",
    "scrapy.downloadermiddlewares.downloadtimeout",
    "scrapy.downloadermiddlewares.httpcompression",
    "scrapy.downloadermiddlewares.httpproxy",
    "scrapy.downloadermiddlewares.stats",
    "scrapy.downloadermiddlewares.useragent",
    "scrapy.dupefilters",
    "scrapy.extensions.corestats",
    "scrapy.logformatter",
    "scrapy.pqueues",
    "scrapy.squeues",
    "scrapy.statscollectors",
    "twisted.internet.asyncioreactor",
)


def preload() -> None:
    """Import and read once what each fork needs."""
    for name in PRELOADED:
        importlib.import_module(name)
    check_rule_files()
    gc.freeze()  # or each fork copies what it would never change, to count who uses it


def _most_memory() -> int:
    """kB, what a fork has of its parent's with it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def crawl(job: str, said: Path) -> None:
    """A fork's life: what `python -m scraper` does."""
    as_a_process(job, said)
    inherited = _most_memory()
    status = crawling.main()
    said.with_suffix(".peak").write_text(str(_most_memory() - inherited))
    sys.exit(status)


def as_a_process(told: str, said: Path) -> None:
    """Give a fork what a process of its own has: standard streams, signals, no event loop of its parent's. Its log goes beside what it says."""
    signal.set_wakeup_fd(-1)
    asyncio.set_event_loop(asyncio.new_event_loop())  # the one there is may be the parent's, and running
    for stream, path, mode in ((1, said, os.O_TRUNC), (2, said.with_suffix(".log"), os.O_APPEND)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | mode), stream)
    reader, writer = os.pipe()
    os.write(writer, told.encode())
    os.close(writer)
    worker.start = ForkedWorker  # type: ignore[assignment]
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(reader),
        os.fdopen(1, "w"),
        os.fdopen(2, "w", errors="backslashreplace"),
    )


class ForkedWorker:
    """As much of a `subprocess.Popen` as a worker needs."""

    def __init__(self, seconds: float, mebibytes: int, log: IO[bytes]) -> None:
        asked, answered = os.pipe(), os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if not self.pid:
            _serve(asked[0], answered[1], log.fileno(), [str(seconds), str(mebibytes + mapped())])
        os.close(asked[0])
        os.close(answered[1])
        self.stdin, self.stdout = os.fdopen(asked[1], "wb"), os.fdopen(answered[0], "rb")

    def kill(self) -> None:
        if self.returncode is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.returncode


def mapped() -> int:
    """MiB of addresses that this process has, before it does anything: the more threads the tests had, the more."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() // 2**20


def _serve(asked: int, answered: int, log: int, arguments: list[str]) -> None:
    """The child: what `python -m scraper.workers` does."""
    try:
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, signal.SIG_DFL)
        signal.set_wakeup_fd(-1)
        streams = [
            fcntl.fcntl(stream, fcntl.F_DUPFD, 256) for stream in (asked, answered, log)
        ]  # one may have a number below 3
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.closerange(3, 300)
        _before.extend((sys.stdin, sys.stdout, sys.stderr))
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
        working.main(arguments)
    except BaseException:  # noqa: BLE001 - its last words are what the parent tells
        traceback.print_exc(file=sys.stderr)
        sys.stderr.flush()
    finally:
        os._exit(1)
