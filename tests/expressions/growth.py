"""How the time grows that a regular expression takes, with the length of the text."""

import gc
import re
import time
from collections.abc import Callable, Iterator
from math import inf, log2
from typing import Any

from tests.expressions.found import Found
from tests.expressions.hostile import Text

FIRST, SECOND = 250, 2000
SLOW = 0.004
"""Seconds for the shorter that are too many to try one eight times as long."""
LAST = 128_000
TINY = (12, 20, 30, 60)
AT_ONCE = 0.005
"""Seconds that none takes for so short a text but one that tries all ways to divide it."""
NOISE = 0.0001
"""Seconds below which a time tells nothing."""
SUSPICIOUS = 1.2
STEEP = 1.5
"""Exponents: 1 is linear, 2 is the square."""
ENOUGH = 0.1
"""Seconds that nothing need be measured beyond."""


def seconds(use: Callable[[Any], object], text: Any) -> float:
    """How long it takes once, of this thread's own time: what else the machine does counts for nothing, nor what is left over from other tests."""
    gc.disable()
    try:
        start = time.thread_time()
        use(text)
        return time.thread_time() - start
    finally:
        gc.enable()


def uses(found: Found, pattern: re.Pattern[Any]) -> Iterator[Callable[[Any], object]]:
    """The ways to look with a part of an expression: at every place if the whole is used so, else at the first, and for all."""
    if found.searched:
        yield lambda text: sum(1 for _ in pattern.finditer(text))
    else:
        yield pattern.match
    if not found.used or "fullmatch" in found.used:
        yield pattern.fullmatch


def exponent(use: Callable[[Any], object], text: Text, limit: int = 0, *, is_bytes: bool = False) -> float:
    """By which power of the length the time grows: measured short, and longer only where that is suspicious.

    With a `limit` no text is longer, and what takes no longer than `SLOW` for such a one passes for linear.
    """

    def measured(size: int) -> float:
        written = text.of(size)[: limit or None]
        return seconds(use, written.encode() if is_bytes else written)

    if limit:
        return 1.0 if any(measured(limit) < SLOW for _ in range(3)) else 2.0
    if any(measured(size) > AT_ONCE and measured(size) > AT_ONCE for size in TINY):
        return inf
    short = measured(FIRST)
    if short < SLOW:
        longer = measured(SECOND)
        if longer < NOISE or log2(longer / short) / log2(SECOND / FIRST) < SUSPICIOUS:
            return 1.0
    return power(lambda size: min(measured(size) for _ in range(2)))


def power(measured: Callable[[int], float], first: int = FIRST) -> float:
    """By which power of the size the measured seconds grow: the lower of the last two doublings, for what is cut becomes linear."""
    size, times = first, [measured(first)]
    while size < LAST and (len(times) < 2 or times[-1] < ENOUGH):
        size *= 2
        times.append(measured(size))
        if len(times) > 3 and _power(times[-2:]) < SUSPICIOUS:
            break
    return min(_power(times[-2:]), _power(times[-3:-1])) if len(times) > 2 else _power(times[-2:])


def _power(pair: list[float]) -> float:
    return log2(max(pair[1], 1e-9) / max(pair[0], 1e-9))
