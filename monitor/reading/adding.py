"""Reports that a person has and Ofsted does not list, such as the letter of a first monitoring visit, which the council alone publishes.

An added report is one like any other, under a number of ours. Once Ofsted lists the same document, the two become one, under Ofsted's number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from monitor.database import rows, stamp, value, writing
from monitor.errors import UserError
from monitor.reading.stored_pdfs import Unread, store_reading
from monitor.reading.told_doubts import tell_doubts
from scraper.database import keep_report
from scraper.items import Reading
from scraper.reference import Authority, find_authority, kind_of_document, unknown_kind
from scraper.reports import is_ofsteds_own, report_within

FIRST = 10**12
"""Numbers from here on are ours: Ofsted's have eight digits."""

SAME_BYTES = "SELECT id FROM reports WHERE sha256 = :sha256 UNION SELECT report_id FROM report_versions WHERE sha256 = :sha256 LIMIT 1"
SAME_DOCUMENT = (
    "SELECT id FROM reports WHERE urn = :urn AND kind = :kind AND inspection_start = :start AND inspection_end IS :end"
    " AND withdrawn_at IS NULL ORDER BY id LIMIT 1"
)
TWINS = f"""
SELECT a.id AS added, min(r.id) AS listed, a.urn FROM reports a JOIN reports r ON r.urn = a.urn AND r.kind = a.kind
  AND r.inspection_start = a.inspection_start AND r.inspection_end IS a.inspection_end
WHERE a.id >= {FIRST} AND r.id < {FIRST} AND r.withdrawn_at IS NULL GROUP BY a.id
"""  # noqa: S608 - a number of ours
RESTS_ON_URN = ("areas", "standing", "followed")
OF_REPORT = ("compared", "judgements", "report_pages", "findings", "readings", "report_versions", "listings")


class NotAdded(UserError):
    """A document that is not taken for a report of a watched authority."""


@dataclass(frozen=True, slots=True)
class Added:
    """The report that a document is, and whether it was not there before."""

    report_id: int
    new: bool


def whose(reading: Reading, named: Authority | None, known: Sequence[Authority]) -> Authority:
    """The authority that a document is about. Raises `NotAdded` where it is no report, or names nobody, or another than the one that is `named`.

    Minutes, newsletters and a council's own letters have the titles of reports; of what does not show that it is Ofsted's own a person has to say it.
    """
    if reading.report_type == unknown_kind():
        told = "it does not read as a report or letter of Ofsted's about an authority's children's services"
        raise NotAdded(f"{told}{within(reading)}")
    says = find_authority(reading.authority, known) if reading.authority else None
    if named and says and says.urn != named.urn:
        raise NotAdded(f"it is about {says.name}, and not about {named.name}")
    if named is None and not is_ofsteds_own(reading):
        told = "it is about a visit of Ofsted's and has neither Ofsted's address nor an inspector's name under it, as minutes or a covering report"
        raise NotAdded(f"{told}{within(reading)}; if it is Ofsted's own, say whose it is with `--authority NAME`")
    found = named or says
    if found is None:
        told = (
            f"names {reading.authority!r}, which is no authority that is known"
            if reading.authority
            else "names no authority"
        )
        raise NotAdded(f"it {told}: say whose it is with `--authority NAME`")
    return found


def within(reading: Reading) -> str:
    """In words, where in a document that is something else a report of Ofsted's begins; "" where none does."""
    page = report_within(reading)
    return f"; one begins on its page {page}: add the pages from there on, as a file of their own" if page else ""


