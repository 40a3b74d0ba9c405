"""How a process is asked to stop: threads look between things, crawls in hand are cancelled, and both end in order."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from monitor.errors import Stopped

T = TypeVar("T")


class Stop(threading.Event):
    """Set once the process is to stop: cancels the crawls that were begun under it, and is looked at by everything else."""

    def __init__(self) -> None:
        super().__init__()
        self._crawls: set[asyncio.Task[Any]] = set()

    def set(self) -> None:
        """To be called in the event loop, as by its signal handlers."""
        super().set()
        for task in self._crawls:
            task.cancel()

    async def ends(self, work: Coroutine[Any, Any, T]) -> T:
        """Await work that is cancelled when the process is to stop; raises `Stopped` then, after it has ended."""
        if self.is_set():
            work.close()
            raise Stopped("it was not begun")
        task = asyncio.ensure_future(work)
        self._crawls.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if not self.is_set():
                raise
            raise Stopped("it was stopped before it was complete") from None
        finally:
            self._crawls.discard(task)


async def in_thread(work: Callable[..., T], *arguments: Any) -> T:
    """Do blocking work in a thread and await its end, even if cancelled: a thread cannot be stopped, and what it does is to be recorded."""
    task = asyncio.ensure_future(asyncio.to_thread(work, *arguments))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.gather(task, return_exceptions=True)
        raise
