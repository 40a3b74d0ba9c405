"""What readers say of stored comparisons: it is heeded by what is open, stays when reports are read again, and is kept with who said it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.alerts import raise_alerts
from monitor.comparing import is_compared
from monitor.comparing.chain import to_compare
from monitor.comparing.corrections import NoComparison, comparison_named, corrections, note, said_of, status_named
from monitor.comparing.quoted import NotSaid
from monitor.comparing.verdict import IMPROVED, MIXED, NOT_MENTIONED, STILL
from monitor.database import rows, value, writing
from tests.monitor.comparing.chain_store import (
    INADEQUATE,
    MISSING,
    MISSING_BETTER,
    NOW,
    PRE_PROCEEDINGS,
    SUPERVISION,
    SUPERVISION_AGAIN,
    SUPERVISION_WEAK,
    add,
    ask,
    compare_all,
    database,
    story,
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = database(tmp_path)
    story(db)
    compare_all(db)
    yield db
    db.close()


def name_of(db: Database, report_id: int, text: str) -> str:
    sql = "SELECT c.name FROM comparisons c JOIN findings f ON f.id = c.earlier_finding_id WHERE c.report_id = ? AND f.text = ?"
    return str(value(db, sql, [report_id, text]))


def say(db: Database, name: str, status: str | None, sentence: str | None = None, by: str = "A Reader") -> None:
    note(db, comparison_named(db, name), status, sentence, by, NOW)
    compare_all(db)


def told(db: Database, report_id: int) -> dict[str, tuple[str, str | None]]:
    """The status of each earlier ask, and who decided it; of a new ask that it is new."""
    found = rows(
        db,
        "SELECT coalesce(e.text, n.text) AS text, c.status, c.decided_by FROM comparisons c LEFT JOIN findings e ON e.id = c.earlier_finding_id "
        "LEFT JOIN findings n ON n.id = c.finding_id WHERE c.report_id = ? ORDER BY c.position",
        [report_id],
    )
    return {row["text"]: (row["status"], row["decided_by"]) for row in found}


def state(db: Database, text: str) -> str:
    return str(value(db, "SELECT a.state FROM areas a JOIN findings f ON f.id = a.finding_id WHERE f.text = ?", [text]))


BY = "reader: A Reader"


def test_each_comparison_has_a_name_and_what_is_new_has_none(db: Database) -> None:
    found = rows(db, "SELECT name, status, confidence, certain FROM comparisons")
    assert all((row["name"] is None) == (row["confidence"] is None) == (row["status"] == "new") for row in found)
    names = [row["name"] for row in found if row["name"]]
    assert len(names) == len(set(names)) == 5
    assert {row["certain"] for row in found} == {1}


def test_what_is_open_follows_from_a_readers_word(db: Database) -> None:
    assert state(db, PRE_PROCEEDINGS.text) == "open"
    say(db, name_of(db, 2, PRE_PROCEEDINGS.text), IMPROVED)
    assert told(db, 2)[PRE_PROCEEDINGS.text] == (IMPROVED, BY)
    assert state(db, PRE_PROCEEDINGS.text) == IMPROVED
    assert PRE_PROCEEDINGS.text not in told(db, 3), "what had improved is not looked for any more"


def test_an_area_that_a_reader_calls_improved_is_not_raised_again_and_the_ask_is_new(db: Database) -> None:
    say(db, name_of(db, 2, SUPERVISION.text), IMPROVED, SUPERVISION_WEAK.text)
    assert told(db, 2)[SUPERVISION.text] == (IMPROVED, BY)
    assert told(db, 2)[SUPERVISION_AGAIN.text] == ("new", None)
    assert state(db, SUPERVISION.text) == IMPROVED
    say(db, name_of(db, 2, SUPERVISION.text), MIXED)
    assert SUPERVISION_AGAIN.text not in told(db, 2)
    assert state(db, SUPERVISION.text) == "raised_again"


def test_the_sentence_that_was_named_is_quoted_with_its_page(db: Database) -> None:
    say(db, name_of(db, 2, MISSING.text), MIXED, "supervision remains too\nvariable")
    (row,) = rows(
        db, "SELECT evidence, page, confidence FROM comparisons WHERE name = ?", [name_of(db, 2, MISSING.text)]
    )
    assert row == {"evidence": "supervision remains too variable", "page": 5, "confidence": 1.0}


@pytest.mark.parametrize("again", [1, 2])
def test_it_stays_when_either_report_is_read_again(db: Database, again: int) -> None:
    name = name_of(db, 2, PRE_PROCEEDINGS.text)
    say(db, name, IMPROVED)
    if again == 1:
        wrapped = replace(PRE_PROCEEDINGS, text="The timeliness of\npre-proceedings  work")
        add(db, 1, "2020-03-01", [SUPERVISION, MISSING, wrapped], "inspection", INADEQUATE)
    else:
        add(db, 2, "2021-06-01", [SUPERVISION_WEAK, SUPERVISION_AGAIN, MISSING_BETTER])
    compare_all(db)
    assert rows(db, "SELECT status, decided_by FROM comparisons WHERE name = ?", [name]) == [
        {"status": IMPROVED, "decided_by": BY}
    ]


def test_it_stays_where_the_report_is_read_in_part_now_or_the_area_counts_as_an_older_one(db: Database) -> None:
    name = name_of(db, 3, PRE_PROCEEDINGS.text)
    say(db, name, STILL)
    db.execute("UPDATE readings SET warnings = '[\"page 3 could not be read\"]', reader = 'x' WHERE report_id = 3")
    add(db, 2, "2021-06-01", [SUPERVISION_AGAIN, MISSING_BETTER, ask("Visits.")], "inspection", INADEQUATE)
    compare_all(db)
    assert rows(db, "SELECT status, decided_by FROM comparisons WHERE name = ?", [name]) == [
        {"status": STILL, "decided_by": BY}
    ]


def test_a_sentence_that_no_longer_stands_in_the_report_is_not_quoted_and_the_word_counts(db: Database) -> None:
    name = name_of(db, 2, PRE_PROCEEDINGS.text)
    say(db, name, IMPROVED, MISSING_BETTER.text)
    add(db, 2, "2021-06-01", [SUPERVISION_AGAIN])
    compare_all(db)
    (row,) = rows(db, "SELECT status, evidence FROM comparisons WHERE name = ?", [name])
    assert row == {"status": IMPROVED, "evidence": None}


def test_the_newest_word_counts_and_all_are_kept(db: Database) -> None:
    name = name_of(db, 2, PRE_PROCEEDINGS.text)
    say(db, name, IMPROVED)
    say(db, name, MIXED, by="  Another\n Reader ")
    assert told(db, 2)[PRE_PROCEEDINGS.text] == (MIXED, "reader: Another Reader")
    assert [(one.status, one.by, one.of.status, one.counts, one.shown) for one in corrections(db)] == [
        (IMPROVED, "A Reader", NOT_MENTIONED, False, True),
        (MIXED, "Another Reader", NOT_MENTIONED, True, True),
    ]


def test_what_is_taken_back_is_as_it_was(db: Database) -> None:
    before = rows(db, "SELECT * FROM comparisons ORDER BY report_id, position"), rows(db, "SELECT * FROM compared")
    name = name_of(db, 2, PRE_PROCEEDINGS.text)
    say(db, name, IMPROVED)
    say(db, name, None)
    assert said_of(db, 2) == {}
    after = rows(db, "SELECT * FROM comparisons ORDER BY report_id, position"), rows(db, "SELECT * FROM compared")
    assert after == before
    assert len(corrections(db)) == 2


def test_a_report_is_compared_again_when_something_is_said_and_not_a_second_time(db: Database) -> None:
    assert is_compared(db, 2)
    note(db, comparison_named(db, name_of(db, 2, MISSING.text)), MIXED, None, "A Reader", NOW)
    assert not is_compared(db, 2)
    assert to_compare(db) == [2, 3], "and those after it, which rest on it"
    compare_all(db)
    assert to_compare(db) == []


def test_what_is_said_of_a_comparison_that_is_gone_can_be_taken_back(db: Database) -> None:
    name = name_of(db, 2, PRE_PROCEEDINGS.text)
    say(db, name, IMPROVED)
    add(db, 1, "2020-03-01", [SUPERVISION, MISSING], "inspection", INADEQUATE)
    compare_all(db)
    assert [one.shown for one in corrections(db)] == [False]
    say(db, name, None)
    assert said_of(db, 2) == {}


def test_a_name_is_known_by_its_beginning_and_nothing_else_is(db: Database) -> None:
    name = name_of(db, 2, MISSING.text)
    assert comparison_named(db, f" {name[:5].upper()} ").text == MISSING.text
    for wrong in ("zzzzzzzz", "%%%%", "no such name"):
        with pytest.raises(NoComparison, match="no comparison is called so; `ofsted-watch history"):
            comparison_named(db, wrong)
    for short in (name[:3], "", "  "):
        with pytest.raises(NoComparison, match="too short: at least 4 letters"):
            comparison_named(db, short)


def test_what_says_nothing_is_refused_and_not_stored(db: Database) -> None:
    one = comparison_named(db, name_of(db, 2, MISSING.text))
    with pytest.raises(NoComparison, match="who says so"):
        note(db, one, IMPROVED, None, " \n", NOW)
    with pytest.raises(NoComparison, match="leave the sentence out"):
        note(db, one, NOT_MENTIONED, MISSING_BETTER.text, "A Reader", NOW)
    with pytest.raises(NotSaid, match="nearest"):
        note(db, one, IMPROVED, "Return home interviews are splendid.", "A Reader", NOW)
    for empty in ("", " ", "[...]", "“”", f"{MISSING_BETTER.text} [...] "):
        with pytest.raises(NotSaid, match="the sentence is empty"):
            note(db, one, IMPROVED, empty, "A Reader", NOW)
    for short in ("Return", "home interviews", "children’s interviews", f"{MISSING_BETTER.text} [...] now"):
        with pytest.raises(NotSaid, match="too short to show anything"):
            note(db, one, IMPROVED, short, "A Reader", NOW)
    assert corrections(db) == []


def test_bytes_that_are_no_text_are_left_out_of_what_is_said(db: Database) -> None:
    one = comparison_named(db, name_of(db, 2, MISSING.text))
    note(db, one, IMPROVED, f"{MISSING_BETTER.text}\udce9", "Ren\udce9 Reader", NOW)
    (said,) = corrections(db)
    assert (said.by, said.sentence) == ("Ren Reader", MISSING_BETTER.text)


@pytest.mark.parametrize(("words", "status"), [("Not-mentioned", NOT_MENTIONED), ("still needs_improvement ", STILL)])
def test_a_status_is_known_with_spaces_hyphens_and_capitals(words: str, status: str) -> None:
    assert status_named(words) == status


def test_an_unknown_status_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        NoComparison, match="'good' is no status; it is one of: still needs improvement, improved, mixed, not mentioned"
    ):
        status_named("good")


def test_nobody_is_told_of_a_report_again_because_a_reader_spoke(db: Database) -> None:
    assert len(raise_alerts(db, NOW)) == 3
    say(db, name_of(db, 2, SUPERVISION.text), IMPROVED)
    assert raise_alerts(db, NOW) == []
    note(db, comparison_named(db, name_of(db, 2, SUPERVISION.text)), None, None, "A Reader", NOW)
    assert raise_alerts(db, NOW + timedelta(days=3)) == [], "nor before it is compared again, however long that takes"


def test_what_an_older_version_had_said_is_known_from_the_correction(db: Database) -> None:
    name = name_of(db, 2, MISSING.text)
    ours = comparison_named(db, name).status
    say(db, name, NOT_MENTIONED)
    with writing(db):
        db.conn.execute("UPDATE comparisons SET own = NULL, own_certain = NULL")
    assert comparison_named(db, name).status == ours != NOT_MENTIONED


def test_a_short_quotation_that_was_stored_once_still_stands(db: Database) -> None:
    name = name_of(db, 2, MISSING.text)
    say(db, name, IMPROVED, MISSING_BETTER.text)
    with writing(db):
        db.conn.execute("UPDATE corrections SET sentence = 'now timely'")
    compare_all(db)
    assert value(db, "SELECT evidence FROM comparisons WHERE name = ?", [name]) == "now timely"
