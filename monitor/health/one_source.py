"""`ofsted-watch status SOURCE`: how one source does, its last crawls, and what came in place of what was wanted."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlite_utils import Database

from monitor.config import Config
from monitor.database import rows, stamp
from monitor.facts import answers_of
from monitor.health.attention import of_source
from monitor.health.status import CUT_OFF, ended, shortened, source_lines, state_of
from monitor.locks import held_since
from monitor.rounds import lock_of

CRAWLS, ANSWERS = 10, 5
WIDTH, LINES = 100, 40
LAST = """
SELECT id, started, finished, scope, verdict, message, requests, bytes, found, stopped FROM crawls WHERE source = ? ORDER BY id DESC LIMIT ?
"""


def source_state(
    db: Database, config: Config, source: str, now: datetime, max_age: timedelta | None = None
) -> dict[str, Any]:
    """The state of one source as plain values, like `watch_state`; with its last crawls and `answers`, newest first."""
    state = state_of(db, config, source, now)
    found = list(of_source(state, now, max_age))
    answers = [asdict(came) | {"asked": stamp(came.asked)} for came in answers_of(db, source, ANSWERS)]
    running = held_since(config.data, lock_of(source)) is not None
    crawls = [
        row | {"verdict": row["verdict"] or (None if running and not place else CUT_OFF)}
        for place, row in enumerate(rows(db, LAST, [source, CRAWLS]))
    ]
    about = {"at": stamp(now), "ok": not found, "to_look_at": found}
    return about | {"sources": [state], "crawls": crawls, "answers": answers}


def source_state_lines(state: dict[str, Any]) -> Iterator[str]:
    """The same for people."""
    yield "all is well" if state["ok"] else "TO BE LOOKED AT:"
    yield from (f"  {line}" for line in state["to_look_at"])
    yield from source_lines(state["sources"][0])
    if state["crawls"]:
        yield "last crawls:"
    for crawl in state["crawls"]:
        part = "" if crawl["scope"] == "all" else f" ({crawl['scope']})"
        yield f"  {crawl['started'][:16]} {ended(crawl)}{part}: {shortened(crawl['message'])}"
    yield "what came instead:" if state["answers"] else "nothing is kept that came in place of what was wanted"
    for came in state["answers"]:
        yield from _came_lines(came)


def _came_lines(came: dict[str, Any]) -> Iterator[str]:
    whose = f" ({came['authority']})" if came["authority"] else ""
    yield f"  {came['asked'][:16]} {came['url']}{whose}"
    yield f"    {came['verdict']}: {shortened(came['message'])}"
    yield f"    {came['words']}"
    if came["answered"]:
        yield f"    answered by {came['answered']}"
    lines = (f"    | {part}" for line in came["head"].splitlines() if line.strip() for part in _parts(line))
    yield from islice(lines, LINES)
    if next(lines, None):
        yield "    ... (more with --json)"


def _parts(line: str) -> Iterator[str]:
    return (line[start : start + WIDTH] for start in range(0, len(line), WIDTH))
