"""Read every report twice, by its tags and by its layout alone, and print where the two readings differ.

    python bench/reading_twice.py ../shared/corpus

The two ways share little, so a difference is a mistake of one of them, and agreement is evidence for both.
"""

import difflib
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from scraper.errors import ScraperError
from scraper.items import Reading
from scraper.reference import ask_kinds
from scraper.reports import pages
from scraper.reports.reader import read


def differences(first: Reading, second: Reading) -> Iterator[str]:
    """What the second says otherwise."""
    for name in ("report_type", "framework", "authority", "inspection_start", "inspection_end", "lead_inspector"):
        if getattr(first, name) != getattr(second, name):
            yield f"{name}: {getattr(first, name)} / {getattr(second, name)}"
    grades = [[(_squash(each.area)[:40], each.grade) for each in reading.judgements] for reading in (first, second)]
    if grades[0] != grades[1]:
        yield f"grades: {grades[0]} / {grades[1]}"
    items = [
        [f"p{each.page} {each.kind} {each.text}" for each in reading.findings if each.kind in ask_kinds()]
        for reading in (first, second)
    ]
    by_tags, by_layout = ([_squash(item) for item in each] for each in items)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, by_tags, by_layout, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (f"only by tags:   {item[:140]}" for item in items[0][a:b])
            yield from (f"only by layout: {item[:140]}" for item in items[1][c:d])


def _squash(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", text.lower())


def main() -> None:
    """Print the reports that differ, then how many."""
    differing = total = 0
    for path in sorted(Path(sys.argv[1]).rglob("*.pdf")):
        try:
            tagged = read(path)
        except ScraperError:
            continue
        with mock.patch.object(pages, "roles_of", return_value={}):
            found = list(differences(tagged, read(path)))
        total += 1
        differing += bool(found)
        if found:
            print(f"{path.parent.name}/{path.name}", *(f"\n   {each}" for each in found))
    print(f"{differing} of {total} reports differ")


if __name__ == "__main__":
    main()