def add_report(
    db: Database,
    data: Path,
    body: bytes,
    origin: str,
    reading: Reading,
    urn: str,
    now: datetime,
    *,
    baseline: bool = False,
) -> Added:
    """Keep a document with what was read of it and where it came from; one that is there already changes nothing.

    It is news, for whoever adds it wants it told, unless it is of a page's `baseline`.
    """
    sha256 = keep_report(data, body)
    if known := known_report(db, sha256, reading, urn):
        return Added(known, new=False)
    with writing(db):
        number = max(FIRST, int(value(db, "SELECT max(id) FROM reports") or 0) + 1)
        label = kind_of_document(reading.report_type).name or "Report"
        db.conn.execute(
            "INSERT INTO reports (id, urn, label, url, sha256, first_seen, checked, baseline) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [number, urn, label[:1].upper() + label[1:], origin, sha256, stamp(now), stamp(now), baseline],
        )
        db.conn.execute(
            "INSERT INTO report_versions (report_id, sha256, fetched, bytes) VALUES (?, ?, ?, ?)",
            [number, sha256, stamp(now), len(body)],
        )
    store_reading(db, Unread(number, sha256), reading, now)
    tell_doubts(db, number, now)
    return Added(number, new=True)


def known_report(db: Database, sha256: str, reading: Reading, urn: str) -> int | None:
    """The number of the report that a document is another copy of: the same bytes, or the same authority, kind and days of the visit."""
    days = {"start": _text(reading.inspection_start), "end": _text(reading.inspection_end)}
    known = rows(db, SAME_BYTES, {"sha256": sha256})
    known = known or rows(db, SAME_DOCUMENT, {"urn": urn, "kind": reading.report_type} | days)
    return int(known[0]["id"]) if known else None


def join_added(db: Database) -> list[tuple[int, int]]:
    """Make one report of each that was added and is listed by Ofsted now: (its number, Ofsted's). What was told stays told. Can be run again."""
    found = rows(db, TWINS)
    for row in found:
        with writing(db):
            _hand_over(db, row["added"], row["listed"])
            _forget(db, row["added"], row["urn"])
    return [(row["added"], row["listed"]) for row in found]


def _hand_over(db: Database, added: int, listed: int) -> None:
    """What recipients, stories and readers know of the one is known of the other."""
    both = {"added": added, "listed": listed}
    for told in rows(db, "SELECT id, dedupe_key FROM alerts WHERE report_id = :added ORDER BY id", both):
        key = told["dedupe_key"].replace(f":{added}", f":{listed}", 1)
        free = not rows(db, "SELECT 1 FROM alerts WHERE dedupe_key = ?", [key])
        db.conn.execute(
            "UPDATE alerts SET report_id = ?, dedupe_key = ? WHERE id = ?",
            [listed, key if free else told["dedupe_key"], told["id"]],
        )
    db.conn.execute(
        "INSERT OR IGNORE INTO article_reports SELECT article_url, :listed, method, confidence FROM article_reports WHERE report_id = :added",
        both,
    )
    db.conn.execute("DELETE FROM article_reports WHERE report_id = :added", both)
    for of in ("report_id", "earlier_report_id"):
        db.conn.execute(f"UPDATE corrections SET {of} = :listed WHERE {of} = :added", both)  # noqa: S608 - names are ours
    db.conn.execute(
        "INSERT OR IGNORE INTO report_versions SELECT :listed, sha256, fetched, bytes FROM report_versions WHERE report_id = :added",
        both,
    )


def _forget(db: Database, added: int, urn: str) -> None:
    """The report of our number; its authority's are compared anew by themselves, for their visits are others."""
    for table in RESTS_ON_URN:
        db.conn.execute(f"DELETE FROM {table} WHERE urn = ?", [urn])  # noqa: S608 - names are ours
    db.conn.execute("DELETE FROM comparisons WHERE :added IN (report_id, earlier_report_id)", {"added": added})
    db.conn.execute("DELETE FROM comparisons_also WHERE report_id = ?", [added])
    for table in OF_REPORT:
        db.conn.execute(f"DELETE FROM {table} WHERE report_id = ?", [added])  # noqa: S608 - names are ours
    db.conn.execute("DELETE FROM reports WHERE id = ?", [added])


def _text(day: object) -> str | None:
    return str(day) if day else None
