"""Advisory locks on files of the data folder: they end with the process, so that a killed one leaves none behind."""

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.errors import UserError


class Locked(UserError):
    """Another process is at the same work in this data folder."""


@contextmanager
def locked(data: Path, name: str, *, wait: bool = False) -> Iterator[None]:
    """Hold `<data>/locks/<name>`; raises `Locked` at once where another holds it, or waits for it."""
    folder = data / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    with (folder / slug).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Locked(f"another ofsted-watch is at work on {name} in {data}") from None
        yield
