"""Teach the models of comparing with pairs of reports compared by hand, say how good they are, and write monitor/comparing/learnt.json.

    python -m bench.compare_fit TRUTH_PAIRS CORPUS [--cache FILE] [--closed] [--curve] [--write] [--list]

Every figure is of authorities that the models had not seen. `--closed`: those of the authorities kept apart, which are to be looked at once. Needs
scikit-learn: `pip install --group bench`.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.compare_figures import Told, certain_at, counted, figures, intervals
from bench.compare_models import LINK_AT, SAME_AT, Said, judged, left_out, taught
from bench.compare_pairs import Row, rows
from monitor.comparing.learnt import LEARNT, Model
from monitor.comparing.outcomes import COMPARER

PARTS = 7
WANTED = 0.9
"""How many of the verdicts shown as certain are to be right."""

CURVE = (20, 40, 60, 80, 98)


def by_pair(said: Sequence[Said]) -> dict[str, list[Told]]:
    """What counts of each pair's rows."""
    found: dict[str, list[Told]] = {}
    for one in said:
        found.setdefault(one.ranked.row.pair, []).append(counted(one))
    return found


def report(title: str, said: Sequence[Said], certain: float) -> None:
    """Print every figure with its interval."""
    pairs = by_pair(said)
    print(f"{title}: {len(pairs)} pairs, {len(said)} items, certain from {certain:.3f}")
    ranges = intervals(pairs, certain)
    for name, value in figures([one for some in pairs.values() for one in some], certain).items():
        print(f"  {name:20} {value:.3f}  [{ranges[name][0]:.3f} to {ranges[name][1]:.3f}]")


def curve(open_rows: Sequence[Row], closed: Sequence[Row], certain: float) -> None:
    """Print how good models are that were taught with fewer pairs."""
    names = sorted({row.pair for row in open_rows}, key=lambda name: hashlib.sha256(name.encode()).digest())
    for number in CURVE:
        kept = [row for row in open_rows if row.pair in names[:number]]
        found = figures([counted(one) for one in judged(closed, taught(kept))], certain)
        print(
            f"  {number} pairs: "
            + "  ".join(f"{name} {found[name]:.3f}" for name in ("status", "lenient", "accuracy at 70", "quote hit"))
        )


def differences(said: Sequence[Said]) -> Iterator[str]:
    """Each item whose status is neither choice of the reader, with the sentence that we set most by."""
    for one in said:
        row, found = one.ranked.row, one.verdict
        if found.status not in (row.status, row.other):
            yield f"{row.pair}: {row.status}, said {found.status} ({found.confidence:.2f}): {row.item.text[:90]}"
            yield f"    by: {one.ranked.heard[0].said.finding.text[:200] if one.ranked.heard else '-'}"


def written(all_rows: Sequence[Row], certain: float) -> str:
    """The whole of learnt.json, taught with every row."""
    models = taught(all_rows)
    digest = hashlib.sha256(
        "\n".join(f"{row.pair} {row.item.text} {row.status}" for row in all_rows).encode()
    ).hexdigest()

    def plain(model: Model) -> dict[str, object]:
        return model.model_dump()

    parts = {name: plain(getattr(models, name)) for name in ("decisive", "bears", "same", "mentioned")}
    return json.dumps(
        {"made_from": f"comparer {COMPARER}, {len(all_rows)} items, {digest[:12]}", "same_at": SAME_AT, "link_at": LINK_AT,
         "certain_at": round(certain, 4), **parts, "status": {name: plain(model) for name, model in models.status.items()}},
        indent=1,
    ) + "\n"  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("truth", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cache", type=Path)
    for flag in ("closed", "curve", "write", "list"):
        parser.add_argument(f"--{flag}", action="store_true")
    args = parser.parse_args()
    all_rows = rows(args.truth, args.corpus, args.cache)
    open_rows, closed = ([row for row in all_rows if row.closed == kept] for kept in (False, True))
    found = left_out(open_rows, PARTS)
    certain = certain_at([counted(one) for one in found], WANTED)
    report("open authorities, each part judged by models of the others", found, certain)
    if args.closed:
        report("closed authorities, judged by models of the open ones", judged(closed, taught(open_rows)), certain)
    if args.curve:
        curve(open_rows, closed, certain)
    for line in differences(found) if args.list else ():
        print(line)
    if args.write:
        everything = left_out(all_rows, PARTS)
        certain = certain_at([counted(one) for one in everything], WANTED)
        report("all authorities, each part judged by models of the others", everything, certain)
        LEARNT.write_text(written(all_rows, certain), encoding="utf-8")


if __name__ == "__main__":
    main()
