"""The look at ourselves: what is stored and was told to nobody, mails that wait, sources not crawled, locks held too long, times to come.

Each find is an issue with a key of its own: the operators are told of it once, and once more when it is over. Run with each round and each hour.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlite_utils import Database

from monitor.alerts import TOLD_WITHIN
from monitor.config import Config, sources, unseen_for
from monitor.database import (
    CLOCKS_APART,
    first_seen,
    heal_issue,
    isolated,
    last_good,
    note_issue,
    rows,
    stamp,
    value,
    writing,
)
from monitor.locks import held_since
from monitor.mail import without_addresses
from monitor.reading import forget_doubts
from monitor.rounds.crawls import OVER_LIMIT, STOP_GRACE, job, lock_of
from scraper.crawling import expected_of_feed
from scraper.database import feed_days_of
from scraper.items import GOOD
from scraper.text import counted

SOURCE = "look"
MAILED_WITHIN = timedelta(hours=1)
STEP_FORGOTTEN = timedelta(days=1)
DOUBT_FORGOTTEN = timedelta(days=14)

RETRY_WITHIN = timedelta(hours=7)  # the longest wait between two attempts is six
DIGEST_WITHIN = timedelta(days=9)  # weekly digests are the rarest

PULLED_BACK = """
UPDATE deliveries SET due = min(due, :now), batch = min(batch, :now) WHERE state IN ('pending', 'sending')
  AND (due > CASE WHEN batch IS NULL THEN :digest ELSE :retry END OR batch > :ahead)
"""

EMPTY_FOR = timedelta(days=7)
FULL = "SELECT max(id) FROM crawls WHERE source = ? AND verdict = 'ok'"
EMPTY_SINCE = "SELECT started FROM crawls WHERE source = ? AND verdict = 'empty' AND id > ? ORDER BY id LIMIT 1"

Find = tuple[str, str]
"""What an issue is known by, and what it says."""

UNTOLD = """
SELECT r.id, r.label, a.name FROM reports r JOIN authorities a ON a.urn = r.urn
WHERE r.baseline = 0 AND r.withdrawn_at IS NULL AND r.first_seen < ? AND NOT EXISTS (SELECT 1 FROM alerts t WHERE t.report_id = r.id)
ORDER BY r.id
"""
UNADDRESSED = """
SELECT id, kind FROM alerts a WHERE created < ? AND nobody = 0
  AND (addressed IS NULL OR NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.alert_id = a.id)) ORDER BY id
