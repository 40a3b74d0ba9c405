"""What a reader says of the articles that were kept or nearly kept: that one is news of a report, or that it is none.

A mark changes the article's label, so that mails, pages and links go by it, and is kept with the label of before: weights are fitted to such rows.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlite_utils import Database

from monitor.database import rows, stamp, value, writing
from monitor.errors import UserError
from monitor.facts import StoryAbout, about_story

NAME_LENGTH = 8
NEARLY = 2.5
"""Points from which an article that is not kept is told as nearly kept: odds of one to twelve."""

LATEST = """
SELECT a.url, a.headline, a.outlet, a.published, a.first_seen, a.label, a.score, a.reasons, a.story, t.name AS authority, f.mark
FROM articles a LEFT JOIN authorities t ON t.urn = a.urn LEFT JOIN feedback f ON f.url = a.url
ORDER BY coalesce(a.published, a.first_seen) DESC, a.url
"""
MARKED = """
SELECT a.url, a.headline, a.snippet, a.published, a.kind, a.label, t.name AS authority, f.mark, f.label_before
FROM feedback f JOIN articles a ON a.url = f.url LEFT JOIN authorities t ON t.urn = a.urn ORDER BY f.marked, a.url
"""
COPIES = """
SELECT a.url, a.label FROM articles a JOIN articles o ON o.story = a.story AND o.urn IS a.urn JOIN feedback f ON f.url = o.url AND f.mark = 'wrong'
WHERE a.label <> 'other' AND a.url NOT IN (SELECT url FROM feedback) GROUP BY a.url
"""
DROP = (
    "UPDATE deliveries SET state = 'dropped' WHERE state = 'pending'"
    " AND alert_id IN (SELECT id FROM alerts WHERE kind = 'news' AND article_url = ?)"
)
OF_STORY = "SELECT url, label FROM articles WHERE url = :url OR (:story IS NOT NULL AND story = :story AND urn IS :urn)"


class NoArticle(UserError):
    """No article, or more than one, has the name that was given."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A stored article: its short `name`, how it was judged and why, what a reader said of it ("" where nobody did), and which report it is about."""

    name: str
    url: str
    headline: str
    outlet: str
    day: str
    authority: str
    label: str
    score: float
    reasons: tuple[tuple[str, float], ...]
    mark: str
    about: StoryAbout

    @property
    def kept(self) -> bool:
        """Whether it counts as news of a report, or of what followed."""
        return self.label != "other"


def short_name(url: str) -> str:
    """By what a reader names an article: the beginning of a hash of its address, which stays."""
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:NAME_LENGTH]


def judged(db: Database, most: int) -> list[Judged]:
    """The latest articles that were kept, nearly kept or marked, newest first."""
    found = (row for row in rows(db, LATEST) if row["label"] != "other" or row["mark"] or row["score"] >= NEARLY)
    return [_judged(row, about_story(db, row["url"])) for row in islice(found, most)]


def _judged(row: dict[str, Any], about: StoryAbout) -> Judged:
    return Judged(
        name=short_name(row["url"]),
        url=row["url"],
        headline=row["headline"],
        outlet=row["outlet"],
        day=(row["published"] or row["first_seen"])[:10],
        authority=row["authority"] or "",
        label=row["label"],
        score=row["score"],
        reasons=tuple((what, points) for what, points in json.loads(row["reasons"])),
        mark=row["mark"] or "",
        about=about,
    )


def mark(db: Database, name: str, *, right: bool, now: datetime) -> str:
    """Note that an article is news of a report, or none, for all copies of its story; its headline. What is none is never alerted again."""
    row = _named(db, name)
    with writing(db):
        for one in rows(db, OF_STORY, row):
            _mark(db, one, right=right, now=now)
    return str(row["headline"])


def _mark(db: Database, article: dict[str, Any], *, right: bool, now: datetime) -> None:
    """Inside the caller's transaction: mark one article; of one that is none no link stays, and no mail that waits."""
    url = article["url"]
    before = value(db, "SELECT label_before FROM feedback WHERE url = ?", [url]) or article["label"]
    label = _label(before, right)
    db.conn.execute(
        "INSERT INTO feedback (url, mark, label_before, marked) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (url) DO UPDATE SET mark = excluded.mark, marked = excluded.marked",
        [url, "right" if right else "wrong", before, stamp(now)],
    )
    db.conn.execute("UPDATE articles SET label = ? WHERE url = ?", [label, url])
    if label == "other":
        for table in ("article_reports", "article_links"):
            db.conn.execute(f"DELETE FROM {table} WHERE article_url = ?", [url])  # noqa: S608 - names are ours
        db.conn.execute(DROP, [url])


def follow_marks(db: Database, now: datetime) -> None:
    """A further copy of a story that is none is none either. Can be run again."""
    for row in rows(db, COPIES):
        with writing(db):
            _mark(db, row, right=False, now=now)


def _label(before: str, right: bool) -> str:
    if not right:
        return "other"
    return "report" if before == "other" else before


def _named(db: Database, name: str) -> dict[str, Any]:
    found = [
        row
        for row in rows(db, "SELECT url, headline, story, urn FROM articles")
        if name == row["url"] or (len(name) > 3 and short_name(row["url"]).startswith(name.lower()))
    ]
    if len(found) != 1:
        several = f"{len(found)} articles begin so" if found else "no article is called so"
        raise NoArticle(f"{name!r}: {several}; `ofsted-watch news` names them")
    return found[0]


def labelled(db: Database) -> Iterator[dict[str, Any]]:
    """A row for each marked article, in the shape to which the weights are fitted; its text is not kept, so that its lede is the snippet."""
    for row in rows(db, MARKED):
        yield {
            "label": row["label"],
            "kind": row["kind"],
            "authority": row["authority"],
            "url": row["url"],
            "date": (row["published"] or "")[:10] or None,
            "headline": row["headline"],
            "lede": row["snippet"],
            "mark": row["mark"],
            "label_before": row["label_before"],
        }
