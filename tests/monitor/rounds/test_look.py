"""The look at ourselves: each thing that went wrong without a word is found, told once, and told once more when it is over."""

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts, raising
from monitor.alerts.issues import issue_changes
from monitor.config import Config
from monitor.database import rows, stamp, value
from monitor.locks import lock_path, locked
from monitor.mail.queue import recover
from monitor.rounds.look import look
from tests.conftest import Clock
from tests.monitor import mail_rows as given

Inject = Callable[[Database, Config, Clock], None]


@pytest.fixture
def config(tmp_path: Path, db: Database) -> Config:
    given.authorities(db)
    return given.config(data=tmp_path / "data")


def untold(db: Database, _config: Config, clock: Clock) -> None:
    given.listed(db, 7, clock() - timedelta(days=2))


def told(db: Database, _config: Config, clock: Clock) -> None:
    given.insert(
        db,
        "alerts",
        kind="report",
        report_id=7,
        urn=given.URN,
        created=stamp(clock()),
        addressed=stamp(clock()),
        nobody=1,
        dedupe_key="report:7",
    )


def unaddressed(db: Database, _config: Config, clock: Clock) -> None:
    then = stamp(clock() - timedelta(hours=2))
    given.insert(db, "alerts", id=50, kind="news", urn=given.URN, created=then, addressed=then, dedupe_key="x")


def addressed(db: Database, _config: Config, clock: Clock) -> None:
    given.insert(
        db, "deliveries", alert_id=50, recipient="a@example.org", channel="eml", state="sent", due=stamp(clock())
    )


def waits(db: Database, _config: Config, clock: Clock) -> None:
    then = stamp(clock() - timedelta(hours=2))
    given.insert(db, "alerts", id=51, kind="news", urn=given.URN, created=then, addressed=then, dedupe_key="y")
    given.insert(
        db,
        "deliveries",
        id=9,
        alert_id=51,
        recipient="a@example.org",
        channel="smtp",
        state="pending",
        due=then,
        error="451 later",
    )


def sent(db: Database, _config: Config, _clock: Clock) -> None:
    given.change(db, "deliveries", "id", 9, state="sent")


def not_crawled(db: Database, _config: Config, clock: Clock) -> None:
    given.crawl(db, clock() - timedelta(hours=4), "ok")
    given.crawl(db, clock() - timedelta(hours=3), "ok", scope="some")


def crawled(db: Database, _config: Config, clock: Clock) -> None:
    given.crawl(db, clock(), "ok")


FINDS: dict[str, tuple[Inject, Inject, str]] = {
    "a report that nobody was told of": (untold, told, "report 7 of Westmarch"),
    "an alert without a mail": (unaddressed, addressed, "alert 50"),
    "a mail that waits": (waits, sent, "1 mail waits, .* 451 later"),
    "a source that is not crawled": (not_crawled, crawled, "ofsted has not been crawled well"),
}


@pytest.mark.parametrize("find", FINDS)
def test_what_went_wrong_without_a_word_is_told_once_and_when_it_is_over(
    config: Config, db: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch, find: str
) -> None:
    monkeypatch.setattr(raising, "STEPS", (issue_changes,))  # the others would tell of the report at last
    inject, mend, words = FINDS[find]
    inject(db, config, clock)
    seen: list[int] = []
    for _ in range(2):
        look(db, config, clock())
        seen += notices(db, config, clock)
    (issue,) = rows(db, "SELECT message, healed FROM issues WHERE key LIKE 'look:%'")
    assert issue["healed"] is None
    assert re.search(words, issue["message"])
    assert seen == [1, 0]
    mend(db, config, clock)
    look(db, config, clock())
    assert value(db, "SELECT healed FROM issues WHERE key LIKE 'look:%'") is not None
    assert notices(db, config, clock) == [1]


FOUND_AFTER = {
    "a report that nobody was told of": (timedelta(days=2), timedelta(hours=26)),
    "an alert without a mail": (timedelta(hours=2), timedelta(hours=1)),
    "a mail that waits": (timedelta(hours=2), timedelta(hours=1)),
    "a source that is not crawled": (timedelta(hours=4), timedelta(hours=3, minutes=1)),
}
"""How long before now each of `FINDS` begins, and after how long it is one."""


@pytest.mark.parametrize("find", FOUND_AFTER)
def test_what_goes_wrong_is_found_after_its_time_and_not_before(
    config: Config, db: Database, clock: Clock, find: str
) -> None:
    ago, limit = FOUND_AFTER[find]
    FINDS[find][0](db, config, clock)
    clock.now += limit - ago
    look(db, config, clock())
    assert rows(db, "SELECT message FROM issues") == []
    clock.move(seconds=1)
    look(db, config, clock())
    assert len(rows(db, "SELECT message FROM issues WHERE key LIKE 'look:%'")) == 1


