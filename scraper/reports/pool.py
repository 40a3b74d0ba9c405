"""Reads reports in child processes, so that a PDF that eats memory or time costs one file and not the program."""

import json
import os
import selectors
import signal
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

from scraper import children
from scraper.errors import NotAReport, ScraperError, Unreadable
from scraper.items import Reading
from scraper.reports.shape import reading_from_json

AHEAD = 4
"""How many files a child are handed out before the first is fetched; bounds what waits in memory."""
CHUNK = 1 << 16
ERRORS: dict[str, type[ScraperError]] = {"NotAReport": NotAReport, "Unreadable": Unreadable}


class Child:
    """One `python -m scraper.reports`; started when first needed, and again after a file that killed it."""

    def __init__(self, seconds: float, mebibytes: int) -> None:
        self.seconds = seconds
        self.mebibytes = mebibytes
        self.process: subprocess.Popen[bytes] | None = None
        self.log: IO[bytes] | None = None
        self.given_up = False

    def read(self, path: Path) -> Reading | ScraperError:
        """One file's reading, or why there is none."""
        used, process = self.process is not None, self._running()
        line = self._line(process) if _sent(process, path) else b""
        if line.endswith(b"\n"):
            return _answer(json.loads(line))
        timed_out = process.poll() is None and not _ended(process)
        if (
            used and not timed_out and not self.given_up
        ):  # it may have died before, of nothing or of others: no fault of this one
            self.stop()
            return self.read(path)
        return Unreadable(f"{path}: {self._too_slow() if timed_out else self._died()}")

    def kill(self) -> None:
        """End the process for good, so that whoever waits for its answer waits no longer."""
        self.given_up = True
        if self.process is not None:
            self.process.kill()

    def stop(self) -> None:
        """End the process, if there is one, and clear it away."""
        if self.process is None:
            return
        self.process.kill()
        self.process.communicate()
        self.process = None
        if self.log is not None:
            self.log.close()
            self.log = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            self.log = tempfile.TemporaryFile()  # noqa: SIM115 - closed in stop()
            self.process = subprocess.Popen(  # noqa: S603
                children.command("scraper.reports", str(self.mebibytes)),
                env=children.environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.log,
                start_new_session=True,
            )
        if self.given_up:
            self.process.kill()
        return self.process

    def _line(self, process: subprocess.Popen[bytes]) -> bytes:
        """The child's next line; without its line feed if the child ended or the time was up."""
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        deadline = time.monotonic() + self.seconds
        parts: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while not (parts and parts[-1].endswith(b"\n")):
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    break
                part = os.read(process.stdout.fileno(), CHUNK)
                if not part:
                    break
                parts.append(part)
        return b"".join(parts)

    def _too_slow(self) -> str:
        self.stop()
        return f"it could not be read within {self.seconds:g} seconds"

    def _died(self) -> str:
        """Why the child ended; it is cleared away."""
        code = self.process.wait() if self.process else 0
        said = _last_line(self.log)
        self.stop()
        if code == -signal.SIGSEGV:
            return "the PDF library broke on it"
        if code < 0 or "MemoryError" in said:
            return f"it could not be read within {self.mebibytes} MiB of memory"
        return f"the reader failed on it: {said or f'exit status {code}'}"


def read_files(
    paths: Sequence[Path], *, jobs: int = 2, seconds: float = 20, mebibytes: int = 512
) -> Iterator[tuple[Path, Reading | ScraperError]]:
    """Each file with its reading, or the error that names the reason, in the order given.

    `seconds` and `mebibytes` hold for each file and child; `jobs` children work at once.
    """
    children = [Child(seconds, mebibytes) for _ in range(max(1, min(jobs, len(paths))))]
    idle: SimpleQueue[Child] = SimpleQueue()
    for child in children:
        idle.put(child)
    with ThreadPoolExecutor(len(children)) as threads:
        try:
            yield from _in_order(paths, idle, threads, AHEAD * len(children))
        finally:
            for child in children:
                child.kill()
            threads.shutdown(cancel_futures=True)
            for child in children:
                child.stop()


def _in_order(
    paths: Sequence[Path], idle: SimpleQueue[Child], threads: ThreadPoolExecutor, ahead: int
) -> Iterator[tuple[Path, Reading | ScraperError]]:
    def one(path: Path) -> Reading | ScraperError:
        child = idle.get()
        try:
            return child.read(path)
        finally:
            idle.put(child)

    rest = iter(paths)
    waiting: deque[tuple[Path, Future[Reading | ScraperError]]] = deque()
    waiting.extend((path, threads.submit(one, path)) for path in islice(rest, ahead))
    while waiting:
        path, future = waiting.popleft()
        yield path, future.result()
        waiting.extend((path, threads.submit(one, path)) for path in islice(rest, 1))


def _sent(process: subprocess.Popen[bytes], path: Path) -> bool:
    assert process.stdin is not None  # noqa: S101 - it is a pipe
    try:
        process.stdin.write(json.dumps({"path": str(path)}).encode() + b"\n")
        process.stdin.flush()
    except BrokenPipeError:
        return False
    return True


def _answer(said: dict[str, Any]) -> Reading | ScraperError:
    if "error" in said:
        return ERRORS[said["error"]](said["message"])
    return reading_from_json(said["reading"], tuple(said["page_texts"]))


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether the process is about to be gone: its output is closed though it has not been waited for."""
    try:
        process.wait(0.2)
    except subprocess.TimeoutExpired:
        return False
    return True


def _last_line(log: IO[bytes] | None) -> str:
    if log is None:
        return ""
    log.seek(0)
    lines = log.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
