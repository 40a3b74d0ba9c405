"""What was asked before and what came of it, by a hash of the question: the cache, the day's count, and how long a silent server is left alone.

A row a question. It is written before the question is sent, so that what is cut off counts, too.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from monitor.config import SecondReader
from monitor.database import rows, stamp, value, writing
from monitor.second_reader.asking import prompt_version
from monitor.second_reader.values import Answer, Question, Refused
from scraper.reference import london_day

SAME_AGAIN = timedelta(days=30)
"""So long a model that answered what does not count is not asked the same again."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
"""How long a server is left alone after one silence, and at the most; twice as long after each further one."""

BEGIN = """
INSERT INTO second_readings (key, host, model, prompt, refused, again, asked, day, times)
VALUES (:key, :host, :model, :prompt, 'the asking was cut off', :now, :now, :day, 1)
ON CONFLICT (key) DO UPDATE SET refused = excluded.refused, answered = 0, again = excluded.again, asked = excluded.asked,
  times = CASE WHEN day = excluded.day THEN times + 1 ELSE 1 END, day = excluded.day
"""
END = """
UPDATE second_readings SET status = :status, sentences = :sentences, refused = :refused, answered = :answered, again = :again,
  failures = CASE WHEN :answered THEN 0 ELSE failures + 1 END,
  took = :took WHERE key = :key
"""
SILENT = """
FROM second_readings WHERE host = :host AND model = :model AND NOT answered AND asked <= :now
  AND asked > coalesce((SELECT max(asked) FROM second_readings WHERE host = :host AND model = :model AND answered), '')
"""
"""Of a reader, the questions that it left without an answer since it last gave one."""


def key_of(reader: SecondReader, question: Question) -> str:
    """The same for the same question, asked in the same words of the same model at the same host."""
    told = [reader.host, reader.model, prompt_version(), question.item, *question.sentences]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def stored(db: Database, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The rows of these keys that there are, by key."""
    found = rows(
        db, "SELECT * FROM second_readings WHERE key IN (SELECT value FROM json_each(?))", [json.dumps([*keys])]
    )
    return {row["key"]: row for row in found}


def answer_in(row: dict[str, Any]) -> Answer | None:
    """The answer of a row, where it has one."""
    return Answer(row["status"], tuple(json.loads(row["sentences"])), row["model"]) if row["status"] else None


def asked_on_day(db: Database, now: datetime) -> int:
    """How many questions were sent on this day, in England, to whomever."""
    return int(value(db, "SELECT coalesce(sum(times), 0) FROM second_readings WHERE day = ?", [_day(now)]))


def silences(db: Database, reader: SecondReader, now: datetime) -> int:
    """How often in a row this reader gave no answer."""
    return int(value(db, f"SELECT coalesce(sum(failures), 0) {SILENT}", _of(reader, now)))


def left_alone_until(db: Database, reader: SecondReader, now: datetime) -> datetime:
    """When a reader that is silent may be asked again; now where it is not."""
    until = value(db, f"SELECT max(again) {SILENT}", _of(reader, now))
    return max(datetime.fromisoformat(until), now) if until else now


def last_reasons(db: Database, reader: SecondReader, count: int) -> list[dict[str, Any]]:
    """Why the last of this reader's answers were refused, or None of one that was not; the newest first."""
    sql = "SELECT refused, answered FROM second_readings WHERE host = ? AND model = ? ORDER BY asked DESC, rowid DESC LIMIT ?"
    return rows(db, sql, [reader.host, reader.model, count])


def begin(db: Database, key: str, reader: SecondReader, now: datetime) -> None:
    """Note that a question is about to be sent."""
    with writing(db):
        db.conn.execute(BEGIN, _of(reader, now) | {"key": key, "prompt": prompt_version(), "day": _day(now)})


def end(db: Database, key: str, reader: SecondReader, outcome: Answer | Refused, now: datetime, took: float) -> None:
    """Note what came of it. `took`: seconds."""
    values: dict[str, Any] = {"key": key, "took": round(took, 3), "status": None, "sentences": None, "refused": None}
    values |= {"answered": 1, "again": None}
    if isinstance(outcome, Answer):
        values |= {"status": outcome.status, "sentences": json.dumps(outcome.sentences)}
    elif outcome.answered:
        values |= {"refused": outcome.reason, "again": stamp(now + SAME_AGAIN)}
    else:
        times = silences(db, reader, now)  # this question's own are among them: it has just been begun
        wait = max(outcome.wait or timedelta(), min(FIRST_WAIT * 2 ** min(times, 10), LONGEST_WAIT))
        values |= {"refused": outcome.reason, "answered": 0, "again": stamp(now + wait)}
    with writing(db):
        db.conn.execute(END, values)


def _of(reader: SecondReader, now: datetime) -> dict[str, Any]:
    return {"host": reader.host, "model": reader.model, "now": stamp(now)}


def _day(now: datetime) -> str:
    return london_day(now).isoformat()
