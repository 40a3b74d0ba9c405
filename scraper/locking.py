"""Locks between processes: a file that one of them has locked. Its end, in order or not, frees the lock."""

import fcntl
import time
from collections.abc import Iterator
from typing import IO

LOOK_EVERY = 0.1  # seconds


def take(file: IO[str], *, shared: bool = False) -> bool:
    """Lock an open file; False where another has it. `shared`: with others that only look whether it is locked."""
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def tries(file: IO[str]) -> Iterator[float]:
    """Lock an open file. After each try that fails, the seconds since the first: who asks waits a moment then, or gives up."""
    begun = time.monotonic()
    while not take(file):
        yield time.monotonic() - begun
