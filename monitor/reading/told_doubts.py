"""The operators hear of each new report that was read in part only: it may be of a kind, or on a scale, that nobody has described yet."""

from datetime import datetime

from sqlite_utils import Database

from monitor.database import heal_issue, note_issue, rows, stamp, writing
from monitor.reading.visits import weighty

DOUBT = "doubt:"
"""How the keys of these issues begin."""
DOUBTED = """
SELECT r.label, r.baseline, a.name, d.warnings FROM reports r JOIN authorities a ON a.urn = r.urn JOIN readings d ON d.report_id = r.id WHERE r.id = ?
"""


def tell_doubts(db: Database, report_id: int, now: datetime) -> None:
    """Open or heal the issue of one report, as it has been read now. What was there before the watch began is nobody's news."""
    key, row = f"{DOUBT}{report_id}", rows(db, DOUBTED, [report_id])[0]
    doubts = () if row["baseline"] else weighty(row["warnings"])
    if not doubts:
        heal_issue(db, key, now)
        return
    said = f"report {report_id} of {row['name']} ({row['label']}) could only be read in part: {'; '.join(doubts)}"
    note_issue(db, "read", "warning", said, now, key=key)


def forget_doubts(db: Database, before: datetime) -> None:
    """Those opened before that time are open no more, and not told as over: the reports still say so themselves."""
    with writing(db):
        db.conn.execute("UPDATE issues SET key = NULL WHERE key LIKE ? AND opened < ?", [f"{DOUBT}%", stamp(before)])
