"""What is told of reports: each thing once, nothing before it is read, nothing lost."""

import json
from collections.abc import Callable

import pytest
from sqlite_utils import Database

from monitor.alerts.raising import make_deliveries, raise_alerts
from monitor.comparing import compare_pending
from monitor.database import rows, stamp
from tests.conftest import Clock
from tests.monitor import mail_rows as given


@pytest.fixture(autouse=True)
def _authorities(db: Database) -> None:
    given.authorities(db)


@pytest.fixture
def told(db: Database, clock: Clock) -> Callable[[], list[str]]:
    """The keys of the alerts that a run raises."""

    def run() -> list[str]:
        ids = raise_alerts(db, clock())
        return [rows(db, "SELECT dedupe_key FROM alerts WHERE id = ?", [number])[0]["dedupe_key"] for number in ids]

    return run


Told = Callable[[], list[str]]


def test_a_new_report_is_told_once(db: Database, clock: Clock, told: Told) -> None:
    given.ready(db, 7, clock())
    assert told() == ["report:7"]
    clock.move(hours=2)
    assert told() == []


def test_the_baseline_is_silent(db: Database, clock: Clock, told: Told) -> None:
    given.ready(db, 7, clock(), baseline=1)
    assert told() == []


def test_nothing_is_told_before_it_is_read_and_compared(db: Database, clock: Clock, told: Told) -> None:
    given.listed(db, 7, clock())
    assert told() == []
    given.read(db, 7, clock())
    assert told() == []
    given.compared(db, 7, clock())
    assert told() == ["report:7"]


def test_a_reading_of_other_bytes_does_not_count(db: Database, clock: Clock, told: Told) -> None:
    given.ready(db, 7, clock())
    given.change(db, "reports", "id", 7, sha256="other bytes")
    assert told() == []


def test_a_report_still_undone_after_a_day_is_told_as_it_is(db: Database, clock: Clock, told: Told) -> None:
    given.listed(db, 7, clock())
    clock.move(hours=23)
    assert told() == []
    clock.move(hours=2)
    assert told() == ["report:7"]
    assert unread_reason(db) == "it has not been read within a day"


def test_an_unreadable_report_is_told_at_once_and_again_when_it_is_read(db: Database, clock: Clock, told: Told) -> None:
    given.listed(db, 7, clock())
    given.read(db, 7, clock(), error="encrypted")
    assert told() == ["report:7"]
    assert unread_reason(db) == "encrypted"
    clock.move(hours=1)
    assert told() == []
    given.read(db, 7, clock())
    given.compared(db, 7, clock())
    assert told() == ["report:7:read:bytes of 7"]
    clock.move(hours=1)
    assert told() == []


@pytest.mark.parametrize(
    "problem",
    [
        "HTTP 503",
        "no complete answer within 30 s",
        "the connection was refused",
        "the answer broke off",
        "not asked for, because its host failed 3 times running: HTTP 502",
    ],
)
def test_a_passing_failure_is_given_three_crawls(db: Database, clock: Clock, told: Told, problem: str) -> None:
    given.listed(db, 7, clock(), sha256=None, problem=problem, attempts=2)
    assert told() == []
    given.change(db, "reports", "id", 7, attempts=3)
    assert told() == ["report:7"]
    assert unread_reason(db) == problem


@pytest.mark.parametrize(
    "problem", ["the link answers with Ofsted's 'Report not found' page", "not a PDF", "HTTP 404", "larger than 20 MiB"]
)
def test_a_failure_that_will_not_pass_is_told_at_once(db: Database, clock: Clock, told: Told, problem: str) -> None:
    given.listed(db, 7, clock(), sha256=None, problem=problem, attempts=1)
    assert told() == ["report:7"]


def test_other_bytes_with_the_same_reading_are_no_news(db: Database, clock: Clock, told: Told) -> None:
    given.ready(db, 7, clock(), baseline=1)
    assert told() == []
    clock.move(hours=1)
    given.change(db, "reports", "id", 7, sha256="new bytes", amended_at=stamp(clock()))
    given.read(db, 7, clock(), sha256="new bytes")
    assert told() == []


