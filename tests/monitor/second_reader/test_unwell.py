"""A second reader that cannot be asked, is silent or says nothing of use is told to the operators once, and once when that is over."""

import pytest
from sqlite_utils import Database

from monitor.database import rows, value
from tests.monitor.second_reader.outcomes import IMPROVED, OF_NO_USE, READER, SILENT, Said, Ticking, asks, questions


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


def issues(db: Database) -> list[tuple[str, bool]]:
    found = rows(db, "SELECT message, healed FROM issues WHERE key = 'second_reader:unwell'")
    return [(row["message"], row["healed"] is not None) for row in found]


def test_a_silent_reader_is_told_once_and_heals_when_it_answers(db: Database, clock: Ticking, said: Said) -> None:
    said.outcomes = [SILENT]
    asks(db, clock, questions(2))
    assert issues(db) == [], "once or twice is no fault yet"
    for _ in range(3):
        clock.move(hours=7)
        asks(db, clock, questions(2))
    told = f"m:8b at llm.example does not answer: {SILENT.reason}"
    assert issues(db) == [(told, False)]
    clock.move(hours=7)
    said.again(IMPROVED)
    asks(db, clock, questions(2))
    assert issues(db) == [(told, True)]


def test_a_reader_whose_answers_never_count_is_told(db: Database, clock: Ticking, said: Said) -> None:
    said.outcomes = [OF_NO_USE]
    asks(db, clock, questions(9))
    assert issues(db) == []
    asks(db, clock, questions(10))
    ((message, healed),) = issues(db)
    assert "none of its last 10 answers counts" in message and OF_NO_USE.reason in message and not healed
    said.again(IMPROVED)
    asks(db, clock, questions(11))
    assert issues(db)[0][1]


def test_a_reader_that_is_taken_out_of_the_config_is_no_issue_any_more(
    db: Database, clock: Ticking, said: Said
) -> None:
    said.outcomes = [SILENT]
    asks(db, clock, questions(3))
    assert [healed for _, healed in issues(db)] == [False]
    asks(db, clock, questions(3), None)
    assert [healed for _, healed in issues(db)] == [True]


def test_a_key_that_is_not_there_is_told_and_nothing_asked_or_counted(
    db: Database, clock: Ticking, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("READER_KEY", raising=False)
    keyed = READER.model_copy(update={"key_env": "READER_KEY"})
    assert asks(db, clock, questions(3), keyed) == 0
    assert said.asked == [] and not value(db, "SELECT count(*) FROM second_readings")
    ((message, healed),) = issues(db)
    assert "READER_KEY" in message and "is not set" in message and not healed
    monkeypatch.setenv("READER_KEY", "key")
    assert asks(db, clock, questions(3), keyed) == 3
    assert [healed for _, healed in issues(db)] == [True]
