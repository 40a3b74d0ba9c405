"""A report whose text names another authority than its page is marked, until that is settled; no other is."""

from collections.abc import Callable

import pytest
from sqlite_utils import Database

from monitor.database import rows, stamp, value
from monitor.reading.misfiled import file_reports, names_another
from monitor.reading.visits import misfiled_visit, visits_of
from scraper.database import Accepted, accept_page
from scraper.reference import Authority, Name
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.mail_rows import OTHER_URN, URN

OWN = Authority(
    "1", "Westmarch", aliases=("The Western March",), names=(Name("former", "Oldmarch"), Name("town", "Millford"))
)
KNOWN = (
    OWN,
    Authority("2", "Northmere", aliases=("Mere of the North",)),
    Authority("3", "Millford"),
    Authority("4", "Oldmarch"),
)


@pytest.mark.parametrize(
    ("named", "other"),
    [
        ("Westmarch", None),
        ("Westmarch City Council", None),
        ("the western march", None),
        ("Oldmarch", None),  # the council it came from: its reports may stand on the page of either
        ("Nowhere that we know", None),
        ("", None),
        ("Northmere", "2"),
        ("London Borough of Northmere", "2"),
        ("Mere of the North", "2"),
        ("Millford", "3"),  # also a town of its own: the name of an authority counts for more
    ],
)
def test_a_text_names_another_authority_only_where_that_is_sure(named: str, other: str | None) -> None:
    found = names_another(named, OWN, KNOWN)
    assert (found.urn if found else None) == other


def read(db: Database, number: int, clock: Clock, named: str, **report: object) -> None:
    """A report on Westmarch's page, read and compared, whose text names an authority."""
    given.ready(db, number, clock(), kind="inspection", **report)
    given.change(db, "readings", "report_id", number, authority=named)
    given.insert(db, "listings", urn=URN, report_id=number, first_seen=stamp(clock()))


@pytest.fixture
def misfiled(db: Database, clock: Clock) -> Callable[[], list[int]]:
    """Two reports on Westmarch's page, of which 8 names Northmere: which are marked after a run."""
    given.authorities(db)
    read(db, 7, clock, "Westmarch")
    read(db, 8, clock, "Northmere Borough Council")
    given.insert(db, "comparisons", report_id=8, status="new", position=0)

    def run() -> list[int]:
        file_reports(db, clock())
        return [row["report_id"] for row in rows(db, "SELECT report_id FROM readings WHERE misfiled = 'Northmere'")]

    return run


Marked = Callable[[], list[int]]


def test_a_misfiled_report_is_in_no_chain_and_was_never_compared(db: Database, misfiled: Marked) -> None:
    assert misfiled() == [8] == misfiled()
    assert [visit.report_id for visit in visits_of(db, URN)] == [7]
    alone = misfiled_visit(db, 8)
    assert alone and alone.report_id == 8 and misfiled_visit(db, 7) is None
    assert value(db, "SELECT count(*) FROM comparisons") == 0
    assert rows(db, "SELECT report_id FROM compared") == [{"report_id": 7}]


def test_a_misfiled_report_is_an_issue_once(db: Database, misfiled: Marked) -> None:
    for _ in range(2):
        misfiled()
    (issue,) = rows(db, "SELECT level, message, count FROM issues")
    assert (issue["level"], issue["count"]) == ("warning", 1)
    assert issue["message"].startswith("report 8 is on the page of Westmarch and its text names Northmere")


def test_an_accepted_report_is_a_visit_like_any_other(db: Database, misfiled: Marked, clock: Clock) -> None:
    misfiled()
    accept_page(db, URN, clock())
    assert misfiled() == []
    assert [visit.report_id for visit in visits_of(db, URN)] == [7, 8]


def test_a_report_that_the_authority_it_names_lists_too_is_that_ones(
    db: Database, misfiled: Marked, clock: Clock
) -> None:
    misfiled()
    given.insert(db, "listings", urn=OTHER_URN, report_id=8, first_seen=stamp(clock()), baseline=1)
    assert misfiled() == []
    assert rows(db, "SELECT urn, baseline FROM reports WHERE id = 8") == [{"urn": OTHER_URN, "baseline": 1}]


def test_a_page_that_no_longer_lists_it_is_not_its_place(db: Database, misfiled: Marked, clock: Clock) -> None:
    now = stamp(clock())
    given.insert(db, "listings", urn=OTHER_URN, report_id=8, first_seen=now, missing_since=now)
    assert misfiled() == [8]


def test_what_is_gone_from_a_page_does_not_belong_there_and_is_found_where_it_is_listed(
    db: Database, misfiled: Marked, clock: Clock
) -> None:
    now = stamp(clock())
    db.conn.execute("UPDATE listings SET missing_since = ? WHERE report_id = 8", [now])
    db.conn.commit()
    misfiled()
    assert accept_page(db, URN, clock()) == Accepted(gone=(8,), filed=())
    given.insert(db, "listings", urn=OTHER_URN, report_id=8, first_seen=now)
    assert misfiled() == []
    assert value(db, "SELECT urn FROM reports WHERE id = 8") == OTHER_URN


def test_a_report_read_before_names_were_kept_is_nobodys_doubt(db: Database, misfiled: Marked) -> None:
    given.change(db, "readings", "report_id", 8, authority=None)
    assert misfiled() == []
