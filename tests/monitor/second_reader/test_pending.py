"""A question is asked once: no more than a day's share, and none of a server that is silent."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.config import Config
from monitor.database import rows, value
from monitor.errors import Stopped
from monitor.rounds.round import conclude
from monitor.second_reader import Answer, Question, Refused, answers_for, ask_pending, asking, pending, stored
from scraper.database import DATABASE_FILE
from tests.monitor.second_reader.outcomes import (
    IMPROVED,
    OF_NO_USE,
    READER,
    SILENT,
    Said,
    Ticking,
    asks,
    question,
    questions,
)
from tests.monitor.second_reader.server import QUESTION, Server, says, sends, well


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


def test_an_answer_is_asked_for_once_and_is_there_from_then_on(db: Database, clock: Ticking, said: Said) -> None:
    some = questions(2)
    assert answers_for(db, some, READER) == {}
    assert asks(db, clock, some) == 2
    assert answers_for(db, some, READER) == {"name 0": IMPROVED, "name 1": IMPROVED}
    clock.move(days=400)
    assert asks(db, clock, some) == 0
    assert answers_for(db, {"another": question(1)}, READER) == {"another": IMPROVED}
    assert said.asked == ["Item 0.", "Item 1."]


def test_one_question_under_two_names_is_asked_once(db: Database, clock: Ticking, said: Said) -> None:
    both = {"a": question(1), "b": question(1)}
    assert asks(db, clock, both) == 1
    assert answers_for(db, both, READER) == {"a": IMPROVED, "b": IMPROVED}


@pytest.mark.parametrize(
    "other", [{"url": "https://other.example/v1"}, {"model": "n"}, {"url": "https://llm.example:8443/v1"}]
)
def test_what_one_reader_says_is_not_what_another_does(
    db: Database, clock: Ticking, said: Said, other: dict[str, Any]
) -> None:
    asks(db, clock, questions(1))
    second = READER.model_copy(update=other)
    assert answers_for(db, questions(1), second) == {}
    assert asks(db, clock, questions(1), second) == 1


def test_another_sentence_another_item_or_other_words_of_the_prompt_are_another_question(
    db: Database, clock: Ticking, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Question("An item.", ("One sentence.", "Two."))
    asks(db, clock, {"": one})
    for other in (Question("An item!", one.sentences), Question("An item.", (*one.sentences, "Three."))):
        assert answers_for(db, {"": other}, READER) == {}
    monkeypatch.setattr(stored, "prompt_version", lambda: "other")
    assert answers_for(db, {"": one}, READER) == {}


def test_without_a_second_reader_nobody_is_asked_and_nothing_begun(
    db: Database, clock: Ticking, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks(db, clock, questions(1))
    said.asked.clear()
    assert asks(db, clock, questions(5), None) == 0
    assert answers_for(db, questions(5), None) == {}
    assert said.asked == []


def test_a_day_has_its_share_whatever_comes_of_it(db: Database, clock: Ticking, said: Said) -> None:
    said.outcomes = [IMPROVED, SILENT, OF_NO_USE, IMPROVED]
    frugal = READER.model_copy(update={"at_most": 5})
    assert asks(db, clock, questions(3), frugal) == 3
    assert asks(db, clock, questions(9), frugal) == 2
    assert asks(db, clock, questions(9), frugal) == 0
    assert asks(db, clock, questions(9), frugal.model_copy(update={"model": "n"})) == 0
    clock.move(days=1)
    assert asks(db, clock, questions(20), frugal) == 5


def test_a_day_begins_at_midnight_in_england(db: Database, clock: Ticking, said: Said) -> None:
    frugal = READER.model_copy(update={"at_most": 1})
    clock.now = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert (asks(db, clock, questions(9), frugal), asks(db, clock, questions(9), frugal)) == (1, 0)
    clock.now = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert asks(db, clock, questions(9), frugal) == 1


def test_a_question_asked_twice_on_a_day_counts_twice(db: Database, clock: Ticking, said: Said) -> None:
    said.outcomes = [SILENT]
    frugal = READER.model_copy(update={"at_most": 2})
    for _ in range(4):
        asks(db, clock, questions(1), frugal)
        clock.move(hours=2)
    assert len(said.asked) == 2


def test_what_does_not_count_is_not_asked_again_for_a_month(db: Database, clock: Ticking, said: Said) -> None:
    said.outcomes = [OF_NO_USE]
    assert asks(db, clock, questions(1)) == 1
    clock.move(days=29)
    assert asks(db, clock, questions(1)) == 0
    clock.move(days=1.1)
    said.again(IMPROVED)
    assert asks(db, clock, questions(1)) == 1
    assert answers_for(db, questions(1), READER) == {"name 0": IMPROVED}


def test_after_three_silences_in_a_row_a_server_is_left_alone_and_for_longer_each_time(
    db: Database, clock: Ticking, said: Said
) -> None:
    said.outcomes = [SILENT]
    assert asks(db, clock, questions(9)) == 3
    for minutes in (20, 40, 80, 160, 320, 360, 360, 360):
        clock.move(minutes=minutes - 1)
        assert asks(db, clock, questions(9)) == 0
        clock.move(minutes=1)
        assert asks(db, clock, questions(9)) == 1
    assert len(said.asked) == 3 + 8, "one question each time, to see whether it is there again"
    said.again(IMPROVED)
    clock.move(hours=7)
    assert asks(db, clock, questions(9)) == 9


def test_a_question_that_has_no_answer_holds_up_no_other(db: Database, clock: Ticking, said: Said) -> None:
    said.outcomes = [SILENT, IMPROVED, IMPROVED]
    assert asks(db, clock, questions(3)) == 3
    clock.move(minutes=6)
    said.again(IMPROVED, SILENT)
    assert asks(db, clock, questions(4)) == 2
    assert said.asked == ["Item 3.", "Item 0."], "what has had no answer comes last"
    said.again(SILENT)
    clock.move(minutes=6)
    assert asks(db, clock, questions(4)) == 0, "twice in vain: ten minutes"
    clock.move(minutes=5)
    assert asks(db, clock, questions(4)) == 1


@pytest.mark.parametrize("wait", [timedelta(minutes=90), timedelta(seconds=1)])
def test_a_server_that_wants_to_be_left_alone_is_at_once_and_for_so_long(
    db: Database, clock: Ticking, said: Said, wait: timedelta
) -> None:
    said.outcomes = [IMPROVED, Refused("HTTP 429", wait=wait)]
    assert asks(db, clock, questions(5)) == 2
    said.again(IMPROVED)
    clock.move(seconds=max(wait, stored.FIRST_WAIT).total_seconds() - 30)
    assert asks(db, clock, questions(5)) == 0
    clock.move(minutes=1)
    assert asks(db, clock, questions(5)) == 4


def test_what_a_clock_that_was_ahead_wrote_holds_up_nothing(db: Database, clock: Ticking, said: Said) -> None:
    said.outcomes = [SILENT]
    clock.move(days=3000)
    asks(db, clock, questions(3))
    clock.move(days=-3000)
    said.again(IMPROVED)
    assert asks(db, clock, questions(3, first=3)) == 3


def test_a_question_that_is_cut_off_counts_and_is_asked_again(db: Database, clock: Ticking, said: Said) -> None:
    said.outcomes = [Stopped]
    frugal = READER.model_copy(update={"at_most": 2})
    assert asks(db, clock, questions(3), frugal) == 1
    assert value(db, "SELECT refused FROM second_readings") == "the asking was cut off"
    said.again(IMPROVED)
    assert asks(db, clock, questions(1), frugal) == 1
    assert asks(db, clock, questions(3), frugal) == 0


def test_a_stop_ends_it_between_two_questions(db: Database, clock: Ticking, said: Said) -> None:
    stop = Event()
    stop.set()
    assert ask_pending(db, questions(3), READER, clock, stop) == 0


def test_a_round_begins_no_question_after_its_time(
    db: Database, clock: Ticking, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending, "ROUND", timedelta(seconds=-1))
    assert asks(db, clock, questions(3)) == 0
    monkeypatch.setattr(pending, "ROUND", timedelta(seconds=60))
    assert asks(db, clock, questions(3)) == 3


def test_of_a_real_server_all_is_stored_but_neither_text_nor_key(
    db: Database, clock: Ticking, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("READER_KEY", "sk-very-secret")
    keyed = server.reader.model_copy(update={"key_env": "READER_KEY"})
    server.behaviours = [well, sends(b"sk-very-secret", 500), says("sk-very-secret is your key")]
    some = {"good": QUESTION} | questions(3)
    assert asks(db, clock, some, keyed) == 4
    assert answers_for(db, some, keyed) == {"good": Answer("improved", (1,), "m:8b")}
    found = rows(db, "SELECT * FROM second_readings ORDER BY rowid")
    assert [(row["status"], row["answered"], row["failures"]) for row in found] == [
        ("improved", 1, 0), (None, 0, 1), (None, 1, 0), (None, 1, 0),
    ]  # fmt: skip
    assert all(row["took"] > 0 and row["host"] == keyed.host and row["model"] == "m:8b" for row in found)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = (tmp_path / "data" / DATABASE_FILE).read_bytes()
    assert b"very-secret" not in content and QUESTION.item.encode() not in content
    assert "very-secret" not in caplog.text


@pytest.fixture
def nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is begun to ask anybody."""
    begun: list[object] = []
    monkeypatch.setattr(asking, "ask_child", lambda *told, **_: begun.append(told))
    return begun


def test_a_round_without_a_second_reader_in_its_config_sends_nothing(
    db: Database, clock: Ticking, tmp_path: Path, nothing_leaves: list[object]
) -> None:
    told = {"contact": "a@example.org", "watch": ["Brent"], "data": tmp_path / "data"}
    done = conclude(Config.model_validate(told), clock)
    assert done.failed == () and nothing_leaves == []
    assert not value(db, "SELECT count(*) FROM second_readings")
