"""Real reports made odd (`odd_variants`), and how each is read: the same, with a doubt, not at all, or wrong in silence, which must be none.

python -m bench.odd_pdfs ../shared/corpus [--every 8]
"""

import argparse
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.odd_variants import PARTLY, SAME, followed_by, without_meaning
from scraper.errors import ScraperError
from scraper.items import Reading
from scraper.reference import ask_kinds
from scraper.reports import read_files


def told(reading: Reading) -> tuple[object, ...]:
    """The facts and the items of a report."""
    items = tuple(re.sub(r"\W+", " ", each.text) for each in reading.findings if each.kind in ask_kinds())
    return (
        reading.report_type, reading.framework, reading.authority, reading.inspection_start, reading.inspection_end,
        reading.lead_inspector, tuple((re.sub(r"\W+", " ", each.area), each.grade) for each in reading.judgements), items,
    )  # fmt: skip


def variants(source: bytes, pages: list[int], other: bytes) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Each kind of oddity, and how to make it of this report. `pages`: those with its list, or the last but one."""
    for name, make in SAME.items():
        yield name, lambda make=make: make(source)  # type: ignore[misc]
    for name, take in PARTLY.items():
        yield name, lambda take=take: take(source, pages)  # type: ignore[misc]
    yield "letters without meaning", lambda: without_meaning(source)
    yield "another report behind it", lambda: followed_by(source, other)


def outcome(before: Reading, after: Reading | ScraperError) -> str:
    """In a word, and what differs where it is wrong in silence."""
    if isinstance(after, ScraperError):
        return "unread"
    if set(after.warnings) - set(before.warnings):
        return "a doubt"
    if told(after) == told(before):
        return "the same"
    return "wrong in silence"


def with_list(reading: Reading) -> list[int]:
    """The pages (from 0) on which its items begin, else its second."""
    return sorted({each.page - 1 for each in reading.findings if each.kind in ask_kinds()}) or [1]


def main() -> None:
    """Print, for each oddity, how many reports are read how."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=8)
    options = parser.parse_args()
    paths = sorted(options.folder.rglob("*.pdf"))[:: options.every]
    good = [(path, read) for path, read in read_files(paths) if isinstance(read, Reading) and len(read.page_texts) > 1]
    counts: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for place, (path, before) in enumerate(good):
            other = good[place - 1][0].read_bytes()
            named = {}
            for number, (name, make) in enumerate(variants(path.read_bytes(), with_list(before), other)):
                file = Path(folder, f"{number}.pdf")
                file.write_bytes(make())
                named[file] = name
            for file, after in read_files(list(named)):
                result = outcome(before, after)
                counts.setdefault(named[file], Counter())[result] += 1
                if result == "wrong in silence" and isinstance(after, Reading):
                    print(f"{named[file]}: {path.parent.name}/{path.name}", *_differences(before, after), sep="\n   ")
    for name, found in counts.items():
        print(
            f"| {name} | "
            + " | ".join(str(found[each]) for each in ("the same", "a doubt", "unread", "wrong in silence"))
            + " |"
        )


def _differences(before: Reading, after: Reading) -> Iterator[str]:
    for one, other in zip(told(before), told(after), strict=True):
        if one != other:
            yield f"{str(one)[:300]} -> {str(other)[:300]}"


if __name__ == "__main__":
    main()
