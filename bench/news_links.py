"""Which report each article is linked to, on an authority's real reports and articles.

    bench/news_links.py REPORTS ARTICLES --urn 80442

REPORTS holds PDFs named `<label> - <day month year>.pdf`, ARTICLES JSON files with `title`, `published` and `body_html`.
"""

import argparse
import json
from datetime import UTC, date, datetime
from pathlib import Path

from lxml import html

from monitor.news import Link
from monitor.news.known_report import KnownReport
from monitor.news.which_report import link
from scraper.articles import article_from, clean_lines, read_article
from scraper.reference import area_of, known_authorities
from scraper.reports.reader import read


def known_report(number: int, file: Path) -> KnownReport:
    said = read(file)
    published = datetime.strptime(file.stem.rpartition(" - ")[2], "%d %B %Y").date()  # noqa: DTZ007 - a day
    overall = next((j.grade for j in said.judgements if area_of(j.area) == "overall"), None)
    return KnownReport(
        report_id=number,
        kind=said.report_type,
        published=published,
        start=said.inspection_start,
        end=said.inspection_end,
        grade=overall,
        visit_number=said.visit_number,
        since_judgement=said.since_judgement,
        text=" ".join(said.page_texts),
    )


def paragraphs(body: str) -> str:
    tree = html.fromstring(f"<div>{body}</div>")
    return "\n".join(node.text_content() for node in tree.iter("p", "li", "h2", "h3", "figcaption"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--urn", required=True)
    args = parser.parse_args()
    files = sorted(args.reports.glob("*.pdf"))
    stored = [known_report(number, file) for number, file in enumerate(files, start=1)]
    for file in sorted(args.articles.rglob("*.json")):
        row = json.loads(file.read_text(encoding="utf-8"))
        text = clean_lines(paragraphs(row["body_html"]), row["title"])
        article = article_from(
            {"headline": row["title"], "text": text, "published": row["published"]}, datetime.now(UTC)
        )
        reading = read_article(article, known_authorities(), [args.urn])
        found = link(reading, article.published, stored)
        told = (
            f"{files[found.report_id - 1].stem}: {found.method} ({found.confidence})"
            if isinstance(found, Link)
            else found.reason
        )
        print(f"{reading.label:9}{date.fromisoformat(row['published'][:10])!s:11}{row['title'][:70]}\n    -> {told}")


if __name__ == "__main__":
    main()
