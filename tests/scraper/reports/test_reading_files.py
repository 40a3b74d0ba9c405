"""Reading in workers: bad files cost themselves only, and say why."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.errors import NotAReport, ScraperError, Unreadable
from scraper.items import Reading
from scraper.reports.reader import read
from scraper.reports.reading_files import read_files
from tests.paths import FIXTURES
from tests.scraper.reports import bad_pdfs

REPORTS = FIXTURES / "reports"
GOOD = REPORTS / "ilacs-2026/page.pdf"


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def cut(path: Path) -> bytes:
    return path.read_bytes()[: path.stat().st_size // 2]


BAD: list[tuple[str, Callable[[], bytes], type[ScraperError], str]] = [
    ("empty.pdf", lambda: b"", NotAReport, "empty"),
    ("page.pdf", lambda: b"<!DOCTYPE html><html><title>Report not found</title></html>", NotAReport, "HTML"),
    ("words.pdf", lambda: b"plain words", NotAReport, "no PDF"),
    ("cut.pdf", lambda: cut(GOOD), Unreadable, "damaged or cut short"),
    ("locked.pdf", (REPORTS / "encrypted.pdf").read_bytes, Unreadable, "password"),
    ("scan.pdf", bad_pdfs.blank, Unreadable, "scan"),
    ("long.pdf", lambda: bad_pdfs.long(500), Unreadable, "500 pages"),
    ("nested.pdf", lambda: bad_pdfs.nested(200_000), Unreadable, "nested.pdf"),
]


@pytest.mark.parametrize(("name", "content", "kind", "reason"), BAD, ids=[name for name, *_ in BAD])
def test_a_bad_file_raises_with_its_name_and_the_reason(
    tmp_path: Path, name: str, content: Callable[[], bytes], kind: type[ScraperError], reason: str
) -> None:
    path = written(tmp_path, name, content())
    with pytest.raises(kind) as caught:
        read(path)
    assert reason in str(caught.value)
    assert name in str(caught.value)


def test_a_missing_file_and_a_folder_are_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"nowhere\.pdf"):
        read(tmp_path / "nowhere.pdf")
    with pytest.raises(Unreadable, match="directory"):
        read(tmp_path)


def test_a_file_of_100_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path, "large.pdf", b"%PDF-1.7\n")
    with path.open("r+b") as file:
        file.truncate(100 * 2**20)
    start = time.monotonic()
    with pytest.raises(Unreadable, match="larger than"):
        read(path)
    assert time.monotonic() - start < 1


def test_a_bomb_costs_itself_and_the_next_file_is_read(tmp_path: Path) -> None:
    bomb = written(tmp_path, "bomb.pdf", bad_pdfs.bomb(700))
    locked = REPORTS / "encrypted.pdf"
    assert bomb.stat().st_size < 50_000
    results = list(read_files([bomb, GOOD, locked, GOOD], jobs=1))
    assert [path for path, _ in results] == [bomb, GOOD, locked, GOOD]
    (_, first), (_, second), (_, third), (_, fourth) = results
    assert isinstance(first, Unreadable)
    assert "bomb.pdf" in str(first)
    assert "512 MiB" in str(first)
    assert isinstance(third, Unreadable)
    assert isinstance(second, Reading)
    assert second == fourth


def test_a_worker_reads_as_the_parent_does() -> None:
    ((_, reading),) = read_files([GOOD])
    assert reading == read(GOOD)
    assert isinstance(reading, Reading)
    assert reading.page_texts


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    slow = written(tmp_path, "slow.pdf", bad_pdfs.long(290))
    start = time.monotonic()
    results = dict(read_files([slow, GOOD], jobs=1, seconds=0.01))
    assert time.monotonic() - start < 5
    assert isinstance(results[slow], Unreadable)
    assert set(results) == {slow, GOOD}
    assert "within 0.01 seconds" in str(results[slow])


def test_two_workers_keep_the_order_of_the_files() -> None:
    paths = sorted(REPORTS.glob("*/page.pdf"))
    assert [path for path, _ in read_files(paths, jobs=2)] == paths


def test_no_files_no_workers() -> None:
    assert list(read_files([])) == []


def test_giving_up_in_the_middle_ends_the_workers() -> None:
    results = read_files(sorted(REPORTS.glob("*/page.pdf")), jobs=2)
    next(results)
    start = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - start < 5
