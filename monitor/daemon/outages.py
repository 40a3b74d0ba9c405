"""What cannot be written down is told directly: a database that is gone, locked, full or damaged, once a day while it lasts and when it is over."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

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

Send = Callable[[str, str], Awaitable[bool]]
"""Mails the operators a subject and a text; whether anybody could be told, or there is nobody to tell."""


class Outages:
    """Remembers what the operators know of, for as long as the process lives."""

    def __init__(self, send: Send, clock: Callable[[], datetime]) -> None:
        self.send, self.clock = send, clock
        self._told: dict[str, datetime] = {}
        self._one_at_a_time = asyncio.Lock()  # several pieces of work come upon one fault at once

    @property
    def last(self) -> bool:
        """Whether the operators were told of a fault, and not yet that it is over."""
        return bool(self._told)

    async def happened(self, message: str) -> None:
        """Tell of a fault, unless that was done within the day."""
        now, known_as = self.clock(), NUMBERED.sub("", message)
        async with self._one_at_a_time:
            if known_as in self._told and now - self._told[known_as] < AGAIN:
                return
            log.critical("%s", message)
            if await self.send(SUBJECT, BROKEN.format(message=message)):
                self._told[known_as] = now

    async def over(self) -> None:
        """The database was used without a fault: tell so, if the operators were told otherwise."""
        async with self._one_at_a_time:
            if self._told and await self.send(SUBJECT_OVER, OVER.format(message="\n".join(self._told))):
                self._told.clear()
