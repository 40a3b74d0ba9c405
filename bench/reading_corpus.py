"""What looks odd in the readings of a folder of reports, where there is no truth to compare with.

    python bench/reading_corpus.py ../shared/corpus [--items] [--jobs 2]

Prints each report with an oddity, then how many there are of each sort. `--items` prints every item too.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from scraper.errors import ScraperError
from scraper.items import Finding, Reading
from scraper.reference import ask_kinds, find_authority, known_authorities
from scraper.reports import read_files

MANY = {"ILACS": 14, "SIF": 35, "AREA_SEND": 25}
"""More items than a report of this framework is likely to have."""


def oddities(reading: Reading) -> Iterator[str]:
    """What a careful reader would look at again."""
    yield from _front(reading)
    items = [finding for finding in reading.findings if finding.kind in ask_kinds()]
    own = [item for item in items if not item.lscb]
    if len(own) > MANY.get(reading.framework, 45):
        yield f"many items: {len(own)}"
    for item in items:
        yield from _item(item)
    told = len(reading.findings) - len(items)
    if told < 12:
        yield f"few sentences: {told}"
    yield from (f"warning: {warning}" for warning in reading.warnings)


def _front(reading: Reading) -> Iterator[str]:
    if not reading.authority or not find_authority(reading.authority, known_authorities()):
        yield f"authority not known: {reading.authority}"
    if not reading.inspection_start or not reading.inspection_end:
        return
    elif (reading.inspection_end - reading.inspection_start).days > 31:
        yield f"long on site: {reading.inspection_start} {reading.inspection_end}"
    elif reading.published and not 10 < (reading.published - reading.inspection_end).days < 210:
        yield f"published {reading.published}, on site until {reading.inspection_end}"


def _item(item: Finding) -> Iterator[str]:
    end = re.search(r"[.!?][)’”\"']*$", item.text)
    if not end:
        yield f"item without full stop: p{item.page} {item.text[-90:]!r}"
    if not (item.text[0].isupper() or item.text[0] in "‘'\"0123456789"):
        yield f"item begins in mid-sentence: p{item.page} {item.text[:90]!r}"
    if len(item.text) < 25 or len(item.text) > 1500:
        yield f"item of {len(item.text)} letters: p{item.page} {item.text[:90]!r}"


def main() -> None:
    """Read all and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--items", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    for path, reading in read_files(sorted(options.folder.rglob("*.pdf")), jobs=options.jobs):
        name = f"{path.parent.name}/{path.name}"
        if isinstance(reading, ScraperError):
            print(name, "\n   unread:", reading)
            counts["unread"] += 1
            continue
        odd = list(oddities(reading))
        counts.update({each.split(":")[0] for each in odd})
        counts["reports"] += 1
        if odd or options.items:
            print(name, *(f"\n   {each}" for each in odd))
        if options.items:
            _print_items(reading)
    print(dict(counts))


def _print_items(reading: Reading) -> None:
    print(
        "   ",
        reading.framework,
        reading.authority,
        reading.inspection_start,
        reading.inspection_end,
        reading.lead_inspector,
    )
    print("   ", [(each.area[:40], each.grade) for each in reading.judgements])
    for item in reading.findings:
        if item.kind in ask_kinds():
            print(
                f"      {item.kind[:8]} {'LSCB ' if item.lscb else ''}p{item.page} [{item.section[:60]}] {item.text[:70]} … {item.text[-40:]}"
            )


if __name__ == "__main__":
    main()
