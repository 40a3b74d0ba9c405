"""sd_notify: tells systemd that the daemon is ready, alive, or stopping. Does nothing where systemd did not start it."""

import logging
import os
import socket

log = logging.getLogger(__name__)


def notify(state: str) -> None:
    """Send one state line such as READY=1; see sd_notify(3)."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
            sock.connect(address)
            sock.sendall(state.encode())
    except OSError as error:  # it may listen again in a moment, and is no reason to end
        log.warning("systemd is not told %s: %s", state, error)


def watchdog_seconds() -> float | None:
    """How often systemd wants to hear that we live: half of its limit, or None without a watchdog."""
    microseconds = os.environ.get("WATCHDOG_USEC")
    return int(microseconds) / 2_000_000 if microseconds else None