"""
# What waits because of us or the server is told of by the outbox itself.
WAITING = """
SELECT count(DISTINCT coalesce(message_id, recipient)) AS mails, min(coalesce(batch, due)) AS since, max(error) AS error FROM deliveries
WHERE state IN ('pending', 'sending') AND coalesce(fault, '') <> 'ours' AND coalesce(batch, due) < ?
"""


def look(db: Database, config: Config, now: datetime) -> None:
    """Find what is wrong with the watch itself, open an issue for each find, and heal those that are over."""
    _forget_sources(db, config)
    forget_doubts(db, now - DOUBT_FORGOTTEN)
    found: dict[str, str] = {}
    for finder in (_untold, _unaddressed, _mails, _sources, _empty, _moved, _locks, _clock):
        with isolated(db, SOURCE, finder.__name__.strip("_"), now):
            found |= dict(finder(db, now, config))
    for key, message in found.items():
        note_issue(db, SOURCE, "error", message, now, key=f"look:{key}")
    for row in rows(db, "SELECT key FROM issues WHERE key LIKE 'look:%' AND healed IS NULL"):
        if row["key"].removeprefix("look:") not in found:
            heal_issue(db, row["key"], now)
    for row in rows(
        db,
        "SELECT key FROM issues WHERE key LIKE 'step:%' AND healed IS NULL AND last_seen < ?",
        [stamp(now - STEP_FORGOTTEN)],
    ):
        heal_issue(db, row["key"], now)


def _forget_sources(db: Database, config: Config) -> None:
    """Of a source that is in the config no more, nothing is well or wrong."""
    with writing(db):
        marks = ", ".join("?" * len(sources(config)))
        db.conn.execute(f"DELETE FROM source_health WHERE source NOT IN ({marks})", sources(config))  # noqa: S608 - question marks


def _untold(db: Database, now: datetime, _config: Config) -> Iterator[Find]:
    for row in rows(db, UNTOLD, [stamp(now - TOLD_WITHIN)]):
        yield (
            f"report:{row['id']}",
            f"report {row['id']} of {row['name']} ({row['label']}) is stored and no alert tells of it",
        )


def _unaddressed(db: Database, now: datetime, _config: Config) -> Iterator[Find]:
    for row in rows(db, UNADDRESSED, [stamp(now - MAILED_WITHIN)]):
        yield f"alert:{row['id']}", f"alert {row['id']} ({row['kind']}) has no mail to anybody"


def _mails(db: Database, now: datetime, _config: Config) -> Iterator[Find]:
    for row in rows(db, WAITING, [stamp(now - MAILED_WITHIN)]):
        if row["mails"]:
            why = f"; the last answer: {without_addresses(row['error'])}" if row["error"] else ""
            yield (
                "mails",
                f"{counted(row['mails'], 'mail waits', 'mails wait')}, the first since {row['since'][:16]} UTC{why}",
            )


def _sources(db: Database, now: datetime, config: Config) -> Iterator[Find]:
    """Sources without a good crawl for three intervals, whatever the cause; of one that is known to be broken a notice has told already."""
    bad = {row["source"] for row in rows(db, "SELECT source, verdict FROM source_health") if row["verdict"] not in GOOD}
    for source in sources(config):
        since = last_good(db, source) or first_seen(db, source)
        if since and source not in bad and now - since > unseen_for(config, source, now):
            yield (
                f"source:{source}",
                f"{source} has not been crawled well since {stamp(since)[:16]} UTC, which is more than three intervals",
            )


def _empty(db: Database, now: datetime, config: Config) -> Iterator[Find]:
    """Feeds that had entries once and have had none for a week: a valid empty feed is no fault, and often the last word of one that has moved.

    Where a feed has a past, that says how long is too long, and the crawl itself is broken then.
    """
    for news in config.sources.news:
        if expected_of_feed(feed_days_of(db, news.name)).allowed is not None:
            continue
        full = value(db, FULL, [news.name])
        empty = value(db, EMPTY_SINCE, [news.name, full or 0])
        if empty and full and now - datetime.fromisoformat(empty) > EMPTY_FOR:
            yield (
                f"empty:{news.name}",
                f"the feed of {news.name} is valid and has had no entry since {empty[:10]}: has it moved?",
            )


def _moved(db: Database, _now: datetime, config: Config) -> Iterator[Find]:
    """Feeds that are asked for at another place than config.yaml says, as their servers said that they have moved for good."""
    known = {row["url"]: row for row in rows(db, "SELECT url, leads_to, since FROM moved")}
    for news in config.sources.news:
        if there := known.get(news.address):
            told = f"{news.name} has moved for good from {news.address} to {there['leads_to']}"
            yield (
                f"moved:{news.name}",
                f"{told}, where it is read since {there['since'][:10]}: write that into config.yaml",
            )


def _locks(_db: Database, now: datetime, config: Config) -> Iterator[Find]:
    for source in sources(config):
        limit = timedelta(seconds=job(config, source)["timeout"] + OVER_LIMIT + STOP_GRACE)
        since = held_since(config.data, lock_of(source))
        if since and now - since > limit:
            yield (
                f"lock:{source}",
                f"another process has been crawling {source} since {stamp(since)[:16]} UTC and lets nobody else: end it",
            )


def _clock(db: Database, now: datetime, _config: Config) -> Iterator[Find]:
    """Times that are still to come were written by a clock that was ahead: they count as now, so that nothing waits for them."""
    latest = stamp(now + CLOCKS_APART)
    ahead = value(db, "SELECT max(started) FROM crawls WHERE started > ?", [latest])
    pulled = {
        "now": stamp(now),
        "retry": stamp(now + RETRY_WITHIN),
        "digest": stamp(now + DIGEST_WITHIN),
        "ahead": latest,
    }
    with writing(db):
        late = db.conn.execute(PULLED_BACK, pulled).rowcount
        if ahead:
            db.conn.execute("UPDATE crawls SET started = ? WHERE started > ?", [stamp(now), latest])
    if ahead or late:
        said = f"a crawl was stored that begins at {ahead[:16]} UTC" if ahead else "mails were to be sent long from now"
        yield "clock", f"the clock was ahead: {said}; these times count as now. Look at the clock of this machine"
