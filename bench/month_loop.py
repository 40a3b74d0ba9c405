"""Put before the daemon of a simulated month: its event loop keeps time by the time of day, and passes over what is waited for.

libfaketime adds an offset to the time of day. Nothing is in hand where no thread works, no child lives and the loop only waits for a timer: then
the offset grows to when that timer is due, by at least a step, and never beyond the moment up to which the bench lets it.
"""

import asyncio
import os
import selectors
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

LOOKS = (
    0.02,
    0.005,
)  # seconds: how long the loop waits before it looks at the clock again, and as long as it may be idle
STILL = 2  # looks running without an event: a child's end is noticed by a thread, and told to the loop a little later
submit, select = ThreadPoolExecutor.submit, selectors.EpollSelector.select
at_work: set[Future[Any]] = set()


def begin() -> None:
    """Change how the loop waits, in this process and in none of its children."""
    os.environ.pop("FAKETIME_NO_CACHE")  # a child has ended before the offset grows
    os.environ["FAKETIME_CACHE_DURATION"] = "100000"
    time.monotonic = time.time  # the daemon looks at itself each hour of it
    asyncio.BaseEventLoop.time = lambda _: time.time()  # type: ignore[method-assign,assignment]
    ThreadPoolExecutor.submit = _noted  # type: ignore[method-assign,assignment]
    selectors.EpollSelector.select = _waiting(Path(os.environ["MONTH_FOLDER"]), float(os.environ["MONTH_STEP"]))  # type: ignore[method-assign]


def _noted(self: ThreadPoolExecutor, *work: Any, **named: Any) -> Future[Any]:
    future = submit(self, *work, **named)
    at_work.add(future)
    future.add_done_callback(at_work.discard)
    return future


def _waiting(folder: Path, step: float) -> Any:
    still = 0

    def waited(self: selectors.EpollSelector, timeout: float | None = None) -> Any:
        nonlocal still
        now = timeout is not None and timeout <= 0
        events = select(self, 0 if now else LOOKS[still <= STILL])
        still = 0 if events or now else still + 1
        if still >= STILL and _idle():
            _pass_over(folder, max(timeout or 0, step))
        return events

    return waited


def _idle() -> bool:
    return not at_work and not any((task / "children").read_text() for task in Path("/proc/self/task").iterdir())


def _pass_over(folder: Path, seconds: float) -> None:
    seconds = min(seconds, float((folder / "until").read_text()) - time.time())
    if seconds > 0:
        new = folder / "offset.new"
        new.write_text(f"{float((folder / 'offset').read_text()) + seconds:+.3f}\n")
        new.replace(folder / "offset")