@pytest.mark.parametrize("baseline", [0, 1])
def test_an_amended_report_that_says_something_else_is_told_once(
    db: Database, clock: Clock, told: Told, baseline: int
) -> None:
    given.ready(db, 7, clock(), baseline=baseline)
    told()
    clock.move(hours=1)
    given.change(db, "reports", "id", 7, sha256="new bytes", amended_at=stamp(clock()))
    assert told() == [], "not before the new bytes are read"
    given.read(db, 7, clock(), sha256="new bytes", fingerprint="f2", meaning_changed=stamp(clock()))
    given.compared(db, 7, clock())
    assert told() == [f"amended:7:{stamp(clock())}"]
    clock.move(hours=1)
    assert told() == []


def test_a_report_that_goes_back_and_forth_is_told_each_time(db: Database, clock: Clock, told: Told) -> None:
    given.ready(db, 7, clock(), baseline=1)
    for sha256 in ("new", "bytes of 7", "new"):
        clock.move(hours=1)
        given.change(db, "reports", "id", 7, sha256=sha256, amended_at=stamp(clock()))
        given.read(db, 7, clock(), sha256=sha256, fingerprint=sha256, meaning_changed=stamp(clock()))
        given.compared(db, 7, clock())
        assert told() == [f"amended:7:{stamp(clock())}"]


def test_what_was_amended_before_anybody_knew_it_is_only_new(db: Database, clock: Clock, told: Told) -> None:
    given.listed(db, 7, clock(), amended_at=stamp(clock()))
    given.read(db, 7, clock(), meaning_changed=stamp(clock()))
    given.compared(db, 7, clock())
    clock.move(hours=1)
    assert told() == ["report:7"]
    clock.move(hours=1)
    assert told() == []


def test_an_amended_report_that_cannot_be_read_is_told_with_the_reason(db: Database, clock: Clock, told: Told) -> None:
    given.ready(db, 7, clock(), baseline=1)
    clock.move(hours=1)
    given.change(db, "reports", "id", 7, sha256="new bytes", amended_at=stamp(clock()))
    given.read(db, 7, clock(), sha256="new bytes", error="truncated")
    assert told() == [f"amended:7:{stamp(clock())}"]
    assert unread_reason(db) == "truncated"
    clock.move(hours=1)
    assert told() == []
    given.read(db, 7, clock(), sha256="new bytes")
    given.compared(db, 7, clock())
    assert told() == ["report:7:read:new bytes"]


def test_a_better_reader_alerts_nobody(db: Database, clock: Clock, told: Told) -> None:
    given.ready(db, 7, clock())
    told()
    clock.move(hours=1)
    given.read(db, 7, clock(), reader="2", fingerprint="f2")
    assert told() == []


def test_withdrawn_waits_for_the_end_of_the_crawl_that_says_so(db: Database, clock: Clock, told: Told) -> None:
    given.ready(db, 7, clock(), baseline=1)
    given.change(db, "reports", "id", 7, withdrawn_at=stamp(clock()))
    crawl_id = given.crawl(db, clock(), "ok")
    given.change(db, "crawls", "id", crawl_id, verdict=None)
    given.insert(db, "page_checks", crawl_id=crawl_id, url="x", urn=given.URN, verdict="ok", checked=stamp(clock()))
    assert told() == []
    given.change(db, "crawls", "id", crawl_id, verdict="ok")
    assert told() == [f"withdrawn:7:{stamp(clock())}"]


