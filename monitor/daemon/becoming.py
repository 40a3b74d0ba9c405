"""How a command becomes the daemon: in its own process, so that systemd's is the same, and without what the command has loaded."""

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

from scraper import children


@dataclass(frozen=True, slots=True)
class Begin:
    """What the daemon is begun with. `moved`: the data folder was watched with another config, which is this one now.

    `doubtful`: whether the data folder looked like the place of a disk that is not there, before anything was made in it.
    """

    config: Path
    data: Path
    moved: bool
    doubtful: bool


def become_daemon(begin: Begin) -> NoReturn:
    """Run the daemon in place of this program."""
    told = {**asdict(begin), "config": str(begin.config.absolute()), "data": str(begin.data)}
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    command = children.command("monitor.daemon", json.dumps(told))
    os.execve(command[0], command, children.environment())  # noqa: S606 - our own interpreter, no shell


def begun_with(argument: str) -> Begin:
    """What `become_daemon` was told."""
    values = json.loads(argument)
    return Begin(**{**values, "config": Path(values["config"]), "data": Path(values["data"])})
