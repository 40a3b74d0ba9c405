"""What is told of one report whose text names another authority: what it says, and nothing of other reports."""

from dataclasses import replace
from pathlib import Path

from monitor.cli.terminal import facts_lines
from monitor.facts import report_facts
from tests.monitor.comparing.chain_store import SUPERVISION_AGAIN, add, compare_all, database, story


def test_a_report_that_names_another_authority_is_told_alone(tmp_path: Path) -> None:
    db = database(tmp_path)
    story(db)
    compare_all(db)
    whole = report_facts(db, 3)
    assert whole.compared_with and whole.earlier and whole.misfiled is None
    db.table("readings").update(3, {"misfiled": "Northmere"})
    told = report_facts(db, 3)
    assert told.misfiled == "Northmere" and told.unread is None
    assert [ask.text for ask in told.asks] == [ask.text for ask in whole.asks]
    assert not any(ask.raised for ask in told.asks) and told.compared_with == ()
    assert told.earlier == ()
    assert all(change.earlier is None for change in told.grades) and told.grades
    assert told.headline == "inspection whose text names Northmere"
    lines = " ".join(" ".join(facts_lines(told)).split())
    assert "Ofsted's page of Westmere lists this report, and its text names Northmere." in lines
    assert "Northmere" not in " ".join(facts_lines(replace(whole, misfiled=None)))
    db.close()


def test_the_reports_after_it_are_compared_without_it(tmp_path: Path) -> None:
    db = database(tmp_path)
    story(db)
    compare_all(db)
    db.table("readings").update(2, {"misfiled": "Northmere"})
    assert compare_all(db) == [3]
    assert [ref.report_id for ref in report_facts(db, 3).compared_with] == [1]
    db.close()


def test_a_visit_is_set_against_what_came_since_the_last_inspection(tmp_path: Path) -> None:
    db = database(tmp_path)
    story(db)
    add(db, 4, "2023-09-01", [SUPERVISION_AGAIN])
    add(db, 5, "2024-03-01", [SUPERVISION_AGAIN])
    compare_all(db)
    told = report_facts(db, 5)
    assert [ref.report_id for ref in told.before] == [1, 2, 3, 4]
    assert [ref.report_id for ref in told.compared_with] == [3, 4]
    db.close()
