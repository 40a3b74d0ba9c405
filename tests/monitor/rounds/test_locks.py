"""Locks between processes: who comes second is told so, or waits."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from monitor.locks import Locked, locked
from scraper.database import DatabaseFault


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


def test_a_data_folder_that_has_gone_is_not_made_for_a_lock(tmp_path: Path) -> None:
    with pytest.raises(DatabaseFault, match="gone"), locked(tmp_path / "gone", "conclude"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_lock_of_another_user_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(DatabaseFault, match=r"locks/daemon-\w+: "), locked(tmp_path, "daemon"):
        pass


def test_who_waits_waits_for_as_long_as_it_takes(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        with locked(tmp_path, "conclude"):
            waiting = pool.submit(lambda: locked(tmp_path, "conclude", wait=True).__enter__())
            Event().wait(1.6)
            assert not waiting.done()
        waiting.result(timeout=5)
