"""Logging of the daemon and the commands: one line an event on stderr, which systemd's journal keeps."""

import logging
import os
import sys


def set_up(level: int = logging.INFO) -> None:
    """Log to stderr. Under systemd the journal adds the time, so that it is left out there."""
    under_systemd = "JOURNAL_STREAM" in os.environ
    form = "%(levelname)s %(name)s: %(message)s"
    logging.basicConfig(
        stream=sys.stderr, level=level, format=form if under_systemd else f"%(asctime)s {form}", force=True
    )
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # scheduler.py tells what it has to say, once
