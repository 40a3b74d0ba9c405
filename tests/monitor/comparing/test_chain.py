"""A report against the chain of earlier visits, as stored: open areas, what closes them, what is raised again, what is new."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.comparing.areas import areas_after
from monitor.comparing.chain import compare_report, to_compare
from monitor.facts import report_facts
from monitor.reading import visits_of
from scraper.items import Finding, Judgement
from tests.monitor.comparing.chain_store import (
    INADEQUATE,
    MISSING,
    MISSING_BETTER,
    NOW,
    PATHWAY,
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
    database_ = database(tmp_path)
    yield database_
    database_.close()


def outcomes(db: Database, report_id: int) -> dict[str, str]:
    """Text of the earlier area, or of the new ask, to status."""
    found = db.query(
        "SELECT coalesce(e.text, n.text) AS text, c.status FROM comparisons c LEFT JOIN findings e ON e.id = c.earlier_finding_id "
        "LEFT JOIN findings n ON n.id = c.finding_id WHERE c.report_id = ? ORDER BY c.position",
        [report_id],
    )
    return {row["text"]: row["status"] for row in found}


def test_each_open_area_gets_a_status_and_the_rest_is_new(db: Database) -> None:
    story(db)
    compare_all(db)
    assert set(outcomes(db, 1).values()) == {"new"}
    assert outcomes(db, 2) == {
        SUPERVISION.text: "still_needs_improvement",
        MISSING.text: "improved",
        PRE_PROCEEDINGS.text: "not_mentioned",
    }


def test_an_area_raised_again_goes_on_in_its_newer_wording_and_one_that_improved_is_closed(db: Database) -> None:
    story(db)
    compare_all(db)
    assert outcomes(db, 3) == {
        SUPERVISION_AGAIN.text: "still_needs_improvement",
        PRE_PROCEEDINGS.text: "not_mentioned",
        PATHWAY.text: "new",
    }


def test_an_area_whose_parts_are_asked_for_one_by_one_is_told_once_and_both_parts_were_raised_before(
    db: Database,
) -> None:
    add(db, 1, "2020-03-02", [ask("Management oversight and supervision.")])
    parts = [ask("The quality of management oversight."), ask("Reflective supervision of workers.")]
    add(db, 2, "2021-03-02", parts)
    compare_all(db)
    facts = report_facts(db, 2)
    assert [area.status for area in facts.earlier] == ["still_needs_improvement"]
    assert [len(one.raised) for one in facts.asks] == [1, 1]
    compare_all(db)
    assert len(areas_after(db, visits_of(db))) == 2


def test_an_area_that_was_not_mentioned_stays_open(db: Database) -> None:
    story(db)
    compare_all(db)
    assert outcomes(db, 3)[PRE_PROCEEDINGS.text] == "not_mentioned"


def test_before_the_last_inspection_counts_only_what_is_asked_for_again(db: Database) -> None:
    story(db)
    add(db, 4, "2024-01-01", [ask("Pre-proceedings work takes too long.")])
    compare_all(db)
    assert outcomes(db, 4)["The timeliness of pre-proceedings work."] == "still_needs_improvement"
    assert MISSING.text not in outcomes(db, 4)
    assert "new" not in outcomes(db, 4).values()


def test_what_an_inspection_left_behind_is_not_called_unmentioned_at_every_later_visit(db: Database) -> None:
    story(db)
    add(db, 4, "2024-01-01", [PATHWAY])
    compare_all(db)
    assert outcomes(db, 4) == {
        "Supervision of social workers.": "not_mentioned",
        PATHWAY.text: "still_needs_improvement",
    }


def test_what_had_improved_and_is_asked_for_again_is_not_new(db: Database) -> None:
    story(db)
    add(db, 4, "2024-01-01", [ask("The response to children who go missing.")])
    compare_all(db)
    assert outcomes(db, 4)[MISSING.text] == "still_needs_improvement"


def test_joint_and_send_inspections_are_chains_of_their_own(db: Database) -> None:
    story(db)
    add(db, 5, "2023-06-01", [SUPERVISION], "jtai", framework="JTAI")
    add(db, 6, "2023-07-01", [SUPERVISION], "area_send", framework="AREA_SEND")
    add(db, 7, "2023-08-01", [ask("Supervision in all agencies.")], "jtai", framework="JTAI")
    compare_all(db)
    assert outcomes(db, 5) == outcomes(db, 6) == {SUPERVISION.text: "new"}
    assert outcomes(db, 7) == {SUPERVISION.text: "still_needs_improvement"}


def test_what_is_asked_of_the_safeguarding_board_is_not_the_authoritys(db: Database) -> None:
    add(db, 1, "2016-03-01", [replace(SUPERVISION, lscb=True), MISSING], "inspection", INADEQUATE, "SIF")
    add(db, 2, "2018-06-01", [SUPERVISION_AGAIN])
    compare_all(db)
    assert outcomes(db, 2) == {MISSING.text: "not_mentioned", SUPERVISION_AGAIN.text: "new"}


def everything(db: Database) -> list[Any]:
    return [list(db.query(f"SELECT * FROM {table}")) for table in ("comparisons", "compared")]  # noqa: S608


def test_comparing_again_changes_nothing(db: Database) -> None:
    story(db)
    assert compare_all(db) == [1, 2, 3]
    before = everything(db)
    assert to_compare(db) == []
    for report_id in (3, 2, 1):
        compare_report(db, report_id, NOW + timedelta(days=1))
    assert everything(db) == before


def test_a_report_read_again_is_compared_again_and_so_are_those_after_it(db: Database) -> None:
    story(db)
    compare_all(db)
    add(db, 2, "2021-06-01", [MISSING_BETTER])
    assert to_compare(db) == [2, 3]
    compare_all(db)
    assert outcomes(db, 3)[SUPERVISION.text] == "still_needs_improvement"


def test_another_method_compares_everything_again(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    story(db)
    compare_all(db)
    before = everything(db)[0]
    monkeypatch.setattr("monitor.comparing.chain.COMPARER", "another")
    assert compare_all(db) == [1, 2, 3]
    assert everything(db)[0] == before
    assert to_compare(db) == []


def test_a_withdrawn_report_no_longer_counts(db: Database) -> None:
    story(db)
    compare_all(db)
    db.table("reports").update(2, {"withdrawn_at": "2023-02-01"})
    compare_all(db)
    assert outcomes(db, 3)[SUPERVISION.text] == "still_needs_improvement"
    assert MISSING.text in outcomes(db, 3)
    facts = report_facts(db, 2)
    assert facts.unread is None
    assert not facts.asks


def test_an_unreadable_report_is_left_alone_and_says_why(db: Database) -> None:
    story(db)
    db.table("readings").update(2, {"error": "encrypted"})
    assert compare_all(db) == [1, 3]
    compare_report(db, 2, NOW)
    assert outcomes(db, 2) == {}
    facts = report_facts(db, 2)
    assert facts.unread == "encrypted"
    assert not facts.asks
    assert not facts.earlier


def test_facts_of_a_report_that_is_not_stored(db: Database) -> None:
    with pytest.raises(LookupError, match="no report 77"):
        report_facts(db, 77)


def test_facts_tell_since_when_each_thing_is_raised(db: Database) -> None:
    story(db)
    compare_all(db)
    facts = report_facts(db, 3)
    assert [(one.text, [ref.report_id for ref in one.raised]) for one in facts.asks] == [
        ("Supervision of social workers.", [1, 2]),
        (PATHWAY.text, []),
    ]
    assert [(one.status, [ref.report_id for ref in one.raised]) for one in facts.earlier] == [
        ("not_mentioned", [1]),
        ("still_needs_improvement", [1, 2]),
    ]
    assert [ref.report_id for ref in facts.compared_with] == [1, 2]


def test_facts_carry_the_evidence_with_its_page(db: Database) -> None:
    story(db)
    compare_all(db)
    by_text = {one.text: one for one in report_facts(db, 2).earlier}
    assert (by_text[SUPERVISION.text].evidence, by_text[SUPERVISION.text].evidence_page) == (SUPERVISION_WEAK.text, 5)
    assert (by_text[MISSING.text].evidence, by_text[MISSING.text].evidence_page) == (MISSING_BETTER.text, 6)
    assert by_text[SUPERVISION.text].matched == SUPERVISION_AGAIN.text


def test_facts_tell_the_grades_then_and_now_and_what_changed_in_words(db: Database) -> None:
    story(db)
    compare_all(db)
    facts = report_facts(db, 3)
    assert [(one.area, one.earlier, one.grade, one.change) for one in facts.grades] == [
        ("Overall effectiveness", "inadequate", "good", "improved"),
        ("Impact of leaders", "inadequate", "good", "improved"),
        ("Help and protection", "inadequate", "good", "improved"),
        ("Children in care", "requires improvement to be good", "good", "improved"),
        ("Care leavers", "requires improvement to be good", "requires improvement to be good", "unchanged"),
    ]
    assert facts.headline == "overall good, was inadequate; impact of leaders good, was inadequate; and 2 more"
    assert facts.summary[0] == "Overall: good (inadequate in March 2020)."
    assert facts.summary[-1] == (
        "1 of 2 earlier areas for improvement is raised again, 1 is not mentioned; "
        "2 areas for improvement now, 1 raised before and 1 new."
    )


def test_a_monitoring_visit_says_which_it_is(db: Database) -> None:
    story(db)
    add(db, 2, "2021-06-01", [MISSING_BETTER], "monitoring_visit", visit_number=3)
    compare_all(db)
    facts = report_facts(db, 2)
    assert facts.summary[0] == (
        "Third monitoring visit since the authority was judged inadequate in February 2020; "
        "Ofsted does not publish the letter of the first one."
    )
    assert (
        facts.headline
        == "monitoring visit: 1 of 3 earlier areas for improvement is said to have improved, 2 are not mentioned"
    )


def test_the_first_report_known_is_compared_with_nothing(db: Database) -> None:
    findings: list[Finding] = [SUPERVISION, ask("Core groups.", kind="priority_action")]
    add(db, 1, "2020-03-01", findings, judgements=[Judgement("Overall effectiveness", "good")])
    compare_all(db)
    facts = report_facts(db, 1)
    assert not facts.compared_with
    assert not facts.earlier
    assert facts.headline == "overall good; 1 priority action; 2 areas for improvement"
    assert facts.summary == ("Overall: good.", "2 areas for improvement, 1 for priority action.")
