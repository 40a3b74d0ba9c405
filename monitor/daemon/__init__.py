"""The daemon: small, for it lives for months. It knows when what is due, and has children do it (`monitor.rounds`); it opens no page and no PDF.

In: the path of the config. Out: children's work, a daemon's lock, what systemd is told. Leaves no rows: its children do.
"""

from monitor.daemon.becoming import Begin, become_daemon

__all__ = ["Begin", "become_daemon"]
