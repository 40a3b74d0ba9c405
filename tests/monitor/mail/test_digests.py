"""Digests: the line on the watch itself in each, and those that come even if there is nothing."""

import json
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts
from monitor.comparing import compare_pending
from monitor.database import note_issue, rows, stamp
from monitor.mail.channels import SendFailed
from monitor.mail.outbox import Delivered, deliver
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.mail.conftest import Recorder, Run, stored_facts
from tests.monitor.mail.mail_server import serving
from tests.monitor.mail_looks import BOARD, HOUR, WEEKLY, config, look, looks

MONDAY = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)  # the clock begins on Monday 2 March at 09:00
NO_NEWS = {"to": BOARD, "watch": ["Westmarch"], "when": WEEKLY}


@pytest.fixture
def week(db: Database, clock: Clock, run: Run) -> None:
    """The rule is there, a week of good looks has gone by, and it is Monday 8:00."""
    looks(db, clock(), clock() + HOUR)
    run(config())
    looks(db, clock() + HOUR, MONDAY)
    clock.now = MONDAY


def text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def html(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return " ".join(body.get_content().split())


LINE = "Still watching: 334 looks at Ofsted's report site and Westmarch Courier since Monday 2 March, all well."
"""Hourly looks at two sources from Monday 9:00 to the Monday after, 8:00."""


@pytest.mark.usefixtures("week")
def test_where_there_is_nothing_a_mail_says_so_at_its_moment_and_once(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    clock.move(minutes=-1)
    assert run(config()) == Delivered()
    clock.move(minutes=1)
    assert run(config()) == Delivered(sent=1)
    (mail,) = channel.sent
    assert (mail["To"], mail["Subject"]) == (BOARD, "Westmarch: nothing new this week; still watching")
    assert LINE in text(mail) and LINE in html(mail).replace("&#39;", "'")
    assert "no new, amended or withdrawn report and no news story about Westmarch" in text(mail)
    assert "Westmarch: no report is known" in text(mail)
    assert "weekly on Monday at 08:00, even if there is nothing" in text(mail)
    for _ in range(3):
        clock.move(minutes=1)
        assert run(config()) == Delivered()
    assert [row["state"] for row in rows(db, "SELECT state FROM deliveries ORDER BY id")] == ["sent", "pending"]


@pytest.mark.usefixtures("week")
def test_where_there_is_something_the_digest_has_the_line_and_no_second_mail_comes(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    clock.move(days=-2)
    given.ready(db, 7, clock())
    run(config())
    clock.move(days=2)
    assert run(config()) == Delivered(sent=1)
    (mail,) = channel.sent
    assert "nothing" not in mail["Subject"]
    assert LINE in text(mail)
    clock.move(hours=1)
    assert run(config()) == Delivered()


@pytest.mark.usefixtures("week")
def test_a_digest_that_comes_only_with_news_has_the_line_too(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    clock.move(days=-2)
    given.ready(db, 7, clock())
    run(config(NO_NEWS))
    clock.move(days=2)
    assert run(config(NO_NEWS)) == Delivered(sent=1)
    assert LINE in text(channel.sent[0])
    clock.move(days=7)
    assert run(config(NO_NEWS)) == Delivered(), "and none without news"


def test_what_is_told_at_once_has_no_line(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    looks(db, clock(), clock() + HOUR)
    given.ready(db, 7, clock())
    assert run(config({"to": BOARD})) == Delivered(sent=1)
    assert "watching" not in text(channel.sent[0])
    assert rows(db, "SELECT * FROM digests") == []


@pytest.mark.usefixtures("week")
def test_the_line_begins_where_the_digest_before_ended(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    run(config())
    looks(db, MONDAY, MONDAY + timedelta(days=2))
    clock.move(days=2)
    given.ready(db, 7, clock())
    run(config())
    looks(db, clock(), MONDAY + timedelta(days=7))
    clock.now = MONDAY + timedelta(days=7)
    assert run(config()) == Delivered(sent=1)
    # 176 looks a source: those of Monday 9 March before 8:00 are of that day too
    assert "Still watching: 352 looks at Ofsted's report site and Westmarch Courier since Monday 9 March" in text(
        channel.sent[1]
    )


def test_what_comes_up_in_the_minute_of_the_digest_is_in_it(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    looks(db, clock(), MONDAY)
    run(config())
    clock.now = MONDAY + timedelta(seconds=20)
    given.ready(db, 7, clock())
    assert run(config()) == Delivered(sent=1)
    assert "nothing" not in channel.sent[0]["Subject"]
    clock.now = MONDAY + timedelta(days=7)
    looks(db, MONDAY, clock())
    run(config())
    assert channel.sent[1]["Subject"] == "Westmarch: nothing new this week; still watching"


@pytest.mark.usefixtures("week")
@pytest.mark.parametrize("what", ["a report", "an article", "a crawl"])
def test_while_something_may_be_about_to_be_told_it_is_not_said_that_nothing_is(
    db: Database, clock: Clock, channel: Recorder, run: Run, what: str
) -> None:
    if what == "a report":
        given.listed(db, 7, clock(), sha256=None)
    elif what == "an article":
        given.article(db, "https://a.example.org/1", clock(), story=None)
    else:
        given.crawl(db, clock(), "ok")
    make_deliveries(db, config(), clock())
    assert deliver(db, config(), clock, channel=channel, facts=stored_facts) == Delivered(pending=1)
    clock.move(minutes=5)
    if what == "a report":
        given.ready(db, 7, clock())
    elif what == "an article":
        given.article(db, "https://a.example.org/1", clock())
    assert run(config()) == Delivered(sent=1)
    assert ("nothing" in channel.sent[0]["Subject"]) is (what == "a crawl")


@pytest.mark.usefixtures("week")
def test_a_report_that_waits_for_its_comparison_holds_the_word_that_nothing_is_new(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    clock.move(hours=-1)
    given.ready(db, 7, clock(), kind="inspection")
    compare_pending(db, clock)
    run(config())
    db.conn.execute("DELETE FROM compared")
    db.conn.commit()
    clock.move(hours=1)
    assert run(config()) == Delivered(pending=1)
    compare_pending(db, clock)
    assert run(config()) == Delivered(sent=1)
    assert "nothing" not in channel.sent[0]["Subject"]


@pytest.mark.usefixtures("week")
def test_what_was_told_at_once_is_not_called_nothing(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    both = config(
        {"to": "Board@example.org", "about": ["report"]},
        {"to": BOARD, "watch": ["Westmarch"], "when": f"{WEEKLY}, even if nothing"},
    )
    clock.move(days=-2)
    given.ready(db, 7, clock())
    run(both)
    clock.move(days=2)
    assert run(both).sent == 1
    assert channel.sent[-1]["Subject"] == "Westmarch: nothing more this week; still watching"
    assert "you were sent what came up about Westmarch in 1 mail before this one. There is nothing more." in text(
        channel.sent[-1]
    )


def test_what_came_before_the_rule_is_not_said_not_to_have_come(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    looks(db, clock(), MONDAY)
    others = {"to": "other@example.org"}
    clock.move(days=2)
    given.ready(db, 7, clock())
    run(config(others))
    clock.move(days=1)
    run(config(others, {"to": BOARD, "when": f"{WEEKLY}, even if nothing"}))
    clock.now = MONDAY
    run(config(others, {"to": BOARD, "when": f"{WEEKLY}, even if nothing"}))
    (mail,) = [mail for mail in channel.sent if mail["To"] == BOARD]
    assert "nothing new since 4 March" in mail["Subject"]
    assert "Since Wednesday 4 March there was no new" in text(mail)


def test_after_a_long_time_without_a_watch_one_mail_comes_late_and_says_what_was_not_looked_at(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    stopped = clock() + timedelta(days=1)
    looks(db, clock(), stopped)
    run(config())
    clock.now = datetime(2026, 3, 26, 10, 0, tzinfo=UTC)  # three Mondays later
    for source in ("ofsted", "Westmarch Courier"):
        look(db, clock(), source)
    clock.move(minutes=10)
    assert run(config()) == Delivered(sent=1)
    (mail,) = channel.sent
    assert mail["Subject"] == "Westmarch: nothing new seen since 2 March; not all is well with the watch"
    assert "Still watching: 50 looks at" in text(mail)
    away = "Ofsted's report site and Westmarch Courier were not looked at from Tuesday 3 March to Thursday 26 March"
    assert away in text(mail)
    clock.move(minutes=1)
    assert run(config()) == Delivered()
    (due,) = [row["due"] for row in rows(db, "SELECT due FROM deliveries WHERE state = 'pending'")]
    assert due == stamp(datetime(2026, 3, 30, 7, 0, tzinfo=UTC)), "summer time"


def test_a_late_one_waits_for_the_look_in_hand(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    looks(db, clock(), clock() + 24 * HOUR)
    run(config())
    clock.now = MONDAY + timedelta(days=2)
    given.insert(db, "crawls", source="ofsted", started=stamp(clock()), scope="all")
    clock.move(minutes=1)
    assert run(config()) == Delivered(pending=1)
    clock.move(hours=7)
    assert run(config()) == Delivered(sent=1), "but not for ever"
    assert "Not watching: " in text(channel.sent[0])


def test_a_rule_that_is_new_sends_its_first_at_its_next_moment(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    looks(db, clock(), MONDAY + timedelta(days=7))
    clock.now = MONDAY + timedelta(minutes=1)
    assert run(config()) == Delivered()
    clock.now = MONDAY + timedelta(days=7)
    assert run(config()) == Delivered(sent=1)


@pytest.mark.usefixtures("week")
def test_a_rule_that_is_taken_out_sends_none_and_one_that_comes_back_does(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    clock.move(hours=-2)
    run(config(NO_NEWS))
    assert [row["state"] for row in rows(db, "SELECT state FROM deliveries")] == ["dropped"]
    clock.move(hours=1)
    run(config())
    clock.move(hours=1)
    assert run(config()) == Delivered(sent=1)


@pytest.mark.usefixtures("week")
def test_a_mail_that_is_tried_again_says_what_it_said(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    said: list[EmailMessage] = []

    class Down(Recorder):
        def send(self, message: EmailMessage, recipient: str) -> None:
            said.append(message)
            raise SendFailed("down", server=True)

    run_down = deliver
    raise_alerts(db, clock())
    make_deliveries(db, config(), clock())
    assert run_down(db, config(), clock, channel=Down(), facts=stored_facts) == Delivered(pending=1)
    clock.move(hours=5)
    look(db, clock(), "ofsted", "broken")
    assert run(config()) == Delivered(sent=1)
    again = channel.sent[0]
    assert (again["Message-ID"], again["Date"], again["Subject"]) == (
        said[0]["Message-ID"],
        said[0]["Date"],
        said[0]["Subject"],
    )
    assert (text(again), html(again)) == (text(said[0]), html(said[0]))


@pytest.mark.usefixtures("week")
def test_a_fault_in_the_line_keeps_no_news_from_anybody(
    db: Database, clock: Clock, channel: Recorder, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def odd(*_: Any) -> None:
        raise LookupError("odd")

    monkeypatch.setattr("monitor.mail.digests.watch_of", odd)
    assert run(config()) == Delivered(pending=1), "that nothing is new cannot be said"
    clock.move(days=-1)
    given.ready(db, 7, clock())
    run(config(NO_NEWS))
    clock.move(days=8)
    assert run(config(NO_NEWS)) == Delivered(sent=1)
    assert text(channel.sent[0]).startswith("How the watch itself did could not be found out")
    assert [row["source"] for row in rows(db, "SELECT source FROM issues WHERE healed IS NULL")] == ["digest"]


@pytest.mark.usefixtures("week")
def test_by_a_real_server_a_weekly_word_that_nothing_is_new(db: Database, clock: Clock) -> None:
    with serving() as server:
        told = config(mail={"from": "watch@example.org", "host": "127.0.0.1", "port": server.port})
        server.rcpt[BOARD] = "450 greylisted"
        make_deliveries(db, told, clock())
        assert deliver(db, told, clock, facts=stored_facts) == Delivered(pending=1)
        server.rcpt.clear()
        clock.move(minutes=1)
        assert deliver(db, told, clock, facts=stored_facts) == Delivered(sent=1)
        clock.move(minutes=1)
        assert deliver(db, told, clock, facts=stored_facts) == Delivered()
    (mail,) = server.mails
    assert mail["Subject"] == "Westmarch: nothing new this week; still watching"


TUESDAY = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def line_of(db: Database, clock: Clock, channel: Recorder, run: Run) -> str:
    clock.now = MONDAY
    run(config())
    (told,) = [json.loads(row["told"]) for row in rows(db, "SELECT told FROM digests")]
    assert told["well"] is not ("nothing new seen" in channel.sent[-1]["Subject"])
    return str(told["line"])


def test_a_source_that_is_not_well_is_named_with_its_day(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    looks(db, clock(), MONDAY)
    run(config())
    look(db, MONDAY - timedelta(days=1), "Westmarch Courier", "blocked")
    assert line_of(db, clock, channel, run).endswith(
        "; Westmarch Courier has not been read without fault since Sunday 8 March."
    )


def test_a_source_of_others_is_no_matter_of_this_rule(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    looks(db, clock(), MONDAY, ["ofsted", "Westmarch Courier"])
    look(db, MONDAY - timedelta(days=1), "Northmere Post", "blocked")
    run(config())
    assert line_of(db, clock, channel, run) == LINE


def test_some_hours_without_a_look_are_told_of(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    looks(db, clock(), MONDAY, ["ofsted"])
    looks(db, clock(), TUESDAY, ["Westmarch Courier"])
    looks(db, TUESDAY + 8 * HOUR, MONDAY, ["Westmarch Courier"])
    run(config())
    told = line_of(db, clock, channel, run)
    assert told.endswith("; Westmarch Courier was not looked at for 9 hours on Tuesday 3 March.")


def test_looks_in_vain_are_no_looks(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    looks(db, clock(), MONDAY, ["ofsted"])
    looks(db, clock(), TUESDAY, ["Westmarch Courier"])
    for hour in range(24):
        look(db, TUESDAY + hour * HOUR, "Westmarch Courier", "timed_out")
    looks(db, TUESDAY + 24 * HOUR, MONDAY, ["Westmarch Courier"])
    run(config())
    told = line_of(db, clock, channel, run)
    assert told.endswith("; Westmarch Courier could not be read from Tuesday 3 March to Wednesday 4 March.")


def test_a_look_that_failed_and_was_made_up_for_is_counted(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    looks(db, clock(), MONDAY, ["ofsted", "Westmarch Courier"])
    look(db, TUESDAY + HOUR / 2, "Westmarch Courier", "timed_out")
    look(db, MONDAY - HOUR / 2, "Westmarch Courier")
    run(config())
    told = line_of(db, clock, channel, run)
    assert told.startswith("Still watching: 335 of 336 looks at")
    assert told.endswith("went well, and what failed was soon made up for.")


def test_a_look_that_we_stopped_ourselves_is_none(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    looks(db, clock(), MONDAY, ["ofsted", "Westmarch Courier"])
    look(db, TUESDAY + HOUR / 2, "Westmarch Courier", "crashed", stopped=True)
    run(config())
    assert line_of(db, clock, channel, run) == LINE


def test_a_source_that_was_never_looked_at_is_told_of(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    looks(db, clock(), MONDAY, ["ofsted"])
    run(config())
    assert line_of(db, clock, channel, run).endswith("; Westmarch Courier has not been looked at yet.")


def test_an_authority_whose_page_was_never_read_is_told_of(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    looks(db, clock(), MONDAY)
    db.conn.execute("DELETE FROM baselines WHERE subject = ?", [f"authority:{given.URN}"])
    db.conn.commit()
    run(config())
    assert line_of(db, clock, channel, run).endswith("; the page of Westmarch at Ofsted has not been read yet.")


def test_nothing_at_all_was_looked_at(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    run(config())
    told = line_of(db, clock, channel, run)
    assert told.startswith("Not watching: no look at Ofsted's report site and Westmarch Courier since Monday 2 March; ")
    assert "Ofsted's report site and Westmarch Courier have not been looked at yet" in told


def test_a_fault_of_the_watch_itself_is_not_all_well(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    looks(db, clock(), MONDAY)
    run(config())
    note_issue(db, "alert", "error", "amended: odd", MONDAY, key="step:read:7")
    note_issue(db, "look", "error", "empty", MONDAY, key="look:empty:Northmere Post")
    note_issue(db, "sweep", "warning", "changed", MONDAY, key="sweep")
    assert line_of(db, clock, channel, run).endswith(
        "; the watch has a fault of its own, of which those who run it are told."
    )


@pytest.mark.parametrize("key", ["look:mails", "look:empty:Northmere Post", "sweep", "doubt:7"])
def test_what_keeps_nothing_of_this_rule_from_being_seen_is_no_fault_of_it(
    db: Database, clock: Clock, channel: Recorder, run: Run, key: str
) -> None:
    looks(db, clock(), MONDAY)
    run(config())
    note_issue(db, "look", "error", "1 mails wait", MONDAY, key=key)
    assert line_of(db, clock, channel, run) == LINE


def test_days_whose_crawls_are_not_kept_count_by_their_rows(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    looks(db, clock(), MONDAY)
    run(config())
    db.conn.execute("DELETE FROM crawls WHERE started < ?", [stamp(MONDAY - timedelta(days=2))])
    db.conn.commit()
    assert line_of(db, clock, channel, run) == LINE


@pytest.mark.parametrize(
    ("about", "named"),
    [
        (["news"], "Westmarch Courier since"),
        (["report"], "at Ofsted's report site since"),
        (["source"], "at 3 sources since"),
        (["report", "news"], "at Ofsted's report site and Westmarch Courier since"),
    ],
)
def test_the_sources_are_those_that_the_rule_lives_on(
    db: Database, clock: Clock, channel: Recorder, run: Run, about: list[str], named: str
) -> None:
    looks(db, clock(), MONDAY)
    rule: dict[str, Any] = {"to": BOARD, "about": about, "when": f"{WEEKLY}, even if nothing"}
    told = config(rule if about == ["source"] else rule | {"watch": ["Westmarch"]})
    run(told)
    clock.now = MONDAY
    run(told)
    assert named in text(channel.sent[0])
    who = "Ofsted Watch" if about == ["source"] else "Westmarch"
    assert channel.sent[0]["Subject"] == f"{who}: nothing new this week; still watching"


def test_no_source_is_about_what_the_rule_is_for(db: Database, clock: Clock, channel: Recorder, run: Run) -> None:
    rule = {"to": BOARD, "watch": ["Northmere"], "about": ["news"], "when": "daily 08:00, even if nothing"}
    told = config(
        rule, sources={"news": [{"name": "Courier", "feed": "https://c.example.org/", "covers": ["Westmarch"]}]}
    )
    run(told)
    clock.move(days=1)
    run(told)
    assert "Not watching: no source of this watch is about what this digest is for." in text(channel.sent[0])
    assert "not all is well" in channel.sent[0]["Subject"]


def test_a_mail_that_tells_nothing_names_no_recipient_outside_the_outbox(db: Database, clock: Clock, run: Run) -> None:
    looks(db, clock(), MONDAY)
    run(config())
    clock.now = MONDAY
    assert run(config()).sent == 1
    kept = json.dumps([rows(db, f"SELECT * FROM {table}") for table in ("alerts", "digests")])  # noqa: S608
    assert "board" not in kept
