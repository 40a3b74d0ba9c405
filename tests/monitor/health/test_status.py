"""How the watch says it is doing."""

from pathlib import Path

from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts
from monitor.health import status_lines, watch_state
from monitor.mail import deliver
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.mail.mail_server import free_port


def test_a_crawl_that_found_nothing_new_was_a_good_one(db: Database, clock: Clock, tmp_path: Path) -> None:
    for verdict in ("ok", "empty", "blocked"):
        clock.move(hours=2)
        given.crawl(db, clock(), verdict)
    state = watch_state(db, given.config(data=tmp_path / "data"), clock())
    assert state["sources"][0]["last_good_crawl"] == "2026-03-02T13:00:00.000000+00:00"
    assert "ofsted: blocked at 2026-03-02T15:00; last good crawl 2026-03-02T13:00" in status_lines(state)


def test_a_misfiled_report_is_counted_until_it_is_withdrawn(db: Database, clock: Clock, tmp_path: Path) -> None:
    given.authorities(db)
    for number in (7, 8):
        given.ready(db, number, clock())
        given.change(db, "readings", "report_id", number, misfiled="Northmere")
    given.change(db, "reports", "id", 8, withdrawn_at="2026-03-01")
    reports = watch_state(db, given.config(data=tmp_path / "data"), clock())["reports"]
    assert (reports["misfiled"], reports["withdrawn"]) == (1, 1)


def test_mail_that_waits_is_told_with_its_number_and_since_when(db: Database, clock: Clock, tmp_path: Path) -> None:
    given.authorities(db)
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    config = given.smtp(free_port()).model_copy(update={"data": tmp_path / "data"})
    make_deliveries(db, config, clock())
    deliver(db, config, clock)
    assert any(
        line.startswith("mail is not taken since 2026-03-02T09:00; 1 mails wait: 127.0.0.1:")
        for line in status_lines(watch_state(db, config, clock()))
    )
    deliver(db, given.config(alerts=[]), clock)
    lines = status_lines(watch_state(db, config, clock()))
    assert "alerts: 1 raised; mails: 0 pending, 0 sent, 0 failed, 1 dropped" in lines
    assert not any("mail is not taken" in line for line in lines)


def test_what_is_not_well_is_told_though_the_last_crawl_was(db: Database, clock: Clock, tmp_path: Path) -> None:
    given.crawl(db, clock(), "ok")
    given.insert(
        db, "source_health", source="ofsted", verdict="broken", message="one page", since="2026-03-01T09:00:00+00:00"
    )
    lines = status_lines(watch_state(db, given.config(data=tmp_path / "data"), clock()))
    assert "  not well since 2026-03-01T09:00: broken" in lines
    given.change(db, "source_health", "source", "ofsted", verdict="empty")
    assert not [
        line
        for line in status_lines(watch_state(db, given.config(data=tmp_path / "data"), clock()))
        if "not well" in line
    ]
