"""One child that works through what it is asked, and is started again after a document that broke it."""

import os
import signal
import subprocess
import threading
from contextlib import suppress
from typing import IO, TypeVar

from scraper import children
from scraper.errors import Unfinished, Unreadable
from scraper.workers.task import Task

A = TypeVar("A")
B = TypeVar("B")

SECONDS, MEBIBYTES = 20.0, 512
GIVEN_UP = "it was given up, for nobody waits for it any more"
LONGEST_ANSWER = 64 * 1024 * 1024
"""Bytes; the longest of a real report is under 1 MiB."""


class Worker:
    """`seconds` of time and of the processor, and `mebibytes` of memory, hold for each question.

    The child is started with the first. `ask` may be called from one thread at a time, `kill` from any.
    """

    def __init__(self, seconds: float = SECONDS, mebibytes: int = MEBIBYTES) -> None:
        self.seconds, self.mebibytes = seconds, mebibytes
        self.process: subprocess.Popen[bytes] | None = None
        self.log: IO[bytes] | None = None
        self.given_up = False

    def ask(self, task: Task[A, B], argument: A, name: str) -> B:
        """The result. Raises the `ScraperError` that the task did, and `Unreadable` for what broke the child; it has the `name`.

        It is `Unfinished` where the limits ended it.
        """
        if self.given_up:
            raise Unfinished(f"{name}: {GIVEN_UP}")
        used = self.process is not None
        line, in_time = self._exchange(task.question(argument))
        if line.endswith(b"\n"):
            return task.result(line)
        if used and in_time and not self.given_up and not line:
            self.stop()  # it may have died before, of nothing or of others: no fault of this one
            return self.ask(task, argument, name)
        raise self._why(line, name, in_time=in_time)

    def kill(self) -> None:
        """End the child for good, so that whoever waits for its answer waits no longer."""
        self.given_up = True
        if self.process is not None:
            self.process.kill()

    def stop(self) -> None:
        """End the child, if there is one, and clear it away; another thread may be waiting for its answer, or do the same."""
        process, log, self.process, self.log = self.process, self.log, None, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in _pipes(process):
                with suppress(BrokenPipeError):  # what was not yet sent to it
                    pipe.close()
        if log is not None:
            log.close()

    def _exchange(self, question: bytes) -> tuple[bytes, bool]:
        """The child's line, without its line feed where it ended or said too much, and whether that was within its time."""
        process = self._running()
        stdin, stdout = _pipes(process)
        late = threading.Event()

        def too_late() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self.seconds, too_late)
        timer.start()
        try:
            stdin.write(question)
            stdin.flush()
            return stdout.readline(LONGEST_ANSWER), not late.is_set()
        except BrokenPipeError:
            return b"", not late.is_set()
        except ValueError:  # its pipes were closed meanwhile
            if self.given_up:
                return b"", True
            raise
        finally:
            timer.cancel()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self.process is None:
            self.log = os.fdopen(
                os.memfd_create("worker"), "w+b"
            )  # no folder for it need be writable; closed in stop()
            self.process = start(self.seconds, self.mebibytes, self.log)
        if self.given_up:
            self.process.kill()
        return self.process

    def _why(self, line: bytes, name: str, *, in_time: bool) -> Unreadable:
        """Why there is no answer; the child is cleared away."""
        process = self.process
        if self.given_up or process is None:
            return Unfinished(f"{name}: {GIVEN_UP}")
        if line:
            process.kill()
        code, said = process.wait(), _last_line(self.log)
        self.stop()
        if not in_time or code == -signal.SIGXCPU:
            return Unfinished(f"{name}: it could not be read within {self.seconds:g} seconds")
        if len(line) >= LONGEST_ANSWER:
            return Unreadable(f"{name}: what was read of it is too large")
        if code == -signal.SIGSEGV:
            return Unreadable(f"{name}: the library that reads it broke on it")
        if code < 0 or "MemoryError" in said:
            return Unfinished(f"{name}: it could not be read within {self.mebibytes} MiB of memory")
        return Unreadable(f"{name}: the reader failed on it: {said or f'exit status {code}'}")


def start(seconds: float, mebibytes: int, log: IO[bytes]) -> "subprocess.Popen[bytes]":
    """A child that waits for its first question."""
    return subprocess.Popen(  # noqa: S603
        children.command("scraper.workers", str(seconds), str(mebibytes)),
        env=children.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        start_new_session=True,
    )


def _pipes(process: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the child has no pipes")
    return process.stdin, process.stdout


def _last_line(log: IO[bytes] | None) -> str:
    if log is None:
        return ""
    log.seek(0)
    lines = log.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
