"""The daemon of a simulated month: started as its users start it, looked at from outside, killed, and started again as systemd would."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.month_clock import Clock

RESTART = 10.0  # seconds, as in deploy/ofsted-watch.service
TICK = os.sysconf("SC_CLK_TCK")
COMMAND = Path(sys.executable).with_name("ofsted-watch")


@dataclass
class Measures:
    """Of one day, or of one life of the daemon: memory in MB."""

    rss_first: float = 0.0
    rss_last: float = 0.0
    rss_most: float = 0.0
    fds_first: int = 0
    fds_last: int = 0
    fds_most: int = 0
    child_most: float = 0.0
    looks: int = 0

    def own(self, rss: float, fds: int) -> None:
        """The daemon between two pieces of work."""
        if not self.looks:
            self.rss_first, self.fds_first = rss, fds
        self.looks += 1
        self.rss_last, self.fds_last = rss, fds
        self.rss_most, self.fds_most = max(self.rss_most, rss), max(self.fds_most, fds)


@dataclass
class Daemon:
    """`ofsted-watch run`. `seconds`: of processor, of the daemons that have ended; `killed`: whether the last end was our doing."""

    config: Path
    clock: Clock
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    killed: bool = False
    seconds: float = 0.0
    last_seconds: float = 0.0
    starts: int = 0
    ended_itself: list[str] = field(default_factory=list)
    today: Measures = field(default_factory=Measures)
    life: Measures = field(default_factory=Measures)

    def keep_running(self) -> None:
        """Start it, or start it again ten seconds after its end."""
        if self.process and self.process.poll() is None:
            return
        if self.process:
            self.seconds, self.last_seconds = self.seconds + self.last_seconds, 0.0
            if not self.killed:
                self.ended_itself.append(f"{self.clock.now():%d %b %H:%M} with status {self.process.returncode}")
            time.sleep(RESTART)
        self.killed, self.life, self.starts = False, Measures(), self.starts + 1
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [COMMAND, "run", "--config", self.config], env=self.clock.environment(), stdout=log, stderr=log
            )

    def look(self) -> bool:
        """Measure what there is; whether children are at work."""
        assert self.process
        pid = self.process.pid
        try:
            self.last_seconds = _seconds(pid)
            children = list(descendants(pid))
            rss, fds = _memory(pid, "VmRSS"), sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
        except OSError:  # it has just ended
            return False
        for child in children:
            self.today.child_most = max(self.today.child_most, _memory(child, "VmHWM"))
        if not children:
            for measures in (self.today, self.life):
                measures.own(rss, fds)
        return bool(children)

    def processor(self) -> float:
        """Seconds of processor so far, of the children that all daemons waited for."""
        return self.seconds + self.last_seconds

    def at_work(self, module: str) -> list[int]:
        """Its descendants that run a module or one below it."""
        assert self.process
        with suppress(OSError):
            return [pid for pid in descendants(self.process.pid) if module in _words(pid)]
        return []

    def kill_itself(self) -> None:
        assert self.process
        self.killed = True
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """As systemd stops it; its exit status."""
        assert self.process
        self.process.terminate()
        return self.process.wait(timeout=120)


def descendants(pid: int) -> Iterator[int]:
    """All processes below one; those that end meanwhile are left out."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):
            for child in (task / "children").read_text().split():
                yield int(child)
                with suppress(OSError):
                    yield from descendants(int(child))


def _seconds(pid: int) -> float:
    """Seconds of processor of the children that it waited for: its own are mostly those of looking at the clock all the time, for this bench."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[13:15])) / TICK


def _words(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


def _memory(pid: int, what: str) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(what):
                return int(line.split()[1]) / 1024
    return 0.0
