"""A child process that is told its job on stdin and answers on stdout; asked to end, it ends in order.

Of the standard library alone: the daemon, which is to be small, and the crawls' parents use it alike.
"""

import asyncio
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scraper import children

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """What a child printed on stdout, and the status that it ended with: below zero, the signal that killed it."""

    out: bytes
    status: int

    def last_line(self) -> dict[str, Any] | None:
        """Its answer: the JSON object on its last line; None where it did not come to that."""
        try:
            answer = json.loads(self.out.splitlines()[-1])
        except (IndexError, ValueError):
            return None
        return answer if isinstance(answer, dict) else None


async def ask(command: Sequence[str], told: dict[str, Any], *, grace: float, limit: float | None = None) -> Said:
    """Run a child to its end. Cancelling this ends it in order, and so does the limit (seconds): raises `TimeoutError` then.

    `grace`: seconds that an orderly end may take before it is killed.
    """
    child = await _started(command, grace)
    talk = asyncio.ensure_future(child.communicate(json.dumps(told).encode()))
    try:
        async with asyncio.timeout(limit):
            out, _ = await asyncio.shield(talk)
    except (TimeoutError, asyncio.CancelledError):
        await _end(child, talk, grace)
        raise
    return Said(out, child.returncode or 0)


async def _started(command: Sequence[str], grace: float) -> asyncio.subprocess.Process:
    """The child, begun. A cancellation that comes just now waits for that: in between, nobody would know of the process."""
    start = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *command, env=children.environment(),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, start_new_session=True,
        )
    )  # fmt: skip
    try:
        return await asyncio.shield(start)
    except asyncio.CancelledError:
        child = await start
        await _end(child, asyncio.ensure_future(child.communicate()), grace)
        raise


async def _end(child: asyncio.subprocess.Process, talk: "asyncio.Future[tuple[bytes, bytes]]", grace: float) -> None:
    """Ask the child to end, give it its grace, then kill it."""
    if child.returncode is None:
        child.terminate()
    try:
        async with asyncio.timeout(grace):
            await asyncio.shield(talk)
    except TimeoutError:
        log.warning("a child process did not end within %.0f s and is killed", grace)
        child.kill()
        await talk
