"""Locks between processes: one crawl of a source, one conclusion and one daemon at a time in a data folder."""

import hashlib
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from monitor.errors import Stopped, UserError
from scraper.faults import NoDatabase, database_faults
from scraper.locking import LOOK_EVERY, take, tries

DAEMON = "daemon"
"""The name of the daemon's own lock."""
CONCLUDE = "conclude"
"""That of whoever reads, compares and tells."""
SETTLED = 1.0  # seconds; who only looks whether a lock is held has it for less


class Locked(UserError):
    """Another process is at the same work in this data folder."""


@contextmanager
def locked(data: Path, name: str, *, wait: bool = False, stop: threading.Event | None = None) -> Iterator[None]:
    """Hold the lock of this name. Raises `Locked` where another process holds it, or waits for it; `Stopped` where `stop` is set meanwhile."""
    ask = stop or threading.Event()
    with _opened(data, name) as file:
        for waited in tries(file):
            if not wait and waited >= SETTLED:
                raise Locked(f"another ofsted-watch{_owner(file)} is at work on {name} in {data}")
            if ask.wait(LOOK_EVERY):
                raise Stopped(f"stopped while another ofsted-watch{_owner(file)} was at work on {name}")
        file.truncate(0)
        file.write(f"{os.getpid()} {name}\n")
        file.flush()
        yield


def _opened(data: Path, name: str) -> IO[str]:
    """The file of a lock. A data folder that is not there is not made for it: what was there has gone."""
    path = lock_path(data, name)
    if not data.exists():
        raise NoDatabase(f"{data}: there is no such folder")
    with database_faults(data):
        path.parent.mkdir(exist_ok=True)
        return path.open("a+", encoding="utf-8")


def held_since(data: Path, name: str) -> datetime | None:
    """Since when another process holds the lock, or None where none does. Only looks: nothing is made, and nobody is kept from it."""
    try:
        with lock_path(data, name).open(encoding="utf-8") as file:
            if take(file, shared=True):
                return None
            return datetime.fromtimestamp(os.fstat(file.fileno()).st_mtime, UTC)
    except FileNotFoundError:
        return None


def lock_path(data: Path, name: str) -> Path:
    """Where a lock lies: named so that people recognise it, and that no two names share it."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower())[:40].strip("-")
    return data / "locks" / f"{slug}-{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _owner(file: IO[str]) -> str:
    """Who holds the lock, in brackets, as far as that is written there."""
    file.seek(0)
    number = file.read(20).partition(" ")[0]
    return f" (process {number})" if number.isdecimal() else ""
