"""How the watch says it is doing."""

from datetime import timedelta
from pathlib import Path

from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts
from monitor.database import stamp
from monitor.health import status_lines, watch_state
from monitor.mail import deliver
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.ports import free_port


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
        line.startswith("mail is not taken since 2026-03-02T09:00; 1 mail waits: 127.0.0.1:")
        for line in status_lines(watch_state(db, config, clock()))
    )
    deliver(db, given.config(alerts=[]), clock)
    lines = status_lines(watch_state(db, config, clock()))
    assert "alerts: 1 raised; mails: 0 pending, 0 sent, 0 failed, 1 dropped" in lines
    assert not any("mail is not taken" in line for line in lines)


def test_what_is_expected_of_each_source_by_its_own_past_is_told(db: Database, clock: Clock, tmp_path: Path) -> None:
    news = [{"name": name, "feed": f"http://127.0.0.1:9/{name}"} for name in ("Gazette", "Courier", "Herald")]
    config = given.config(data=tmp_path / "data", sources={"news": news})
    given.authorities(db)
    given.ready(db, 7, clock())
    given.insert(db, "listings", urn=given.URN, report_id=7, first_seen=stamp(clock()))
    for name, days, gap in (("Gazette", 30, 1), ("Courier", 30, 3), ("Herald", 5, 1)):
        given.crawl(db, clock(), "ok", source=name)
        for number in range(days):
            day = (clock() - timedelta(days=number)).date().isoformat()
            values = {"least": 25 + number, "most": 25 + number, "new": int(number % gap == 0)}
            given.insert(db, "feed_days", source=name, day=day, **values)
    given.crawl(db, clock(), "ok")
    state = watch_state(db, config, clock())
    told = "\n".join(status_lines(state))
    assert "  1 report listed on 1 page; no good round to compare with yet" in told
    assert (
        "expected by 30 days of looks, 30 of them with something new: 25 to 54 entries; something new each day, or within 2 days"
        in told
    )
    assert "never more than 2 days without anything new, and 6 at most" in told
    assert (
        "not enough history yet to expect anything, by 5 days of looks, 5 of them with something new: it takes 14 and 8"
        in told
    )
    of_gazette = next(source["expected"] for source in state["sources"] if source["source"] == "Gazette")
    assert (of_gazette["least"], of_gazette["allowed"], of_gazette["last_new"]) == (25, 2, clock().date().isoformat())


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
