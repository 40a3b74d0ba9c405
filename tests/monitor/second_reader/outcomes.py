"""Outcomes in place of a server's, questions to ask about, and a clock that goes on."""

from datetime import UTC, datetime, timedelta
from threading import Event

from sqlite_utils import Database

from monitor.config import SecondReader
from monitor.errors import Stopped
from monitor.second_reader import Answer, Question, Refused, ask_pending
from tests.monitor.second_reader.server import reader

IMPROVED = Answer("improved", (0,), "m:8b")
SILENT = Refused("no answer came within 10 s")
OF_NO_USE = Refused("it names a sentence that does not stand there: 'x'", answered=True)
READER = reader("https://llm.example/v1")


class Ticking:
    """A clock that goes on by a second each time somebody looks, and can be moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def question(number: int) -> Question:
    return Question(f"Item {number}.", (f"Sentence {number} of the report.",))


def questions(count: int, first: int = 0) -> dict[str, Question]:
    return {f"name {number}": question(number) for number in range(first, first + count)}


class Said:
    """In place of a server: outcomes in turn, the last of them for good; `asked` are the items."""

    def __init__(self) -> None:
        self.outcomes: list[Answer | Refused | type[Stopped]] = [IMPROVED]
        self.asked: list[str] = []

    def __call__(self, question: Question, reader: SecondReader, now: datetime, stop: Event) -> Answer | Refused:
        self.asked.append(question.item)
        outcome = self.outcomes[min(len(self.asked), len(self.outcomes)) - 1]
        if isinstance(outcome, type):
            raise outcome
        return outcome

    def again(self, *outcomes: Answer | Refused) -> None:
        self.asked.clear()
        self.outcomes = [*outcomes]


def asks(db: Database, clock: Ticking, some: dict[str, Question], who: SecondReader | None = READER) -> int:
    return ask_pending(db, some, who, clock, Event())