def test_withdrawn_is_told_once_and_again_if_it_comes_back_and_goes(db: Database, clock: Clock, told: Told) -> None:
    given.ready(db, 7, clock(), baseline=1)
    given.change(db, "reports", "id", 7, withdrawn_at="2026-03-02T09:00:00+00:00")
    assert told() == ["withdrawn:7:2026-03-02T09:00:00+00:00"]
    assert told() == []
    given.change(db, "reports", "id", 7, withdrawn_at=None)
    assert told() == ["back:7:2026-03-02T09:00:00+00:00"], "what was told does not hold any more"
    assert told() == []
    given.change(db, "reports", "id", 7, withdrawn_at="2026-04-02T09:00:00+00:00")
    assert told() == ["withdrawn:7:2026-04-02T09:00:00+00:00"]


def unread_reason(db: Database) -> str:
    return str(json.loads(rows(db, "SELECT detail FROM alerts")[0]["detail"])["unread"])


def test_whatever_becomes_of_a_report_reaches_those_who_watch_its_authority(
    db: Database, clock: Clock, told: Told
) -> None:
    def addressed() -> str:
        (key,) = told()
        assert make_deliveries(db, given.config(), clock()) == 1
        clock.move(hours=2)
        return key

    given.listed(db, 7, clock())
    given.compared(db, 7, clock())
    given.read(db, 7, clock(), error="encrypted")
    assert addressed() == "report:7"
    given.read(db, 7, clock())
    assert addressed() == "report:7:read:bytes of 7"
    given.read(db, 7, clock(), meaning_changed=stamp(clock()))
    given.change(db, "reports", "id", 7, amended_at=stamp(clock()))
    assert addressed().startswith("amended:7:")
    given.change(db, "reports", "id", 7, withdrawn_at=stamp(clock()))
    assert addressed().startswith("withdrawn:7:")
    given.change(db, "reports", "id", 7, withdrawn_at=None)
    assert addressed().startswith("back:7:")


def misfiled(db: Database, name: str | None) -> None:
    given.change(db, "readings", "report_id", 7, misfiled=name)


def test_a_report_that_names_another_authority_is_told_as_such_and_again_when_that_is_settled(
    db: Database, clock: Clock, told: Told
) -> None:
    given.listed(db, 7, clock())
    given.read(db, 7, clock(), misfiled="Northmere")
    assert told() == ["report:7"]
    assert json.loads(rows(db, "SELECT detail FROM alerts")[0]["detail"]) == {"misfiled": "Northmere"}
    clock.move(hours=1)
    assert told() == []
    misfiled(db, None)
    assert told() == []
    given.compared(db, 7, clock())
    assert told() == [f"report:7:filed:{given.URN}"]
    clock.move(hours=1)
    assert told() == []


def test_a_report_that_was_unread_and_names_another_authority_is_told_as_both_and_then_as_settled(
    db: Database, clock: Clock, told: Told
) -> None:
    given.listed(db, 7, clock())
    given.read(db, 7, clock(), error="encrypted")
    told()
    given.read(db, 7, clock(), misfiled="Northmere")
    assert told() == ["report:7:read:bytes of 7"]
    misfiled(db, None)
    given.compared(db, 7, clock())
    assert told() == [f"report:7:filed:{given.URN}"]


def test_the_baseline_is_silent_about_another_authority_too(db: Database, clock: Clock, told: Told) -> None:
    given.ready(db, 7, clock(), baseline=1)
    misfiled(db, "Northmere")
    assert told() == []
    misfiled(db, None)
    assert told() == []


def test_the_last_word_about_a_report_is_the_last_written_and_not_that_of_the_clock_furthest_ahead(
    db: Database, clock: Clock, told: Told
) -> None:
    given.ready(db, 7, clock())
    told()
    for since in ("2030-01-01T09:00:00+00:00", "2026-03-03T09:00:00+00:00"):
        given.change(db, "reports", "id", 7, withdrawn_at=since)
        assert told() == [f"withdrawn:7:{since}"]
        given.change(db, "reports", "id", 7, withdrawn_at=None)
        assert told() == [f"back:7:{since}"]


