"""How well the text of real local news pages is extracted: precision, recall and F1 on runs of four words, a page and overall.

    bench/news_pages.py FOLDER

FOLDER holds `<name>.html` and `expected.json`: a list of objects with `name`, `url`, `h1`, `expected_text` and `meta_dates`.
"""

import argparse
import json
import re
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from scraper.pages.article import extract_article

RUN = 4


def runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1)))


def score(expected: str, got: str) -> tuple[float, float]:
    """(precision, recall) of runs of four words, counted as often as they occur."""
    wanted, found = runs(expected), runs(got)
    same = (wanted & found).total()
    return same / max(1, found.total()), same / max(1, wanted.total())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    scores, titles, times, started = [], 0, 0, time.perf_counter()
    pages = json.loads((folder / "expected.json").read_text())
    for page in pages:
        article = extract_article((folder / f"{page['name']}.html").read_bytes(), page["url"], "", datetime.now(UTC))
        precision, recall = score(page["expected_text"], article.text)
        scores.append((precision, recall))
        titles += article.headline == " ".join(page["h1"].split())
        stamps = [value for name, value in page["meta_dates"] if name == "published_time"] + page["jsonld_dates"][:1]
        print(f"{precision:.3f} {recall:.3f}  {page['name']}  {article.published}  {stamps[:1]}")
        times += article.published is not None
    precision, recall = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    print(
        f"precision {precision:.3f}  recall {recall:.3f}  F1 {2 * precision * recall / (precision + recall):.3f}  pages {len(pages)}"
    )
    print(
        f"titles {titles}/{len(pages)}  dated {times}/{len(pages)}  pages/s {len(pages) / (time.perf_counter() - started):.1f}"
    )


if __name__ == "__main__":
    main()
