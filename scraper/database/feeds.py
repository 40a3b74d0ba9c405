"""What a crawl of a news feed reads from the database of the feed's entries, and writes into it."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from scraper.clock import stamp
from scraper.database.answers import note_answer
from scraper.database.article_rows import time_of
from scraper.database.baselines import baseline_since, begin_baseline, source_subject
from scraper.database.entry_identity import Recognised, Seen, recognise
from scraper.database.feed_days import note_feed_day
from scraper.database.reports import store_validators
from scraper.database.store import note_page, writing
from scraper.items import GOOD, FeedEntry, Verdict
from scraper.looks import FeedLook
from scraper.text import words_of

KEEP_ENTRIES = timedelta(days=90)
KEEP_LINKS = timedelta(days=3 * 365)
"""A link bears no time: one that returns to a page is old because it is known."""
EVERYTHING = datetime.max.replace(tzinfo=UTC)
LISTED_LATE = timedelta(days=2)
"""A story may come into a feed so long after the time that it bears."""
TOO_OLD = timedelta(days=60)
"""A story that comes back into a feed so long after its time is no news, however long its source has been watched."""
YEAR = timedelta(days=365)
"""What a feed lists that was empty at first is no news where it is so much older than that look."""


def recognise_entries(db: Database, source: str, entries: Sequence[FeedEntry], now: datetime) -> Recognised:
    """Which entries this source has not had before."""
    rows = db.conn.execute(
        "SELECT entry, url, headline, published, first_seen FROM feed_entries WHERE source = ?", [source]
    ).fetchall()
    stored = [
        Seen(key, url, headline, time_of(published), datetime.fromisoformat(first_seen))
        for key, url, headline, published, first_seen in rows
    ]
    return recognise(entries, stored, now)


def recognise_links(db: Database, source: str, entries: Sequence[FeedEntry], now: datetime) -> Recognised:
    """As `recognise_entries`, for a page: where it has been rebuilt, so that all its addresses are new, its stories are known by their headlines."""
    found = recognise_entries(db, source, entries, now)
    if found.there or found.replaced:
        return found
    stored = db.conn.execute("SELECT headline, entry FROM feed_entries WHERE source = ?", [source]).fetchall()
    keys = {words_of(headline): key for headline, key in stored}
    there = {keys[words]: entry for entry in found.new if (words := words_of(entry.headline)) in keys}
    if len(there) * 2 < len(found.new):
        return found
    again = set(there.values())
    return Recognised(tuple(entry for entry in found.new if entry not in again), there, {})


def watched_since_baseline(db: Database, source: str) -> bool:
    """Whether a source has been looked at well, so that what comes is news."""
    return baseline_since(db, source_subject(source)) is not None


def known_entries(db: Database, source: str) -> int:
    """How many entries of a source are stored."""
    return int(db.conn.execute("SELECT count(*) FROM feed_entries WHERE source = ?", [source]).fetchone()[0])


def begin_anew(db: Database, source: str, url: str) -> int:
    """Forget what a source had, because a person says that it is another page now: its next good look is the baseline. How many entries that were."""
    with writing(db):
        db.conn.execute("DELETE FROM baselines WHERE subject = ?", [source_subject(source)])
        db.conn.execute("DELETE FROM validators WHERE url = ?", [url])
        db.conn.execute("DELETE FROM feed_days WHERE source = ?", [source])
        return db.conn.execute("DELETE FROM feed_entries WHERE source = ?", [source]).rowcount


def store_feed(db: Database, crawl_id: int, look: FeedLook, now: datetime) -> int:
    """Store one look at a feed in one transaction and give the number of new entries. What its source's first good look brings is the baseline, and told to nobody.

    A feed that is empty has been looked at, and one that moves keeps its source. Of one that is doubted what is new is stored, and nothing forgotten.
    """
    with writing(db):
        old_before = _old_before(db, look, now)
        note_page(db, crawl_id, look.url, None, look.verdict, look.message, None, now)
        note_answer(db, crawl_id, look.answer, None, look.verdict, look.message, now)
        if look.verdict in GOOD or look.doubted:
            note_feed_day(db, look, now, baseline=old_before is EVERYTHING)
        if look.verdict is not Verdict.OK:
            db.conn.execute("DELETE FROM validators WHERE url = ?", [look.url])
        if look.verdict is not Verdict.OK and not look.doubted:
            return 0
        _store_entries(db, look, old_before, now)
        if look.there is not None and not look.doubted:
            store_validators(db, look.url, look.validators, now)
            kept = KEEP_LINKS if look.is_page else KEEP_ENTRIES
            _prune(db, look.source, {*look.there, *(entry.key for entry in look.new)}, now - kept)
    return len(look.new)


def _store_entries(db: Database, look: FeedLook, old_before: datetime, now: datetime) -> None:
    for former, key in look.renamed.items():
        db.conn.execute("UPDATE feed_entries SET entry = ? WHERE source = ? AND entry = ?", [key, look.source, former])
    of_baseline = {key for key in look.replaced if (1,) in db.conn.execute(REPLACED, [look.source, key]).fetchall()}
    for entry in look.new:
        undated = entry.published is None and entry.key in of_baseline  # of which its page may tell (`of_first_look`)
        _insert(db, look, entry, now, old=undated or _is_old(entry, old_before))
    for key, entry in (look.there or {}).items():
        _note_edits(db, look, key, entry, old=_is_old(entry, old_before))


STILL_THERE = "UPDATE feed_entries SET url = ?, summary = ? WHERE source = ? AND entry = ? AND state = 'pending'"
"""The address of an article that is waited for may bear a token that has changed."""
EDITED = "UPDATE feed_entries SET headline = ? WHERE source = ? AND entry = ? AND headline <> ?"
REPLACED = "DELETE FROM feed_entries WHERE source = ? AND entry = ? RETURNING baseline"
NOW_RELEVANT = "UPDATE feed_entries SET state = 'pending', baseline = max(baseline * ?, ?) WHERE source = ? AND entry = ? AND state = 'irrelevant'"


def _note_edits(db: Database, look: FeedLook, key: str, entry: FeedEntry, *, old: bool) -> None:
    """What became of an entry since: one under whose new headline it may be about a report is looked at now, and news unless it is old.

    One without a time stays what it was, of the baseline or none.
    """
    edited = db.conn.execute(EDITED, [entry.headline, look.source, key, entry.headline]).rowcount
    if edited and key in look.relevant:
        db.conn.execute(NOW_RELEVANT, [entry.published is None, old, look.source, key])
    db.conn.execute(STILL_THERE, [entry.url, entry.summary, look.source, key])


def _insert(db: Database, look: FeedLook, entry: FeedEntry, now: datetime, *, old: bool) -> None:
    wanted = entry.key in look.relevant
    db.conn.execute(
        "INSERT OR IGNORE INTO feed_entries (source, entry, url, headline, summary, published, first_seen, state, baseline)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            look.source,
            entry.key,
            entry.url,
            entry.headline,
            entry.summary if wanted else None,
            _text(entry.published),
            stamp(now),
            "pending" if wanted else "irrelevant",
            old,
        ],
    )


def take_over_renamed(db: Database, source: str, url: str, now: datetime) -> None:
    """Let a source that is new go on where the one left that looked at this address until lately, under another name."""
    subject = source_subject(source)
    if baseline_since(db, subject):
        return
    former = db.conn.execute(FORMER, {"url": url, "source": source, "since": stamp(now - KEEP_ENTRIES)}).fetchone()
    if former:
        with writing(db):
            begin_baseline(db, subject, datetime.fromisoformat(former[1]))
            db.conn.execute(TAKE_OVER, [source, former[0]])
            db.conn.execute(TAKE_OVER_DAYS, [source, former[0]])
            for table in ("articles", "documents"):
                db.conn.execute(f"UPDATE {table} SET source = ? WHERE source = ?", [source, former[0]])  # noqa: S608


FORMER = (
    "SELECT c.source, b.since FROM page_checks p JOIN crawls c ON c.id = p.crawl_id"
    " JOIN baselines b ON b.subject = 'source:' || c.source"
    " WHERE p.url = :url AND p.verdict IN ('ok', 'empty') AND c.source <> :source AND p.checked >= :since"
    " AND NOT EXISTS (SELECT 1 FROM page_checks q JOIN crawls d ON d.id = q.crawl_id"
    "  WHERE d.source = c.source AND q.crawl_id > p.crawl_id AND q.verdict IN ('ok', 'empty') AND q.url <> p.url)"
    " ORDER BY p.crawl_id DESC LIMIT 1"
)
"""The source whose last good look of all was at an address, and since when it was watched."""

ENTRY = "entry, url, headline, summary, published, first_seen, state, problem, attempts, baseline"
TAKE_OVER = (
    f"INSERT INTO feed_entries (source, {ENTRY})"  # noqa: S608 - a constant
    f" SELECT ?, {ENTRY} FROM feed_entries WHERE source = ?"
)

TAKE_OVER_DAYS = "INSERT INTO feed_days (source, day, least, most, new, broken) SELECT ?, day, least, most, new, broken FROM feed_days WHERE source = ?"


def _old_before(db: Database, look: FeedLook, now: datetime) -> datetime:
    """The time before which what is new in the feed is old: `EVERYTHING` at the source's first good look.

    Afterwards it goes by the times that the feed itself bears: a while before the newest of the baseline, or long before the first
    look where that had none; and longer before the newest of all.
    """
    subject = source_subject(look.source)
    if (look.verdict not in GOOD and not look.doubted) or begin_baseline(db, subject, now):
        return EVERYTHING
    stored = db.conn.execute(NEWEST, {"source": look.source, "now": stamp(now)}).fetchone()
    of_baseline, of_all = (time_of(text) for text in stored)
    since = datetime.fromisoformat(baseline_since(db, subject) or stamp(now))
    known = [time for time in (of_all, *(entry.published for entry in look.new)) if time]
    first = of_baseline - LISTED_LATE if of_baseline else since - YEAR
    return max([first, *(time - TOO_OLD for time in known)])


NEWEST = (
    "SELECT max(published) FILTER (WHERE baseline = 1), max(published) FROM feed_entries"
    " WHERE source = :source AND published BETWEEN '1990' AND :now"
)


def of_first_look(db: Database, source: str, key: str) -> tuple[bool, bool] | None:
    """Whether an entry is of its source's first look, and whether it only has the place of one that is, under other words; None where it is not stored."""
    sql = "SELECT baseline, first_seen FROM feed_entries WHERE source = ? AND entry = ?"
    found = db.conn.execute(sql, [source, key]).fetchone()
    return found and (bool(found[0]), bool(found[0]) and found[1] > (baseline_since(db, source_subject(source)) or ""))


