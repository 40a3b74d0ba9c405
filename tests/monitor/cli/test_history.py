"""An authority's history in the terminal: its visits, its grades, and what is still open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.cli import history
from scraper.reference import Authority
from tests.monitor.comparing.chain_store import (
    MISSING,
    PATHWAY,
    PRE_PROCEEDINGS,
    URN,
    add,
    ask,
    compare_all,
    database,
    story,
)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[str]:
    """What is printed of three visits."""
    db = database(tmp_path)
    story(db)
    compare_all(db)
    yield "\n".join(history.lines(db, Authority(URN, "Westmere", "South")))
    db.close()


def test_visits_stand_in_their_order_with_their_grades(told: str) -> None:
    days = [line.partition(":")[0] for line in told.splitlines() if "https://" in line]
    assert days == ["1 March 2020", "1 June 2021", "1 January 2023"]
    assert told.index("Overall effectiveness: inadequate") < told.index("Overall effectiveness: good")


def test_where_it_stands_is_told_with_the_day_of_each_grade(told: str) -> None:
    assert (
        "where it stands:\n  Overall effectiveness: good (January 2023)\n  Impact of leaders: good (January 2023)"
        in told
    )


def test_an_overall_grade_that_is_given_no_more_is_told_as_history(tmp_path: Path) -> None:
    db = database(tmp_path)
    story(db)
    db.execute("DELETE FROM judgements WHERE report_id = 3 AND area LIKE 'Overall%'")
    compare_all(db)
    told = list(history.lines(db, Authority(URN, "Westmere", "South")))
    assert "  Overall effectiveness: no longer given; inadequate (March 2020) was the last" in told
    assert "  Impact of leaders: good (January 2023)" in told
    db.close()


def test_what_is_open_is_told_with_how_long_it_has_been_raised(told: str) -> None:
    assert "open areas (inspection, focused visit): 2" in told
    assert "[since March 2020, at 3 visits] Supervision of social workers. (page 2)" in told
    assert f"[since January 2023] {PATHWAY.text} (page 2)" in told


def test_what_improved_is_not_told_as_open_and_what_is_older_is_only_counted(told: str) -> None:
    assert MISSING.text not in told
    assert PRE_PROCEEDINGS.text not in told.partition("earlier areas at")[0]
    assert "and 1 from before the last inspection" in told


def test_a_report_that_names_another_authority_is_told_apart_from_the_visits(tmp_path: Path) -> None:
    db = database(tmp_path)
    story(db)
    db.table("readings").update(2, {"misfiled": "Northmere"})
    compare_all(db)
    first, *visits = list(history.lines(db, Authority(URN, "Westmere", "South")))[1:]
    assert first.startswith("! focused_visit - 2021-06-01, 2021-06-01: on its page, but its text names Northmere")
    assert "1 June 2021" not in "\n".join(visits)
    db.close()


def test_what_is_asked_of_another_series_of_visits_stands_with_that_series(tmp_path: Path) -> None:
    db = database(tmp_path)
    story(db)
    add(db, 4, "2023-09-01", [ask("The commissioning of speech therapy.")], "area_send", framework="AREA_SEND")
    compare_all(db)
    told = "\n".join(history.lines(db, Authority(URN, "Westmere", "South")))
    own, send = told.split("open areas (area SEND inspection): 1")
    assert "open areas (inspection, focused visit): 2" in own
    assert "speech therapy" in send and "speech therapy" not in own
    assert "Supervision" not in send
    db.close()


def test_where_a_report_was_read_in_part_areas_may_be_missing(tmp_path: Path) -> None:
    db = database(tmp_path)
    story(db)
    db.table("readings").update(2, {"warnings": '["page 2 has no text: it may be a scan"]'})
    compare_all(db)
    told = "\n".join(history.lines(db, Authority(URN, "Westmere", "South")))
    assert "1 report of these could only be read in part, so that areas may be missing here" in told
    assert "page 2 has no text" in told
    db.close()


def test_where_all_were_read_whole_nothing_is_said_of_it(told: str) -> None:
    assert "in part" not in told
