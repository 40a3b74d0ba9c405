"""The database as the monitor uses it: the scraper's file with the monitor's tables beside.

In: the data folder. Out: a connection, rows as dictionaries, a checked copy. Leaves `issues`, `days`, `pruned` and the names in `authorities`; forgets old
`crawls` and `page_checks`.
"""

from monitor.database.backup import back_up, checkpoint, restore
from monitor.database.days import Looks, days_of, looks_since, note_day
from monitor.database.isolated import isolated
from monitor.database.issues import heal_issue, note_issue
from monitor.database.looks import first_seen, last_good
from monitor.database.pruning import prune_daily
from monitor.database.store import (
    CLOCKS_APART,
    begin,
    connect,
    connect_to_read,
    remember_authorities,
    rows,
    stamp,
    value,
    writing,
)

__all__ = [
    "CLOCKS_APART",
    "Looks",
    "back_up",
    "begin",
    "checkpoint",
    "connect",
    "connect_to_read",
    "days_of",
    "first_seen",
    "heal_issue",
    "isolated",
    "last_good",
    "looks_since",
    "note_day",
    "note_issue",
    "prune_daily",
    "remember_authorities",
    "restore",
    "rows",
    "stamp",
    "value",
    "writing",
]
