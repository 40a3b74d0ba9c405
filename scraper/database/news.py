"""What a crawl of a news feed reads from the database and writes into it: the feed's entries and the articles read."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from scraper.database.article_rows import columns
from scraper.database.baselines import baseline_since, begin_baseline, source_subject
from scraper.database.reports import store_validators
from scraper.database.store import note_page, stamp, writing
from scraper.items import GOOD, Article, ArticleReading, FeedEntry, Verdict
from scraper.looks import ArticleCheck, FeedCheck, Pending

ATTEMPTS = 3
KEEP_ENTRIES = timedelta(days=90)
EVERYTHING = datetime.max.replace(tzinfo=UTC)
LISTED_LATE = timedelta(days=2)
"""A story may come into a feed so long after the time that it bears."""
TOO_OLD = timedelta(days=60)
"""A story that comes back into a feed so long after its time is no news, however long its source has been watched."""
YEAR = timedelta(days=365)
"""What a feed lists that was empty at first is no news where it is so much older than that look."""


def unseen_entries(db: Database, source: str, entries: Collection[FeedEntry]) -> tuple[FeedEntry, ...]:
    """The entries that this source has not had before."""
    rows = db.conn.execute("SELECT url FROM feed_entries WHERE source = ?", [source]).fetchall()
    seen = {row[0] for row in rows}
    return tuple(entry for entry in entries if entry.url not in seen)


def pending_articles(db: Database, source: str) -> list[Pending]:
    """Articles still to be fetched, oldest entry first."""
    rows = db.query(
        "SELECT url, headline, published, attempts FROM feed_entries"
        " WHERE source = ? AND state = 'pending' ORDER BY first_seen, published",
        [source],
    )
    return [Pending(row["url"], row["headline"], _time(row["published"]), row["attempts"]) for row in rows]


def last_tried(db: Database, source: str, count: int) -> list[str | None]:
    """What came of the articles tried last, newest first: why one was not read, None where it was.

    At least `count` of them, if there are so many; more where others came with the oldest of them.
    """
    rows = db.conn.execute(
        "SELECT state, problem FROM feed_entries WHERE source = :source AND attempts > 0 AND first_seen >="
        " (SELECT min(first_seen) FROM (SELECT first_seen FROM feed_entries WHERE source = :source AND attempts > 0"
        " ORDER BY first_seen DESC LIMIT :count)) ORDER BY first_seen DESC, published DESC",
        {"source": source, "count": count},
    ).fetchall()
    return [None if state == "fetched" else problem or "its reading was cut off" for state, problem in rows]


def store_feed(db: Database, crawl_id: int, check: FeedCheck, now: datetime) -> None:
    """Store one look at a feed in one transaction. What its source's first good look brings is the baseline, and told to nobody.

    A feed that is empty has been looked at, and one that moves keeps its source.
    """
    with writing(db):
        old_before = _old_before(db, check, now)
        note_page(db, crawl_id, check.url, None, check.verdict, check.message, None, now)
        if check.verdict is not Verdict.OK:
            db.conn.execute("DELETE FROM validators WHERE url = ?", [check.url])
            return
        store_validators(db, check.url, check.validators, check.sha256, now)
        for entry in check.new:
            state = "pending" if entry.url in check.relevant else "irrelevant"
            db.conn.execute(
                "INSERT OR IGNORE INTO feed_entries (source, url, headline, published, first_seen, state, baseline)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    check.source,
                    entry.url,
                    entry.headline,
                    _text(entry.published),
                    stamp(now),
                    state,
                    _is_old(entry, old_before),
                ],
            )
        if check.entries is not None:
            _prune(db, check.source, {entry.url for entry in check.entries}, now)


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


FORMER = (
    "SELECT c.source, b.since FROM page_checks p JOIN crawls c ON c.id = p.crawl_id"
    " JOIN baselines b ON b.subject = 'source:' || c.source"
    " WHERE p.url = :url AND p.verdict IN ('ok', 'empty') AND c.source <> :source AND p.checked >= :since"
    " AND NOT EXISTS (SELECT 1 FROM page_checks q JOIN crawls d ON d.id = q.crawl_id"
    "  WHERE d.source = c.source AND q.crawl_id > p.crawl_id AND q.verdict IN ('ok', 'empty') AND q.url <> p.url)"
    " ORDER BY p.crawl_id DESC LIMIT 1"
)
"""The source whose last good look of all was at an address, and since when it was watched."""

TAKE_OVER = (
    "INSERT INTO feed_entries (source, url, headline, published, first_seen, state, problem, attempts, baseline)"
    " SELECT ?, url, headline, published, first_seen, state, problem, attempts, baseline FROM feed_entries WHERE source = ?"
)


def _old_before(db: Database, check: FeedCheck, now: datetime) -> datetime:
    """The time before which what is new in the feed is old: `EVERYTHING` at the source's first good look.

    Afterwards it goes by the times that the feed itself bears: a while before the newest of the baseline, or long before the first
    look where that had none; and longer before the newest of all.
    """
    subject = source_subject(check.source)
    if check.verdict not in GOOD or begin_baseline(db, subject, now):
        return EVERYTHING
    stored = db.conn.execute(NEWEST, {"source": check.source, "now": stamp(now)}).fetchone()
    of_baseline, of_all = (_time(text) for text in stored)
    since = datetime.fromisoformat(baseline_since(db, subject) or stamp(now))
    known = [time for time in (of_all, *(entry.published for entry in check.new)) if time]
    first = of_baseline - LISTED_LATE if of_baseline else since - YEAR
    return max([first, *(time - TOO_OLD for time in known)])


NEWEST = (
    "SELECT max(published) FILTER (WHERE baseline = 1), max(published) FROM feed_entries"
    " WHERE source = :source AND published <= :now"
)


def _is_old(entry: FeedEntry, before: datetime) -> bool:
    return before is EVERYTHING or (entry.published is not None and entry.published < before)


def _prune(db: Database, source: str, in_feed: Collection[str], now: datetime) -> None:
    """Forget entries three months after they were first seen; one still in the feed would else be new again."""
    rows = db.conn.execute(
        "SELECT url FROM feed_entries WHERE source = ? AND first_seen < ?", [source, stamp(now - KEEP_ENTRIES)]
    ).fetchall()
    for (url,) in rows:
        if url not in in_feed:
            db.conn.execute("DELETE FROM feed_entries WHERE source = ? AND url = ?", [source, url])


def begin_article(db: Database, source: str, url: str) -> None:
    """Count the attempt before it is made: an article that kills the crawl is then not tried for ever."""
    with writing(db):
        db.conn.execute("UPDATE feed_entries SET attempts = attempts + 1 WHERE source = ? AND url = ?", [source, url])


def store_article(db: Database, check: ArticleCheck, now: datetime) -> int:
    """Store one attempt at an article in one transaction; 1 if it is an article we did not have."""
    with writing(db):
        _mark(db, check, "pending" if check.again else "failed" if check.problem else "fetched")
        if check.article is None or check.reading is None:
            return 0
        return _insert_article(db, check, check.article, check.reading, now)


def _insert_article(db: Database, check: ArticleCheck, article: Article, reading: ArticleReading, now: datetime) -> int:
    """The same article in two feeds of one outlet is one article; it stays with the feed it was first seen in.

    What one of them lists as new is new, though the other's first look had it. An article whose entry could not be stored is
    left for the next look, which knows whether it is new.
    """
    entry = db.conn.execute(
        "SELECT baseline FROM feed_entries WHERE source = ? AND url = ?", [check.source, check.entry]
    ).fetchone()
    if entry is None:
        return 0
    row = columns(article, reading) | {"source": check.source, "first_seen": stamp(now), "baseline": entry[0]}
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    done = db.conn.execute(f"INSERT OR IGNORE INTO articles ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608
    if not done.rowcount and not entry[0]:
        db.conn.execute("UPDATE articles SET baseline = 0 WHERE url = ? AND source <> ?", [article.url, check.source])
    return int(done.rowcount)


def _mark(db: Database, check: ArticleCheck, state: str) -> None:
    db.conn.execute(
        "UPDATE feed_entries SET state = ?, problem = ? WHERE source = ? AND url = ?",
        [state, check.problem, check.source, check.entry],
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(when: datetime | None) -> str | None:
    return stamp(when) if when else None