def notices(db: Database, config: Config, clock: Clock) -> list[int]:
    """How many notices of the watch itself are new, each addressed to the operators."""
    before = value(db, "SELECT coalesce(max(id), 0) FROM alerts")
    raise_alerts(db, clock())
    make_deliveries(db, config, clock())
    sql = (
        "SELECT d.recipient FROM alerts a JOIN deliveries d ON d.alert_id = a.id WHERE a.id > ? AND a.source = 'watch'"
    )
    told = rows(db, sql, [before])
    assert {row["recipient"] for row in told} <= {"ops@example.org"}
    return [len(told)]


def test_nothing_wrong_is_nothing_found(config: Config, db: Database, clock: Clock) -> None:
    given.crawl(db, clock(), "ok")
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    look(db, config, clock())
    assert rows(db, "SELECT * FROM issues") == []


def test_an_alert_that_no_rule_wants_is_as_it_should_be(config: Config, db: Database, clock: Clock) -> None:
    given.ready(db, 7, clock() - timedelta(hours=3), urn=given.OTHER_URN)
    raise_alerts(db, clock() - timedelta(hours=3))
    make_deliveries(db, config, clock() - timedelta(hours=3))
    look(db, config, clock())
    assert rows(db, "SELECT * FROM issues") == []


def test_a_source_that_is_known_to_be_broken_is_not_told_twice(config: Config, db: Database, clock: Clock) -> None:
    given.crawl(db, clock() - timedelta(hours=9), "ok")
    given.crawl(db, clock() - timedelta(hours=8), "broken")
    raise_alerts(db, clock())
    look(db, config, clock())
    assert rows(db, "SELECT * FROM issues") == []


def test_a_lock_that_is_held_longer_than_any_crawl_may_take_is_told(config: Config, db: Database, clock: Clock) -> None:
    with locked(config.data, "crawl ofsted"):
        began = (clock() - timedelta(hours=2)).timestamp()
        os.utime(lock_path(config.data, "crawl ofsted"), (began, began))
        look(db, config, clock())
        (issue,) = rows(db, "SELECT message, healed FROM issues")
        assert "another process has been crawling ofsted since 2026-03-02T07:00" in issue["message"]
    look(db, config, clock())
    assert value(db, "SELECT healed FROM issues") is not None


def test_times_to_come_count_as_now(config: Config, db: Database, clock: Clock) -> None:
    given.crawl(db, clock() + timedelta(days=365), "ok")
    given.insert(db, "alerts", id=51, kind="news", created=stamp(clock()), dedupe_key="y")
    ahead = stamp(clock() + timedelta(days=365))
    for number, batch in ((1, ahead), (2, None)):
        given.insert(
            db, "deliveries", id=number, alert_id=51, recipient=f"{number}@example.org", channel="smtp", state="pending", due=ahead, batch=batch,
        )  # fmt: skip
    look(db, config, clock())
    assert value(db, "SELECT started FROM crawls") == stamp(clock())
    assert {row["due"] for row in rows(db, "SELECT due FROM deliveries")} == {stamp(clock())}
    assert "the clock was ahead" in value(db, "SELECT message FROM issues")


def test_a_digest_of_next_week_is_not_of_a_clock_that_was_ahead(config: Config, db: Database, clock: Clock) -> None:
    given.insert(db, "alerts", id=51, kind="news", created=stamp(clock()), addressed=stamp(clock()), dedupe_key="y")
    due = stamp(clock() + timedelta(days=7))
    given.insert(db, "deliveries", alert_id=51, recipient="a@example.org", channel="smtp", state="pending", due=due)
    look(db, config, clock())
    assert value(db, "SELECT due FROM deliveries") == due
    assert rows(db, "SELECT * FROM issues") == []


@pytest.mark.parametrize(("tried", "longest"), [(True, timedelta(hours=7)), (False, timedelta(days=9))])
def test_no_mail_waits_longer_than_any_retry_or_digest_would(
    config: Config, db: Database, clock: Clock, tried: bool, longest: timedelta
) -> None:
    given.insert(db, "alerts", id=51, kind="news", created=stamp(clock()), addressed=stamp(clock()), dedupe_key="y")
    due = clock() + longest
    given.insert(
        db, "deliveries", alert_id=51, recipient="a@example.org", channel="smtp", state="pending", due=stamp(due),
        batch=stamp(clock()) if tried else None,
    )  # fmt: skip
    look(db, config, clock())
    assert value(db, "SELECT due FROM deliveries") == stamp(due)
    clock.move(seconds=-1)
    look(db, config, clock())
    assert value(db, "SELECT due FROM deliveries") == stamp(clock())


