"""What pages are told of the stored rows."""

import pytest
from sqlite_utils import Database

from monitor.browse import reads
from monitor.database import stamp
from tests.conftest import Clock
from tests.monitor.browse.filled import fill


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
