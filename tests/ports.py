"""Ports for the servers of the tests."""

import socket
from contextlib import suppress
from pathlib import Path
from random import SystemRandom  # pytest-randomly gives all of pytest's workers one seed, and these must differ


def free_port() -> int:
    """A port of loopback that nothing listens on, and that Linux gives nobody who names none.

    One of those that it gives may be taken between here and the server's start, by any connection of another test.
    """
    first = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    while True:
        port = SystemRandom().randrange(first - 10_000, first)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
