"""Alerts about the watch's own issues: each that has a key is told once when it is opened and once when it is healed."""

from collections.abc import Iterator
from datetime import datetime

from sqlite_utils import Database

from monitor.alerts.new_alert import NewAlert
from monitor.database import rows, value
from monitor.reading import DOCUMENT, DOUBT

SOURCE = "watch"
KINDS = {DOUBT: "doubt", DOCUMENT: "document", "sweep": "sweep"}
"""How the keys of issues begin about which the operators are told something of their own."""

OPENED = """
SELECT key, source, message, opened, healed FROM issues i WHERE key IS NOT NULL
  AND (healed IS NULL OR EXISTS (SELECT 1 FROM alerts a WHERE a.dedupe_key = 'issue:' || i.key || ':' || i.opened))
ORDER BY opened, key
"""
OF_SEARCH = (
    "SELECT a.id FROM answers a JOIN crawls c ON c.id = a.crawl_id WHERE c.scope = 'sweep' ORDER BY a.id DESC LIMIT 1"
)
"""What the search last answered that was not what was wanted."""


def issue_changes(db: Database, _now: datetime) -> Iterator[NewAlert]:
    """What the operators are to know of the watch itself; of an issue that was healed before it was told they hear nothing."""
    for row in rows(db, OPENED):
        key = f"issue:{row['key']}:{row['opened']}"
        verdict = next((name for begins, name in KINDS.items() if row["key"].startswith(begins)), "issue")
        detail = {"verdict": verdict, "message": row["message"], "since": row["opened"], "step": row["source"]}
        if row["healed"]:
            yield NewAlert(
                "source", f"{key}:healed", source=SOURCE, detail=detail | {"well": True, "since": row["healed"]}
            )
        else:
            came = {"answer": value(db, OF_SEARCH)} if verdict == "sweep" else {}
            yield NewAlert("source", key, source=SOURCE, detail=detail | {"well": False} | came)
