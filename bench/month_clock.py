"""The clock of a simulated month: the real one and an offset, which libfaketime adds in the daemon and in all that it starts.

Only the time of day is moved, and only while nothing is in hand (`month_loop`): what works takes its real time, and what waits is waited for in
a moment. libfaketime leaves the monotonic clock alone, for Python's locks wait by the real one; so the daemon's event loop keeps time by the time
of day. That is the one thing in the daemon that is not as users run it.
"""

import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

LIBRARY = "usr/lib/*/faketime/libfaketimeMT.so.1"
LOOP = Path(__file__).with_name("month_loop.py")
FIRST = """import sys

if "monitor.daemon" in sys.orig_argv:  # and in none of its children
    import month_loop

    month_loop.begin()
"""


def library() -> Path:
    """Where libfaketime is. Raises `SystemExit` where it is not installed."""
    for found in Path("/").glob(LIBRARY):
        return found
    raise SystemExit("libfaketime is needed, which moves the daemon's clock: the Debian package `libfaketime`")


class Clock:
    """The watch's time, in UTC; `folder` gets the files by which its processes know it. Within `step` the daemon is not asked what it waits for."""

    def __init__(self, folder: Path, start: datetime, step: timedelta) -> None:
        self._folder, self._step, self._library = folder, step, library()
        (folder / "site").mkdir(parents=True)
        shutil.copy(LOOP, folder / "site")
        (folder / "site" / "sitecustomize.py").write_text(FIRST, encoding="utf-8")
        (folder / "offset").write_text(f"{start.timestamp() - time.time():+.3f}\n", encoding="utf-8")
        self.let_run_to(start)

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time() + float((self._folder / "offset").read_text()), UTC)

    def let_run_to(self, moment: datetime) -> None:
        """Up to there the daemon may pass over the time in which it has nothing to do."""
        new = self._folder / "until.new"
        new.write_text(str(moment.timestamp()), encoding="utf-8")
        new.replace(self._folder / "until")

    def environment(self) -> dict[str, str]:
        """What a process must be started with to live in this time."""
        return {
            **os.environ, "LD_PRELOAD": str(self._library), "FAKETIME_TIMESTAMP_FILE": str(self._folder / "offset"), "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1", "FAKETIME_DISABLE_SHM": "1", "PYTHONPATH": str(self._folder / "site"),
            "MONTH_FOLDER": str(self._folder), "MONTH_STEP": str(self._step.total_seconds()),
        }  # fmt: skip
