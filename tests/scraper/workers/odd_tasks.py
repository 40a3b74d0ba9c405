"""What the workers of the tests are asked to do."""

import ctypes
import os
import signal
import time
from pathlib import Path

from scraper.errors import PageChanged


def length(text: str) -> int:
    return len(text)


def changed(text: str) -> str:
    raise PageChanged(text)


def broken(text: str) -> str:
    raise ZeroDivisionError(text)


def endless(text: str) -> str:
    while True:
        pass


def asleep(text: str) -> str:
    time.sleep(60)
    return text


def hungry(text: str) -> int:
    return len(b"x" * 2**30)


def long(text: str) -> str:
    return text * 3


def broken_library(text: str) -> str:
    ctypes.string_at(0)
    return text


def dies_once(path: str) -> str:
    """Ends its process without a word the first time, as one that was killed while it had nothing to do."""
    if not Path(path).exists():
        Path(path).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"
