"""`ofsted-watch read-article`: articles as JSON lines in, what each is about out, linked to the reports that are stored."""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from monitor.config import Config
from monitor.database import connect_to_read
from monitor.news import Link, report_for
from scraper.articles import article_from, article_to_json, read_article
from scraper.database import DATABASE_FILE
from scraper.reference import known_authorities, patch_of


class BadLine(ValueError):
    """A line of the input is no article; the message says which and why."""


def read_lines(lines: Iterable[bytes], config: Config | None) -> Iterator[dict[str, Any] | BadLine]:
    """One result an article, in order, or what is wrong with its line; empty lines are passed over.

    Without a config, or before the first crawl, no report is known.
    """
    stored = config is not None and (config.data / DATABASE_FILE).exists()
    with closing(connect_to_read(config.data)) if config and stored else nullcontext(None) as db:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _read(number, line, config, db)


def _read(number: int, line: bytes, config: Config | None, db: Database | None) -> dict[str, Any] | BadLine:
    try:
        article = article_from(_object(_text(line)), datetime.now(UTC))
    except (ValueError, RecursionError) as error:
        return BadLine(f"line {number} of the input is no article: {error}")
    reading = read_article(
        article, config.known if config else known_authorities(), patch_of(article.outlet, article.url)
    )
    found = report_for(db, reading, article.published) if db and reading.label != "other" else None
    return article_to_json(article, reading, found.report_id if isinstance(found, Link) else None)


def _text(line: bytes) -> str:
    """A line as text: UTF-8, or else what Windows writes, in which five bytes mean nothing."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _object(line: str) -> dict[str, Any]:
    article = json.loads(line)
    if not isinstance(article, dict):
        raise ValueError("a JSON object is expected")
    return article
