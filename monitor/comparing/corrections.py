"""What readers said of comparisons, as stored: a row each time, of which the newest counts. Rows of a reading come and go; these stay."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from monitor.comparing.judged import READER, Correction, Key, comparison_name, item_key
from monitor.comparing.quoted import NotSaid, check_length, quotation
from monitor.comparing.verdict import NOT_MENTIONED, STATUSES
from monitor.database import rows, stamp, writing
from monitor.errors import UserError
from scraper.items import Finding
from scraper.text import storable

SHORTEST, LONGEST_NAME = 4, 80
"""How much of a name is enough, and how long a reader's may be."""

NEWEST = "SELECT max(id) AS id FROM corrections GROUP BY report_id, earlier_report_id, item"
COUNTED = f"SELECT * FROM corrections WHERE status IS NOT NULL AND id IN ({NEWEST})"  # noqa: S608 - ours
COMPARED = """
SELECT c.name, c.report_id, c.earlier_report_id, f.text, c.status, c.decided_by, c.own, coalesce(c.own_certain, c.certain) AS certain
FROM comparisons c JOIN findings f ON f.id = c.earlier_finding_id
WHERE c.name >= :name AND c.name < :name || 'g'
"""
WAS = "SELECT was FROM corrections WHERE report_id = ? AND earlier_report_id = ? AND item = ? ORDER BY id DESC LIMIT 1"


class NoComparison(UserError):
    """No comparison, or more than one, has the name that was given; or what is said of it says nothing."""


@dataclass(frozen=True, slots=True)
class Judgeable:
    """What a reader speaks about: a comparison's `name`, the later report, what is judged of it, the item, its `status` by this program, and whether that was shown as a verdict."""

    name: str
    report_id: int
    key: Key
    text: str
    status: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """A row of what readers said: `status` is None where one took back what was said before; `counts`: it is the newest, and `shown`: there is such a comparison."""

    of: Judgeable
    status: str | None
    sentence: str | None
    by: str
    at: str
    counts: bool
    shown: bool


def said_of(db: Database, report_id: int) -> dict[Key, Correction]:
    """What readers say of a report's comparisons now. A sentence that no longer stands in the report, because another PDF has come, is not quoted."""
    found: dict[Key, Correction] = {}
    for row in rows(db, f"{COUNTED} AND report_id = ?", [report_id]):
        evidence: tuple[Finding, ...] = ()
        with suppress(NotSaid):
            evidence = quotation(db, report_id, row["sentence"]) if row["sentence"] else ()
        found[row["earlier_report_id"], row["item"]] = Correction(row["status"], row["said_by"], evidence)
    return found


def said_in_short(db: Database) -> dict[int, str]:
    """For each report of whose comparisons readers said something: all that counts of it, as one text."""
    found: dict[int, list[list[Any]]] = {}
    for row in rows(db, f"{COUNTED} ORDER BY earlier_report_id, item"):
        told = [row["earlier_report_id"], row["item"], row["status"], row["sentence"], row["said_by"]]
        found.setdefault(row["report_id"], []).append(told)
    return {report_id: json.dumps(told) for report_id, told in found.items()}


def status_named(words: str) -> str:
    """The status that a person means: its words with spaces, hyphens or underscores. Raises `NoComparison` where there is none."""
    status = "_".join(words.lower().replace("-", " ").replace("_", " ").split())
    if status not in STATUSES:
        raise NoComparison(
            f"{words!r} is no status; it is one of: {', '.join(one.replace('_', ' ') for one in STATUSES)}"
        )
    return status


def comparison_named(db: Database, name: str) -> Judgeable:
    """The comparison with this name, or the only one that begins so. Raises `NoComparison`."""
    wanted = name.strip().lower()
    if len(wanted) < SHORTEST:
        raise NoComparison(f"{name!r} is too short: at least {SHORTEST} letters of a comparison's name are needed")
    found = (
        {one.name + str(one.key): one for one in (*_compared(db, wanted), *_of_old(db, wanted))}
        if wanted.isalnum()
        else {}
    )
    if len(found) != 1:
        several = f"{len(found)} comparisons begin so" if found else "no comparison is called so"
        raise NoComparison(
            f"{name!r}: {several}; `ofsted-watch history AUTHORITY` and the page of each report name them"
        )
    return next(iter(found.values()))


def _compared(db: Database, name: str) -> list[Judgeable]:
    return [
        Judgeable(
            row["name"],
            row["report_id"],
            (row["earlier_report_id"], item_key(row["text"])),
            row["text"],
            row["own"] or _was(db, row),
            bool(row["certain"]),
        )
        for row in rows(db, COMPARED, {"name": name})
    ]


def _was(db: Database, row: Mapping[str, Any]) -> str:
    """What this program made of a comparison of an older version, which did not keep it where a reader's word stands."""
    of = [row["report_id"], row["earlier_report_id"], item_key(row["text"])]
    before = rows(db, WAS, of) if (row["decided_by"] or "").startswith(READER) else []
    return str(before[0]["was"] if before else row["status"])


def _of_old(db: Database, name: str) -> list[Judgeable]:
    """What was judged once, and may have no comparison now."""
    return [one.of for one in corrections(db) if one.of.name.startswith(name) and one.counts and not one.shown]


def note(db: Database, of: Judgeable, status: str | None, sentence: str | None, by: str, now: datetime) -> None:
    """Store a reader's word; status None takes back what was said before.

    Raises `NoComparison` where it says nothing, `NotSaid` where the sentence does not stand in the later report.
    """
    who = " ".join(storable(by).split())[:LONGEST_NAME]
    if not who:
        raise NoComparison("who says so? The name is empty")
    if sentence and status == NOT_MENTIONED:
        raise NoComparison("no sentence of a report shows that it does not mention something: leave the sentence out")
    quoted: tuple[Finding, ...] = ()
    if sentence is not None:
        said = storable(sentence)
        check_length(said)
        quoted = quotation(db, of.report_id, said)
    told = " [...] ".join(one.text for one in quoted) or None
    with writing(db):
        db.conn.execute(
            "INSERT INTO corrections (report_id, earlier_report_id, item, text, status, sentence, was, said_by, said_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [of.report_id, *of.key, of.text, status, told, of.status, who, stamp(now)],
        )


def corrections(db: Database) -> list[Said]:
    """All that readers said, oldest first."""
    shown = {row["name"] for row in rows(db, "SELECT name FROM comparisons WHERE name IS NOT NULL")}
    newest = {row["id"] for row in rows(db, NEWEST)}
    return [_said(row, newest, shown) for row in rows(db, "SELECT * FROM corrections ORDER BY id")]


def _said(row: Mapping[str, Any], newest: set[int], shown: set[str]) -> Said:
    key = (row["earlier_report_id"], row["item"])
    name = comparison_name(row["report_id"], key)
    of = Judgeable(name, row["report_id"], key, row["text"], row["was"])
    return Said(of, row["status"], row["sentence"], row["said_by"], row["said_at"], row["id"] in newest, name in shown)
