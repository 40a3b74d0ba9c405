"""What a round asks the second reader: no more than it may, no longer than it may, and nothing that was answered before.

Nothing here raises what a server does, and nobody waits for more than `ROUND` and one question's time.
"""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from threading import Event

from sqlite_utils import Database

from monitor.config import SecondReader
from monitor.database import heal_issue, note_issue
from monitor.errors import Stopped
from monitor.second_reader import stored
from monitor.second_reader.asking import api_key, ask
from monitor.second_reader.values import Answer, Question, Refused

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
ROUND = timedelta(minutes=5)
"""After that no further question is begun in a round."""
IN_A_ROW = 3
"""Questions without an answer after which a server is left alone for the rest of the round, and told to the operators."""
OF_NO_USE = 10
"""Answers in a row that did not count after which that is told."""
SOURCE = "second reader"
KEY = "second_reader:unwell"


def answers_for(db: Database, questions: Mapping[str, Question], reader: SecondReader | None) -> dict[str, Answer]:
    """The answers that are stored, by the names of their questions; none where no second reader is configured. Asks nobody."""
    if reader is None or not questions:
        return {}
    keys = {name: stored.key_of(reader, question) for name, question in questions.items()}
    found = stored.stored(db, keys.values())
    answers = {name: stored.answer_in(found[key]) for name, key in keys.items() if key in found}
    return {name: answer for name, answer in answers.items() if answer}


def ask_pending(
    db: Database, questions: Mapping[str, Question], reader: SecondReader | None, clock: Clock, stop: Event
) -> int:
    """Ask what is not answered yet, within the limits of the config; returns how many questions were sent.

    A reader that cannot be asked, is silent or answers nothing of use is an issue, which heals when it answers again.
    """
    asked = 0
    if reader and not isinstance(api_key(reader), Refused):
        due = _due(db, questions.values(), reader, clock())
        asked = _ask_each(db, due, reader, clock, stop)
    said = _unwell(db, reader, clock())
    if said:
        note_issue(db, SOURCE, "warning", said, clock(), key=KEY)
    else:
        heal_issue(db, KEY, clock())
    return asked


def _due(db: Database, questions: Iterable[Question], reader: SecondReader, now: datetime) -> dict[str, Question]:
    """What may be asked now, by key; what had no answer least often comes first."""
    room = reader.at_most - stored.asked_on_day(db, now)
    if room <= 0 or stored.left_alone_until(db, reader, now) > now:
        return {}
    keys = {stored.key_of(reader, question): question for question in questions}
    found = stored.stored(db, keys)
    again = {key: row["again"] for key, row in found.items()}
    due = [key for key in keys if key not in again or (again[key] and datetime.fromisoformat(again[key]) <= now)]
    due.sort(key=lambda key: found[key]["failures"] if key in found else 0)
    return {key: keys[key] for key in due[:room]}


def _ask_each(db: Database, due: Mapping[str, Question], reader: SecondReader, clock: Clock, stop: Event) -> int:
    begun, asked = time.monotonic(), 0
    left = 1 if stored.silences(db, reader, clock()) else IN_A_ROW
    for key, question in due.items():
        if stop.is_set() or not left or time.monotonic() - begun > ROUND.total_seconds():
            break
        asked += 1
        try:
            outcome = _ask_one(db, key, question, reader, clock, stop)
        except Stopped:
            break
        left = _left(left, outcome)
    return asked


def _left(left: int, outcome: Answer | Refused) -> int:
    """How many more silences in a row are borne in this round."""
    if isinstance(outcome, Answer) or outcome.answered:
        return IN_A_ROW
    return 0 if outcome.wait else left - 1


def _ask_one(
    db: Database, key: str, question: Question, reader: SecondReader, clock: Clock, stop: Event
) -> Answer | Refused:
    stored.begin(db, key, reader, clock())
    begun = time.monotonic()
    outcome = ask(question, reader, clock(), stop)
    stored.end(db, key, reader, outcome, clock(), time.monotonic() - begun)
    if isinstance(outcome, Refused):
        log.info("second reader: %s", outcome.reason)
    return outcome


def _unwell(db: Database, reader: SecondReader | None, now: datetime) -> str | None:
    """What is wrong with a second reader, in words; None where there is none, or nothing is."""
    if reader is None:
        return None
    named = f"{reader.model} at {reader.host}"
    key = api_key(reader)
    if isinstance(key, Refused):
        return f"{named} is not asked: {key.reason}"
    last = stored.last_reasons(db, reader, OF_NO_USE)
    if stored.silences(db, reader, now) >= IN_A_ROW:
        return f"{named} does not answer: {last[0]['refused']}"
    if len(last) == OF_NO_USE and all(row["answered"] and row["refused"] for row in last):
        return f"{named} answers, but none of its last {OF_NO_USE} answers counts; the last: {last[0]['refused']}"
    return None
