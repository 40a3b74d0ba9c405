"""How often each source is looked at by a config, and for how long it may go without a good look."""

from datetime import datetime, timedelta

from monitor.config.model import Config

OFSTED = "ofsted"
HOURLY = timedelta(hours=1)
"""At night and on weekends Ofsted publishes hardly anything."""
FIRST_HOUR, LAST_HOUR, WORKING_DAYS = 6, 20, 5
INTERVALS = 3
A_CRAWL = timedelta(minutes=1)


def sources(config: Config) -> tuple[str, ...]:
    """The names of all sources, Ofsted's first."""
    return (OFSTED, *(source.name for source in config.sources.news))


def interval(config: Config, source: str) -> timedelta:
    """How often a source is crawled as a whole."""
    if source == OFSTED:
        return config.sources.ofsted.whole_round
    return next(news.interval for news in config.sources.news if news.name == source)


def wait_of(config: Config, now: datetime) -> timedelta | None:
    """How long to wait between two sweeps at this time; None where there are to be none."""
    every = config.sources.ofsted.sweep
    local = now.astimezone(config.zone)
    working = local.weekday() < WORKING_DAYS and FIRST_HOUR <= local.hour < LAST_HOUR
    return every if every is None or working else max(every, HOURLY)


def seen_every(config: Config, source: str, now: datetime) -> timedelta:
    """How often it is looked at whether a source has anything new."""
    wait = wait_of(config, now) if source == OFSTED else None
    return max(wait, HOURLY) if wait else interval(config, source)


def unseen_for(config: Config, source: str, now: datetime) -> timedelta:
    """How long a source may go without a good look before something is wrong."""
    return INTERVALS * seen_every(config, source, now) + A_CRAWL
