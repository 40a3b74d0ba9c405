"""What is open, defined once: areas followed over reports of every kind, stored by the chain step, told alike by pages and terminal."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.browse import reads
from monitor.cli import history
from monitor.comparing import chain, compare_pending
from monitor.database import rows
from monitor.facts import report_facts
from scraper.items import Finding, Judgement, Tone
from scraper.reference import Authority
from tests.monitor.comparing.chain_store import (
    GOOD,
    INADEQUATE,
    MISSING,
    MISSING_BETTER,
    NOW,
    PATHWAY,
    PRE_PROCEEDINGS,
    SUPERVISION,
    SUPERVISION_AGAIN,
    SUPERVISION_WEAK,
    URN,
    add,
    ask,
    database,
    said,
    story,
)

SEND = "area_send"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database_ = database(tmp_path)
    yield database_
    database_.close()


def pending(db: Database) -> None:
    compare_pending(db, lambda: NOW)


def stored(db: Database, urn: str = URN) -> dict[str, tuple[Any, ...]]:
    """Text to (report, state, settled by, current, reports that asked before)."""
    sql = "SELECT f.text, a.* FROM areas a JOIN findings f ON f.id = a.finding_id WHERE a.urn = ? ORDER BY a.report_id, f.position"
    return {
        row["text"]: (row["report_id"], row["state"], row["settled_by"], row["current"], row["raised_before"])
        for row in rows(db, sql, [urn])
    }


def send_report(db: Database, number: int = 5) -> None:
    section = "What does the area partnership need to do better?"
    bullets = [
        replace(ask("Leaders listen to parents in many ways."), section=section),
        replace(PATHWAY, section=section),
    ]
    add(db, number, "2023-07-01", [*bullets, ask("Waiting times for assessments.")], SEND, framework="AREA_SEND")


def withdraw(db: Database, number: int) -> None:
    db.table("reports").update(number, {"withdrawn_at": "2024-02-01"})


def all_withdrawn(db: Database) -> None:
    for number in (1, 2, 3):
        withdraw(db, number)


def misfile(db: Database, number: int) -> None:
    db.table("readings").update(number, {"misfiled": "Northmere"})


def board(db: Database) -> None:
    add(db, 4, "2023-05-01", [replace(ask("Audits by the board."), lscb=True), MISSING], framework="SIF")


def parts(db: Database) -> None:
    add(db, 6, "2024-01-01", [ask("Management oversight and supervision.")])
    add(db, 7, "2024-02-01", [ask("The quality of management oversight."), ask("Reflective supervision of workers.")])


def joint(db: Database) -> None:
    add(db, 8, "2021-06-01", [SUPERVISION], "jtai", framework="JTAI")
    add(db, 9, "2023-08-01", [ask("The response to domestic abuse.")], "jtai", framework="JTAI")


def unread(db: Database) -> None:
    add(db, 4, "2023-09-01", [MISSING])
    db.table("readings").update(4, {"error": "encrypted"})


def unknown(db: Database) -> None:
    add(db, 4, "2023-09-01", [MISSING])
    db.table("reports").update(4, {"kind": "themed_review"})


def doubtful(db: Database) -> None:
    add(db, 4, "2023-09-01", [MISSING, MISSING_BETTER])
    db.table("readings").update(4, {"warnings": '["no dates of the visit were found"]'})


def same_day(db: Database) -> None:
    add(db, 4, "2023-01-01", [ask("The timeliness of strategy discussions.")])


MORE: dict[str, Callable[[Database], None]] = {
    "nothing more": lambda db: None,
    "area SEND": send_report,
    "of the board": board,
    "one by one": parts,
    "joint targeted": joint,
    "unread": unread,
    "of an unknown kind": unknown,
    "read in part": doubtful,
    "on the day of the inspection": same_day,
    "the last withdrawn": lambda db: withdraw(db, 3),
    "one in between withdrawn": lambda db: withdraw(db, 2),
    "the first withdrawn": lambda db: withdraw(db, 1),
    "the last misfiled": lambda db: misfile(db, 3),
    "all withdrawn": all_withdrawn,
}


def agree(db: Database, authority: Authority) -> tuple[int, int]:
    """How many areas are open, and open from before: asserted to be the same on pages, in CSV and in the terminal."""
    lines = list(history.lines(db, authority))
    told = sum(int(line.rpartition(": ")[2]) for line in lines if line.startswith("open areas"))
    older = sum(int(line.split()[1]) for line in lines if line.startswith("  and "))
    listed = reads.open_areas(db.conn, authority.urn)
    assert (told, older) == (sum(row["asked"] == reads.CURRENT for row in listed), len(listed) - told)
    page = reads.authority(db.conn, authority.urn)
    assert page is not None
    assert sum(map(len, page["open"].values())) == told
    assert len(page["older"]) == older
    longest = reads.rows(db.conn, reads.named_queries()["longest_open_areas"])
    assert sum(row["urn"] == authority.urn for row in longest) == told or len(longest) == 100
    return told, older


@pytest.mark.parametrize("also", MORE)
@pytest.mark.parametrize("before", [True, False], ids=["compared before", "compared once"])
def test_pages_and_terminal_agree_on_what_is_open(db: Database, also: str, before: bool) -> None:
    story(db)
    if before:
        pending(db)
    MORE[also](db)
    pending(db)
    agree(db, Authority(URN, "Westmere", "South"))
    mails = {
        number: len(report_facts(db, number).asks)
        for number in (row["id"] for row in rows(db, "SELECT id FROM reports"))
    }
    timeline = {
        visit.report_id: visit.asks for visit in reads.visits(db.conn, URN) if visit.counted and not visit.why_unread
    }
    assert {number: mails[number] for number in timeline} == timeline


def test_each_area_is_stored_with_what_became_of_it(db: Database) -> None:
    story(db)
    pending(db)
    assert stored(db) == {
        SUPERVISION.text: (1, "raised_again", 2, 0, "[]"),
        MISSING.text: (1, "improved", 2, 0, "[]"),
        PRE_PROCEEDINGS.text: (1, "open", None, 0, "[]"),
        SUPERVISION_AGAIN.text: (2, "raised_again", 3, 0, "[1]"),
        "Supervision of social workers.": (3, "open", None, 1, "[1, 2]"),
        PATHWAY.text: (3, "open", None, 1, "[]"),
    }


@pytest.mark.parametrize("gone", [withdraw, misfile])
def test_what_a_report_settled_is_open_again_when_it_no_longer_counts_and_settled_when_it_comes_back(
    db: Database, gone: Callable[[Database, int], None]
) -> None:
    add(db, 1, "2020-03-01", [SUPERVISION, MISSING], "inspection", INADEQUATE)
    add(db, 2, "2021-06-01", [SUPERVISION_AGAIN, SUPERVISION_WEAK, MISSING_BETTER])
    pending(db)
    whole = stored(db)
    assert [row[1] for row in whole.values()] == ["raised_again", "improved", "open"]
    gone(db, 2)
    pending(db)
    assert [row[1] for row in stored(db).values()] == ["open", "open"]
    assert agree(db, Authority(URN, "Westmere", "South")) == (2, 0)
    db.table("reports").update(2, {"withdrawn_at": None})
    db.table("readings").update(2, {"misfiled": None})
    pending(db)
    assert stored(db) == whole


def test_of_an_area_send_report_the_bullets_count_nowhere_where_there_is_a_list(db: Database) -> None:
    send_report(db)
    pending(db)
    assert list(stored(db)) == ["Waiting times for assessments."]
    (visit,) = reads.visits(db.conn, URN)
    assert visit.asks == 1
    subjects = reads.rows(db.conn, reads.named_queries()["subjects_asked_for"], {"from_year": ""})
    assert sum(row["items"] for row in subjects) <= 1


def test_what_is_asked_of_the_board_is_stored_as_such_and_counts_nowhere(db: Database) -> None:
    board(db)
    pending(db)
    assert stored(db)["Audits by the board."][1] == "of_the_board"
    assert agree(db, Authority(URN, "Westmere", "South")) == (1, 0)


def test_both_parts_of_what_was_asked_for_together_were_raised_before_on_the_page_too(db: Database) -> None:
    parts(db)
    pending(db)
    told = {row["area"]: (row["times_raised"], row["first_raised"]) for row in reads.open_areas(db.conn, URN)}
    assert set(told.values()) == {(2, "2024-01-01")}
    assert len(told) == 2


def test_what_changed_at_the_last_visit_is_of_the_newest_report(db: Database) -> None:
    story(db)
    add(db, 4, "2024-01-01", [said(Tone.STRENGTH, "Leaders know their services well.")])
    pending(db)
    db.table("comparisons").delete_where("report_id = 4")
    changed = reads.rows(db.conn, reads.named_queries()["changed_at_last_visit"], {"authority": URN})
    assert not [row for row in changed if row["report_id"] == 3]


def test_an_authority_of_which_nothing_has_changed_is_not_written_again(db: Database) -> None:
    story(db)
    pending(db)
    before = db.conn.total_changes
    pending(db)
    assert db.conn.total_changes == before


def test_a_stop_between_comparing_and_following_is_made_good(db: Database) -> None:
    story(db)
    pending(db)
    db.table("followed").delete_where()
    assert report_facts(db, 3).uncompared
    pending(db)
    assert not report_facts(db, 3).uncompared


LATER: list[Finding] = [SUPERVISION_AGAIN, SUPERVISION_WEAK, MISSING_BETTER]


@pytest.mark.parametrize("which", ["the report", "its findings", "an earlier report", "its judgements"])
def test_a_row_of_a_kind_that_this_version_does_not_know_costs_only_itself(db: Database, which: str) -> None:
    story(db)
    add(db, 4, "2024-01-01", [PATHWAY], judgements=[Judgement("A new area", "strong")])
    pending(db)
    if which == "the report":
        db.table("reports").update(4, {"kind": "themed_review"})
    elif which == "an earlier report":
        db.table("reports").update(2, {"kind": "themed_review"})
    elif which == "its findings":
        db.execute("UPDATE findings SET kind = 'promise' WHERE report_id = 3 AND position = 0")
    pending(db)
    assert not rows(db, "SELECT * FROM issues")
    facts = report_facts(db, 3)
    assert facts.summary
    assert (report_facts(db, 4).unread is not None) is (which == "the report")
    assert report_facts(db, 1).asks
    agree(db, Authority(URN, "Westmere", "South"))


def test_what_is_said_of_the_board_is_neither_evidence_nor_a_statement(db: Database) -> None:
    add(db, 1, "2014-03-01", [MISSING], "inspection", GOOD, "SIF")
    praise = replace(
        said(Tone.STRENGTH, "The board's own return home interviews for children who go missing are excellent."),
        lscb=True,
    )
    add(db, 2, "2017-03-01", [praise], "inspection", GOOD, "SIF")
    pending(db)
    assert stored(db)[MISSING.text][1] == "open"
    facts = report_facts(db, 2)
    assert [area.status for area in facts.earlier] == ["not_mentioned"]
    assert facts.statements == ()


def test_a_report_read_in_part_settles_nothing_by_praise_or_silence(db: Database) -> None:
    story(db)
    add(
        db,
        4,
        "2024-01-01",
        [MISSING_BETTER, said(Tone.STRENGTH, "Pathway plans for care leavers are of high quality.")],
    )
    pending(db)
    assert stored(db)[PATHWAY.text][1] == "improved"
    db.table("readings").update(4, {"warnings": '["the kind of report is not known"]', "reader": "another"})
    pending(db)
    assert stored(db)[PATHWAY.text][1] == "open"


def test_the_method_is_looked_at_once_a_round(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    story(db)
    asked: list[str] = []
    real = chain.method

    def looked() -> str:
        asked.append("")
        return real()

    monkeypatch.setattr(chain, "method", looked)
    pending(db)
    assert len(asked) == 1
