"""Since when each subject is watched: stored once, by its first good look. What was there then is the baseline, and told to nobody.

A subject is an authority or a source, by a name that stays when its address changes.
"""

from datetime import datetime

from sqlite_utils import Database

from scraper.clock import stamp


def authority_subject(urn: str) -> str:
    """The subject of an authority's reports."""
    return f"authority:{urn}"


def source_subject(name: str) -> str:
    """The subject of a news source's articles, by the name that the config gives it."""
    return f"source:{name}"


def begin_baseline(db: Database, subject: str, now: datetime) -> bool:
    """Note the first good look at a subject; whether this is it. Inside the caller's transaction."""
    done = db.conn.execute(
        "INSERT INTO baselines (subject, since) VALUES (?, ?) ON CONFLICT (subject) DO NOTHING", [subject, stamp(now)]
    )
    return done.rowcount == 1


def baseline_since(db: Database, subject: str) -> str | None:
    """When a subject was first looked at with success (UTC, ISO 8601); None before that."""
    row = db.conn.execute("SELECT since FROM baselines WHERE subject = ?", [subject]).fetchone()
    return str(row[0]) if row else None
