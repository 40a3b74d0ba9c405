"""An article as a row: what was read from it as JSON, and back. None of its text but the snippet."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from scraper.clock import stamp
from scraper.items import Article, ArticleReading, Counted, VisitClues
from scraper.text import pack_shingles


def columns(article: Article, reading: ArticleReading) -> dict[str, Any]:
    """The columns of `articles` that come from the article and its reading (`source`, `first_seen`, `baseline` are the crawl's)."""
    return {
        "url": article.url,
        "headline": article.headline,
        "outlet": article.outlet,
        "published": stamp(article.published) if article.published else None,
        "label": reading.label,
        "kind": reading.kind,
        "urn": reading.urn,
        "snippet": reading.snippet,
        "score": reading.score,
        "reasons": json.dumps(reading.reasons),
        "clues": clues_to_json(reading.clues),
        "shingles": pack_shingles(reading.shingles),
    }


def clues_to_json(clues: VisitClues) -> str:
    """Only what is known, dates as YYYY-MM-DD."""
    return json.dumps({key: value for key, value in asdict(clues).items() if value}, default=date.isoformat)


def clues_from_json(stored: str) -> VisitClues:
    """What `clues_to_json` stored; keys of a newer version are left out."""
    found = json.loads(stored or "{}")
    known = {key: found[key] for key in VisitClues.__slots__ if key in found}
    for key in known.keys() & {"start", "end", "after", "before"}:
        known[key] = date.fromisoformat(known[key])
    for key in known.keys() & {"report_ids", "quotes"}:
        known[key] = tuple(known[key])
    known["areas"] = tuple((area, grade) for area, grade in known.get("areas", ()))
    known["counts"] = tuple(Counted(**one) for one in known.get("counts", ()))
    return VisitClues(**known)


def time_of(stored: str | None) -> datetime | None:
    """A stored time."""
    return datetime.fromisoformat(stored) if stored else None
