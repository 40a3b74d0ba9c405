"""When the search is swept, and when sweeps are enough: where they fail, every page is looked at as often as without them."""

from contextlib import closing
from datetime import datetime, timedelta

from monitor.config import Config
from monitor.database import connect, heal_issue, note_issue, value
from monitor.rounds.crawls import OFSTED, Crawled, LastCrawl, interval, last_crawl
from scraper.items import GOOD, Verdict

HOURLY = timedelta(hours=1)
"""At night and on weekends Ofsted publishes hardly anything."""
FIRST_HOUR, LAST_HOUR, WORKING_DAYS = 6, 20, 5
EARLY = 0.9
"""A share of the wait after which a sweep is due: the scheduler shifts its runs a little."""
FALLBACK = timedelta(hours=2)
SWEEP = "sweep"
"""The key of the issue."""
LAST_GOOD = "SELECT max(started) FROM crawls WHERE source = ? AND scope = 'sweep' AND verdict = 'ok'"
INSTEAD = "; until it works again every page is looked at every two hours, so that nothing is missed"


def wait_of(config: Config, now: datetime) -> timedelta | None:
    """How long to wait between two sweeps at this time; None where there are to be none."""
    every = config.sources.ofsted.sweep
    local = now.astimezone(config.zone)
    working = local.weekday() < WORKING_DAYS and FIRST_HOUR <= local.hour < LAST_HOUR
    return every if every is None or working else max(every, HOURLY)


def sweep_is_due(config: Config, now: datetime) -> bool:
    """Whether the search is to be asked now."""
    wait, last = wait_of(config, now), last_crawl(config, OFSTED, SWEEP)
    return wait is not None and (last is None or not timedelta() <= now - last.started < wait * EARLY)


def sweeps_suffice(config: Config) -> bool:
    """Whether the last sweep went well and the last look at all pages too, so that the next of these can wait."""
    sweep, whole = last_crawl(config, OFSTED, SWEEP), last_crawl(config, OFSTED)
    return _well(sweep) and _well(whole)


def _well(last: LastCrawl | None) -> bool:
    return last is not None and last.verdict in GOOD


def round_every(config: Config, source: str) -> timedelta:
    """How often a source is crawled as a whole just now."""
    every = interval(config, source)
    if source != OFSTED or config.sources.ofsted.sweep is None or sweeps_suffice(config):
        return every
    return min(every, FALLBACK)


def seen_every(config: Config, source: str, now: datetime) -> timedelta:
    """How often it is looked at whether a source has anything new."""
    wait = wait_of(config, now) if source == OFSTED else None
    return max(wait, HOURLY) if wait else interval(config, source)


def note_sweep(config: Config, sweep: Crawled, now: datetime) -> None:
    """Tell the operators where the search is of no use: at once where it changed, after a while where it cannot be had."""
    with closing(connect(config.data)) as db:
        good = value(db, LAST_GOOD, [OFSTED])
        lasting = good is None or now - datetime.fromisoformat(good) > FALLBACK
        if sweep.verdict is Verdict.OK:
            heal_issue(db, SWEEP, now)
        elif sweep.verdict is Verdict.BROKEN or lasting:
            note_issue(db, SWEEP, "warning", f"{sweep.message}{INSTEAD}"[:1000], now, key=SWEEP)
