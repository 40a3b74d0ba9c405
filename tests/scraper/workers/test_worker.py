"""A document that breaks its reader costs itself, is told why, and the next one is read."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, get_type_hints

import pytest

from scraper.errors import PageChanged, Unreadable
from scraper.pages import TASKS as PAGE_TASKS
from scraper.reports.reading_files import READ
from scraper.workers import Task, Worker, in_order
from scraper.workers import worker as worker_module
from scraper.workers.task import answer
from tests.paths import ROOT


def task(name: str, told: type[Any] = str) -> Task[str, Any]:
    return Task(f"tests.scraper.workers.odd_tasks:{name}", str, told)


LENGTH = task("length", int)


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(seconds=20, mebibytes=512)
    yield made
    made.stop()


def test_a_worker_answers_and_is_started_once(worker: Worker) -> None:
    assert worker.process is None
    assert worker.ask(LENGTH, "né\n", "one") == 3
    first = worker.process
    assert worker.ask(LENGTH, "x" * 3_000_000, "two") == 3_000_000
    assert worker.process is first


def test_an_error_of_ours_is_raised_as_it_was_and_the_child_lives(worker: Worker) -> None:
    with pytest.raises(PageChanged, match="no «name»"):
        worker.ask(task("changed"), "no «name»", "page")
    first = worker.process
    assert worker.ask(LENGTH, "abc", "next") == 3 and worker.process is first


BREAKS = [
    ("broken", 20, 512, "page: the reader failed on it: ZeroDivisionError: why"),
    ("endless", 0.3, 512, r"page: it could not be read within 0\.3 seconds"),
    ("asleep", 0.3, 512, r"page: it could not be read within 0\.3 seconds"),
    ("hungry", 20, 300, "page: it could not be read within 300 MiB of memory"),
    ("broken_library", 20, 512, "page: the library that reads it broke on it"),
]


@pytest.mark.parametrize(("name", "seconds", "mebibytes", "why"), BREAKS, ids=[one[0] for one in BREAKS])
def test_what_breaks_the_child_costs_itself(name: str, seconds: float, mebibytes: int, why: str) -> None:
    worker = Worker(20, mebibytes)
    assert worker.ask(LENGTH, "warm", "before") == 4
    worker.seconds = seconds
    with pytest.raises(Unreadable, match=f"^{why}$"):
        worker.ask(task(name), "why", "page")
    worker.seconds = 20
    assert worker.ask(LENGTH, "after", "next") == 5
    worker.stop()


def test_an_answer_that_is_too_long_is_none(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "LONGEST_ANSWER", 1000)
    with pytest.raises(Unreadable, match="page: what was read of it is too large"):
        worker.ask(task("long"), "x" * 400, "page")
    assert worker.ask(LENGTH, "x" * 4000, "next") == 4000


def test_a_child_that_died_while_it_had_nothing_to_do_is_not_the_next_ones_fault(worker: Worker) -> None:
    assert worker.ask(LENGTH, "abc", "one") == 3
    assert worker.process is not None
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.wait()
    assert worker.ask(LENGTH, "abcd", "two") == 4


def test_a_child_that_dies_as_it_is_handed_a_document_has_another_try(worker: Worker, tmp_path: Any) -> None:
    assert worker.ask(LENGTH, "abc", "one") == 3
    assert worker.ask(task("dies_once"), str(tmp_path / "died"), "two") == "done"
    with pytest.raises(Unreadable, match="MiB of memory"):
        Worker().ask(task("dies_once"), str(tmp_path / "at first"), "three")


def test_who_waits_for_a_worker_that_is_given_up_waits_no_longer(worker: Worker) -> None:
    assert worker.ask(LENGTH, "warm", "before") == 4
    threading.Timer(0.3, worker.kill).start()
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="page: it was given up"):
        worker.ask(task("asleep"), "", "page")
    assert time.monotonic() - begun < 5
    with pytest.raises(Unreadable, match="after: it was given up"):
        worker.ask(LENGTH, "", "after")


def test_a_worker_may_be_cleared_away_by_one_thread_while_another_waits_for_its_answer() -> None:
    for _ in range(5):
        worker = Worker()
        assert worker.ask(LENGTH, "warm", "before") == 4
        with ThreadPoolExecutor(1) as waiting:
            answer_of = waiting.submit(worker.ask, task("asleep"), "", "page")
            time.sleep(0.05)
            worker.kill()
            worker.stop()
            assert isinstance(answer_of.exception(5), Unreadable)


def test_a_child_whose_parent_is_gone_ends_by_itself_though_it_is_busy() -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "scraper.workers", "0.5", "512"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )
    assert child.stdin is not None
    with child:
        child.stdin.write(task("endless").question(""))
        child.stdin.close()
        assert child.wait(20) == -signal.SIGXCPU


def test_results_come_in_the_order_in_which_work_was_handed_out() -> None:
    def work(worker: Worker, seconds: float) -> float:
        time.sleep(seconds)
        return seconds * 2

    things = [0.2, 0.0, 0.1, 0.0, 0.0]
    assert list(in_order(things, work, [Worker(), Worker()])) == [(one, one * 2) for one in things]


def test_a_name_that_is_no_error_of_ours_is_not_called() -> None:
    for kind in ("print", "ScraperErrorX", "annotations"):
        with pytest.raises(ValueError, match="a child answers with"):
            LENGTH.result(kind.encode() + b' "x"\n')


@pytest.mark.parametrize("one", [READ, *PAGE_TASKS], ids=lambda one: one.function)
def test_what_is_asked_and_told_are_what_the_function_takes_and_gives(one: Task[Any, Any]) -> None:
    module, _, name = one.function.partition(":")
    function = getattr(__import__(module, fromlist=[name]), name)
    assert list(get_type_hints(function, include_extras=True).values()) == [one.asked, one.told]


def test_an_unforeseen_error_is_not_answered() -> None:
    with pytest.raises(ZeroDivisionError):
        answer(task("broken").question("x"))


def test_a_worker_needs_no_folder_that_can_be_written(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> str:
        raise FileNotFoundError("No usable temporary directory found")

    for name in ("gettempdir", "TemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, nowhere)
    assert worker.ask(LENGTH, "abc", "one") == 3
