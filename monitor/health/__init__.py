"""How the watch itself is doing: its state from stored rows, and a look at config, mail server and sources.

In: the config and the database. Out: lines for people, and the same as values for programs. Leaves no rows.
"""

from monitor.health.checks import check_lines
from monitor.health.one_source import source_state, source_state_lines
from monitor.health.status import day_lines, status_lines, watch_state

__all__ = ["check_lines", "day_lines", "source_state", "source_state_lines", "status_lines", "watch_state"]
