"""How often a link is right, by how sure it is said to be, on invented stories whose report is known (tests/fixtures/visits).

    python -m bench.which_visit [--wrong]

Authorities are split: the weights of `monitor/news/evidence.py` were set on the first half, errors of the second were looked at, those of the third were not.
`--wrong` prints each link that is not right.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence

import monitor.news.which_report as linking
from monitor.news import Link
from tests.monitor.news.told_visits import PLACES, UNSEEN_PLACES, Told, judged, told_visits

BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 1.0)


def judge(places: Sequence[str]) -> list[tuple[Told, Link | None]]:
    """Each story with the link that would be made if any were sure enough."""
    found = ((told, judged(told)) for told in told_visits(places))
    return [(told, one if isinstance(one, Link) else None) for told, one in found]


def bins(rows: Iterable[tuple[Told, Link | None]]) -> Counter[tuple[float, bool]]:
    return Counter(
        (max(low for low in BINS if low <= found.confidence), found.report_id == told.truth)
        for told, found in rows
        if found
    )


def share_right(rows: Sequence[tuple[Told, Link | None]], sure: float) -> str:
    made = [(told, found) for told, found in rows if found and found.confidence >= sure]
    right = sum(found.report_id == told.truth for told, found in made)
    there = [told for told, _ in rows if told.truth]
    linked = sum(told.truth is not None for told, _ in made)
    return f"{right} of {len(made)} links right ({right / max(1, len(made)):.3f}); of {len(there)} whose report is there {len(there) - linked} undecided ({1 - linked / max(1, len(there)):.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true")
    args = parser.parse_args()
    sure, linking.SURE_FROM = linking.SURE_FROM, 0.0
    for name, places in (("set on", PLACES[::2]), ("held back", PLACES[1::2]), ("unseen", UNSEEN_PLACES)):
        rows = judge(places)
        counted = bins(rows)
        print(f"{name}: {len(rows)} stories beside lists; from {sure}: {share_right(rows, sure)}")
        for setting in sorted({told.setting for told, _ in rows}):
            print(f"  {setting}: {share_right([row for row in rows if row[0].setting == setting], sure)}")
        for low in BINS:
            right, wrong = counted[low, True], counted[low, False]
            print(
                f"  {low:4} {right:4} right {wrong:4} wrong"
                + (f" {right / (right + wrong):.2f}" if right + wrong else "")
            )
        methods = Counter(
            (found.method, round(found.confidence, 2), found.report_id == told.truth) for told, found in rows if found
        )
        if args.wrong:
            for (method, confidence, right), number in sorted(methods.items(), key=lambda one: (one[0][1], one[0][0])):
                print(f"  {confidence} {number:3} {'right' if right else 'WRONG'} {method}")
            for told, found in rows:
                if found and found.confidence >= sure and found.report_id != told.truth:
                    print(
                        f"  {told.setting}: {told.article.headline} | {told.article.text[:200]!r} {told.article.published}\n    -> {found}, is {told.truth}"
                    )


if __name__ == "__main__":
    main()