def test_a_step_that_is_not_tried_any_more_is_no_issue_for_ever(config: Config, db: Database, clock: Clock) -> None:
    given.insert(
        db, "issues", source="compare", level="error", message="report 7: x", key="step:compare:report 7",
        first_seen=stamp(clock()), last_seen=stamp(clock()), opened=stamp(clock()),
    )  # fmt: skip
    clock.move(hours=23)
    look(db, config, clock())
    assert value(db, "SELECT healed FROM issues") is None
    clock.move(hours=2)
    look(db, config, clock())
    assert value(db, "SELECT healed FROM issues") is not None


def test_a_feed_that_turned_empty_for_good_is_told_and_a_quiet_week_is_not(
    db: Database, clock: Clock, tmp_path: Path
) -> None:
    news = [{"name": "Gazette", "feed": "http://127.0.0.1:9/a", "every": "1d"}]
    config = given.config(data=tmp_path / "data", sources={"news": news})
    given.crawl(db, clock(), "ok", source="Gazette")
    told = []
    for _ in range(9):
        clock.move(days=1)
        given.crawl(db, clock(), "empty", source="Gazette")
        look(db, config, clock())
        told.append(value(db, "SELECT count(*) FROM issues WHERE key = 'look:empty:Gazette'"))
    assert told == [0] * 8 + [1]
    given.crawl(db, clock(), "ok", source="Gazette")
    look(db, config, clock())
    assert value(db, "SELECT healed FROM issues WHERE key = 'look:empty:Gazette'") is not None


def test_where_a_feed_has_a_past_that_and_no_fixed_week_says_how_long_it_may_be_empty(
    db: Database, clock: Clock, tmp_path: Path
) -> None:
    news = [{"name": "Gazette", "feed": "http://127.0.0.1:9/a", "every": "1d"}]
    config = given.config(data=tmp_path / "data", sources={"news": news})
    for number in range(20):
        day = (clock() - timedelta(days=number)).date().isoformat()
        given.insert(db, "feed_days", source="Gazette", day=day, least=12, most=12, new=1)
    given.crawl(db, clock(), "ok", source="Gazette")
    clock.move(days=1)
    given.crawl(db, clock(), "empty", source="Gazette")
    clock.move(days=9)
    look(db, config, clock())
    assert value(db, "SELECT count(*) FROM issues WHERE key = 'look:empty:Gazette'") == 0
    with db.conn:
        db.conn.execute("DELETE FROM feed_days")
    look(db, config, clock())
    assert value(db, "SELECT count(*) FROM issues WHERE key = 'look:empty:Gazette'") == 1


def test_a_feed_that_has_moved_for_good_is_told_once_and_over_when_the_config_says_so(
    db: Database, clock: Clock, tmp_path: Path
) -> None:
    news = {"name": "Gazette", "feed": "https://old.example/rss"}
    config = given.config(data=tmp_path / "data", sources={"news": [news]})
    given.insert(db, "moved", url="https://old.example/rss", leads_to="https://new.example/rss", since=stamp(clock()))
    for _ in range(2):
        look(db, config, clock())
        assert [alert.detail["message"] for alert in issue_changes(db, clock())] == [
            (
                "Gazette has moved for good from https://old.example/rss to https://new.example/rss, where it is read since 2026-03-02:"
                " write that into config.yaml"
            )
        ]
    mended = given.config(data=tmp_path / "data", sources={"news": [news | {"feed": "https://new.example/rss"}]})
    look(db, mended, clock())
    assert value(db, "SELECT healed FROM issues WHERE key = 'look:moved:Gazette'") is not None


def test_a_feed_that_was_taken_out_while_it_failed_is_not_wrong_for_ever(
    config: Config, db: Database, clock: Clock
) -> None:
    given.crawl(db, clock(), "broken", source="Gazette")
    given.crawl(db, clock(), "ok")
    raise_alerts(db, clock())
    look(db, config, clock())
    assert [row["source"] for row in rows(db, "SELECT source FROM source_health")] == ["ofsted"]


def test_a_baseline_report_is_as_it_should_be_without_an_alert(config: Config, db: Database, clock: Clock) -> None:
    given.crawl(db, clock(), "ok")
    given.ready(db, 7, clock() - timedelta(days=3), baseline=1)
    look(db, config, clock())
    assert rows(db, "SELECT * FROM issues") == []


def test_a_mail_that_was_cut_off_while_the_clock_was_ahead_is_sent_all_the_same(
    config: Config, db: Database, clock: Clock
) -> None:
    ahead = stamp(clock() + timedelta(days=30))
    given.insert(db, "alerts", id=51, kind="news", created=stamp(clock()), dedupe_key="y")
    given.insert(
        db, "deliveries", id=1, alert_id=51, recipient="a@example.org", channel="smtp", state="sending", due=ahead, batch=ahead, claimed=ahead,
    )  # fmt: skip
    assert recover(db, clock()) == 1
    look(db, config, clock())
    assert rows(db, "SELECT state, due, batch FROM deliveries") == [
        {"state": "pending", "due": stamp(clock()), "batch": stamp(clock())}
    ]
