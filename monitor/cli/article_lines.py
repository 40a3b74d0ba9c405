"""`ofsted-watch read-article`: articles as JSON lines in, what each is about out, linked to the reports that are stored."""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from monitor.config import Config
from monitor.database import connect
from monitor.errors import UserError
from monitor.news import Link, report_for
from scraper.articles import article_from, article_to_json, read_article
from scraper.database import DATABASE_FILE
from scraper.reference import known_authorities, patch_of


class BadLine(UserError):
    """A line of the input is no article; the message says which and why."""


def read_lines(lines: Iterable[str], config: Config | None) -> Iterator[dict[str, Any]]:
    """One result an article, in order; empty lines are passed over. Without a config, or before the first crawl, no report is known."""
    stored = closing(connect(config.data)) if config and (config.data / DATABASE_FILE).exists() else nullcontext(None)
    with stored as db:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _read(number, line, config, db)


def _read(number: int, line: str, config: Config | None, db: Database | None) -> dict[str, Any]:
    try:
        article = article_from(_object(line), datetime.now(UTC))
    except ValueError as error:
        raise BadLine(f"line {number} of the input is no article: {error}") from None
    reading = read_article(
        article, config.known if config else known_authorities(), patch_of(article.outlet, article.url)
    )
    found = report_for(db, reading, article.published) if db and reading.label != "other" else None
    return article_to_json(article, reading, found.report_id if isinstance(found, Link) else None)


def _object(line: str) -> dict[str, Any]:
    article = json.loads(line)
    if not isinstance(article, dict):
        raise ValueError("a JSON object is expected")
    return article
