"""What came in place of what was wanted, for whoever has to find out why: the first of each reason, for a while."""

import re
from datetime import datetime, timedelta

from sqlite_utils import Database

from scraper.clock import stamp
from scraper.items import NOT_ASKED, Verdict
from scraper.looks import Answer

OF_A_CRAWL = 5
OF_A_SOURCE, OF_AN_ADDRESS = 100, 5
KEEP = timedelta(days=30)
OWN = re.compile(r"https?://\S+|\d{4,}")
"""What one page's reason has of its own, beside those of pages with the same fault."""


def note_answer(
    db: Database, crawl_id: int, answer: Answer | None, urn: str | None, verdict: Verdict, message: str, now: datetime
) -> None:
    """Keep an answer with the reason why it is not what was wanted, unless the crawl has one of that reason; inside the caller's transaction.

    Of what was not asked for there is none.
    """
    if answer is None or message.startswith(NOT_ASKED):
        return
    known = db.conn.execute(
        "SELECT coalesce(status, 0), message FROM answers WHERE crawl_id = ?", [crawl_id]
    ).fetchall()
    kinds = {(status, OWN.sub("", said)) for status, said in known}
    if len(known) < OF_A_CRAWL and (answer.status, OWN.sub("", message)) not in kinds:
        _insert(db, crawl_id, answer, urn, verdict, message, answer.asked or now)


def _insert(
    db: Database, crawl_id: int, answer: Answer, urn: str | None, verdict: Verdict, message: str, asked: datetime
) -> None:
    row = {
        "crawl_id": crawl_id,
        "url": answer.url,
        "urn": urn,
        "asked": stamp(asked),
        "verdict": verdict,
        "message": message,
        "status": answer.status or None,
        "final_url": answer.final_url,
        "content_type": answer.content_type,
        "bytes": answer.size,
        "title": answer.title,
        "head": answer.head,
    }
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    db.conn.execute(f"INSERT INTO answers ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608 - names are ours


def prune_answers(db: Database, now: datetime) -> None:
    """Forget answers after a month, and the oldest of a source or an address that has too many; inside the caller's transaction."""
    db.conn.execute(
        "DELETE FROM answers WHERE asked < ? OR id NOT IN (SELECT id FROM (SELECT a.id,"
        " row_number() OVER (PARTITION BY c.source ORDER BY a.id DESC) AS of_source,"
        " row_number() OVER (PARTITION BY c.source, a.url ORDER BY a.id DESC) AS of_address"
        " FROM answers a JOIN crawls c ON c.id = a.crawl_id) WHERE of_source <= ? AND of_address <= ?)",
        [stamp(now - KEEP), OF_A_SOURCE, OF_AN_ADDRESS],
    )