def is_of_before(
    db: Database, source: str, published: datetime | None, now: datetime, *, in_place: bool = False
) -> bool:
    """Whether an article is no news by the time that its own page gives, where its feed gives none.

    What is `in_place` of an entry of the first look is none if it is older than that.
    """
    if published is None:
        return False
    newest = time_of(db.conn.execute(NEWEST_OF_SOURCE, {"source": source, "now": stamp(now)}).fetchone()[0])
    since = datetime.fromisoformat(baseline_since(db, source_subject(source)) or stamp(now))
    return published < (newest - TOO_OLD if newest else since - YEAR) or (in_place and published < since)


NEWEST_OF_SOURCE = (
    "SELECT max(published) FROM (SELECT published FROM feed_entries WHERE source = :source"
    " UNION ALL SELECT published FROM articles WHERE source = :source) WHERE published BETWEEN '1990' AND :now"
)


def _is_old(entry: FeedEntry, before: datetime) -> bool:
    return before is EVERYTHING or (entry.published is not None and entry.published < before)


def _prune(db: Database, source: str, in_feed: Collection[str], before: datetime) -> None:
    """Forget entries that were first seen before then, by their keys; one still in the feed would else be new again."""
    rows = db.conn.execute(
        "SELECT entry FROM feed_entries WHERE source = ? AND first_seen < ?", [source, stamp(before)]
    ).fetchall()
    for (key,) in rows:
        if key not in in_feed:
            db.conn.execute("DELETE FROM feed_entries WHERE source = ? AND entry = ?", [source, key])


def _text(when: datetime | None) -> str | None:
    return stamp(when) if when else None
