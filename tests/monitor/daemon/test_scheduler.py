"""The watch: what it starts and when, that it stops in order, and that one failing piece of work does not end it."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from monitor.daemon import scheduler
from monitor.daemon.scheduler import Every, Watch
from monitor.orders import Answer, Plan, Task
from tests.conftest import Clock

LATER = timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    """The hour that it is: the scheduler goes by the real time, and rounds begun months ago would be due again at some full hour."""
    clock = Clock()
    clock.now = datetime.now(UTC)
    return clock


class Children:
    """Stands in for the children: notes what is begun and ended, and can hold; `answers` by the work's name, else all is well."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.answers: dict[str, Answer] = {}
        self.hold = asyncio.Event()
        self.hold.set()

    async def ask(self, do: str, more: dict[str, Any]) -> Answer:
        name = " ".join(map(str, (do, *more.values())))
        self.log.append(f"begin {name}")
        try:
            await self.hold.wait()
        except asyncio.CancelledError:
            self.log.append(f"stopped {name}")
            raise
        self.log.append(f"end {name}")
        return self.answers.get(name, Answer(told=True))

    def begun(self) -> list[str]:
        return [line.removeprefix("begin ") for line in self.log if line.startswith("begin")]


@pytest.fixture
def children() -> Children:
    return Children()


def task(source: str, first: datetime, host: str | None = None, *, sweep: bool = False) -> Task:
    return Task("sweep" if sweep else f"crawl {source}", source, 3600.0, first, host or source, sweep)


def watch(children: Children, clock: Clock, *tasks: Task, data: Path = Path("none")) -> Watch:
    return Watch(Plan("", "1", "Europe/London", 1, tasks), data, children.ask, clock)


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.01)


def run(watched: Watch, condition: Callable[[], object]) -> None:
    async def a_moment() -> None:
        watched.start()
        await until(condition)
        await watched.stop()

    asyncio.run(a_moment())


def test_each_task_is_begun_when_it_is_due_first(children: Children, clock: Clock) -> None:
    tasks = [task("ofsted", clock()), task("Gazette", clock() + LATER), task("ofsted", clock(), sweep=True)]
    run(watch(children, clock, *tasks), lambda: sum(line.startswith("end") for line in children.log) == 2)
    assert sorted(children.begun()) == ["round ofsted", "sweep"]


def test_stopping_ends_work_in_hand_and_waits_for_it(children: Children, clock: Clock) -> None:
    children.hold.clear()
    tasks = [task(name, clock()) for name in ("ofsted", "Gazette", "Courier")]
    run(watch(children, clock, *tasks), lambda: len(children.log) == 3)
    assert sorted(children.log[3:]) == ["stopped round Courier", "stopped round Gazette", "stopped round ofsted"]


def test_tasks_at_one_host_take_turns(children: Children, clock: Clock) -> None:
    children.hold.clear()
    tasks = [task("ofsted", clock(), "a"), task("Gazette", clock(), "a"), task("Courier", clock(), "b")]

    async def a_moment() -> None:
        watched = watch(children, clock, *tasks)
        watched.start()
        await until(lambda: len(children.log) == 2)
        await asyncio.sleep(0.1)
        assert len({"round ofsted", "round Gazette"} & set(children.begun())) == 1
        children.hold.set()
        await until(lambda: len(children.log) == 6)
        await watched.stop()

    asyncio.run(a_moment())


def test_a_few_sources_are_crawled_at_a_time(children: Children, clock: Clock) -> None:
    children.hold.clear()
    tasks = [task(str(number), clock()) for number in range(scheduler.AT_ONCE + 3)]

    async def a_moment() -> None:
        watched = watch(children, clock, *tasks)
        watched.start()
        await until(lambda: len(children.log) == scheduler.AT_ONCE)
        await asyncio.sleep(0.1)
        assert len(children.log) == scheduler.AT_ONCE
        children.hold.set()
        await until(lambda: len(children.log) == 2 * len(tasks))
        await watched.stop()

    asyncio.run(a_moment())


def test_an_early_warning_has_the_page_looked_at_at_once(children: Children, clock: Clock) -> None:
    ofsted, gazette = task("ofsted", clock() + LATER), task("Gazette", clock())
    children.answers["round Gazette"] = Answer(warned=("80489",))
    asyncio.run(watch(children, clock, ofsted, gazette).crawl(gazette))
    assert children.begun() == ["round Gazette", "round ofsted ('80489',)"]


