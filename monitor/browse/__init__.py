"""Browsing what is stored: Datasette as a child process, with one datasette.yaml and our own pages as its plugin.

In: the database, which it only reads. Out: pages on loopback. A correction, where those are allowed, is stored by `monitor.comparing`. The door is light: `hooks` and `pages` run in Datasette's process.
"""

from monitor.browse.serve import free_port, run_datasette

__all__ = ["free_port", "run_datasette"]
