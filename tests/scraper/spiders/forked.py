"""Workers as forks of the crawl, which is one of the tests: the same as children of their own, without a second of imports."""

import fcntl
import multiprocessing
import os
import signal
import sys
import traceback
from typing import IO

from scraper.workers.__main__ import main

_before: list[object] = []  # kept, for a stream that goes away closes the number that is ours by then
FORK = multiprocessing.get_context("fork")


class ForkedWorker:
    """As much of a `subprocess.Popen` as a worker needs."""

    def __init__(self, seconds: float, mebibytes: int, log: IO[bytes]) -> None:
        asked, answered = os.pipe(), os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if not self.pid:
            _serve(asked[0], answered[1], log.fileno(), [str(seconds), str(mebibytes)])
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


def _serve(asked: int, answered: int, log: int, arguments: list[str]) -> None:
    """The child: what `python -m scraper.workers` does, with the memory that its parent has already."""
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
        main(arguments)
    except BaseException:  # noqa: BLE001 - its last words are what the parent tells
        traceback.print_exc(file=sys.stderr)
        sys.stderr.flush()
    finally:
        os._exit(1)
