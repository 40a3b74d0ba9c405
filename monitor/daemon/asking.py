"""How a child is asked for a piece of work, and what it answers."""

import logging
import os
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from monitor.children import ask
from monitor.orders import Answer, Order, answer_from
from scraper import children

log = logging.getLogger(__name__)
CHILD = tuple(children.command("monitor.rounds"))
GRACE = 80.0  # seconds; crawls end in order, and a mail in hand is recorded

Ask = Callable[[str, dict[str, Any]], Awaitable[Answer]]
"""Asks for the work of this name, with its arguments."""


def asker(path: Path, text: str | None = None, identity: str | None = None) -> Ask:
    """Asks children of this config. `text`: what it said when it was read; `identity`: the database that it is watched with."""

    async def asked(do: str, more: dict[str, Any]) -> Answer:
        order = Order(do, str(path), text, identity, os.getpid(), more)
        said = await ask(CHILD, asdict(order), grace=GRACE)
        answer = said.last_line()
        return answer_from(answer) if answer else Answer(died=f"its process ended with status {said.status}")

    return asked
