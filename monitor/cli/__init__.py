"""The commands: each reads the config, calls one room, prints, and turns known errors into clear lines.

In: the command line. Out: text or JSON on stdout, errors on stderr, an exit status. Leaves no rows of its own.
"""

from monitor.cli.commands import main

__all__ = ["main"]
