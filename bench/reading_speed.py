"""How long reading takes against PDFium's own opening and text extraction: `python bench/reading_speed.py ../shared/corpus`."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from scraper.errors import ScraperError
from scraper.reports.reader import read


def extract(path: Path) -> int:
    """Open a file and extract its text with pypdfium2 alone; the number of its pages."""
    pdf = pypdfium2.PdfDocument(path)
    for page in pdf:
        page.get_textpage().get_text_range()
    return len(pdf)


def timed(work: Callable[[Path], object], paths: list[Path]) -> float:
    """Seconds of processor time over all files."""
    start = time.process_time()
    for path in paths:
        work(path)
    return time.process_time() - start


def main() -> None:
    """Print both, and what is allowed: twice PDFium's time and 10 ms a page."""
    paths = []
    pages = 0
    for path in sorted(Path(sys.argv[1]).rglob("*.pdf")):
        try:
            read(path)
        except ScraperError:
            continue
        paths.append(path)
        pages += extract(path)
    alone, reading = timed(extract, paths), timed(read, paths)
    print(f"{len(paths)} reports, {pages} pages: PDFium alone {alone:.1f} s ({1000 * alone / pages:.1f} ms a page)")
    print(f"reading {reading:.1f} s ({1000 * reading / pages:.1f} ms a page), allowed {2 * alone + pages / 100:.1f} s")


if __name__ == "__main__":
    main()
