"""The operators hear of each new report that was read in part only, and of each new document that may be one and was not taken.

A report may be of a kind, or on a scale, that nobody has described yet.
"""

from datetime import datetime

from sqlite_utils import Database

from monitor.database import heal_issue, note_issue, rows, stamp, writing
from monitor.reading.visits import weighty

DOUBT = "doubt:"
DOCUMENT = "document:"
"""How the keys of these issues begin: of a report that was read in part only, of a document that may be one and was not taken."""
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


def tell_untaken(db: Database, url: str, source: str, problem: str, now: datetime) -> None:
    """Open the issue of a document that a page links, is called like a report, and does not come, cannot be read, has one among other papers or does not show that it is Ofsted's: a person has to look."""
    said = f"{source} links a document that may be a report of Ofsted's and was not taken for one: {url}: {problem}"
    note_issue(db, "read", "warning", said, now, key=f"{DOCUMENT}{url}")


def forget_doubts(db: Database, before: datetime) -> None:
    """Those opened before that time are open no more, and not told as over: they are as they were."""
    forget = "UPDATE issues SET key = NULL WHERE (key LIKE ? OR key LIKE ?) AND opened < ?"
    with writing(db):
        db.conn.execute(forget, [f"{DOUBT}%", f"{DOCUMENT}%", stamp(before)])
