"""When each source is due, and the plan that the daemon goes by."""

import hashlib
from datetime import datetime

from monitor.config import OFSTED, Config, interval, sources
from monitor.orders import MAKE_UP_AFTER, Plan, Task
from monitor.rounds.crawls import host_of, last_crawl, never_looked_at
from monitor.rounds.sweeps import SWEEP, round_every
from scraper.items import Verdict


def plan_of(config: Config, text: str, now: datetime) -> Plan:
    """What is due when by this config, which stands in the file as `text`."""
    tasks = tuple(_round(config, name, now) for name in sources(config))
    version = hashlib.sha256(repr(config).encode()).hexdigest()
    return Plan(text, version, str(config.zone), len(config.watched), (*tasks, *_sweep(config, now)))


def _round(config: Config, source: str, now: datetime) -> Task:
    """Each source goes on where the last daemon left it: it is due an interval after its last crawl, or soon if that was cut off."""
    strange = source == OFSTED and never_looked_at(config)  # new in the config
    first = now if strange else next_crawl(config, source, now)
    return Task(f"crawl {source}", source, interval(config, source).total_seconds(), first, host_of(config, source))


def _sweep(config: Config, now: datetime) -> tuple[Task, ...]:
    every = config.sources.ofsted.sweep
    if every is None:
        return ()
    first = now + min(every, MAKE_UP_AFTER)
    return (Task(SWEEP, OFSTED, every.total_seconds(), first, host_of(config, OFSTED), sweep=True),)


def next_crawl(config: Config, source: str, now: datetime) -> datetime:
    """When the daemon would crawl a source next, without its jitter. One that was cut off is made up for soon.

    A crawl of a time still to come began at the latest now: its clock was ahead, and the source is not to wait for that.
    """
    last = last_crawl(config, source)
    if not last:
        return now
    every = round_every(config, source)
    wait = min(every, MAKE_UP_AFTER) if last.verdict in (None, Verdict.CRASHED) else every
    return max(now, min(last.started, now) + wait)
