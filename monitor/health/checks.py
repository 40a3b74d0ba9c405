"""`ofsted-watch check`: what would be watched, who would be told and how, and whether each source answers.

A source is tried with a crawl of its own into a folder that is thrown away: by the same rules as the real one, robots.txt and
delays included, but of one page only.
"""

import asyncio
import tempfile
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from monitor.config import OFSTED, WEEKDAYS, AlertRule, Config, NewsSource, Sources, sources
from monitor.database import begin, connect_to_read
from monitor.mail import SendFailed, Smtp
from monitor.rounds import Clock, Crawled, crawl
from monitor.second_reader import Refused, probe
from scraper.database import IDENTITY_FILE, DatabaseFault, NoDatabase, check_whole
from scraper.items import GOOD
from scraper.reference import feeds_for
from scraper.text import counted

Told = tuple[bool, str]
SHOWN = 10
"""Links of a page that are told."""
READ = (
    "SELECT headline, url, CASE state WHEN 'pending' THEN 'would be fetched' ELSE 'not about a report' END AS state"
    " FROM feed_entries ORDER BY state DESC, rowid"
)


def check_lines(config: Config, clock: Clock, *, feeds: bool = False) -> Iterator[Told]:
    """What to print, each line with whether it is as it should be. `feeds`: try those of the catalogue, too."""
    names = [authority.name for authority in config.watched]
    shown = ", ".join(names) if len(names) <= 10 else f"{', '.join(names[:8])} and {len(names) - 8} more"
    yield True, f"config: good; data in {config.data}"
    yield True, f"watched: {counted(len(names), 'authority', 'authorities')}: {shown}"
    yield from _database(config)
    yield from _alerts(config)
    yield _mail(config)
    yield from _second_reader(config, clock)
    for source in sources(config):
        yield from _source(config, source, clock)
    yield from _catalogue(config, clock, feeds)


def _database(config: Config) -> Iterator[Told]:
    """A database that is there is looked at whole; where there is none yet, the folder of before must not have had one."""
    try:
        with closing(connect_to_read(config.data)) as db:
            check_whole(db, config.data)
    except NoDatabase as fault:
        new = not (config.data / IDENTITY_FILE).exists()
        yield new, f"database: {fault}"
    except DatabaseFault as fault:
        yield False, f"database: {fault}"
    else:
        yield True, "database: whole"


def _catalogue(config: Config, clock: Clock, tried: bool) -> Iterator[Told]:
    """The feeds of the watched authorities' outlets that the config does not have. That one is dead is news, not a fault."""
    taken = {news.address for news in config.sources.news}
    urns = [authority.urn for authority in config.watched]
    others = [outlet for outlet in feeds_for(urns) if outlet.feed not in taken]
    if others and not tried:
        yield True, f"feeds: the catalogue knows {len(others)} more for these authorities; `check --feeds` tries them"
    for outlet in others if tried else ():
        news = NewsSource(name=outlet.name, feed=outlet.feed, delay=timedelta(seconds=outlet.delay))
        aside = config.model_copy(update={"sources": Sources(ofsted=config.sources.ofsted, news=(news,))})
        crawled, _ = _probe(aside, outlet.name, clock)
        yield True, f"  {outlet.name}: {crawled.verdict} ({outlet.sure}): {outlet.feed}: {crawled.message}"


def _alerts(config: Config) -> Iterator[Told]:
    for rule in config.alerts:
        yield True, f"alerts: {_rule(config, rule)}"
    if not config.alerts:
        yield False, "alerts: nobody is told of anything; add a rule under `alerts`"
    elif not any("source" in rule.about for rule in config.alerts):
        yield False, "alerts: nobody is told when the watch itself is broken; add a rule with `about: [source]`"


def _rule(config: Config, rule: AlertRule) -> str:
    who = ", ".join(rule.to)
    named = set(config.resolve(rule.watch or ())) & set(config.watched)
    where = f" of {counted(len(named), 'authority', 'authorities')}" if rule.watch else ""
    when = rule.when
    day = f" on {WEEKDAYS[when.weekday].capitalize()}" if when.weekday is not None else ""
    at = "at once" if when.kind == "now" else f"{when.kind}{day} at {when.hour:02}:{when.minute:02} {config.timezone}"
    even = ", even if there is nothing" if rule.even_if_nothing else ""
    return f"{who}: {', '.join(sorted(rule.about))}{where}, {at}{even}"


def _mail(config: Config) -> Told:
    if not config.mail.host:
        return True, f"mail: no host is set: NOTHING IS MAILED, each mail becomes a file in {config.data / 'mail'}"
    server = f"{config.mail.host}:{config.mail.port} ({config.mail.security})"
    try:
        Smtp(config.mail).probe()
    except SendFailed as error:
        return False, f"mail: {server}: {error}"
    return True, f"mail: {server} answers"


def _second_reader(config: Config, clock: Clock) -> Iterator[Told]:
    """To whom texts of reports are sent, where they are; and whether that one answers, as it is asked to."""
    reader = config.compare.second_reader
    if reader is None:
        return
    often = counted(reader.at_most, "question")
    yield (
        True,
        f"second reader: TEXTS OF REPORTS ARE SENT to {reader.host}, for {reader.model} to read: at most {often} a day",
    )
    outcome = probe(reader, clock())
    if isinstance(outcome, Refused):
        words = "answers, and not as it is asked to" if outcome.answered else "cannot be used"
        yield False, f"second reader: {reader.model} at {reader.host} {words}: {outcome.reason}"
    else:
        yield True, f"second reader: {reader.model} at {reader.host} answers"


def _source(config: Config, source: str, clock: Clock) -> Iterator[Told]:
    """What came of a source; of a page also which of its links are taken for stories, as nobody but a person can tell whether that is so."""
    crawled, links = _probe(config, source, clock)
    asked = f" (page of {config.watched[0].name})" if source == OFSTED else ""
    yield crawled.verdict in GOOD, f"{source}{asked}: {crawled.verdict}: {crawled.message}"
    if any(news.page and news.name == source for news in config.sources.news):
        yield from ((True, f"  {line}") for line in links[:SHOWN])
        if len(links) > SHOWN:
            yield True, f"  and {len(links) - SHOWN} more"


def _probe(config: Config, source: str, clock: Clock) -> tuple[Crawled, list[str]]:
    """How a look at a source ends, and what of it would be read: headlines and addresses, those first that would be fetched."""
    with tempfile.TemporaryDirectory(prefix="ofsted-watch-check-") as folder:
        aside = config.model_copy(update={"data": Path(folder)})
        begin(aside.data).close()
        crawled = asyncio.run(crawl(aside, source, clock, only=config.watched[:1], probe=True))
        with closing(connect_to_read(aside.data)) as db:
            links = [f"{row['state']}: {row['headline']}: {row['url']}" for row in db.query(READ)]
            listed = {row["id"] for row in db.query("SELECT id FROM reports")}
    return replace(crawled, message=f"{crawled.message}{_stored(config, listed)}"), links


def _stored(config: Config, listed: Collection[int]) -> str:
    """How many of the reports that a page lists are not stored yet; "" where there is no database that says it."""
    try:
        with closing(connect_to_read(config.data)) as db:
            new = len(set(listed) - {row["id"] for row in db.query("SELECT id FROM reports")})
    except DatabaseFault:  # told before
        return ""
    if not listed:
        return ""
    return f", {new} of them not stored yet" if new else ", all of them stored already"