def test_a_report_that_is_not_compared_within_a_day_is_told_as_such_and_again_when_it_is(
    db: Database, clock: Clock, told: Told
) -> None:
    given.listed(db, 7, clock())
    given.read(db, 7, clock())
    clock.move(hours=23)
    assert told() == []
    clock.move(hours=2)
    assert told() == ["report:7"]
    assert json.loads(rows(db, "SELECT detail FROM alerts")[0]["detail"]) == {
        "uncompared": "it has not been compared within a day"
    }
    clock.move(hours=1)
    assert told() == []
    given.compared(db, 7, clock())
    assert told() == ["report:7:compared:bytes of 7"]
    assert json.loads(rows(db, "SELECT detail FROM alerts ORDER BY id DESC")[0]["detail"]) == {"was_uncompared": True}
    clock.move(hours=1)
    assert told() == []


def test_a_comparison_of_other_readings_does_not_count(db: Database, clock: Clock, told: Told) -> None:
    given.listed(db, 7, clock(), kind="inspection")
    given.read(db, 7, clock())
    given.compared(db, 7, clock())
    assert told() == []
    compare_pending(db, clock)
    assert told() == ["report:7"]


def test_a_report_reissued_readable_after_an_unreadable_one_is_now_readable_and_not_replaced(
    db: Database, clock: Clock, told: Told
) -> None:
    given.ready(db, 7, clock())
    told()
    clock.move(hours=1)
    given.change(db, "reports", "id", 7, sha256="bad bytes", amended_at=stamp(clock()))
    given.read(db, 7, clock(), sha256="bad bytes", error="truncated")
    assert told()[0].startswith("amended:7:")
    clock.move(hours=1)
    given.change(db, "reports", "id", 7, sha256="good bytes", amended_at=stamp(clock()))
    given.read(db, 7, clock(), sha256="good bytes", fingerprint="f3", meaning_changed=stamp(clock()))
    given.compared(db, 7, clock())
    assert told() == ["report:7:read:good bytes"]


def older(db: Database, number: int) -> bool:
    detail = rows(db, "SELECT detail FROM alerts WHERE dedupe_key = ?", [f"report:{number}"])[0]["detail"]
    return bool(json.loads(detail or "{}").get("older"))


@pytest.mark.parametrize(
    ("known", "published", "expected"),
    [
        ({"published": "2024-05-01", "baseline": 1}, "2013-03-05", True),
        ({"published": "2024-05-01", "baseline": 1}, "2024-06-01", False),
        ({"published": "2024-05-01", "baseline": 1}, "2024-05-01", False),
        ({"published": "2024-05-01", "baseline": 1}, None, False),
        ({"published": None, "baseline": 1}, "2013-03-05", False),
        ({"published": "2024-05-01", "baseline": 1, "withdrawn_at": "2024-06-01"}, "2013-03-05", False),
        ({"published": "2024-05-01", "baseline": 1, "urn": given.OTHER_URN}, "2013-03-05", False),
        ({"published": "2024-05-01", "baseline": 0}, "2024-04-01", True),
    ],
)
def test_a_report_of_before_the_newest_known_one_is_an_older_one_listed_only_now(
    db: Database, clock: Clock, told: Told, known: dict[str, str | int | None], published: str | None, expected: bool
) -> None:
    given.ready(db, 7, clock(), **known)
    told()
    clock.move(hours=1)
    given.ready(db, 8, clock(), published=published)
    assert told() == ["report:8"]
    assert older(db, 8) is expected


def test_of_two_that_appear_together_none_is_the_older_one(db: Database, clock: Clock, told: Told) -> None:
    given.ready(db, 7, clock(), published="2024-05-01")
    given.ready(db, 8, clock(), published="2024-04-01")
    assert sorted(told()) == ["report:7", "report:8"]
    assert not older(db, 7)
    assert not older(db, 8)


def test_a_misfiled_newer_report_makes_none_an_older_one(db: Database, clock: Clock, told: Told) -> None:
    given.ready(db, 7, clock(), published="2024-05-01", baseline=1)
    misfiled(db, "Northmere")
    told()
    given.ready(db, 8, clock(), published="2013-04-01")
    assert told() == ["report:8"]
    assert not older(db, 8)
