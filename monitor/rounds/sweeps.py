"""When the search is swept, and when sweeps are enough: where they fail, every page is looked at as often as without them."""

from contextlib import closing
from datetime import datetime, timedelta

from monitor.config import OFSTED, Config, interval, wait_of
from monitor.database import connect, heal_issue, note_issue, value
from monitor.rounds.crawls import Crawled, LastCrawl, last_crawl
from scraper.items import GOOD, Verdict

EARLY = 0.9
"""A share of the wait after which a sweep is due: the scheduler shifts its runs a little."""
FALLBACK = timedelta(hours=2)
SWEEP = "sweep"
"""The key of the issue."""
LAST_GOOD = "SELECT max(started) FROM crawls WHERE source = ? AND scope = 'sweep' AND verdict = 'ok'"
INSTEAD = "; until it works again every page is looked at every two hours, so that nothing is missed"


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


def note_sweep(config: Config, sweep: Crawled, now: datetime) -> None:
    """Tell the operators where the search is of no use: at once where it changed, after a while where it cannot be had."""
    with closing(connect(config.data)) as db:
        good = value(db, LAST_GOOD, [OFSTED])
        lasting = good is None or now - datetime.fromisoformat(good) > FALLBACK
        if sweep.verdict is Verdict.OK:
            heal_issue(db, SWEEP, now)
        elif sweep.verdict is Verdict.BROKEN or lasting:
            note_issue(db, SWEEP, "warning", f"{sweep.message}{INSTEAD}"[:1000], now, key=SWEEP)
