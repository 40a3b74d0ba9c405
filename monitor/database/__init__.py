"""The database as the monitor uses it: the scraper's file with the monitor's tables beside.

In: the data folder. Out: a connection, rows as dictionaries, a checked copy. Leaves `issues`, and the names in `authorities`.
"""

from monitor.database.backup import back_up
from monitor.database.issues import note_issue
from monitor.database.store import connect, remember_authorities, rows, stamp, value, writing

__all__ = ["back_up", "connect", "note_issue", "remember_authorities", "rows", "stamp", "value", "writing"]
