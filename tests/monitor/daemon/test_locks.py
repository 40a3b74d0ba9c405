"""Locks between processes: who comes second is told so, or waits."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from monitor.daemon.locks import Locked, locked


def test_who_waits_has_the_lock_as_soon_as_the_first_is_done(tmp_path: Path) -> None:
    done: list[str] = []

    def second() -> None:
        with locked(tmp_path, "conclude", wait=True):
            done.append("second")

    with ThreadPoolExecutor() as pool:
        with locked(tmp_path, "conclude"):
            waiting = pool.submit(second)
            Event().wait(0.1)
            done.append("first")
        waiting.result(timeout=5)
    assert done == ["first", "second"]


def test_who_does_not_wait_is_told_at_once_what_another_is_at(tmp_path: Path) -> None:
    told = pytest.raises(Locked, match=r"another ofsted-watch \(process \d+\) is at work on crawl ofsted")
    with locked(tmp_path, "crawl ofsted"), told, locked(tmp_path, "crawl ofsted"):
        pass
    with locked(tmp_path, "crawl ofsted"):
        pass
