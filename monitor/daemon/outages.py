"""What cannot be written down is told directly: a database that is gone, locked, full or damaged, once a day while it lasts and when it is over."""

import logging
import re
import sqlite3
import threading
from datetime import datetime, timedelta

from monitor.config import Config
from monitor.daemon.crawls import Clock
from monitor.mail import send_directly
from scraper.database import DatabaseFault, explained, is_fault

log = logging.getLogger(__name__)

AGAIN = timedelta(days=1)
NUMBERED = re.compile(r" \([^()]*\(process \d+\)[^)]*\)|\(process \d+\)")
"""Who has the database just now: held by another process, it is the same fault."""
BROKEN = (
    "{message}\n\nWhile this lasts, nothing new is stored, and nobody is told of anything: silence does not mean that nothing is new."
    " Nothing that was stored is lost."
)
OVER = "The database of the watch answers again. What was published meanwhile is found by the next crawls and told in the usual way.\n\nIt was: {message}"
SUBJECT = "Ofsted Watch cannot use its database"
SUBJECT_OVER = "Ofsted Watch can use its database again"


class Outages:
    """Remembers what the operators know of, for as long as the process lives."""

    def __init__(self, config: Config, clock: Clock) -> None:
        self.config, self.clock = config, clock
        self._told: dict[str, datetime] = {}
        self._one_at_a_time = threading.Lock()  # several rounds come upon one fault at once

    def happened(self, fault: DatabaseFault) -> None:
        """Tell of a fault, unless that was done within the day."""
        message, now = str(fault), self.clock()
        known_as = NUMBERED.sub("", message)
        with self._one_at_a_time:
            if known_as in self._told and now - self._told[known_as] < AGAIN:
                return
            log.critical("%s", message)
            if self._sent(SUBJECT, BROKEN.format(message=message)):
                self._told[known_as] = now

    def over(self) -> None:
        """The database was used without a fault: tell so, if the operators were told otherwise."""
        with self._one_at_a_time:
            if self._told and self._sent(SUBJECT_OVER, OVER.format(message="\n".join(self._told))):
                self._told.clear()

    def _sent(self, subject: str, text: str) -> bool:
        """Whether anybody could be told, or there is nobody to tell."""
        outcomes = []
        for recipient, error in send_directly(self.config, subject, text, self.clock()):
            log.log(logging.ERROR if error else logging.INFO, "%s: %s", recipient, error or f"told: {subject}")
            outcomes.append(error)
        return not outcomes or None in outcomes


def fault_of(error: BaseException, config: Config) -> DatabaseFault | None:
    """The fault of the database that an exception tells of, if it does."""
    if isinstance(error, DatabaseFault):
        return error
    if isinstance(error, sqlite3.Error) and is_fault(error):
        return explained(error, config.data)
    return None