def test_a_child_that_dies_is_told_and_what_it_was_at_is_made_up_for_once(
    children: Children, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "MAKE_UP_AFTER", timedelta(seconds=0.1))
    children.answers["round Gazette"] = Answer(died="its process ended with status -9")
    run(watch(children, clock, task("Gazette", clock())), lambda: len(children.log) == 8)
    told = "failed round Gazette its process ended with status -9"
    assert children.begun() == ["round Gazette", told] * 2
    assert children.log[-1] == f"end {told}", "and then it waits for its next turn"


def test_a_fault_of_the_database_is_told_past_it(children: Children, clock: Clock) -> None:
    one = task("Gazette", clock())
    children.answers["round Gazette"] = Answer(fault="x.db: the disk is full: make room")
    watched = watch(children, clock, one)
    asyncio.run(watched.crawl(one))
    assert [line.partition(" of ")[0] for line in children.begun()][1].startswith(
        "outage Ofsted Watch cannot use its database x.db: the disk is full: make room"
    )
    assert not watched.ended.is_set()


def test_without_its_database_the_watch_ends(children: Children, clock: Clock) -> None:
    one = task("Gazette", clock())
    children.answers["round Gazette"] = Answer(fault="x.db: is gone", lost=True)
    watched = watch(children, clock, one)
    asyncio.run(watched.crawl(one))
    assert watched.ended.is_set()


def test_what_the_watch_itself_fails_with_ends_nothing_else(
    children: Children, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(do: str, more: dict[str, Any]) -> Answer:
        if more.get("source") == "Gazette":
            raise OSError("no more processes")
        return await children.ask(do, more)

    tasks = [task("Gazette", clock()), task("Courier", clock())]
    run(
        Watch(Plan("", "1", "Europe/London", 1, tuple(tasks)), Path("none"), fails, clock),
        lambda: "end round Courier" in children.log and "no more processes" in caplog.text,
    )


def minutes(watched: Watch, monkeypatch: pytest.MonkeyPatch, *at: float) -> None:
    """Have the minute's look taken at these seconds."""
    seconds = [0.0]
    monkeypatch.setattr(scheduler, "time", SimpleNamespace(monotonic=lambda: seconds[0]))

    async def looks() -> None:
        for now in at:
            seconds[0] = now
            await watched.mail()

    asyncio.run(looks())


def test_the_watch_looks_at_itself_at_its_start_and_each_hour_by_a_clock_that_nobody_sets(
    children: Children, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "mail_is_due", lambda *_: True)
    minutes(watch(children, clock), monkeypatch, 0.0, 60.0, 3601.0, 3700.0)
    assert children.begun() == ["mail True", "mail False", "mail True", "mail False"]


def test_no_child_is_started_for_mail_where_none_is_due(
    children: Children, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = iter([False, True, False])
    monkeypatch.setattr(scheduler, "mail_is_due", lambda *_: next(due))
    minutes(watch(children, clock), monkeypatch, 0.0, 60.0, 120.0, 180.0)
    assert children.begun() == ["mail True", "mail False"]


def test_that_the_database_answers_again_is_told_within_the_minute(
    children: Children, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "mail_is_due", lambda *_: False)
    children.answers["mail True"] = Answer(fault="x.db: is locked")
    watched = watch(children, clock)
    minutes(watched, monkeypatch, 0.0, 60.0, 120.0)
    told = [line.partition(" x.db")[0] for line in children.begun()]
    assert told[:3] == ["mail True", "outage Ofsted Watch cannot use its database", "mail False"]
    assert told[3].startswith("outage Ofsted Watch can use its database again")
    assert len(told) == 4


def test_a_clock_set_forward_by_years_has_missed_one_run() -> None:
    zone = ZoneInfo("Europe/London")
    every, begun = Every(seconds=60, timezone=zone), datetime(2000, 1, 1, tzinfo=zone)
    now = datetime(2026, 11, 27, tzinfo=zone)
    assert every.get_next_fire_time(begun, now) == now + timedelta(minutes=1)


def test_what_would_run_long_after_its_interval_is_pulled_back(
    children: Children, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(scheduler, "LOOK_EVERY", 0.02)
    caplog.set_level(logging.WARNING)
    watched = Watch(
        Plan("", "1", "Europe/London", 1, (task("Gazette", datetime.now(UTC) + timedelta(days=365)),)),
        Path("none"),
        children.ask,
        lambda: datetime.now(UTC),
    )
    run(
        watched,
        lambda: all(
            job.next_run_time < datetime.now(UTC) + timedelta(minutes=2) for job in watched._scheduler.get_jobs()
        ),
    )
    assert "the clock was set back" in caplog.text
