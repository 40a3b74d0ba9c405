"""What `status` asks a person to look at: each thing that is not as it should be, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.alerts import raise_alerts
from monitor.config import Config
from monitor.database import note_issue, stamp
from monitor.health import status_lines, watch_state
from monitor.locks import locked
from scraper.database import opening
from tests.conftest import Clock
from tests.monitor import mail_rows as given

Wrong = Callable[[Database, Clock], None]


@pytest.fixture
def config(tmp_path: Path, db: Database, clock: Clock) -> Config:
    given.authorities(db)
    given.crawl(db, clock(), "ok")
    raise_alerts(db, clock())
    return given.config(data=tmp_path / "data")


def looked_at(db: Database, config: Config, clock: Clock, max_age: timedelta | None = None) -> list[str]:
    state = watch_state(db, config, clock(), max_age, daemon=False)
    assert state["ok"] == (not state["to_look_at"])
    found: list[str] = state["to_look_at"]
    return found


def test_nothing_to_look_at_is_said(config: Config, db: Database, clock: Clock) -> None:
    assert looked_at(db, config, clock) == []
    assert status_lines(watch_state(db, config, clock(), daemon=False))[0] == "all is well"


def broken(db: Database, clock: Clock) -> None:
    given.crawl(db, clock(), "broken")
    raise_alerts(db, clock())


def old(db: Database, clock: Clock) -> None:
    clock.move(hours=6, minutes=1)


def unread(db: Database, clock: Clock) -> None:
    given.listed(db, 7, clock())


def unreadable(db: Database, clock: Clock) -> None:
    given.listed(db, 7, clock())
    given.read(db, 7, clock(), error="encrypted")


def mail(state: str) -> Wrong:
    def of(db: Database, clock: Clock) -> None:
        then = stamp(clock() - timedelta(hours=2))
        given.insert(db, "alerts", id=5, kind="news", created=then, addressed=then, dedupe_key="x")
        given.insert(
            db, "deliveries", id=9, alert_id=5, recipient="a@example.org", channel="smtp", state=state, due=then, batch=then, message_id="<1>"
        )  # fmt: skip
        given.insert(db, "attempts", delivery_id=9, attempted=then, error="no")

    return of


def an_issue(db: Database, clock: Clock) -> None:
    note_issue(db, "compare", "error", "report 7: odd", clock(), key="step:compare:report 7")


WRONG: dict[str, tuple[Wrong, str]] = {
    "a source that is not well": (broken, "ofsted: broken since 2026-03-02T09:00 UTC"),
    "a good crawl too long ago": (old, "ofsted: not crawled well since 2026-03-02T09:00 UTC"),
    "a report that is not read": (unread, "1 report is not read"),
    "a report that cannot be read": (unreadable, "1 report is not read"),
    "a mail that failed": (mail("failed"), "1 mail could not be delivered in the last week"),
    "a mail that waits": (mail("pending"), "1 mail has waited for over an hour"),
    "an open issue": (an_issue, "compare: report 7: odd"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_said(config: Config, db: Database, clock: Clock, wrong: str) -> None:
    make, words = WRONG[wrong]
    make(db, clock)
    assert looked_at(db, config, clock) == [words]


@pytest.mark.parametrize(
    ("state", "after", "then"), [("pending", timedelta(hours=1), 1), ("failed", timedelta(days=7), 0)]
)
def test_a_mail_that_waits_is_looked_at_after_an_hour_and_one_that_failed_for_a_week(
    config: Config, db: Database, clock: Clock, state: str, after: timedelta, then: int
) -> None:
    mail(state)(db, clock)
    clock.now += after - timedelta(hours=2, seconds=1)
    assert len(looked_at(db, config, clock, timedelta(days=30))) == 1 - then
    clock.move(seconds=2)
    assert len(looked_at(db, config, clock, timedelta(days=30))) == then


def test_no_daemon_is_to_be_looked_at_unless_none_is_expected(config: Config, db: Database, clock: Clock) -> None:
    assert watch_state(db, config, clock())["to_look_at"] == ["the daemon is not running"]
    with locked(config.data, "daemon"):
        assert watch_state(db, config, clock())["ok"]


def test_how_old_a_good_crawl_may_be_can_be_said(config: Config, db: Database, clock: Clock) -> None:
    clock.move(hours=3)
    assert looked_at(db, config, clock) == []
    assert len(looked_at(db, config, clock, timedelta(hours=2))) == 1


def test_a_look_at_one_page_is_no_good_crawl(config: Config, db: Database, clock: Clock) -> None:
    clock.move(hours=7)
    given.crawl(db, clock(), "ok", scope="some")
    assert len(looked_at(db, config, clock)) == 1


def test_a_report_that_a_person_has_accepted_need_not_be_read(config: Config, db: Database, clock: Clock) -> None:
    unreadable(db, clock)
    given.insert(db, "listings", urn=given.URN, report_id=7, first_seen=stamp(clock()), accepted_at=stamp(clock()))
    assert looked_at(db, config, clock) == []


def test_a_healed_issue_is_marked_so(config: Config, db: Database, clock: Clock) -> None:
    an_issue(db, clock)
    given.change(db, "issues", "source", "compare", healed=stamp(clock()))
    state = watch_state(db, config, clock(), daemon=False)
    assert state["ok"]
    assert any(line.endswith("(1x, healed 2026-03-02T09:00)") for line in status_lines(state))


def test_whoever_asks_how_the_watch_does_needs_not_write(
    config: Config, db: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the database was opened for writing")

    monkeypatch.setattr(opening, "connect", refused)
    monkeypatch.setattr("monitor.database.store.scraped.connect", refused)
    assert looked_at(db, config, clock) == []
