"""Several workers at once, whose results come in the order in which their work was handed out."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from queue import SimpleQueue
from typing import TypeVar

from scraper.workers.worker import Worker

A = TypeVar("A")
B = TypeVar("B")

AHEAD = 4
"""How many things a worker are handed out before the first is fetched; bounds what waits in memory."""


def in_order(things: Iterable[A], work: Callable[[Worker, A], B], workers: list[Worker]) -> Iterator[tuple[A, B]]:
    """Each thing with what `work` made of it; the workers are ended when the last has come or nobody wants more."""
    idle: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def one(thing: A) -> B:
        worker = idle.get()
        try:
            return work(worker, thing)
        finally:
            idle.put(worker)

    with ThreadPoolExecutor(len(workers)) as threads:
        try:
            yield from _handed_out(iter(things), one, threads, AHEAD * len(workers))
        finally:
            for worker in workers:
                worker.kill()
            threads.shutdown(cancel_futures=True)
            for worker in workers:
                worker.stop()


def _handed_out(
    things: Iterator[A], one: Callable[[A], B], threads: ThreadPoolExecutor, ahead: int
) -> Iterator[tuple[A, B]]:
    waiting: deque[tuple[A, Future[B]]] = deque()
    waiting.extend((thing, threads.submit(one, thing)) for thing in islice(things, ahead))
    while waiting:
        thing, future = waiting.popleft()
        yield thing, future.result()
        waiting.extend((thing, threads.submit(one, thing)) for thing in islice(things, 1))
