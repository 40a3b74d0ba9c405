"""The operators hear of a new report that was read in part only, once, and of no other."""

from datetime import timedelta

import pytest
from sqlite_utils import Database

from monitor.alerts.issues import issue_changes
from monitor.database import rows
from monitor.reading.told_doubts import forget_doubts, tell_doubts
from tests.conftest import Clock
from tests.monitor import mail_rows as given

DOUBT = '["there are grades on no scale that is known: “Protection: Weak”", "no lead inspector was found"]'


@pytest.fixture(autouse=True)
def _authorities(db: Database) -> None:
    given.authorities(db)


def stored(db: Database, clock: Clock, warnings: str = DOUBT, **changes: object) -> None:
    given.listed(db, 7, clock(), **changes)
    given.read(db, 7, clock(), warnings=warnings)
    tell_doubts(db, 7, clock())


def open_now(db: Database) -> list[str]:
    return [row["message"] for row in rows(db, "SELECT message FROM issues WHERE key IS NOT NULL AND healed IS NULL")]


def test_a_doubted_report_is_an_issue_with_the_words_found(db: Database, clock: Clock) -> None:
    stored(db, clock)
    (said,) = open_now(db)
    assert said == (
        "report 7 of Westmarch (Inspection: pdf) could only be read in part: there are grades on no scale that is known: “Protection: Weak”"
    )
    assert len(list(issue_changes(db, clock()))) == 1


@pytest.mark.parametrize("warnings", ["[]", '["no lead inspector was found"]'])
def test_one_that_is_read_whole_is_none(db: Database, clock: Clock, warnings: str) -> None:
    stored(db, clock, warnings)
    assert open_now(db) == []


def test_one_of_before_the_watch_began_is_nobodys_news(db: Database, clock: Clock) -> None:
    stored(db, clock, baseline=1)
    assert open_now(db) == []


def test_it_is_over_once_the_report_is_read_whole(db: Database, clock: Clock) -> None:
    stored(db, clock)
    stored(db, clock, "[]")
    assert open_now(db) == []
    assert rows(db, "SELECT healed FROM issues")[0]["healed"]


def test_after_two_weeks_it_is_open_no_more_and_not_told_as_over(db: Database, clock: Clock) -> None:
    stored(db, clock)
    forget_doubts(db, clock())
    assert len(open_now(db)) == 1
    forget_doubts(db, clock() + timedelta(seconds=1))
    assert open_now(db) == []
    assert list(issue_changes(db, clock())) == []
