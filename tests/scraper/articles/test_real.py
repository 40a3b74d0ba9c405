"""Against real pages and headlines that lie beside the project; skipped where they are not. Nothing of them is kept here."""

import json
import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from scraper.articles import article_from, read_article
from scraper.articles.lines import clean_lines
from scraper.pages.article import extract_article
from scraper.reference import find_authority, known_authorities
from tests.paths import SHARED
from tests.scraper.articles.told import NOW, told

NEWS = SHARED / "news"
pytestmark = [pytest.mark.real, pytest.mark.skipif(not NEWS.is_dir(), reason=f"no real news at {NEWS}")]
RUN = 4


def runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[start : start + RUN]) for start in range(max(1, len(words) - RUN + 1)))


def test_the_text_of_real_pages() -> None:
    pages = json.loads((NEWS / "pages" / "expected.json").read_text(encoding="utf-8"))
    assert len(pages) >= 12
    scores = []
    for page in pages:
        article = extract_article(
            (NEWS / "pages" / f"{page['name']}.html").read_bytes(), page["url"], "", datetime.now(UTC)
        )
        wanted, found = runs(page["expected_text"]), runs(article.text)
        same = (wanted & found).total()
        scores.append(2 * same / (wanted.total() + found.total()))
        assert article.headline == " ".join(page["h1"].split())
        assert article.published is not None
    assert sum(scores) / len(scores) >= 0.98


def test_real_headlines() -> None:
    lines = (NEWS / "labelled-headlines.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    read_ = [told({"url": row["url"], "headline": row["headline"], "text": row["lede"]}) for row in rows]
    found = [reading["label"] != "other" for reading in read_]
    right = [row["label"] != "other" for row in rows]
    both = sum(f and r for f, r in zip(found, right, strict=True))
    assert both / sum(found) >= 0.95
    assert both / sum(right) >= 0.95
    named = [
        (reading["authority"], row["authority"])
        for reading, row in zip(read_, rows, strict=True)
        if row["label"] != "other"
    ]
    expected = [
        (got, authority.name if (authority := find_authority(name, known_authorities())) else None)
        for got, name in named
    ]
    assert sum(got == name for got, name in expected) / len(expected) >= 0.95


@pytest.mark.parametrize("number", ["000", "003"])
def test_real_articles_are_read_as_monitoring_visits_of_their_authority(number: str) -> None:
    [file] = (NEWS / "examples").glob(f"{number}_*.txt")
    headline, _, text = file.read_text(encoding="utf-8").partition("\n")
    found = read_article(
        article_from({"headline": headline, "text": clean_lines(text, headline), "outlet": "Bucks Herald"}, NOW),
        known_authorities(),
        [],
    )
    assert (found.label, found.kind, found.urn) == ("report", "monitoring_visit", "80442")
    assert found.clues.anchor is not None
    assert found.clues.quotes
