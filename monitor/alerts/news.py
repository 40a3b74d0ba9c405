"""Alerts about news: one for each story, whichever outlet had it first."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlite_utils import Database

from monitor.alerts.new_alert import NewAlert
from monitor.database import rows, stamp

UNGROUPED = timedelta(hours=12)  # grouping that fails is an issue, and no reason for silence

# A story's id may change as more of its articles are found, so what was told is looked up by article as well.
UNTOLD = """
WITH told AS MATERIALIZED (SELECT article_url FROM alerts WHERE article_url IS NOT NULL)
SELECT a.url, a.urn, coalesce(a.story, a.url) AS story, l.report_id
FROM articles a LEFT JOIN article_reports l ON l.article_url = a.url
WHERE a.label IN ('report', 'followup') AND a.baseline = 0 AND a.urn IS NOT NULL AND (a.story IS NOT NULL OR a.first_seen < ?)
  AND a.url NOT IN told
  AND NOT EXISTS (SELECT 1 FROM articles b WHERE b.urn = a.urn AND b.story = a.story
    AND (b.url IN told OR (b.baseline = 1 AND b.source = a.source)))
ORDER BY l.report_id IS NULL, a.published, a.url
"""


def stories(db: Database, now: datetime) -> Iterator[NewAlert]:
    """Stories not told yet; of a story's articles, one that is linked to a report comes first, then the earliest.

    What a source had at its first look is no news under another address of that source either. An article that is not grouped yet may be another copy of a story that is told already: it waits, though not for ever.
    """
    for row in rows(db, UNTOLD, [stamp(now - UNGROUPED)]):
        key = f"news:{row['urn']}:{row['story']}"
        yield NewAlert("news", key, row["urn"], row["report_id"], row["url"])
