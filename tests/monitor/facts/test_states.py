"""A report that is read and not compared, or read in part only, is told of with what it says, and nothing is concluded from it."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.alerts import ReportItem
from monitor.browse import reads
from monitor.cli import history, terminal
from monitor.comparing import chain, compare_pending, uncompared
from monitor.comparing.outcomes import Comparison
from monitor.database import rows
from monitor.facts import phrases, ready, report_facts
from monitor.mail.report_view import report_view
from monitor.reading import Visit
from scraper.reference import Authority
from tests.monitor.comparing.chain_store import GOOD, NOW, SUPERVISION, URN, add, ask, compare_all, database, story

CLAIMS = ("new", "raised before", "raised again", "improved", "not mentioned", "no lists", "No earlier visit")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database_ = database(tmp_path)
    story(database_)
    yield database_
    database_.close()


def told(db: Database, report_id: int) -> tuple[str, str]:
    """What mail and terminal say of a report."""
    facts = report_facts(db, report_id)
    view = report_view(ReportItem("report", facts))
    mail = [view.headline, *view.summary, view.earlier_counts, *(row.mark for group in view.asks for row in group.rows)]
    return " ".join(mail), " ".join(" ".join(terminal.facts_lines(facts)).split())


def never(db: Database) -> None:
    compare_pending(db, lambda: NOW)
    db.execute("DELETE FROM compared WHERE report_id = 3")


def all_deleted(db: Database) -> None:
    """As while another report of the authority is read again."""
    compare_pending(db, lambda: NOW)
    db.execute("DELETE FROM compared")


def read_again(db: Database) -> None:
    compare_pending(db, lambda: NOW)
    add(db, 3, "2023-01-01", [ask("Supervision of social workers.")], "inspection", GOOD)


def earlier_read_again(db: Database) -> None:
    compare_pending(db, lambda: NOW)
    add(db, 1, "2020-03-01", [SUPERVISION], "inspection", GOOD)


def another_method(db: Database) -> None:
    compare_pending(db, lambda: NOW)
    db.execute("UPDATE compared SET input = 'of the comparer of before'")


def another_withdrawn(db: Database) -> None:
    compare_pending(db, lambda: NOW)
    db.table("reports").update(2, {"withdrawn_at": "2024-02-01"})


STATES = [never, all_deleted, read_again, earlier_read_again, another_method, another_withdrawn]


@pytest.mark.parametrize("state", STATES)
def test_a_report_that_is_not_compared_calls_nothing_new_and_waits(
    db: Database, state: Callable[[Database], None]
) -> None:
    state(db)
    assert not ready(db, 3)
    facts = report_facts(db, 3)
    assert facts.uncompared
    assert facts.asks
    for text in told(db, 3):
        assert phrases.UNCOMPARED in text
        assert "1 area for improvement" in text or "2 areas for improvement" in text
        rest = (
            text.replace(phrases.UNCOMPARED, "")
            .replace("Improved: impact of leaders", "")
            .replace("(improved, was", "")
        )
        assert not [claim for claim in CLAIMS if f"[{claim}" in rest or f" {claim}." in rest or f" {claim} and" in rest]
    compare_pending(db, lambda: NOW)
    assert ready(db, 3)
    assert not report_facts(db, 3).uncompared


def test_a_comparison_that_failed_is_waited_for_by_nobody(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, 3)
    compare_pending(db, lambda: NOW)
    assert ready(db, 3)
    assert report_facts(db, 3).uncompared
    assert uncompared(db) == {3}
    monkeypatch.undo()
    compare_pending(db, lambda: NOW)
    assert not report_facts(db, 3).uncompared


def fail(monkeypatch: pytest.MonkeyPatch, report_id: int) -> None:
    real = chain._without_doubt

    def broken(found: Comparison, visit: Visit, earlier: Sequence[Visit]) -> Comparison:
        if visit.report_id == report_id:
            raise RuntimeError("bang")
        return real(found, visit, earlier)

    monkeypatch.setattr(chain, "_without_doubt", broken)


@pytest.mark.parametrize("failing", [1, 2])
def test_one_that_failed_once_heals_all_later_ones(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    right = database(tmp_path / "right")
    story(right)
    compare_all(right)
    fail(monkeypatch, failing)
    compare_pending(db, lambda: NOW)
    assert uncompared(db) == {failing}, "what rests on it is compared as well as can be"
    monkeypatch.undo()
    compare_pending(db, lambda: NOW)
    asked = "SELECT report_id, earlier_finding_id, finding_id, status FROM comparisons ORDER BY report_id, position"
    assert rows(db, asked) == rows(right, asked)
    assert report_facts(db, 3) == report_facts(right, 3)
    right.close()


def test_the_first_report_known_is_compared_with_nothing_and_that_is_no_fault(db: Database) -> None:
    assert not report_facts(db, 1).uncompared


DOUBTS = [
    "the kind of report is not known",
    "no dates of the visit were found",
    "no grades were found in a graded inspection",
    "2 grades were found; a report of this kind has 3 to 5",
    "the heading of a list of things to improve was found, but no list",
    "hardly any sentence of findings was found",
    "page 3 of 9 has no text that can be read",
]


@pytest.mark.parametrize("doubt", DOUBTS)
def test_a_doubt_of_weight_is_told_and_nothing_is_concluded(db: Database, doubt: str) -> None:
    db.table("readings").update(3, {"warnings": json.dumps(["no lead inspector was found", doubt])})
    compare_pending(db, lambda: NOW)
    facts = report_facts(db, 3)
    assert facts.doubts == (doubt,)
    assert facts.headline == "inspection, which could only be read in part"
    assert {change.change for change in facts.grades} == {"not_compared"}
    assert (facts.earlier, facts.compared_with) == ((), ())
    for text in told(db, 3):
        assert f"could only be read in part: {doubt}." in text
        assert not [claim for claim in CLAIMS if claim in text.replace("listed only now", "")]
    (visit,) = [visit for visit in reads.visits(db.conn, URN) if visit.report_id == 3]
    assert doubt in visit.in_part
    assert doubt in " ".join(" ".join(history.lines(db, Authority(URN, "Westmere", "South"))).split())


@pytest.mark.parametrize("earlier", [1, 2])
def test_where_an_earlier_report_was_read_in_part_nothing_is_new_and_the_rest_is_told(
    db: Database, earlier: int
) -> None:
    compare_all(db)
    before = report_facts(db, 3)
    assert any("new" in text for text in told(db, 3))
    page = json.dumps(["page 2 has no text: it may be a scan"])
    db.table("readings").update(earlier, {"warnings": page, "reader": "another"})
    compare_pending(db, lambda: NOW)
    facts = report_facts(db, 3)
    assert [ref.report_id for ref in facts.unseen] == [earlier]
    assert [ask.text for ask in facts.asks] == [ask.text for ask in before.asks]
    assert facts.doubts == ()
    assert rows(db, "SELECT 1 FROM comparisons WHERE report_id = 3 AND status = 'new'") == []
    for text in told(db, 3):
        said = phrases.unseen(facts)
        assert "could only be seen in part" in said
        assert said in text
        assert not [claim for claim in ("new", "New", "all new") if claim in text.replace(said, "").split()]
        assert "[new]" not in text
    (visit,) = [visit for visit in reads.visits(db.conn, URN) if visit.report_id == 3]
    assert "new" not in visit.counts


def test_what_was_read_in_part_before_the_last_inspection_does_not_matter(db: Database) -> None:
    add(db, 5, "2024-06-01", [ask("The quality of life-story work.")], "focused_visit")
    db.table("readings").update(2, {"warnings": '["page 2 has no text: it may be a scan"]', "reader": "another"})
    compare_all(db)
    assert report_facts(db, 5).unseen == ()
    assert rows(db, "SELECT status FROM comparisons WHERE report_id = 5 AND status = 'new'") == [{"status": "new"}]


def test_a_doubt_of_no_weight_changes_nothing(db: Database) -> None:
    compare_all(db)
    before = report_facts(db, 3)
    db.table("readings").update(3, {"warnings": '["no lead inspector was found"]'})
    assert report_facts(db, 3) == before
