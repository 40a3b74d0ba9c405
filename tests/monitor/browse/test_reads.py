"""What pages are told of the stored rows."""

from typing import Any

import pytest
from sqlite_utils import Database

from monitor.browse import reads
from monitor.database import stamp
from tests.conftest import Clock
from tests.monitor.browse.filled import fill, follow


@pytest.mark.parametrize(
    ("verdict", "well"), [("ok", True), ("empty", True), (None, True), ("blocked", False), ("timed_out", False)]
)
def test_only_a_source_that_a_person_need_look_at_is_called_unwell(
    db: Database, clock: Clock, verdict: str | None, well: bool
) -> None:
    db.table("crawls").insert({"source": "ofsted", "started": stamp(clock()), "verdict": verdict})
    assert [source["well"] for source in reads.sources(db.conn)] == [well]


def test_what_is_asked_of_the_safeguarding_board_is_not_counted_as_the_authoritys(db: Database) -> None:
    fill(db)
    assert {visit.report_id: visit.asks for visit in reads.visits(db.conn, "89999")} == {101: 3, 102: 0, 103: 2}


def test_a_report_that_names_another_authority_is_shown_and_counts_for_nothing(db: Database) -> None:
    fill(db)
    before = {row["urn"]: row for row in reads.home(db.conn)["standing"]}
    assert before["89999"]["grades"]["overall"]["grade"] == "good"
    db.table("readings").update(103, {"misfiled": "Eastmarch"})
    follow(db)
    shown = reads.authority(db.conn, "89999")
    assert shown is not None
    assert {visit.report_id: visit.misfiled for visit in shown["visits"]} == {101: None, 102: None, 103: "Eastmarch"}
    assert [visit.report_id for visit in shown["grades"].visits] == [101]
    after = {row["urn"]: row for row in reads.home(db.conn)["standing"]}
    assert after["89999"]["grades"]["overall"]["grade"] == "inadequate" and after["89999"]["reports"] == 2
    for name in ("open_areas", "judgement_history", "changed_at_last_visit", "longest_open_areas"):
        assert 103 not in {row["report_id"] for row in queried(db, name)}, name
    (why,) = [row["why"] for row in queried(db, "reports_not_read") if row["report_id"] == 103]
    assert why == "its text names Eastmarch"


def queried(db: Database, name: str) -> list[dict[str, Any]]:
    return reads.rows(db.conn, reads.named_queries()[name], {"authority": "89999"})


def test_an_authoritys_page_is_the_one_of_its_last_crawl(db: Database) -> None:
    fill(db)
    moved = {"crawl_id": 2, "url": "https://new.example.org/provider/44/89999", "urn": "89999", "verdict": "ok"}
    db.table("page_checks").insert(moved | {"checked": "2024-01-01T09:00:00+00:00"})
    shown = reads.authority(db.conn, "89999")
    assert shown and shown["page"] == moved["url"]


@pytest.mark.parametrize(
    ("health", "verdict", "stopped", "well"),
    [
        ("broken", "ok", 0, False),
        ("ok", "crashed", 1, True),
        ("ok", None, 0, True),
        ("timed_out", None, 0, False),
        (None, "crashed", 1, True),
        (None, "crashed", 0, False),
    ],
)
def test_a_source_does_as_was_last_concluded(
    db: Database, clock: Clock, health: str | None, verdict: str | None, stopped: int, well: bool
) -> None:
    crawl = {"source": "ofsted", "started": stamp(clock()), "verdict": verdict, "stopped": stopped}
    db.table("crawls").insert(crawl)
    if health:
        db.table("source_health").insert({"source": "ofsted", "verdict": health, "since": stamp(clock())})
    assert [source["well"] for source in reads.sources(db.conn)] == [well]
