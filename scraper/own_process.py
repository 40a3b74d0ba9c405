"""What a process of ours does with itself: it is called by its name, and ends when its parent does."""

import ctypes
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1  # of <sys/prctl.h>


def end_with_parent() -> None:
    """Have Linux stop this process in order when its parent dies, so that the parent's successor is not at the same work beside it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def orphaned(parent: int | None) -> bool:
    """Whether the process that started this one is gone."""
    return bool(parent) and os.getppid() != parent


def take_our_name() -> None:
    """Have the system's lists of processes call this one `ofsted-watch`, and not after its interpreter."""
    with suppress(OSError):  # where there is no /proc
        Path("/proc/self/comm").write_text("ofsted-watch")
