"""How plain sentences are read that no report holds: `python -m bench.tone_plain`.

tone_plain.csv holds 326 made-up sentences, in the words of reports and in those of papers and councils. A language model wrote and
labelled them before it saw what the reader made of any, and before the words of tone_polarity.yaml, tone_good.txt and tone_fault.txt were written;
lots were then drawn into two halves. `develop` was looked at while the signs were made, `closed` only counted, though some ten times. The same model wrote the sentences and the lists of words, so that even the closed half is kinder than strangers' sentences are.
"""

import csv
from collections import Counter
from pathlib import Path

from bench.tone_measure import f1s
from scraper.reports.tone import tone_of

SENTENCES = Path(__file__).with_name("tone_plain.csv")


def main() -> None:
    """A line for each half: right of each label, and F1 as for the reports' own sentences."""
    tables: dict[str, Counter[tuple[str, str]]] = {}
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said = tone_of(row["sentence"])
            tables.setdefault(row["part"], Counter())[row["label"], said.value if said else "neutral"] += 1
    for part, table in tables.items():
        of = Counter({label: sum(n for (one, _), n in table.items() if one == label) for label, _ in table})
        right = ", ".join(f"{label} {table[label, label]} of {number}" for label, number in of.items())
        print(f"{part}: {right}; F1", *(f"{value:.3f}" for value in f1s(table)))


if __name__ == "__main__":
    main()
