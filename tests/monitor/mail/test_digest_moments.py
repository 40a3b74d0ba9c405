"""Digests that come even if there is nothing: once for each moment, whatever the clock does and however long the watch is away."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as some
from sqlite_utils import Database

from monitor.alerts import make_deliveries
from monitor.config import WEEKDAYS, Config
from monitor.database import rows
from monitor.mail.outbox import deliver
from tests.conftest import Clock
from tests.data_folders import new_database
from tests.monitor import mail_rows as given
from tests.monitor.mail.conftest import Recorder, stored_facts
from tests.monitor.mail_looks import BOARD, config

LONDON = ZoneInfo("Europe/London")
CHANGES = (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 0, tzinfo=UTC))
"""Forward and back."""


@contextmanager
def empty() -> Iterator[Database]:
    with TemporaryDirectory() as folder:
        db = new_database(Path(folder) / "data")
        given.authorities(db)
        yield db
        db.close()


def moments(told: Config, begin: datetime, end: datetime) -> bool:
    """Whether a moment of the rule lies after `begin` and up to `end`, looked for on the clock on the wall, at its minute of each hour.

    A time that comes twice counts once; one that is left out as the clocks go forward comes by the clock of before.
    """
    when = told.alerts[0].when
    first = (when.minute - begin.minute) % 60 or 60  # London is whole hours from UTC
    for minute in range(first, int((end - begin) / timedelta(minutes=1)) + 1, 60):
        at = begin + timedelta(minutes=minute)
        local = at.astimezone(LONDON)
        left_out = CHANGES[0] <= at < CHANGES[0] + timedelta(hours=1) and at
        shown = left_out if left_out and when.hour == 1 else local
        at_time = (shown.hour, shown.minute, local.fold) == (when.hour, when.minute, 0)
        if at_time and when.weekday in (None, local.weekday()):
            return True
    return False


def rule(weekday: int | None, hour: int, minute: int) -> Config:
    day = "daily" if weekday is None else f"weekly {WEEKDAYS[weekday]}"
    return config({"to": BOARD, "when": f"{day} {hour}:{minute:02}, even if nothing"})


@settings(max_examples=30)
@for_all(
    some.sampled_from(CHANGES),
    some.one_of(some.none(), some.integers(0, 6)),
    some.one_of(some.just((1, 30)), some.tuples(some.integers(0, 23), some.sampled_from((0, 15, 30, 59)))),
    some.lists(
        some.one_of(some.integers(1, 90), some.integers(100, 5000), some.integers(9000, 30000)), min_size=3, max_size=20
    ),
)
def test_one_mail_for_the_moments_between_two_runs_and_none_where_there_was_none(
    change: datetime, weekday: int | None, at: tuple[int, int], steps: list[int]
) -> None:
    told, clock, channel = rule(weekday, *at), Clock(), Recorder()
    clock.now = change - timedelta(minutes=min(sum(steps) // 2, 20000))
    with empty() as db:
        make_deliveries(db, told, clock())
        for step in steps:
            before, had = clock(), len(channel.sent)
            clock.move(minutes=step)
            make_deliveries(db, told, clock())
            deliver(db, told, clock, channel=channel, facts=stored_facts)
            passed = moments(told, before, clock())
            assert len(channel.sent) - had == passed, (before, clock(), told.alerts[0].when)


@pytest.mark.parametrize("hour", [0, 1, 2])
@pytest.mark.parametrize("change", CHANGES)
def test_a_daily_digest_minute_by_minute_over_a_change_of_the_clock(change: datetime, hour: int) -> None:
    told, clock, channel = rule(None, hour, 30), Clock(), Recorder()
    clock.now = change - timedelta(hours=6)
    with empty() as db:
        for _ in range(12 * 12):
            make_deliveries(db, told, clock())
            deliver(db, told, clock, channel=channel, facts=stored_facts)
            clock.move(minutes=5)
        assert len(channel.sent) == 1
        dates = [row["dedupe_key"][-10:] for row in rows(db, "SELECT dedupe_key FROM alerts ORDER BY id")]
    assert dates == [change.date().isoformat(), (change.date() + timedelta(days=1)).isoformat()]


def test_a_clock_that_is_set_back_repeats_nothing(db: Database, clock: Clock, channel: Recorder) -> None:
    told = rule(None, 8, 0)
    given.authorities(db)

    def run() -> list[EmailMessage]:
        make_deliveries(db, told, clock())
        deliver(db, told, clock, channel=channel, facts=stored_facts)
        return channel.sent

    run()
    clock.move(days=1)
    assert len(run()) == 1
    clock.move(hours=-3)
    for _ in range(6):
        clock.move(minutes=30)
        assert len(run()) == 1
    clock.move(days=1)
    assert len(run()) == 2
