"""What is not certain, asked of the second reader that the config may name, and shown as its word: it settles no area and is counted nowhere.

Leaves `comparisons.decided_by`; what was asked and answered is in `second_readings`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event
from typing import NamedTuple

from sqlite_utils import Database

from monitor.config import SecondReader
from monitor.database import rows, writing
from monitor.reading import visits_of
from monitor.second_reader import Answer, Question, answers_for, ask_pending

SECOND_READER = "second reader: "
UNCERTAIN = """
SELECT c.rowid AS id, c.name, e.text AS item, c.near FROM comparisons c JOIN findings e ON e.id = c.earlier_finding_id
WHERE c.report_id = ? AND NOT c.certain AND c.near IS NOT NULL
  AND (c.decided_by IS NULL OR c.decided_by LIKE ?) ORDER BY c.position
"""
WORDS = "SELECT status, evidence, page, decided_by, name, near_hash FROM comparisons WHERE report_id = ? AND decided_by LIKE ?"
AGAIN = """
UPDATE comparisons SET status = ?, evidence = ?, page = ?, decided_by = ?
WHERE name = ? AND near_hash = ? AND report_id = ? AND NOT certain AND decided_by IS NULL
"""
SENTENCES = "SELECT f.id, f.text, f.page FROM json_each(?) j JOIN findings f ON f.id = j.value ORDER BY j.key"


class Asked(NamedTuple):
    """A comparison that is not certain: its row, the question, and the page of each sentence in it."""

    row: int
    question: Question
    pages: tuple[int, ...]


def questions(db: Database) -> dict[str, Asked]:
    """What a second reader could be asked, by the names of the comparisons: of the last visit of each chain, the newest first."""
    last = {(visit.urn, visit.chain): visit for visit in visits_of(db)}
    newest = sorted(last.values(), key=lambda visit: (visit.when or "", visit.report_id), reverse=True)
    found: dict[str, Asked] = {}
    for visit in newest:
        for row in rows(db, UNCERTAIN, [visit.report_id, f"{SECOND_READER}%"]):
            near = list(rows(db, SENTENCES, [row["near"]]))
            question = Question(row["item"], tuple(one["text"] for one in near))
            found[row["name"]] = Asked(row["id"], question, tuple(one["page"] for one in near))
    return found


def read_again(db: Database, reader: SecondReader | None, clock: Callable[[], datetime], stop: Event) -> int:
    """Ask what is not answered yet, within the limits of the config, and show what was; how many questions were sent."""
    asked = questions(db) if reader else {}
    wanted = {name: one.question for name, one in asked.items()}
    sent = ask_pending(db, wanted, reader, clock, stop)
    for name, answer in answers_for(db, wanted, reader).items():
        _show(db, asked[name], answer)
    return sent


def second_words(db: Database, report_id: int) -> list[tuple[object, ...]]:
    """What second readers said of a report's comparisons, as it is shown."""
    return [tuple(row.values()) for row in rows(db, WORDS, [report_id, f"{SECOND_READER}%"])]


def show_again(db: Database, report_id: int, words: Sequence[tuple[object, ...]]) -> None:
    """Within a transaction: show those again whose comparisons, made anew, are about the same sentences and still not certain."""
    db.conn.executemany(AGAIN, [(*word, report_id) for word in words])


def _show(db: Database, asked: Asked, answer: Answer) -> None:
    quoted = " [...] ".join(asked.question.sentences[place] for place in answer.sentences) or None
    page = asked.pages[answer.sentences[0]] if answer.sentences else None
    with writing(db):
        db.conn.execute(
            "UPDATE comparisons SET status = ?, evidence = ?, page = ?, decided_by = ? WHERE rowid = ?",
            (answer.status, quoted, page, f"{SECOND_READER}{answer.model}", asked.row),
        )
