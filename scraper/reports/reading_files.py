"""Reads reports in workers, so that a PDF that eats memory or time costs one file and not the program."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from scraper.errors import ScraperError
from scraper.items import Reading
from scraper.reports.file_path import FilePath
from scraper.workers import Task, Worker, in_order

READ = Task("scraper.reports.reader:read", FilePath, Reading)


def read_files(
    paths: Sequence[Path], *, jobs: int = 2, seconds: float = 20, mebibytes: int = 512
) -> Iterator[tuple[Path, Reading | ScraperError]]:
    """Each file with its reading, or the error that names the reason, in the order given.

    `seconds` and `mebibytes` hold for each file and worker; `jobs` workers read at once.
    """
    workers = [Worker(seconds, mebibytes) for _ in range(max(1, min(jobs, len(paths))))]
    return in_order(paths, _read, workers)


def _read(worker: Worker, path: Path) -> Reading | ScraperError:
    try:
        return worker.ask(READ, path, str(path))
    except ScraperError as error:
        return error
